"""The bench on which panels are tested."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from studio.ui import language, theme
from studio.ui.panels import following
from tests.ui import fakes
from tests.ui.benches import Bench

# Nobody reads along: a drag in a test is followed at once. The test of the delay sets its own.
following.DRAG_MILLISECONDS = 0


@pytest.fixture
def bench(qapp: QApplication) -> Iterator[Bench]:
    theme.wear(qapp, "dark", language.speak(qapp, "en"))
    made = Bench(fakes.FakeEngine())
    yield made
    made.end()
