"""Picking a layer on the canvas: Ctrl and a press takes the topmost one there, held longer (or a right-click) lists all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, Qt, QTimer
from PySide6.QtGui import QAction, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QMenu

from studio.document import arranging
from studio.ui.panels.thumbnails import Thumbnails
from studio.ui.screen_colours import screen_image
from studio.workspace.tools import Pointer
from studio.workspace.tools.marks import Label
from studio.workspace.tools.registry import KINDS

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

PICK_LAYER = "pick-layer"
"""What the press is called among those of the view."""
BACKGROUND_TAKER = "picker"
"""With it Ctrl takes the background colour."""
HELD_MS = 450
STILL = 6.0
"""Logical pixels that a hand which rests may move."""
SIDE = 48
_KEYS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class LayerHand:
    """Which layer is selected is no undo step."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self._place = QPointF()
        self._small: Thumbnails | None = None
        self._held = QTimer(view)
        self._held.setSingleShot(True)
        self._held.setInterval(HELD_MS)
        self._held.timeout.connect(self._list)

    def borrows(self, modifiers: Qt.KeyboardModifier, position: QPointF) -> bool:
        """Ctrl alone at a place of the widget, where neither the tool nor what it has open has a use for it."""
        painting = self._view.studio.painting
        if modifiers & _KEYS != Qt.KeyboardModifier.ControlModifier or self._view.picture is None:
            return False
        kind, session = KINDS[painting.tool], painting.session
        if kind.own_control or kind.name == BACKGROUND_TAKER:
            return False
        if session is None:
            return True
        point = self._view.to_document(position)
        return session.lets_pick(Pointer(point.x(), point.y(), zoom=self._view.viewport.zoom))

    @property
    def ready(self) -> bool:
        return self._view.picture is not None and self._view.studio.painting.session is None

    def press(self, position: QPointF) -> None:
        """Takes the topmost layer under a place of the widget and shows its name there."""
        self._place = position
        self._held.start()
        picture, studio = self._view.picture, self._view.studio
        if picture is None:
            return
        point = self._view.to_document(position)
        found = arranging.layer_under(picture.document.artwork, point.x(), point.y())
        if found is not None:
            studio.layers.choose(found.id)
            studio.painting.show_marks((Label(point.x(), point.y(), found.name),))

    def move(self, position: QPointF) -> None:
        if (position - self._place).manhattanLength() > STILL:
            self._held.stop()

    def leave(self) -> None:
        """The hand lets go."""
        self._held.stop()
        self._view.studio.painting.show_marks(())

    def _list(self) -> None:
        self._view.input.cancel()
        self.menu(self._place)

    def menu(self, position: QPointF) -> bool:
        """All layers under a place of the widget, from top to bottom; False where there is none."""
        picture = self._view.picture
        if picture is None or not self.ready or self._view.input.busy:
            return False
        point = self._view.to_document(position)
        artwork = picture.document.artwork
        found = arranging.layers_under(artwork, point.x(), point.y())
        if not found:
            return False
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        small = self._thumbnails()
        entries: dict[str, QAction] = {}
        for layer in found:
            name = layer.name.replace("&", "&&") or QCoreApplication.translate(
                "Canvas", "Layer without a name"
            )
            entry = entries[layer.id] = menu.addAction(name)
            entry.setCheckable(True)
            entry.setChecked(layer.id == artwork.active)
            if entry.isChecked():  # beside a small picture no tick is drawn
                font = entry.font()
                font.setBold(True)
                entry.setFont(font)
            entry.triggered.connect(lambda _on, layer_id=layer.id: self._choose(layer_id))
            _show(entry, small.of_layer(picture.renderer, artwork, layer))

        def arrived(layer_id: str) -> None:
            layer = artwork.find(layer_id)
            if layer is not None and layer_id in entries:
                _show(entries[layer_id], small.of_layer(picture.renderer, artwork, layer))

        small.ready.connect(arrived)
        menu.aboutToHide.connect(lambda: small.ready.disconnect(arrived))
        menu.popup(self._view.mapToGlobal(position.toPoint()))
        return True

    def _choose(self, layer_id: str) -> None:
        self._view.studio.layers.choose(layer_id)

    def _thumbnails(self) -> Thumbnails:
        if self._small is None:
            self._small = Thumbnails(self._view.studio, SIDE, self._view)
        return self._small


def _show(entry: QAction, image: QImage) -> None:
    if not image.isNull():
        entry.setIcon(QIcon(QPixmap.fromImage(screen_image(image))))
