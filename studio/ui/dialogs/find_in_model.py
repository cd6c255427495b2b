"""Find in model: the layer beside what the model makes of it, and the film of the search, of which any picture can be used."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from studio.ui import theme
from studio.ui.bind import bind
from studio.ui.dialogs.frame import Frame
from studio.ui.widgets import paint
from studio.ui.widgets.picture_strip import PictureStrip, Thumb, image_of, image_of_rgb
from studio.workspace.finding import STEPS, Stage
from studio.workspace.studio import Studio

SIDE, STRIP = 216, 56


class PictureField(QWidget):
    """One picture with its name below."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words, self.image = words, QImage()
        self.setAccessibleName(words)
        self.setFixedSize(SIDE, SIDE + 22)

    def sizeHint(self) -> QSize:
        return self.size()

    def show_image(self, image: QImage) -> None:
        self.image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(0, 0, SIDE, SIDE)
        painter.fillRect(area, look.colour("field"))
        if not self.image.isNull():
            painter.drawImage(area, self.image)
        painter.setFont(theme.text_font(theme.SMALL_PIXELS))
        painter.setPen(look.colour("secondary"))
        paint.elided(painter, QRectF(0, SIDE + 2, SIDE, 20), self.words, Qt.AlignmentFlag.AlignLeft)


class FindDialog(Frame):
    """Begins at once. Closing it stops the search; what was used stays."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("FindInModel", "Find layer in model")
        super().__init__(title, parent, width=2 * SIDE + 12 + 32)
        self._studio, self._finding = studio, studio.generating.finding
        self.wanted = PictureField(QCoreApplication.translate("FindInModel", "The layer"))
        self.found = PictureField(QCoreApplication.translate("FindInModel", "In the model"))
        pair = QHBoxLayout()
        pair.setSpacing(12)
        pair.addWidget(self.wanted)
        pair.addWidget(self.found)
        self.body.addLayout(pair)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 1000)
        self.progress.setFixedHeight(8)
        self.told = QLabel()
        self.told.setProperty("quiet", True)
        self.strip = PictureStrip(STRIP)
        self.strip.setAcceptDrops(False)
        self.strip.setAccessibleName(QCoreApplication.translate("FindInModel", "Film of the search"))
        for widget in (self.progress, self.told, self.strip):
            self.body.addWidget(widget)
        self.stop = self.add_verb(QCoreApplication.translate("FindInModel", "Stop"), self._finding.stop)
        self.use = self.add_verb(
            QCoreApplication.translate("FindInModel", "Use this one"), self._use, main=True
        )
        self._chosen = ""
        self.strip.chosen.connect(self._choose)
        self.strip.hovered.connect(self._look_at)
        bind(self, self._finding.changed, self.refresh)
        self.end_with_picture(studio)
        self._finding.begin()
        self.refresh()

    def _choose(self, key: str) -> None:
        self._chosen = key
        self.refresh()

    def _look_at(self, key: str) -> None:
        stage = self._stage(key or self._chosen)
        if stage is not None:
            self.found.show_image(picture_of(stage))

    def _stage(self, key: str) -> Stage | None:
        """Of this step; the last one where none was chosen."""
        stages = self._finding.stages
        return next((one for one in stages if str(one.step) == key), stages[-1] if stages else None)

    def _use(self) -> None:
        stage = self._stage(self._chosen)
        if stage is not None:
            self._finding.use(self._finding.stages.index(stage))
            self.accept()

    def refresh(self) -> None:
        finding = self._finding
        if finding.target is not None and self.wanted.image.isNull():
            self.wanted.show_image(image_of(finding.target))
        words = QCoreApplication.translate("FindInModel", "Step {step}")
        thumbs = tuple(
            Thumb(str(one.step), picture_of(one), words.format(step=one.step)) for one in finding.stages
        )
        self.strip.set_thumbs(thumbs, self._chosen or (thumbs[-1].key if thumbs else ""))
        if not self._chosen and thumbs:
            self.strip.show_key(thumbs[-1].key)
        self._look_at("")
        self.progress.setValue(round(1000 * finding.part))
        self.stop.setEnabled(finding.running)
        self.use.setEnabled(bool(thumbs))
        self.told.setText(self._words())

    def _words(self) -> str:
        finding = self._finding
        if not finding.stages:
            return QCoreApplication.translate("FindInModel", "Looking for the nearest picture to begin at…")
        words = QCoreApplication.translate("FindInModel", "Step {step} of {steps} · difference {difference}")
        step = round(finding.part * STEPS)
        return words.format(step=step, steps=STEPS, difference=f"{finding.difference:.2f}")

    def done(self, result: int) -> None:
        self._finding.stop()
        super().done(result)


def picture_of(stage: Stage) -> QImage:
    return image_of_rgb(stage.pixels) if stage.pixels.shape[2] == 3 else image_of(stage.pixels)
