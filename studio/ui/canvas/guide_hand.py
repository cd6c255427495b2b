"""Takes guides with the pointer: out of a ruler, or where they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtWidgets import QInputDialog, QMenu

from studio.document.aids import Axis, Guide
from studio.document.edits import EditError
from studio.workspace import guides
from studio.workspace.painting import RunningGesture
from studio.workspace.tools import Pointer

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

REACH = 5.0
"""Logical pixels around a guide."""


class GuideHand:
    """At most one guide is in the hand."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self._gesture: RunningGesture | None = None
        self.hot: int | None = None

    @property
    def busy(self) -> bool:
        return self._gesture is not None

    def under(self, position: QPointF) -> int | None:
        """The guide that a press at a place of the widget takes: with the move tool, while guides are shown and free."""
        view = self._view
        if view.picture is None or not view.studio.viewing.options.guides:
            return None
        aids = view.picture.document.artwork.aids
        if not aids.guides or aids.locked or view.studio.painting.kind.family != "move":
            return None
        point = view.to_document(position)
        return guides.guide_at(
            aids, point.x(), point.y(), REACH * view.devicePixelRatioF() / view.viewport.zoom
        )

    def hover(self, position: QPointF) -> None:
        hot = self.under(position)
        if hot != self.hot:
            self.hot = hot
            self._view.update()

    def axis_of(self, index: int) -> Axis:
        assert self._view.picture is not None
        return self._view.picture.document.artwork.aids.guides[index].axis

    def take(self, index: int | None, axis: Axis) -> None:
        """A guide that lies there, or (None) a new one."""
        view = self._view
        if view.picture is None or view.input.busy:
            return
        view.studio.settle()
        gesture = guides.drag_guide(view.picture.document, view.studio.viewing.options, index, axis)
        try:
            next(gesture)
        except EditError as error:
            view.studio.refuse(error)
            return
        self._gesture = RunningGesture(gesture, view.studio.painting)
        if not view.studio.viewing.options.guides:
            view.studio.viewing.change(guides=True)

    def move(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        if self._gesture is not None:
            point = self._view.to_document(position)
            held = (
                frozenset(("control",))
                if modifiers & Qt.KeyboardModifier.ControlModifier
                else frozenset[str]()
            )
            self._gesture.send(Pointer(point.x(), point.y(), modifiers=held, zoom=self._view.viewport.zoom))

    def leave(self, *, kept: bool = True) -> bool:
        """Lets go; True when there was one in the hand."""
        gesture, self._gesture, self.hot = self._gesture, None, None
        if gesture is None:
            return False
        if kept:
            gesture.finish()
        else:
            gesture.cancel()
        self._view.update()
        return True

    # the menu of a guide

    def menu(self, index: int, place: QPoint) -> None:
        """Right-click on a guide: its exact place, remove it, lock all."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        translate = QCoreApplication.translate
        menu.addAction(translate("Rulers", "Place of the guide…")).triggered.connect(lambda: self._ask(index))
        menu.addAction(translate("Rulers", "Remove guide")).triggered.connect(lambda: self._set(index, None))
        lock = translate("actions", "Lock guides")
        studio = self._view.studio
        menu.addAction(lock).triggered.connect(lambda: guides.change(studio, guides.GUIDES, locked=True))
        menu.popup(place)

    def _ask(self, index: int) -> None:
        assert self._view.picture is not None
        guide = self._view.picture.document.artwork.aids.guides[index]
        translate = QCoreApplication.translate
        dialog = QInputDialog(self._view)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setInputMode(QInputDialog.InputMode.DoubleInput)
        dialog.setWindowTitle(translate("Rulers", "Place of the guide…").rstrip("…"))
        dialog.setLabelText(translate("Rulers", "Pixels from the edge"))
        dialog.setDoubleDecimals(1)
        dialog.setDoubleRange(0.0, 100000.0)
        dialog.setDoubleValue(guide.position)
        dialog.doubleValueSelected.connect(lambda value: self._set(index, Guide(guide.axis, value)))
        dialog.open()

    def _set(self, index: int, guide: Guide | None) -> None:
        picture = self._view.picture
        if picture is None:
            return
        found = list(picture.document.committed.aids.guides)
        if index < len(found):
            found[index : index + 1] = [] if guide is None else [guide]
            guides.change(self._view.studio, guides.GUIDE, guides=tuple(found))
