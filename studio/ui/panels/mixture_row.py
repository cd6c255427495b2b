"""What the shown picture is made of, in the Explore panel: two with a slider between them, up to four on a pad."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.document.layer import Origin
from studio.ui import theme
from studio.ui.bind import bind_later
from studio.ui.language import Retranslated
from studio.ui.panels.large_pad import LargePad
from studio.ui.widgets import paint
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.pad import Pad
from studio.ui.widgets.picture_strip import image_of_rgb
from studio.ui.widgets.rows import ElidedLabel
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace.mixing import place_of, shares_at
from studio.workspace.studio import Studio
from studio.workspace.walk import state_at

OWNER = "mixture"
THUMB, WIDE_THUMB = 40, 96


class CornerPad(Pad):
    """A pad whose corners are pictures: the hand's place says how much of each. −1…1 both ways; the middle is even."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(-1.0, 1.0, 0.02, parent)
        self.images: tuple[QImage, ...] = ()
        self.names: tuple[str, ...] = ()

    def set_corners(self, images: tuple[QImage, ...], names: tuple[str, ...]) -> None:
        """Top left, top right, bottom left, bottom right. Other pictures: the trail of the last ones goes."""
        if names != self.names:
            self.names = names
            self._trail.clear()
        self.images = images
        self._describe()

    def rect_of(self, index: int) -> QRectF:
        side = WIDE_THUMB if self.large else THUMB
        right, bottom = self.width() - side - 4, self.height() - side - 4
        return QRectF((4, right)[index % 2], (4, bottom)[index // 2], side, side)

    def _describe(self) -> None:
        shares = shares_at(*self.values(), len(self.names)) if len(self.names) > 1 else ()
        parts = [f"{name} {round(100 * share)} %" for name, share in zip(self.names, shares, strict=False)]
        self.setAccessibleDescription(", ".join(parts))
        self.update()

    def _paint_lines(self, painter: QPainter, look: theme.Theme) -> None:
        super()._paint_lines(painter, look)
        for index, image in enumerate(self.images):
            paint_thumb(painter, look, self.rect_of(index), image, self.names[index])

    def _paint_titles(self, painter: QPainter, look: theme.Theme) -> None:
        """The pictures are the names."""


class CornerThumb(QWidget):
    """One of two pictures, at an end of the slider between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image, self.name = QImage(), ""
        self.setFixedSize(THUMB, THUMB)

    def sizeHint(self) -> QSize:
        return QSize(THUMB, THUMB)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        paint_thumb(painter, theme.current(), QRectF(self.rect()), self.image, self.name)


def paint_thumb(painter: QPainter, look: theme.Theme, area: QRectF, image: QImage, name: str) -> None:
    """A small picture with its number in a corner."""
    painter.fillRect(area, look.colour("field"))
    if not image.isNull():
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(area, image)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("line"), 1))
    painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
    shade = look.colour("ink_dark")
    shade.setAlpha(150)
    chip = QRectF(area.left(), area.bottom() - 16, 16, 16)
    painter.fillRect(chip, shade)
    painter.setFont(theme.text_font(theme.SMALL_PIXELS, semibold=True))
    painter.setPen(look.colour("ink_light"))
    paint.elided(painter, chip, name, Qt.AlignmentFlag.AlignHCenter)


class MixtureRow(Retranslated, QWidget):
    """Shown while there is something to mix. A drag is live, its end one undo step: of the mixture that is shown, else of a new
    variation."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.title = ElidedLabel(token="secondary", pixels=theme.SMALL_PIXELS)
        self.clear = IconButton("x", small=True)
        self.pad = CornerPad()
        self.large = LargePad(self.pad)
        self.ends = (CornerThumb(), CornerThumb())
        self.share = ValueSlider(
            "", 0.0, 1.0, 0.5, default=0.5, step=0.01, unit="%", factor=100.0, signed=False
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        for widget in (*self.ends, self.title, self.clear):
            head.addWidget(widget, 1 if widget is self.title else 0)
        column.addLayout(head)
        column.addWidget(self.share)
        column.addWidget(self.pad, 0, Qt.AlignmentFlag.AlignHCenter)
        mixing, exploring = studio.exploring.mixing, studio.exploring
        self.share.value_changed.connect(lambda share: mixing.move((1 - share, share)))
        self.share.released.connect(lambda _value: exploring.release())
        self.pad.value_changed.connect(lambda x, y: mixing.move(shares_at(x, y, len(mixing.corners))))
        self.pad.released.connect(lambda _x, _y: exploring.release())
        self.pad.taken_back.connect(exploring.cancel)
        self.clear.clicked.connect(self._clear)
        bind_later(self, exploring.quick.arrived, self.refresh, 30)
        self.retranslate()

    def _clear(self, _checked: bool = False) -> None:
        self._studio.exploring.mixing.unpin()

    # ── what it shows ────────────────────────────────────────────────────────────────────────────────────────────────
    def refresh(self) -> None:
        mixing = self._studio.exploring.mixing
        corners, pins = mixing.corners, mixing.pins
        self.setVisible(bool(corners) or bool(pins))
        if self.isHidden():
            return
        names = self._names(corners)
        self.title.set_text(self._words(names, len(pins)))
        self.clear.setVisible(bool(pins))
        for widget in (*self.ends, self.share):
            widget.setVisible(len(corners) == 2)
        self.pad.setVisible(len(corners) > 2)
        if not corners:
            return
        images = self._images(corners)
        shares = tuple(one.weight for one in corners)
        if len(corners) == 2:
            for end, image, name in zip(self.ends, images, names, strict=True):
                end.image, end.name = image, name
                end.update()
            self.share.set_value(shares[1])
        else:
            self.pad.set_corners(images, names)
            self.pad.set_values(*place_of(shares))

    def _names(self, corners: tuple[Origin, ...]) -> tuple[str, ...]:
        """Their present numbers."""
        target = self._studio.generating.target
        places = {one.id: number for number, one in enumerate(target.variants, 1)} if target else {}
        return tuple(str(places.get(one.id, "–")) for one in corners)

    def _words(self, names: tuple[str, ...], pins: int) -> str:
        if not names:
            return QCoreApplication.translate("ExplorePanel", "One is pinned; pin a second to mix them")
        words = QCoreApplication.translate("ExplorePanel", "Mixture of {numbers}")
        return words.format(numbers=" · ".join(names))

    def _images(self, corners: tuple[Origin, ...]) -> tuple[QImage, ...]:
        exploring = self._studio.exploring
        requests = tuple(exploring.small(state_at(one.at)) for one in corners)
        found = [exploring.quick.of(request) for request in requests]
        if self.isVisible() and any(one is None for one in found) and self._studio.engine is not None:
            exploring.quick.want(OWNER, requests)
        return tuple(QImage() if pixels is None else image_of_rgb(pixels) for pixels in found)

    def retranslate(self) -> None:
        self.share.set_title(QCoreApplication.translate("ExplorePanel", "Share"))
        self.share.setToolTip(
            QCoreApplication.translate(
                "ExplorePanel", "How much of the right one; the first move makes a new variation"
            )
        )
        self.pad.setAccessibleName(QCoreApplication.translate("ExplorePanel", "Pad between pinned results"))
        self.pad.setToolTip(
            QCoreApplication.translate(
                "ExplorePanel",
                "Drag between the pinned results; the first move makes a new variation; a double click opens it over the canvas",
            )
        )
        self.clear.set_name(QCoreApplication.translate("ExplorePanel", "Take all off the pad"))
        self.refresh()
