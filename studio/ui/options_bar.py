"""The options of the tool in the hand, 36 px high, under the menu."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QCoreApplication, QPoint, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from studio.raster.applying import reason_against
from studio.raster.brush import Brush
from studio.raster.symmetry import Symmetry
from studio.ui import icons, theme
from studio.ui.bind import bind, bind_later
from studio.ui.language import Retranslated
from studio.ui.widgets.brush_button import BrushButton
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.number_fields import NumberFields
from studio.ui.widgets.option_fields import OptionFields
from studio.workspace.picture import Picture
from studio.workspace.studio import Studio
from studio.workspace.tools.kind import ToolKind

if TYPE_CHECKING:
    from studio.ui.widgets.text_fields import TextFields

BRUSH_FIELDS = ("size", "opacity", "flow", "hardness", "smoothing", "stabiliser")
"""What the bar shows of every brush, after what the tool itself is about."""


class OptionsBar(Retranslated, QWidget):
    """Icon of the tool, then its own fields, then its brush's; at the right end what holds for all tools."""

    judge_toggled = Signal()
    palette_wanted = Signal()

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.setFixedHeight(36)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 4, 8, 4)
        line.setSpacing(12)
        line.addSpacing(28)
        self.brush = BrushButton(studio)
        self.brush.palette_wanted.connect(self.palette_wanted)
        line.addWidget(self.brush)
        self._line = line
        self.numbers = NumberFields(studio.painting)
        self.fields: OptionFields | TextFields | None = None
        self._made_for: tuple[object, ...] = ()
        line.addWidget(self.numbers)
        self.title = QLabel()
        self.title.setProperty("quiet", True)
        line.addWidget(self.title)
        line.addStretch(1)
        self.judge = IconButton("contrast")
        self.judge.clicked.connect(self.judge_toggled)
        line.addWidget(self.judge)
        bind(self, studio.painting.tool_changed, self.refresh)
        bind(self, studio.current_changed, self._other_picture)
        bind_later(self, studio.painting.brush_changed, self.refresh)
        bind_later(self, studio.painting.options_changed, self.refresh)
        bind_later(self, studio.painting.session_changed, self.numbers.refresh)
        bind_later(self, studio.painting.marks_changed, self.numbers.refresh)
        self.retranslate()
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Shows the tool in the hand: its brush and its own options; its name where it has neither."""
        kind = self._studio.painting.kind
        self.brush.setVisible(kind.brush)
        self._show_fields(kind)
        if kind.brush and isinstance(self.fields, OptionFields):
            brush, words = self._studio.painting.brush, QCoreApplication.translate
            against = {name: reason_against(name, brush) for name in (*kind.brush_fields, *BRUSH_FIELDS)}
            self.fields.rest({name: words("brush", reason) for name, reason in against.items() if reason})
        self.title.setVisible(self.fields is None)
        self.title.setText(QCoreApplication.translate("actions", kind.title))
        self.update()

    def _other_picture(self, picture: Picture | None) -> None:
        if self._studio.painting.kind.options is Symmetry:
            if picture is not None:
                self._studio.painting.strokes.centre_symmetry(picture)
            self._reach_over_picture()

    def _reach_over_picture(self) -> None:
        """The tracks of the centre of symmetry are as long as the picture; by hand it may lie beyond."""
        picture, fields = self._studio.current, self.fields
        if picture is None or not isinstance(fields, OptionFields):
            return
        artwork = picture.document.artwork
        for name, most in (("x", artwork.width), ("y", artwork.height)):
            fields.set_track(name, 0.0, float(most))

    def _show_fields(self, kind: ToolKind) -> None:
        """The fields of what the tool and its brush declare, made anew for a tool that has others."""
        painting = self._studio.painting
        made_for = (kind.options, kind.name if kind.options else "", kind.brush_fields, kind.brush)
        values = [painting.options(kind.name)] if kind.options else []
        if kind.brush:
            values.append(painting.brush)
        if made_for == self._made_for:
            if self.fields is not None:
                self.fields.set_values(*values)
            return
        self._made_for = made_for
        if self.fields is not None:
            self.fields.setParent(None)
            self.fields.deleteLater()
            self.fields = None
        if values:
            self.fields = _fields_of(kind, self._studio, values)
            self.fields.changed.connect(self._changed)
            self._line.insertWidget(self._line.indexOf(self.title), self.fields)
        if kind.options is Symmetry:
            self._reach_over_picture()

    def _changed(self, name: str, value: object) -> None:
        painting = self._studio.painting
        options = painting.kind.options
        if options is not None and name in options.__struct_fields__:
            painting.change_options(painting.tool, **{name: value})
        else:
            painting.change_brush(**{name: value})

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().colour("window"))
        icon = self._studio.painting.kind.icon
        if icon:
            painter.drawPixmap(QPoint(10, 8), icons.pixmap(icon, 20, "text", self.devicePixelRatioF()))

    def retranslate(self) -> None:
        self.setAccessibleName(QCoreApplication.translate("Options", "Options of the tool"))
        self.judge.set_name(QCoreApplication.translate("Options", "Judge colours on neutral grey"), "F9")
        self.title.setText(QCoreApplication.translate("actions", self._studio.painting.kind.title))


def _fields_of(kind: ToolKind, studio: Studio, values: Sequence[msgspec.Struct]) -> OptionFields | TextFields:
    """Fields made from the tool's and the brush's declaration; those of text, which show fonts, are made by hand."""
    if kind.name != "text":
        of_brush = (*kind.brush_fields, *BRUSH_FIELDS)
        parts = ((one, of_brush) if isinstance(one, Brush) else one for one in values)
        return OptionFields(*parts, keys={"size": "[ ]"} if kind.cursor == "brush" else None)
    from studio.ui.widgets.text_fields import TextFields  # not at the start

    return TextFields(studio, studio.painting.options("text"))
