"""Stitch panorama: a preview on which the horizon is dragged, what was found between the photographs, and all choices."""

from __future__ import annotations

import math

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from studio.synthesis.stitch_values import DESCRIPTION, Stitch
from studio.ui import theme
from studio.ui.canvas.surround import checkerboard
from studio.ui.dialogs.files import picture_filter
from studio.ui.dialogs.frame import Frame
from studio.ui.dialogs.panorama_matches import MatchesPage
from studio.ui.screen_colours import screen_image
from studio.ui.widgets.about import About
from studio.ui.widgets.cards import ScrollPage
from studio.ui.widgets.fold import FoldLine
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.picture_image import image_of
from studio.ui.widgets.segments import Segments
from studio.workspace import panorama, stitching
from studio.workspace.panorama import Found
from studio.workspace.studio import Studio

WIDTH = 520
LABEL = 136
PREVIEW = 180
SEEN = 7
"""Rows of values that are seen at once; more of them scroll."""
PAGES = ("preview", "matches")
ROWS = ("model", "projection", "yaw", "pitch", "roll", "exposure", "seams", "blend", "border", "scale")
RARE = (
    "detector",
    "features",
    "megapixels",
    "ratio",
    "tolerance",
    "straighten",
    "seam_megapixels",
    "bands",
    "sampling",
)
"""What is folded under More."""
_WITHOUT = {"yaw": 90.0, "pitch": 60.0, "roll": 90.0}
"""The largest turn each way, in degrees."""


