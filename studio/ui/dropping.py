"""What is dragged into the window: on the canvas of an open picture pictures become layers there, elsewhere files are opened."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from studio.raster.geometry import Rect
from studio.ui.canvas.view import CanvasView
from studio.ui.incoming import brings_pictures, local_files, only_address, pictures_of
from studio.ui.widgets.picture_strip import PICTURE_MIME
from studio.workspace.inserting import Incoming
from studio.workspace.pasting import Point

if TYPE_CHECKING:
    from studio.ui.main_window import MainWindow


class Dropping:
    """Of one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._studio = window.studio

    def over(self, event: QDragMoveEvent) -> None:
        """The drag enters the window or moves in it; what a drop would do here is said in the status line."""
        data = event.mimeData()
        if data.hasFormat(PICTURE_MIME):
            event.acceptProposedAction()
            return
        onto = self._canvas_at(event.position().toPoint())
        if local_files(data) or (onto is not None and brings_pictures(data)):
            event.acceptProposedAction()
            layer = QCoreApplication.translate("Window", "Let go: a new layer here")
            opens = QCoreApplication.translate("Window", "Let go: opens")
            if self._on_filters(event.position().toPoint()):
                opens = QCoreApplication.translate("Window", "Let go: a folder goes through the filters")
            self._window.status.say(layer if onto is not None else opens)
        else:
            event.ignore()
            self.leave()

    def leave(self) -> None:
        self._window.status.say("")

    def drop(self, event: QDropEvent) -> None:
        self.leave()
        data = event.mimeData()
        position = event.position().toPoint()
        if data.hasFormat(PICTURE_MIME):
            self._take_result(event, position)
            return
        event.acceptProposedAction()
        if self._on_filters(position) and any(Path(path).is_dir() for path in local_files(data)):
            self._batch(local_files(data))
            return
        canvas = self._canvas_at(position)
        if canvas is None:
            self.open(local_files(data))
            return
        at = canvas.to_document(QPointF(canvas.mapFrom(self._window, position)))
        x, y = canvas.showing.offset_of(at.x(), at.y())
        self.bring(data, (at.x() - x, at.y() - y), canvas.viewport.visible())

    def _canvas_at(self, position: QPoint) -> CanvasView | None:
        """The view of an open picture under a place of the window, or under something that floats on it."""
        under: QWidget | None = self._window.childAt(position)
        while under is not None and not isinstance(under, CanvasView):
            under = under.parentWidget()
        return under if under is not None and under.picture is not None else None

    def _on_filters(self, position: QPoint) -> bool:
        under, filters = self._window.childAt(position), self._window.docks["filters"]
        return under is not None and (under is filters or filters.isAncestorOf(under))

    def _batch(self, files: Iterable[str]) -> None:
        """A folder let fall on the filters: its pictures through the filters of the picture that is open, or a recipe."""
        from studio.ui.handlers.filters import open_batch

        open_batch(self._window, next(Path(path) for path in files if Path(path).is_dir()))

    def _take_result(self, event: QDropEvent, position: QPoint) -> None:
        """A result let fall on the canvas or the layers becomes a layer of its own; the strip that it came from does it."""
        under = self._window.childAt(position)
        layers = self._window.docks["layers"]
        on_layers = under is not None and (under is layers or layers.isAncestorOf(under))
        if on_layers or self._canvas_at(position) is self._window.canvas:
            event.acceptProposedAction()
        else:
            event.ignore()

    def bring(self, data: QMimeData, place: Point | None, seen: Rect | None) -> None:
        """Files of pictures, or a picture itself, as layers of the current picture; other files are opened."""
        paths = local_files(data)
        taken = [path for path in paths if self._studio.inserting.takes(path)]
        self.open(path for path in paths if path not in taken)
        name = QCoreApplication.translate("Window", "Dropped picture")
        incoming = [Incoming.of_file(path) for path in taken] or ([] if paths else pictures_of(data, name))
        if incoming:
            self._studio.inserting.insert(incoming, place, seen)
        elif not paths and only_address(data):
            self._studio.inserting.not_fetched()

    def open(self, paths: Iterable[str]) -> None:
        """Opens files; a folder is taken as pictures to train on."""
        for path in paths:
            if Path(path).is_dir():
                self._window.window_actions.train_on(path)
            else:
                self._studio.open(path)
