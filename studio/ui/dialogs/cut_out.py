"""Cut out: the layer without its background, judged on checkers, black, white and as a mask before it is done."""

from __future__ import annotations

import msgspec
import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from studio.document.errors import EditError
from studio.synthesis.rework import WAYS
from studio.ui import theme
from studio.ui.canvas.surround import checkerboard
from studio.ui.dialogs.frame import Frame
from studio.ui.screen_colours import screen_image
from studio.ui.widgets import picture_image
from studio.ui.widgets.about import About
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.segments import Segments
from studio.workspace import cutting_out
from studio.workspace.cutting_out import CutOut, Judged
from studio.workspace.studio import Studio

WIDTH = 460
PREVIEW = 260
GROUNDS = ("checker", "black", "white", "mask", "before")


class Judge(QWidget):
    """The cut-out on one of the grounds."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(PREVIEW)
        self.setAccessibleName(QCoreApplication.translate("CutOut", "Preview of the cut-out"))
        self.ground = GROUNDS[0]
        self._judged: Judged | None = None
        self._image: QImage | None = None

    def show_judged(self, judged: Judged) -> None:
        self._judged = judged
        self._draw()

    def show_ground(self, ground: str) -> None:
        self.ground = ground
        self._draw()

    def _draw(self) -> None:
        if self._judged is not None:
            self._image = image_of(self._judged, self.ground)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        wide, high = self._image.width(), self._image.height()
        scale = min(self.width() / wide, self.height() / high, 2.0)
        place = QRectF(0, 0, wide * scale, high * scale)
        place.moveCenter(QRectF(self.rect()).center())
        if self.ground == "black":
            painter.fillRect(place, QColor.fromRgbF(0, 0, 0))
        elif self.ground == "white":
            painter.fillRect(place, QColor.fromRgbF(1, 1, 1))
        elif self.ground != "mask":
            painter.fillRect(place, QBrush(checkerboard(theme.current().name)))
        painter.drawImage(place, screen_image(self._image))


def image_of(judged: Judged, ground: str) -> QImage:
    """What is laid on the ground: the cut-out, the layer as it is, or the mask itself in greys."""
    if ground == "mask":
        grey = np.ascontiguousarray((np.clip(judged.alpha, 0, 1) * 255).round().astype(np.uint8))
        return QImage(
            grey.data, grey.shape[1], grey.shape[0], grey.strides[0], QImage.Format.Format_Grayscale8
        ).copy()
    return picture_image.image_of(judged.before if ground == "before" else judged.cut)


class CutOutDialog(Frame):
    """F goes through the grounds. The selection, if there is one, says roughly what stays."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("CutOut", "Cut out"), parent, WIDTH)
        self._studio = studio
        self.grounds = Segments(GROUNDS)
        self.grounds.set_words({
            "checker": QCoreApplication.translate("CutOut", "Checkers"),
            "black": QCoreApplication.translate("CutOut", "Black"),
            "white": QCoreApplication.translate("CutOut", "White"),
            "mask": QCoreApplication.translate("CutOut", "Mask"),
            "before": QCoreApplication.translate("CutOut", "Before"),
        })  # fmt: skip
        self.judge = Judge()
        self.form = ParameterForm(CutOut(), label_width=136)
        self.body.addWidget(self.grounds)
        self.body.addWidget(self.judge, 1)
        self._words = QCoreApplication.translate(
            "CutOut", "A selection says roughly what stays. F changes the ground."
        )
        self.said = self.add_sentence(QCoreApplication.translate("CutOut", "The outline is being found…"))
        self.body.addWidget(self.form)
        self.about, way = About(), WAYS["cut-out"]
        self.about.set_texts(
            QCoreApplication.translate("About", "About this method"),
            QCoreApplication.translate("recipe", way.description),
        )
        self.about.toggled.connect(lambda _on: self.adjustSize())
        self.body.addWidget(self.about)
        self.add_cancel()
        self.do_it = self.add_verb(QCoreApplication.translate("CutOut", "Cut out"), self.cut, main=True)
        self.grounds.chosen.connect(self.judge.show_ground)
        self.form.changed.connect(self._ask)
        self._trial = cutting_out.Trial(studio, self._show, self._refuse)
        self.finished.connect(lambda _result: self._trial.stop())
        self._ask(self.form.values())
        self.end_with_picture(studio)

    def _ask(self, values: msgspec.Struct) -> None:
        assert isinstance(values, CutOut)
        self._trial.ask(values)

    def _show(self, judged: Judged) -> None:
        self.do_it.setEnabled(True)
        self.said.setText(self._words)
        self.judge.show_judged(judged)

    def _refuse(self, error: Exception) -> None:
        """Nothing can be cut out: the sentence stands in the dialog."""
        self.do_it.setEnabled(False)
        text = str(error)
        self.said.setText(
            QCoreApplication.translate("document", text) if isinstance(error, EditError) else text
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F and not event.modifiers():
            at = GROUNDS.index(self.judge.ground)
            self.grounds.choose(GROUNDS[(at + 1) % len(GROUNDS)])
            return
        super().keyPressEvent(event)

    def cut(self) -> None:
        """One undo step."""
        values = self.form.values()
        self.accept()
        cutting_out.cut(self._studio, values)
