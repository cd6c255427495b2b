"""A studio, its engine and panels for tests of panels: everything that is on its way can be waited for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from studio.document.document import Document
from studio.document.layer import Generated, Layer, Variant, children_of
from studio.ui.panels.colour import ColourPanel
from studio.ui.panels.explore import ExplorePanel
from studio.ui.panels.filters import FiltersPanel
from studio.ui.panels.following import Follower
from studio.ui.panels.generate import GeneratePanel
from studio.ui.panels.history import HistoryPanel
from studio.ui.panels.jobs import JobsPanel
from studio.ui.panels.layers import LayersPanel
from studio.ui.panels.navigator import NavigatorPanel
from studio.ui.panels.results import ResultsPanel
from studio.ui.panels.second_view import SecondViewPanel
from studio.ui.panels.training import TrainingPanel
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace.picture import Picture
from studio.workspace.studio import Studio
from studio.workspace.training_run import TrainingState
from tests.ui import fakes

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
PANELS = {
    GeneratePanel: (300, 304),
    ExplorePanel: (300, 304),
    ColourPanel: (300, 304),
    LayersPanel: (300, 258),
    FiltersPanel: (300, 258),
    HistoryPanel: (300, 258),
    JobsPanel: (300, 258),
    ResultsPanel: (900, 108),
    TrainingPanel: (300, 460),
    NavigatorPanel: (300, 304),
    SecondViewPanel: (300, 304),
}


Shown = TypeVar("Shown", bound=QWidget)
Kind = TypeVar("Kind", bound=Layer)


class Bench:
    """A studio, its engine, and the panels that stand on it."""

    panel: ResultsPanel

    def __init__(self, engine: fakes.FakeEngine | None, **options) -> None:
        self._engine = engine
        self.studio = fakes.studio(engine, **options)
        self.panels: list[QWidget] = []

    def show(self, kind: Callable[[Studio], Shown]) -> Shown:
        panel = kind(self.studio)
        width, height = PANELS[type(panel)]
        panel.resize(width, height)
        panel.show()
        panel.activateWindow()
        self.panels.append(panel)
        self.settle()
        return panel

    def settle(self) -> None:
        """Everything that is on its way arrives; the small delays of panels that follow are waited for."""
        quiet = 0
        while quiet < 2:
            fakes.settle(self.studio)
            followers = [one for panel in self.panels for one in panel.findChildren(Follower)]
            if self.document_is_free() and any(one.waiting for one in followers):
                QTest.qWait(5)
                quiet = 0
            else:
                quiet += 1

    def document_is_free(self) -> bool:
        """While the pen is down panels wait for its end, and nothing else can be waited for."""
        return self.studio.current is None or not self.document.gesture_open

    @property
    def engine(self) -> fakes.FakeEngine:
        assert self._engine is not None
        return self._engine

    @property
    def picture(self) -> Picture:
        assert self.studio.current is not None
        return self.studio.current

    @property
    def document(self) -> Document:
        return self.picture.document

    @property
    def active(self) -> Any:
        """The active layer."""
        return self.studio.layers.active

    @property
    def training(self) -> TrainingState:
        assert self.studio.training.state is not None
        return self.studio.training.state

    def variant(self) -> Variant:
        """The shown picture of the first generated layer."""
        variant = self.layer(Generated).variant
        assert variant is not None
        return variant

    def layer(self, kind: type[Kind]) -> Kind:
        return next(layer for layer in self.document.artwork.walk() if isinstance(layer, kind))

    def end(self) -> None:
        for panel in self.panels:
            panel.close()
            panel.deleteLater()
        fakes.close(self.studio)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def children(bench: Bench, group: str) -> tuple[Layer, ...]:
    return children_of(next(layer for layer in bench.document.artwork.walk() if layer.id == group))


def steps(bench: Bench) -> list[str]:
    return [entry.label for entry in bench.document.history]


def drag(slider: ValueSlider, start: float, end: float) -> None:
    """Press, move in four steps, release."""
    y = slider.height() // 2
    QTest.mousePress(slider, LEFT, NONE, QPoint(round(start), y))
    for part in range(1, 5):
        place = QPointF(start + (end - start) * part / 4, y)
        QApplication.sendEvent(slider, QMouseEvent(QEvent.Type.MouseMove, place, place, LEFT, LEFT, NONE))
    QTest.mouseRelease(slider, LEFT, NONE, QPoint(round(end), y))


def names(panel: LayersPanel) -> list[str]:
    return [row.layer.name for row in panel.rows.rows]
