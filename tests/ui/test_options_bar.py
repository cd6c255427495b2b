"""The options bar at 1280 pixels: what a tool is about comes first and in reach, what does nothing is not there."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from studio.raster.brush import Brush
from studio.raster.symmetry import Symmetry
from studio.raster.tip import Tip
from studio.recipe import parameters
from studio.settings import Settings
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.option_fields import OptionFields
from studio.workspace.tools.registry import KINDS
from tests.ui.windows import Opened, empty_panel, nameless

ESSENTIAL = {
    "ink": ("size", "opacity", "flow", "hardness", "smoothing", "stabiliser"),
    "brush": ("size", "opacity", "flow", "hardness", "smoothing", "stabiliser"),
    "eraser": ("size", "opacity", "flow", "hardness", "smoothing", "stabiliser"),
    "smudge": ("smudge", "wetness", "sample", "size", "opacity"),
    "blur": ("blur", "sample", "size", "opacity", "flow"),
    "clone": ("sample", "clone_aligned", "size", "opacity", "flow"),
    "dodge": ("span", "exposure", "protect_hue", "size", "opacity"),
    "burn": ("span", "exposure", "protect_hue", "size", "opacity"),
    "sponge": ("change", "span", "strength", "vibrance", "protect_hue", "size", "opacity"),
}


@pytest.fixture(params=["en", "zh_CN"])
def opened(request: pytest.FixtureRequest, qapp: QApplication, qtbot, home) -> Iterator[Opened]:
    window = Opened(qapp, Settings(language=request.param), empty_panel)
    window.window.resize(1280, 650)
    window.studio.new_picture(300, 200)
    window.pump()
    yield window
    window.close()


def shown(opened: Opened) -> list[str]:
    """The names of the fields in the bar, from the left."""
    opened.window.options.refresh()
    opened.pump()
    bar = opened.window.options.fields
    assert isinstance(bar, OptionFields)
    seen = [(field.x(), name) for name, field in bar.fields.items() if field.isVisible()]
    return [name for _, name in sorted(seen)]


def test_what_a_tool_is_about_comes_first_and_is_in_reach(opened: Opened) -> None:
    for tool, names in ESSENTIAL.items():
        opened.studio.painting.choose_tool(tool)
        assert tuple(shown(opened)[: len(names)]) == names, tool


def test_nothing_in_the_bar_is_cut_off_or_covered(opened: Opened) -> None:
    options = opened.window.options
    for tool, kind in KINDS.items():
        opened.studio.painting.choose_tool(tool)
        opened.pump()
        assert not nameless(options), tool
        if kind.options is None and not kind.brush:
            assert options.title.isVisible() and options.title.text(), tool
            continue
        fields = options.fields
        assert fields is not None
        assert fields.geometry().right() < options.judge.geometry().left(), tool
        if not isinstance(fields, OptionFields):
            continue
        visible = [one for one in (*fields.fields.values(), fields.more) if one.isVisible()]
        visible.sort(key=lambda one: one.x())
        ends = [one.geometry().right() for one in visible]
        assert all(end < after.x() for end, after in zip(ends, visible[1:], strict=False)), tool
        assert ends[-1] <= fields.width(), tool
        assert all(one.width() >= one.sizeHint().width() for one in visible), tool


@pytest.mark.parametrize(
    ("tool", "choice", "names"),
    [
        ("transform", {"mode": "mesh"}, ("columns", "rows")),
        ("select-rectangle", {"style": "ratio"}, ("across", "down")),
        ("fill", {"source": "pattern", "sample": "layer"}, ()),
        ("lasso-fill", {"source": "pattern"}, ("pattern", "size", "density", "angle")),
        ("gradient", {"colours": "own"}, ("stops",)),
        ("rectangle", {"paint": "stroke"}, ("width", "line", "join")),
        ("crop", {"aspect": "3:2"}, ("upright",)),
    ],
)
def test_fields_that_do_nothing_are_not_there(
    opened: Opened, tool: str, choice: dict[str, object], names: tuple[str, ...]
) -> None:
    painting = opened.studio.painting
    painting.choose_tool(tool)
    before = shown(opened)
    assert not set(names) & set(before)
    painting.change_options(tool, **choice)
    assert set(names) <= set(shown(opened))
    declared = KINDS[tool].options
    assert declared is not None
    painting.change_options(tool, **{name: getattr(declared(), name) for name in choice})
    assert shown(opened) == before


def test_a_brush_shows_what_its_tip_and_its_stabiliser_leave(opened: Opened) -> None:
    painting = opened.studio.painting
    painting.choose_tool("brush")
    assert {"hardness", "smoothing"} <= set(shown(opened))
    painting.change_brush(tip="image", tips=(Tip.of(np.full((4, 4), 255, np.uint8)),), stabiliser="none")
    assert "stabiliser" in shown(opened) and not {"hardness", "smoothing"} & set(shown(opened))


def test_fields_of_tool_and_brush_change_what_they_are_of(opened: Opened) -> None:
    painting = opened.studio.painting
    painting.choose_tool("dodge")
    shown(opened)
    fields = opened.window.options.fields
    assert isinstance(fields, OptionFields)
    fields.fields["exposure"].take(0.7)  # type: ignore[attr-defined]
    fields.fields["opacity"].take(0.5)  # type: ignore[attr-defined]
    assert painting.options("dodge").exposure == pytest.approx(0.7)
    assert painting.brush.opacity == pytest.approx(0.5)
    fields.more.click()
    tone, brush = fields.findChildren(ParameterForm)
    assert set(tone.rows) == {"span", "exposure", "protect_hue"}
    brush.rows["smoothing"].take(40.0)  # type: ignore[attr-defined]
    assert painting.brush.smoothing == pytest.approx(40.0)
    tone.window().close()
    painting.choose_tool("hand")
    assert opened.window.options.fields is None


def test_every_field_of_a_brush_that_a_tool_names_is_declared() -> None:
    declared = {one.name for one in parameters(Brush)}
    for kind in KINDS.values():
        assert set(kind.brush_fields) <= declared, kind.name
        assert kind.brush or not kind.brush_fields, kind.name


def test_the_status_line_says_what_the_tool_does(opened: Opened) -> None:
    status = opened.window.status
    for tool, kind in KINDS.items():
        opened.studio.painting.choose_tool(tool)
        opened.pump()
        assert kind.hint, tool
        assert status.hint.text() and status.hint.isVisible(), tool
        assert status.hint.sizeHint().width() <= status.hint.width(), tool
    chinese = opened.studio.settings.language == "zh_CN"
    assert (status.hint.text() == kind.hint) != chinese


def test_the_symmetry_tool_shows_and_sets_what_painting_follows(opened: Opened) -> None:
    painting = opened.studio.painting
    painting.choose_tool("symmetry")
    assert shown(opened) == ["folds", "mirror", "mirror_across", "angle", "x", "y"]
    fields = opened.window.options.fields
    assert isinstance(fields, OptionFields)
    fields.fields["folds"].take(9)  # type: ignore[attr-defined]
    fields.fields["x"].take(1e9)  # type: ignore[attr-defined]
    fields.fields["mirror"].click()  # type: ignore[attr-defined]
    assert painting.strokes.symmetry == Symmetry(folds=9, mirror=True, x=300.0, y=100.0)
    painting.strokes.set_symmetry(Symmetry())
    opened.studio.new_picture(80, 40)
    opened.pump()
    assert fields.fields["x"].value() == 40.0  # type: ignore[attr-defined]
    assert fields.fields["y"].high == 40.0  # type: ignore[attr-defined]
