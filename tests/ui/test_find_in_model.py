"""The dialog of Find in model: the layer, the film, and the picture that is used."""

from __future__ import annotations

import pytest

from studio.messages.requests import Generate
from studio.ui.dialogs.find_in_model import FindDialog
from studio.workspace.finding import STEPS
from tests.ui.benches import Bench
from tests.workspace.test_finding import CODE, Seeker


@pytest.fixture
def engine() -> Seeker:
    return Seeker()


def test_the_film_comes_and_a_picture_of_it_is_used(bench: Bench, engine: Seeker) -> None:
    bench.studio.engine = engine
    bench.studio.new_picture(128, 128)
    bench.settle()
    dialog = FindDialog(bench.studio)
    dialog.show()
    bench.settle()
    assert not dialog.wanted.image.isNull() and dialog.stop.isEnabled() and not dialog.use.isEnabled()
    engine.answer()
    bench.settle()
    assert [thumb.key for thumb in dialog.strip.thumbs()] == ["0", str(STEPS)]
    assert "difference 0.25" in dialog.told.text() and not dialog.stop.isEnabled()
    dialog.grab()
    dialog.strip._choose("0")
    dialog.use.click()
    asked = [one for one in engine.requests if isinstance(one, Generate)][-1]
    assert asked.parts[0].code == CODE
    engine.answer()
    bench.settle()
    assert bench.variant().parts == asked.parts
