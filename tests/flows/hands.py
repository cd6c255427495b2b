"""What an artist's hands do on the real window: presses, drags and keys on its widgets, nothing past them.

The only thing that is not a widget is the system's own file dialog: :meth:`Hands.answering` answers it with a path.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QPushButton, QTabBar, QWidget

from studio.document.layer import Filter, Generated, Layer, pixels_of
from studio.ui.arrangement import PANEL_TITLES
from studio.ui.dialogs.export import ExportDialog
from studio.ui.panels.layers import LayersPanel
from studio.ui.panels.results import ResultsPanel
from studio.ui.widgets.value_slider import ValueSlider
from tests.flows.conftest import Window

LEFT = Qt.MouseButton.LeftButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
AnyPanel = TypeVar("AnyPanel", bound=QWidget)
Point = tuple[float, float]


class Hands:
    """Of one window. What stands on the screen is read from its widgets; the document is only looked at."""

    def __init__(self, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at, self.window, self.studio = window, window.window, window.studio
        self._monkeypatch = monkeypatch

    # ── keys and panels ──────────────────────────────────────────────────────────────────────────────────────────────
    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key on the canvas, as the shortcuts get it."""
        self.window.activateWindow()  # offscreen no window manager does it when a list or a dialog has closed
        self.at.until(self.window.isActiveWindow)
        self.window.canvas.setFocus()
        QTest.keyClick(self.window.canvas, key, keys)

    def enter(self, workspace: str) -> None:
        """The switch at the right end of the menus."""
        QTest.mouseClick(self.window.switch.buttons[workspace], LEFT)

    def panel(self, name: str, kind: type[AnyPanel]) -> AnyPanel:
        """A panel of the workspace, brought to the front by its tab."""
        title, dock = QCoreApplication.translate("panels", PANEL_TITLES[name]), self.window.docks[name]

        def stands() -> bool:
            panel = dock.panel
            return isinstance(panel, kind) and not panel.visibleRegion().isEmpty()

        if not stands():
            self.at.until(
                lambda: _tab(self.window, title) is not None
            )  # tabs come with the next turn of events
            bar, index = _tab(self.window, title)  # type: ignore[misc]
            QTest.mouseClick(bar, LEFT, pos=bar.tabRect(index).center())
            self.at.until(stands)
        assert isinstance(dock.panel, kind)
        return dock.panel

    @staticmethod
    def write(field: QLineEdit, text: str) -> None:
        """Types Latin letters by keys; Hanzi come from the input method in one go, as they do from a real one."""
        field.setFocus()
        if text.isascii():
            QTest.keyClicks(field, text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(field, event)
        assert field.text() == text

    def choose(self, box: QComboBox, words: str) -> None:
        """Opens a list by its key and presses the line with these words."""
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Space)
        view = box.view()
        self.at.until(view.isVisible)
        self.press_row(view, view.model().index(box.findText(words), 0))
        self.at.until(lambda: not view.isVisible())
        assert box.currentText() == words

    @staticmethod
    def press_row(view: QWidget, index: QModelIndex) -> None:
        assert index.isValid()
        view.scrollTo(index)  # type: ignore[attr-defined]
        QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())  # type: ignore[attr-defined]

    @staticmethod
    def type_into(slider: ValueSlider, text: str) -> None:
        """A double click on the number, the digits, Enter."""
        QTest.mouseDClick(slider, LEFT, pos=slider.value_rect().center().toPoint())
        editor = slider._editor
        assert editor is not None
        QTest.keyClicks(editor, text)
        QTest.keyClick(editor, Qt.Key.Key_Return)

    def drag(self, slider: ValueSlider, start: float, stop: float, steps: int = 10) -> Iterator[int]:
        """Drags a slider's handle between two values; stops at each step for what is to be looked at, then lets go."""

        def place(value: float) -> QPoint:
            return QPointF(slider._place(value), slider.track().center().y()).toPoint()

        QTest.mousePress(slider, LEFT, pos=place(start))
        for step in range(1, steps + 1):
            QTest.mouseMove(slider, place(start + (stop - start) * step / steps))
            self.at.qtbot.wait(15)
            yield step
        QTest.mouseRelease(slider, LEFT, pos=place(stop))

    # ── canvas, layers, results ──────────────────────────────────────────────────────────────────────────────────────
    def stroke(self, start: Point, stop: Point, steps: int = 12) -> None:
        """Draws with the mouse on the canvas; the points are fractions of the picture."""
        canvas, artwork = self.window.canvas, self.artwork

        def place(part: float) -> QPoint:
            x = (start[0] + (stop[0] - start[0]) * part) * artwork.width
            y = (start[1] + (stop[1] - start[1]) * part) * artwork.height
            return (canvas.viewport.to_view().map(QPointF(x, y)) / canvas.devicePixelRatioF()).toPoint()

        QTest.mousePress(canvas, LEFT, pos=place(0))
        for step in range(1, steps + 1):
            QTest.mouseMove(canvas, place(step / steps))
        QTest.mouseRelease(canvas, LEFT, pos=place(1))

    def choose_layer(self, layer: Layer) -> None:
        """A press on the layer's name in the Layers panel."""
        panel = self.panel("layers", LayersPanel)
        self.at.until(lambda: panel.rows.row_of(layer.id) >= 0)
        self.press_row(panel.view, panel.rows.index(panel.rows.row_of(layer.id)))
        assert self.studio.layers.active.id == layer.id  # type: ignore[union-attr]

    def flip_to(self, number: int) -> None:
        """A press on the result of this number in the strip."""
        strip = self.panel("results", ResultsPanel).strip
        self.at.until(lambda: len(strip.thumbs()) > number)
        QTest.mouseClick(strip, LEFT, pos=strip.rect_of(number).center().toPoint())

    # ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────
    @contextmanager
    def answering(self, path: Path) -> Iterator[None]:
        """The system's file dialog gives this path instead of being shown."""

        def answer(dialog: QFileDialog) -> None:
            dialog.filesSelected.emit([str(path)])
            dialog.fileSelected.emit(str(path))
            dialog.deleteLater()

        with self._monkeypatch.context() as patch:
            patch.setattr(QFileDialog, "open", answer)
            yield

    def open(self, path: Path) -> None:
        with self.answering(path):
            self.key(Qt.Key.Key_O, CONTROL)
        self.at.until(lambda: self.studio.current is not None)

    def export(self, path: Path, kind: str) -> None:
        """The dialog of Export: this format, then its verb, then where."""
        self.key(Qt.Key.Key_S, CONTROL | SHIFT | Qt.KeyboardModifier.AltModifier)
        dialog = self.window.findChild(ExportDialog)
        assert dialog is not None and dialog.isVisible()
        self.choose(dialog.kind.box, kind)
        with self.answering(path):
            verb = next(one for one in dialog.findChildren(QPushButton) if one.isDefault())
            QTest.mouseClick(verb, LEFT)
        self.at.quiet()

    # ── what is seen ─────────────────────────────────────────────────────────────────────────────────────────────────
    @property
    def artwork(self):
        assert self.studio.current is not None
        return self.studio.current.document.artwork

    def flat(self) -> np.ndarray:
        """The picture as it would be exported: float32 [h, w, 4]."""
        picture = self.studio.current
        assert picture is not None
        return picture.renderer.flatten(picture.document.artwork)

    def shown(self) -> np.ndarray:
        """What the canvas shows, as the eye sees it: int [h, w, 4]."""
        image = self.window.canvas.grab().toImage().convertToFormat(QImage.Format.Format_ARGB32)
        return np.array(image.constBits()).reshape(image.height(), image.width(), 4).astype(int)

    def digests(self) -> list[tuple]:
        """Everything that makes the picture: layers with their fields and the digests of their tiles."""
        rows = []
        for layer in self.artwork.walk():
            more = (layer.recipe,) if isinstance(layer, Filter | Generated) else ()
            fields = (layer.name, layer.mode, layer.opacity, layer.clipping, layer.transform)
            rows.append((type(layer).__name__, *fields, tiles_of(layer), more))
        return rows


def _tab(window: QWidget, title: str) -> tuple[QTabBar, int] | None:
    """The tab with this title that can be pressed."""
    for bar in window.findChildren(QTabBar):
        for index in range(bar.count()):
            if bar.isVisible() and bar.isTabVisible(index) and bar.tabText(index) == title:
                return bar, index
    return None


def tiles_of(layer: Layer | None) -> list[tuple]:
    """Places and digests of a layer's tiles."""
    surface = pixels_of(layer) if layer is not None else None
    return sorted((key, tile.digest) for key, tile in surface.tiles.items()) if surface is not None else []
