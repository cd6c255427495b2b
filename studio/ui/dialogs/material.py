"""A material under a lamp that follows the hand: layers as colour, height, normals and roughness, on a plane or a sphere."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from studio.recipe import QT_TRANSLATE_NOOP
from studio.ui.dialogs.frame import Frame
from studio.ui.screen_colours import screen_image
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.rows import ChoiceRow
from studio.workspace import material
from studio.workspace.material import ROLES, Role
from studio.workspace.studio import Studio

WIDTH = 440
LABEL = 128
SIDE = 216
"""Of the preview, in pixels of the screen."""
STEP = 0.1
"""How far an arrow key moves the lamp."""
NONE = ""
TITLES: dict[Role, str] = {
    "colour": QT_TRANSLATE_NOOP("Material", "Colour"),
    "height": QT_TRANSLATE_NOOP("Material", "Heights"),
    "normal": QT_TRANSLATE_NOOP("Material", "Normals"),
    "roughness": QT_TRANSLATE_NOOP("Material", "Roughness map"),
}
_KEYS = {
    Qt.Key.Key_Left: (-STEP, 0.0), Qt.Key.Key_Right: (STEP, 0.0), Qt.Key.Key_Up: (0.0, STEP), Qt.Key.Key_Down: (0.0, -STEP),
}  # fmt: skip


class LitPicture(QWidget):
    """The lit material. Dragging over it, or the arrow keys, move the lamp; ``light`` is −1 … 1, y upwards."""

    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.light = (-0.5, 0.5)
        self.image = QImage()

    def set_pixels(self, pixels: np.ndarray) -> None:
        """Straight RGBA uint8 [side, side, 4]."""
        pixels = np.ascontiguousarray(pixels)
        height, width = pixels.shape[:2]
        self.image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
        self.image.setDevicePixelRatio(self.devicePixelRatioF())
        self.update()

    def move_lamp(self, x: float, y: float) -> None:
        self.light = (min(max(x, -1.0), 1.0), min(max(y, -1.0), 1.0))
        self.moved.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.image.isNull():
            painter = QPainter(self)
            painter.drawImage(QPointF((self.width() - SIDE) / 2, 0), screen_image(self.image))
            painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._follow(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._follow(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = _KEYS.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
            return
        self.move_lamp(self.light[0] + way[0], self.light[1] + way[1])

    def _follow(self, place: QPointF) -> None:
        self.move_lamp(2 * (place.x() - self.width() / 2) / SIDE, 1 - 2 * place.y() / SIDE)


class MaterialDialog(Frame):
    """Shows, and changes nothing."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Material", "Material preview"), parent, WIDTH)
        assert studio.current is not None
        artwork = studio.current.document.committed
        self.lamp = material.Lamp(studio, artwork, self._arrived)
        self.picture = LitPicture()
        words = QCoreApplication.translate("Material", "Preview; drag to move the light")
        self.picture.setAccessibleName(words)
        self.picture.setToolTip(words)
        self.picture.moved.connect(self.show_lit)
        self.body.addWidget(self.picture)
        none = QCoreApplication.translate("Material", "None")
        names = [(NONE, none), *((layer.id, layer.name) for layer in material.layers_of(artwork))]
        first = material.guessed(artwork)
        self.roles: dict[Role, ChoiceRow] = {}
        for role in ROLES:
            title = QCoreApplication.translate("Material", TITLES[role])
            row = ChoiceRow(title, names, first.get(role, NONE), label_width=LABEL)
            row.chosen.connect(lambda _name: self.show_lit())
            self.roles[role] = row
            self.body.addWidget(row)
        self.form = ParameterForm(material.Material(), label_width=LABEL)
        self.form.changed.connect(lambda _values: self.show_lit())
        self.body.addWidget(self.form)
        self.add_verb(QCoreApplication.translate("Dialog", "Close"), self.accept, main=True)
        self.finished.connect(lambda _result: self.lamp.put_out())
        self.show_lit()
        self.end_with_picture(studio)

    def show_lit(self) -> None:
        chosen: dict[Role, str] = {
            role: row.value() for role, row in self.roles.items() if row.value() != NONE
        }
        side = round(SIDE * self.devicePixelRatioF())
        self.lamp.show(chosen, self.form.values(), self.picture.light, side)

    def _arrived(self, found: np.ndarray | Exception) -> None:
        if isinstance(found, np.ndarray):
            self.picture.set_pixels(found)
