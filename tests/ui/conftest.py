"""The bench on which panels are tested."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from studio.ui import language, theme
from tests.ui import fakes
from tests.ui.benches import Bench


@pytest.fixture
def bench(qapp: QApplication) -> Iterator[Bench]:
    theme.wear(qapp, "dark", language.speak(qapp, "en"))
    made = Bench(fakes.FakeEngine())
    yield made
    made.end()
