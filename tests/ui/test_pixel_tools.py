"""Fill, gradient, shapes and pen on the canvas itself: mouse, Enter, Escape, Delete, double click; the fill layer's dialog."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from studio.document.layer import Fill, Shape
from studio.raster.vector import path_of
from studio.synthesis.fills import parameters_of
from studio.ui.canvas.view import CanvasView
from studio.ui.dialogs.fill_layer import FillLayerDialog
from studio.ui.widgets.option_fields import OptionFields
from studio.workspace.tools.registry import KINDS
from tests.ui import fakes
from tests.ui.fakes import settle
from tests.ui.windows import nameless

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def canvas(qtbot: QtBot, home: Path) -> Iterator[CanvasView]:
    """200 × 100 pixels, twice as large in a view of 800 × 600."""
    studio = fakes.studio()
    studio.new_picture(200, 100)
    studio.painting.set_colour((1.0, 0.0, 0.0))
    view = CanvasView(studio)
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    view.set_viewport(view.viewport.zoomed(2.0))
    view.setFocus()
    settle(studio)
    yield view
    fakes.close(studio)


def at(view: CanvasView, x: float, y: float) -> QPoint:
    return view.viewport.to_view().map(QPointF(x, y)).toPoint()


def drag(qtbot: QtBot, view: CanvasView, *places: tuple[float, float]) -> None:
    qtbot.mousePress(view, LEFT, pos=at(view, *places[0]))
    for place in places[1:]:
        qtbot.mouseMove(view, at(view, *place))
    qtbot.mouseRelease(view, LEFT, pos=at(view, *places[-1]))
    settle(view.studio)


def labels(view: CanvasView) -> list[str]:
    assert view.studio.current is not None
    return [step.label for step in view.studio.current.document.history]


def test_a_click_fills(qtbot: QtBot, canvas: CanvasView) -> None:
    canvas.studio.painting.choose_tool("fill")
    qtbot.mouseClick(canvas, LEFT, pos=at(canvas, 50, 50))
    settle(canvas.studio)
    assert labels(canvas)[-1] == "Fill"
    image = canvas.grab().toImage()
    assert (
        image.pixelColor(at(canvas, 20, 20)).red() == 255
        and image.pixelColor(at(canvas, 20, 20)).green() == 0
    )


def test_a_gradient_is_dragged_and_kept_by_enter_or_dropped_by_escape(
    qtbot: QtBot, canvas: CanvasView
) -> None:
    canvas.studio.painting.choose_tool("gradient")
    drag(qtbot, canvas, (20, 50), (100, 52), (180, 50))
    assert canvas.studio.painting.session is not None
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert labels(canvas)[-1] == "Gradient" and canvas.studio.painting.session is None
    layer = canvas.studio.layers.active
    assert isinstance(layer, Fill)
    assert parameters_of(layer.recipe).x1 == pytest.approx(180, abs=1)
    drag(qtbot, canvas, (180, 50), (120, 20))
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.studio.layers.active is layer


def test_a_stop_is_added_by_a_double_click_and_goes_by_delete(qtbot: QtBot, canvas: CanvasView) -> None:
    canvas.studio.painting.choose_tool("gradient")
    drag(qtbot, canvas, (20, 50), (180, 50))
    rail = 16.0 / canvas.viewport.zoom
    qtbot.mouseDClick(canvas, LEFT, pos=at(canvas, 100, 50 + rail))
    layer = canvas.studio.layers.active
    assert isinstance(layer, Fill) and len(parameters_of(layer.recipe).stops) == 3
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    layer = canvas.studio.layers.active
    assert isinstance(layer, Fill) and len(parameters_of(layer.recipe).stops) == 2


def test_the_pen_draws_node_by_node_and_closes(qtbot: QtBot, canvas: CanvasView) -> None:
    canvas.studio.painting.choose_tool("path")
    for place in ((20, 20), (120, 20), (70, 80), (20, 20)):
        drag(qtbot, canvas, place, place)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    layer = canvas.studio.layers.active
    assert isinstance(layer, Shape) and path_of(layer.path)[0].closed
    assert labels(canvas)[-1] == "Path"


@pytest.mark.parametrize("tool", ["fill", "lasso-fill", "gradient", "dodge", "sponge", "rectangle", "polygon-shape", "line", "path", "picker"])  # fmt: skip
def test_every_option_has_a_name_and_tells_its_change(qtbot: QtBot, tool: str) -> None:
    declared = KINDS[tool].options
    assert declared is not None
    fields = OptionFields(declared())
    qtbot.addWidget(fields)
    fields.resize(3000, 36)
    fields.show()
    assert not nameless(fields)
    assert set(fields.fields) == set(declared.__struct_fields__)


@pytest.mark.parametrize("kind", ["fill-colour", "fill-gradient", "gaussian-noise", "fbm", "plasma"])
def test_the_dialog_of_a_fill_layer_is_live_and_cancel_takes_everything_back(
    qtbot: QtBot, canvas: CanvasView, kind: str
) -> None:
    studio = canvas.studio
    studio.fill_layers.add(kind)
    layer = studio.layers.active
    assert isinstance(layer, Fill)
    for keep in (False, True):
        dialog = FillLayerDialog(studio, layer)
        qtbot.addWidget(dialog)
        dialog.show()
        assert not nameless(dialog)
        if kind == "fill-colour":
            dialog.form.rows["colour"].changed.emit((0.0, 0.0, 1.0))  # type: ignore[attr-defined]
        elif kind == "fill-gradient":
            dialog.form.rows["kind"].chosen.emit("radial")  # type: ignore[attr-defined]
        else:
            dialog.form.rows["sigma"].value_changed.emit(0.4)  # type: ignore[attr-defined]
        assert studio.layers.active is not layer
        dialog.accept() if keep else dialog.reject()
        settle(studio)
        assert (studio.layers.active is layer) != keep
    assert labels(canvas)[-1] == "Fill layer"
