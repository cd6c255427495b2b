"""A pad of the Explore panel over the whole canvas, and the keys that lead back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.document.layer import Generated
from studio.settings import Settings
from studio.ui.panels.explore import ExplorePanel
from studio.ui.widgets.pad import SIDE, Pad
from tests.ui import fakes
from tests.ui.benches import LEFT, NONE
from tests.ui.windows import Opened, empty_panel


class Stage(Opened):
    """A window with the Explore panel at its side, beside a generated layer of four."""

    def __init__(self, qapp: QApplication) -> None:
        entries = (fakes.model(preview=fakes.preview()),)
        self.engine = fakes.FakeEngine()
        settings = Settings(language="en", theme="dark")
        super().__init__(qapp, settings, empty_panel, engine=self.engine, catalogue=lambda: entries)
        self.studio.refresh_models()
        self.pump()
        self.studio.new_picture(128, 128)
        self.studio.generating.generate()
        self.pump()
        self.panel = ExplorePanel(self.studio, self.window)
        self.panel.setGeometry(self.window.width() - 320, 80, 300, 520)
        self.panel.show()
        self.settle()

    def settle(self) -> None:
        self.pump()
        self.panel.refresh()
        self.pump()

    @property
    def layer(self) -> Generated:
        layer = self.studio.generating.layer
        assert layer is not None
        return layer

    @property
    def steps(self) -> list[str]:
        assert self.studio.current is not None
        return [entry.label for entry in self.studio.current.document.history]


@pytest.fixture
def bench(qapp: QApplication) -> Iterator[Stage]:
    made = Stage(qapp)
    yield made
    made.close()


@pytest.fixture
def panel(bench: Stage) -> ExplorePanel:
    return bench.panel


def at(pad: Pad, x: float, y: float) -> QPoint:
    return pad.place(x, y).toPoint()


def double_click(pad: Pad) -> None:
    QTest.mouseDClick(pad, LEFT, NONE, pad.rect().center())


def test_the_pad_lies_over_the_canvas_and_comes_back(bench: Stage, panel: ExplorePanel) -> None:
    pad, canvas, place = panel.pad.pad, bench.window.canvas, panel.pad.pad.pos()
    double_click(pad)
    bench.settle()
    assert pad.parentWidget() is canvas and pad.size() == canvas.size() and pad.isVisible() and pad.hasFocus()
    pad.grab()
    before = bench.steps
    QTest.mousePress(pad, LEFT, NONE, at(pad, 0, 0))
    QTest.mouseMove(pad, at(pad, 2, -1))
    QTest.mouseRelease(pad, LEFT, NONE, at(pad, 2, -1))
    bench.settle()
    layer = bench.layer
    assert layer.variant is not None
    across, up = bench.studio.exploring.pad.names
    assert layer.variant.sliders == {across: 2.0, up: -1.0} and bench.steps == [*before, "Sliders"]
    QTest.keyClick(pad, Qt.Key.Key_Space)
    bench.settle()
    assert bench.studio.exploring.values == {}, "back to the start"
    QTest.keyClick(pad, Qt.Key.Key_Escape)
    bench.settle()
    assert pad.parentWidget() is panel.pad and pad.width() == SIDE and pad.isVisible() and pad.pos() == place
    assert canvas.hasFocus()


def test_the_two_clicks_that_open_it_change_nothing(bench: Stage, panel: ExplorePanel) -> None:
    mixing, pads = bench.studio.exploring.mixing, (panel.pad.pad, panel.mixture.pad)
    for variant in bench.layer.variants[:4]:
        mixing.pin(variant.id)
    bench.settle()
    before, layer = bench.steps, bench.layer
    for pad in pads:
        for _ in range(2):
            place = at(pad, 0.8, 0.4)
            QTest.mouseClick(pad, LEFT, NONE, place)
            bench.settle()
            assert bench.layer is not layer, "the first click alone shows what is there"
            QTest.mouseDClick(pad, LEFT, NONE, place)
            bench.settle()
        assert not pad.large and pad.values() == (0.0, 0.0)
        assert bench.layer is layer and bench.steps == before


def test_a_single_click_is_a_step_once_it_is_none_of_two(bench: Stage, panel: ExplorePanel) -> None:
    pad, before = panel.pad.pad, bench.steps
    QTest.mouseClick(pad, LEFT, NONE, at(pad, 1, 1))
    bench.settle()
    assert bench.steps == before
    QTest.qWait(QApplication.doubleClickInterval() + 60)
    bench.settle()
    assert bench.steps == [*before, "Sliders"]


def test_escape_in_a_drag_takes_that_back_alone(bench: Stage, panel: ExplorePanel) -> None:
    pad = panel.pad.pad
    double_click(pad)
    before = bench.steps
    QTest.mousePress(pad, LEFT, NONE, at(pad, -2, 2))
    bench.settle()
    assert bench.studio.exploring.values
    QTest.keyClick(pad, Qt.Key.Key_Escape)
    QTest.mouseRelease(pad, LEFT, NONE, at(pad, -2, 2))
    bench.settle()
    assert bench.studio.exploring.values == {} and bench.steps == before
    assert pad.large, "the next Escape closes it"


def test_it_follows_the_canvas_and_goes_with_its_panel(bench: Stage, panel: ExplorePanel) -> None:
    pad, canvas = panel.pad.pad, bench.window.canvas
    double_click(pad)
    bench.window.resize(bench.window.width() - 60, bench.window.height())
    bench.settle()
    assert pad.size() == canvas.size()
    panel.hide()
    bench.settle()
    assert pad.parentWidget() is panel.pad and not pad.large


def test_the_pad_between_pins_does_the_same(bench: Stage, panel: ExplorePanel) -> None:
    mixing = bench.studio.exploring.mixing
    for variant in bench.layer.variants[:4]:
        mixing.pin(variant.id)
    bench.settle()
    panel.refresh()
    pad = panel.mixture.pad
    assert pad.isVisible()
    double_click(pad)
    bench.settle()
    assert pad.parentWidget() is bench.window.canvas
    pad.grab()
    count = len(bench.layer.variants)
    QTest.mousePress(pad, LEFT, NONE, at(pad, 1, 1))
    QTest.mouseMove(pad, at(pad, 0.5, 1))
    QTest.mouseRelease(pad, LEFT, NONE, at(pad, 0.5, 1))
    bench.settle()
    layer = bench.layer
    assert len(layer.variants) == count + 1 and pad.large and pad.isVisible()
    bench.studio.undo()
    mixing.unpin()
    bench.settle()
    panel.refresh()
    assert pad.parentWidget() is panel.mixture and not pad.isVisible(), "nothing to mix any more"


def test_space_goes_back_in_the_panel_too(bench: Stage, panel: ExplorePanel) -> None:
    pad = panel.pad.pad
    QTest.mousePress(pad, LEFT, NONE, at(pad, 1, 1))
    QTest.mouseMove(pad, QPointF(at(pad, 2, 2)).toPoint())
    QTest.mouseRelease(pad, LEFT, NONE, at(pad, 2, 2))
    bench.settle()
    assert bench.studio.exploring.values
    QTest.keyClick(pad, Qt.Key.Key_Space)
    bench.settle()
    assert bench.studio.exploring.values == {}
