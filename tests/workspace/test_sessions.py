"""Tools that stay open: opened by the first press, applied by whatever begins next, cancelled without a trace."""

from __future__ import annotations

from typing import Annotated

import msgspec
import pytest

from studio.document import edits
from studio.recipe import RecipeError, declare
from studio.workspace import painting as painting_module
from studio.workspace.studio import Studio
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.marks import Outline
from studio.workspace.tools.registry import ALL, KINDS
from studio.workspace.tools.session import Session
from tests.workspace.conftest import Bench


class Dimming(Session):
    """Sets the opacity of the active layer by the place of the press."""

    owner = "dimming"

    @property
    def marks(self) -> tuple[Outline, ...]:
        return (Outline(((0.0, 0.0), (1.0, 1.0))),)

    def press(self, pointer: Pointer) -> Gesture:
        document = self.picture.document
        active = document.committed.active
        assert active is not None
        document.preview(self.owner, edits.set_opacity(document.committed, active, pointer.x / 100))
        yield

    def apply(self) -> None:
        self.picture.document.commit("Dim", owner=self.owner)

    def cancel(self) -> None:
        self.picture.document.revert(self.owner)


class DimmingOptions(msgspec.Struct, frozen=True, kw_only=True):
    strength: Annotated[float, declare("Strength", low=0, high=1)] = 0.5


@pytest.fixture
def dimming(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Studio:
    studio = bench.studio
    kind = ToolKind(name="dim", title="Dim", icon="sun", family="dim", open=Dimming, options=DimmingOptions)
    monkeypatch.setattr(painting_module, "KINDS", {**KINDS, "dim": kind})
    studio.new_picture(64, 64)
    studio.painting.choose_tool("dim")
    return studio


def press(studio: Studio, x: float) -> None:
    assert studio.current is not None
    running = studio.painting.begin(studio.current, Pointer(x, 0.0))
    assert running is not None
    running.finish()


def opacity(studio: Studio) -> float:
    assert studio.current is not None and studio.current.document.artwork.active_layer is not None
    return studio.current.document.artwork.active_layer.opacity


def test_two_presses_are_one_session_and_another_tool_applies_it_as_one_step(dimming: Studio) -> None:
    press(dimming, 40)
    session = dimming.painting.session
    press(dimming, 60)
    assert dimming.painting.session is session and dimming.painting.marks == session.marks
    assert dimming.current is not None and not dimming.current.document.can_undo
    dimming.painting.choose_tool("ink")
    assert dimming.painting.session is None and dimming.painting.marks == ()
    assert opacity(dimming) == 0.6
    dimming.undo()
    assert opacity(dimming) == 1.0 and not dimming.current.document.can_undo


def test_a_cancelled_session_leaves_nothing(dimming: Studio) -> None:
    press(dimming, 40)
    dimming.painting.close_session(apply=False)
    assert opacity(dimming) == 1.0
    assert dimming.current is not None and not dimming.current.document.can_undo


def test_undo_applies_the_session_first_and_takes_it_back(dimming: Studio) -> None:
    press(dimming, 40)
    dimming.undo()
    assert opacity(dimming) == 1.0 and dimming.painting.session is None
    dimming.redo()
    assert opacity(dimming) == 0.4


def test_another_picture_applies_the_session_of_the_one_before(dimming: Studio) -> None:
    first = dimming.current
    press(dimming, 40)
    dimming.new_picture(32, 32)
    assert first is not None and first.document.artwork.active_layer is not None
    assert first.document.artwork.active_layer.opacity == 0.4 and dimming.painting.session is None


def test_options_are_checked_and_kept_in_the_settings(dimming: Studio) -> None:
    dimming.painting.change_options("dim", strength=0.25)
    assert dimming.settings.tool_options["dim"] == {"strength": 0.25}
    assert dimming.painting.options("dim").strength == 0.25
    with pytest.raises(RecipeError, match="strength"):
        dimming.painting.change_options("dim", strength=2.0)
    assert dimming.painting.options("dim").strength == 0.25


def test_every_tool_does_something_and_names_are_unique() -> None:
    assert len(KINDS) == len(ALL)
    for kind in ALL:
        assert kind.view or (kind.gesture is None) != (kind.open is None), kind.name
    keys = [key for kind in ALL for key in kind.shortcuts]
    assert len(keys) == len(set(keys))


def test_kept_options_that_this_version_lacks_cost_no_others(dimming: Studio) -> None:
    dimming.change_settings(tool_options={"dim": {"strength": 0.25, "gone": 3}})
    assert dimming.painting.options("dim").strength == 0.25
    dimming.change_settings(tool_options={"dim": {"strength": 25.0}})
    dimming.painting._options.clear()
    assert dimming.painting.options("dim").strength != 25.0
