"""Lesson zero beside the window: its buttons lead to the Training panel, ticks, losses and layers are shown."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import shiboken6
from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from studio import paths
from studio.messages.events import Inside, Insides
from studio.messages.pixels import Pixels
from studio.ui.dialogs.lesson_zero import LessonZeroDialog, said
from studio.ui.panels.training import LESSON_CHECKPOINTS, TrainingPanel
from studio.ui.panels.training_recipes import recipe_files
from studio.workspace.lesson_zero import LISTED, RECIPES, TASKS, ZeroState
from studio.workspace.training_run import Moment, TrainingState
from tests.ui.benches import Bench


class Window(QWidget):
    """As much of a window as the lesson goes to."""

    def __init__(self, panel: TrainingPanel) -> None:
        super().__init__()
        self.docks, self._panel = self, panel

    def show_panel(self, name: str) -> QWidget:
        assert name == "training"
        return self._panel


@pytest.fixture
def panel(bench: Bench) -> TrainingPanel:
    folder = paths.data() / "lessons" / "digits" / "0"
    folder.mkdir(parents=True)
    folder.with_name(LISTED).touch()
    for number in range(20):
        (folder / f"{number}.png").touch()
    return bench.show(TrainingPanel)


@pytest.fixture
def dialog(bench: Bench, panel: TrainingPanel) -> Iterator[LessonZeroDialog]:
    window = Window(panel)
    dialog = LessonZeroDialog(bench.studio, window)
    dialog.show()
    bench.settle()
    yield dialog
    if shiboken6.isValid(dialog):
        dialog.reject()
    window.deleteLater()


def test_its_button_leads_to_a_training_that_only_has_to_be_started(
    bench: Bench, panel: TrainingPanel, dialog: LessonZeroDialog
) -> None:
    dialog.recipe.chosen.emit("dense-vae")
    dialog.rows["learn"].there.click()
    bench.settle()
    assert panel.recipe.value() == "dense-vae" and panel.wanted_steps() == 6000 and not panel.problem()
    assert bench.studio.training.state is None, "the learner starts it"
    panel.press()
    assert bench.studio.training.asked is not None
    assert bench.studio.training.asked.checkpoint_every == LESSON_CHECKPOINTS
    dialog.refresh()
    assert dialog.rows["learn"].tick.toolTip() == "done"
    assert dialog.rows["scrub"].tick.toolTip() == "to do"


def test_its_button_leads_to_a_model_that_can_be_used(
    bench: Bench, panel: TrainingPanel, dialog: LessonZeroDialog
) -> None:
    """Though the film strip rests on a moment that has no model, as the step before it asks for."""
    training = bench.studio.training
    moments = tuple(Moment(step, np.zeros((8, 8, 3), np.uint8)) for step in (50, 100))
    training.state = TrainingState(
        name="digits",
        run="/runs/digits",
        running=False,
        moments=moments,
        saved=frozenset({100}),
        checkpoint="/m",
    )
    training.shown = 50
    panel.refresh()
    assert panel.use.isVisible() and not panel.use.isEnabled() and "pictures only" in panel.use.toolTip()
    lesson = bench.studio.lesson_zero
    lesson._tell(replace(lesson.state, folder="/digits"))
    dialog.refresh()
    dialog.rows["draw"].there.click()
    bench.settle()
    assert panel.use.isEnabled() and training.checkpoint() == "/m"


def test_layers_and_losses_are_shown(bench: Bench, dialog: LessonZeroDialog) -> None:
    assert dialog.hint.isVisible() and not dialog.layer.isEnabled()
    assert [one.isVisible() for one in (*dialog.curves, *dialog.named)] == [True, False, True, False]
    grey = Pixels.of(np.full((5, 5, 3), 90, np.uint8))
    layers = (
        Inside(network="generator", layer="dense-1", maps=grey),
        Inside(network="discriminator", layer="convolution-1", maps=grey, filters=grey),
    )
    curves = {"discriminator": ((1, 0.5), (2, 0.25)), "generator": ((1, 2.0), (2, 3.0))}
    lesson = bench.studio.lesson_zero
    lesson._tell(replace(lesson.state, inside=Insides(model="x", picture=grey, layers=layers), curves=curves))
    dialog.refresh()
    assert (
        dialog.curves[1].isVisible()
        and not dialog.hint.isVisible()
        and dialog.named[1].text() == "Loss of the generator 3.000"
    )
    assert dialog.network.box.count() == 2 and dialog.layer.box.currentText() == "Dense 1"
    assert not dialog.part.buttons["filters"].isEnabled()
    dialog.network.set_value("discriminator")
    dialog._show_layers()
    dialog.part.choose("filters")
    assert dialog.layer.box.currentText() == "Convolution 1" and dialog.part.buttons["filters"].isChecked()
    assert not dialog.picture._image.isNull()
    dialog.network.set_value("generator")
    dialog._show_layers()
    assert dialog.part.buttons["maps"].isChecked(), "there are no filters to show"


def test_what_is_said() -> None:
    assert said(ZeroState()) == ""
    assert said(ZeroState(problem="The disk is full.")) == "The disk is full."
    assert "being drawn" in said(ZeroState(making=True))
    assert "All three" in said(ZeroState(done=frozenset(TASKS)))


def test_its_networks_are_recipes_that_ship() -> None:
    known = {one.name: one for one in recipe_files()}
    assert all(known[name].lesson and known[name].needs_folder for name in RECIPES)