class Preview(QWidget):
    """The panorama, with a line where the horizon is straight. A drag turns it; with Shift it is rolled about its middle."""

    dragged = Signal(float, float, float)
    """(yaw, pitch, roll) since the press, in degrees."""
    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(PREVIEW)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName(QCoreApplication.translate("Panorama", "Preview of the panorama"))
        self._found: Found | None = None
        self._image: QImage | None = None
        self._start: QPointF | None = None

    def show_found(self, found: Found) -> None:
        self._found, self._image = found, image_of(found.pixels)
        self.update()

    @property
    def place(self) -> QRectF:
        """Where the picture lies in the widget; empty before there is one."""
        if self._image is None:
            return QRectF()
        wide, high = self._image.width(), self._image.height()
        scale = min(self.width() / wide, self.height() / high)
        place = QRectF(0, 0, wide * scale, high * scale)
        place.moveCenter(QRectF(self.rect()).center())
        return place

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = self.place
        painter.fillRect(place, QBrush(checkerboard(theme.current().name)))
        painter.drawImage(place, screen_image(self._image))
        painter.setPen(QPen(theme.current().colour("active"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(
            QPointF(place.left(), place.center().y()), QPointF(place.right(), place.center().y())
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._image is not None and event.button() == Qt.MouseButton.LeftButton:
            self._start = event.position()
            self.pressed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._start is None or self._found is None or self._image is None:
            return
        now, place = event.position(), self.place
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            one, other = self._start - place.center(), now - place.center()
            turn = math.degrees(math.atan2(other.y(), other.x()) - math.atan2(one.y(), one.x()))
            self.dragged.emit(0.0, 0.0, (turn + 180) % 360 - 180)
            return
        degrees = self._found.degrees * self._image.width() / place.width()
        away = (now - self._start) * degrees
        self.dragged.emit(away.x(), away.y(), 0.0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._start = None


class PanoramaDialog(Frame):
    """The chosen layers, or those of the panorama that is active, judged before they are stitched: one undo step."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Panorama", "Stitch panorama"), parent, WIDTH)
        self._studio = studio
        picture = studio.current
        assert picture is not None
        values = panorama.start_values(picture.document.committed)
        self.pages = Segments(PAGES)
        self.pages.set_words({
            "preview": QCoreApplication.translate("Panorama", "Preview"),
            "matches": QCoreApplication.translate("Panorama", "Matches"),
        })  # fmt: skip
        self.preview, self.matches = Preview(), MatchesPage()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.preview)
        self.stack.addWidget(self.matches)
        self.stack.setMinimumHeight(PREVIEW)
        self.pages.chosen.connect(lambda page: self.stack.setCurrentIndex(PAGES.index(page)))
        self.body.addWidget(self.pages)
        self.body.addWidget(self.stack, 1)
        self.said = self.add_sentence(QCoreApplication.translate("Panorama", "Looking at the photographs…"))
        self._add_values(values)
        self.add_cancel()
        self.do_it = self.add_verb(QCoreApplication.translate("Panorama", "Stitch"), self.stitch, main=True)
        self.do_it.setEnabled(False)
        self._before = values
        self.preview.pressed.connect(self._hold)
        self.preview.dragged.connect(self._turn)
        self._trial = panorama.Trial(studio, self._show, self._refuse, self._tell, self.matches.show_overlaps)
        self.finished.connect(lambda _result: self._trial.stop())
        self._ask(values)
        self.end_with_picture(studio)

    def _add_values(self, values: Stitch) -> None:
        """The usual values, and the rare ones below a line that opens them; they scroll together."""
        self.form = ParameterForm(values, names=ROWS, label_width=LABEL)
        self.rare = ParameterForm(values, names=RARE, label_width=LABEL)
        self.rare.hide()
        self.more = FoldLine()
        self.more.setText(QCoreApplication.translate("Panorama", "More"))
        self.more.setAccessibleName(QCoreApplication.translate("Panorama", "More"))
        self.more.toggled.connect(self._open_more)
        self.form.changed.connect(self._take)
        self.rare.changed.connect(self._take)
        self.page = ScrollPage()
        self.page.body.setContentsMargins(0, 0, 0, 0)
        self.about = About()
        self.about.tell(DESCRIPTION)
        self.about.toggled.connect(lambda on: self._seen(self.about, on))
        for one in (self.form, self.more, self.rare, self.about):
            self.page.body.addWidget(one)
        self.page.body.addStretch(1)
        self.page.area.setFixedHeight(SEEN * theme.ROW)
        self.body.addWidget(self.page)

    def _open_more(self, on: bool) -> None:
        self.rare.setVisible(on)
        self.align()
        self._seen(self.more, on)

    def _seen(self, heading: QWidget, on: bool) -> None:
        """What has come below a line is seen, once it is laid out."""
        if on:
            bar = self.page.area.verticalScrollBar()
            QTimer.singleShot(0, self, lambda: bar.setValue(heading.y()))

    def _take(self, values: Stitch) -> None:
        """One of the forms has changed: the other one shows it, too, as rows of each depend on values of the other."""
        self._show_values(values)
        self._ask(values)

    def _show_values(self, values: Stitch) -> None:
        for form in (self.form, self.rare):
            if form.values() != values:
                form.set_values(values)

    def _ask(self, values: msgspec.Struct) -> None:
        assert isinstance(values, Stitch)
        self._trial.ask(values)

    def _hold(self) -> None:
        self._before = self.form.values()

    def _turn(self, yaw: float, pitch: float, roll: float) -> None:
        """The hand drags the picture: its values follow, within what they may be."""
        turned = {}
        for name, by in (("yaw", yaw), ("pitch", pitch), ("roll", roll)):
            most = _WITHOUT[name]
            turned[name] = round(min(max(getattr(self._before, name) + by, -most), most), 2)
        values = replace(self._before, **turned)
        self._show_values(values)
        self._ask(values)

    def _tell(self, title: str, done: float) -> None:
        words = QCoreApplication.translate("recipe", title)
        self.said.setText(f"{words}… {round(100 * done)} %")

    def _show(self, found: Found) -> None:
        self.do_it.setEnabled(True)
        self.preview.show_found(found)
        wide, high = found.size
        words = QCoreApplication.translate(
            "Panorama",
            "{width} × {height} pixels. Drag the picture until the horizon lies straight; Shift turns it.",
        ).format(width=wide, height=high)
        if found.unmatched:
            words = QCoreApplication.translate(
                "Panorama", "Left out, because they overlap with no other: {names}."
            ).format(names=", ".join(found.unmatched))
        self.said.setText(words)

    def _refuse(self, error: Exception) -> None:
        """No panorama with these values: why not stands in the dialog."""
        self.do_it.setEnabled(False)
        self.said.setText(panorama.sentence_of(self._studio, error))

    def stitch(self) -> None:
        values = self.form.values()
        self.accept()
        stitching.stitch_layers(self._studio, values)


def open_panorama(studio: Studio, window: QWidget) -> None:
    """The dialog on the chosen layers or the active panorama; where there are none it asks for photographs first."""
    studio.settle()
    if studio.current is not None and panorama.can_start(studio.current.document.committed):
        PanoramaDialog(studio, window).open()
        return
    title = QCoreApplication.translate("Panorama", "Photographs for a panorama")
    dialog = QFileDialog(window, title, "", picture_filter())
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def chosen(paths: list[str]) -> None:
        panorama.open_photographs(studio, paths, lambda: PanoramaDialog(studio, window).open())

    dialog.filesSelected.connect(chosen)
    dialog.open()
