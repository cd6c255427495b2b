"""The options of the tool in the hand, 36 px high, under the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from studio import recipe
from studio.raster.applying import applies, reason_against
from studio.raster.brush import Brush
from studio.ui import icons, theme
from studio.ui.bind import bind, bind_later
from studio.ui.language import Retranslated
from studio.ui.widgets.brush_button import BrushButton
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.number_fields import NumberFields
from studio.ui.widgets.option_fields import OptionFields, compact_slider
from studio.ui.widgets.rows import ElidedLabel
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace.studio import Studio
from studio.workspace.tools.registry import KINDS

if TYPE_CHECKING:
    from studio.ui.widgets.text_fields import TextFields

SLIDERS = ("size", "hardness", "opacity", "flow", "smoothing")


class OptionsBar(Retranslated, QWidget):
    """Icon of the tool, then its sliders; at the right end what holds for all tools."""

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
        self._fields_of = ""
        self.sliders = dict(_sliders())
        for name, slider in self.sliders.items():
            line.addWidget(slider)
            slider.value_changed.connect(lambda value, name=name: self._changed(name, value))
        line.addWidget(self.numbers)
        self.hint = ElidedLabel(token="secondary")
        line.addWidget(self.hint, 1)
        line.addStretch(1)
        self.judge = IconButton("contrast")
        self.judge.clicked.connect(self.judge_toggled)
        line.addWidget(self.judge)
        bind(self, studio.painting.tool_changed, self.refresh)
        bind_later(self, studio.painting.brush_changed, self.refresh)
        bind_later(self, studio.painting.options_changed, self.refresh)
        bind_later(self, studio.painting.session_changed, self.numbers.refresh)
        bind_later(self, studio.painting.marks_changed, self.numbers.refresh)
        self.retranslate()
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Shows the tool in the hand: its brush, its own options, what it does."""
        painting = self._studio.painting
        brushes = painting.kind.brush
        self.brush.setVisible(brushes)
        for name, slider in self.sliders.items():
            slider.setVisible(brushes and hasattr(painting.brush, name))
            if brushes and hasattr(painting.brush, name):
                slider.set_value(getattr(painting.brush, name))
                slider.setEnabled(applies(name, painting.brush))
                self._hint_slider(name, slider)
        self._show_fields(painting.tool)
        self.hint.setVisible(not brushes and self.fields is None)
        self.hint.set_text(self._hint(painting.tool))
        self.setToolTip(self.hint.text())
        self.update()

    def _hint_slider(self, name: str, slider: ValueSlider) -> None:
        """Its name and keys, or why it changes nothing of this brush."""
        reason = reason_against(name, self._studio.painting.brush)
        if reason:
            reason = QCoreApplication.translate("brush", reason)
            slider.setToolTip(f"{slider.title}: {reason}")
        else:
            keys = {"size": "[ ]"}.get(name)
            slider.setToolTip(f"{slider.title} ({keys})" if keys else slider.title)

    def _show_fields(self, tool: str) -> None:
        """The fields of the tool's own options, made when the tool is taken."""
        if tool != self._fields_of:
            self._fields_of = tool
            if self.fields is not None:
                self.fields.setParent(None)
                self.fields.deleteLater()
                self.fields = None
            if KINDS[tool].options is not None:
                self.fields = _fields_of(tool, self._studio)
                self.fields.changed.connect(self._option_changed)
                self._line.insertWidget(self._line.indexOf(self.hint), self.fields)
        elif self.fields is not None:
            self.fields.set_values(self._studio.painting.options(tool))

    def _option_changed(self, name: str, value: object) -> None:
        self._studio.painting.change_options(self._fields_of, **{name: value})

    def _changed(self, name: str, value: float) -> None:
        self._studio.painting.change_brush(**{name: value})

    def _hint(self, tool: str) -> str:
        hint = KINDS[tool].hint
        return QCoreApplication.translate("Options", hint) if hint else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().colour("window"))
        icon = KINDS[self._studio.painting.tool].icon
        if icon:
            painter.drawPixmap(QPoint(10, 8), icons.pixmap(icon, 20, "text", self.devicePixelRatioF()))

    def retranslate(self) -> None:
        self.setAccessibleName(QCoreApplication.translate("Options", "Options of the tool"))
        titles = {
            "size": QCoreApplication.translate("Options", "Size"),
            "hardness": QCoreApplication.translate("Options", "Hardness"),
            "opacity": QCoreApplication.translate("Options", "Opacity"),
            "flow": QCoreApplication.translate("Options", "Flow"),
            "smoothing": QCoreApplication.translate("Options", "Smoothing"),
        }
        for name, slider in self.sliders.items():
            slider.set_title(titles[name])
            self._hint_slider(name, slider)
        self.judge.set_name(QCoreApplication.translate("Options", "Judge colours on neutral grey"), "F9")
        self.hint.set_text(self._hint(self._studio.painting.tool))


def _fields_of(tool: str, studio: Studio) -> OptionFields | TextFields:
    """Fields made from the tool's declaration; those of text, which show fonts, are made by hand."""
    values = studio.painting.options(tool)
    if tool != "text":
        return OptionFields(values)
    from studio.ui.widgets.text_fields import TextFields  # not at the start

    return TextFields(studio, values)


def _sliders() -> list[tuple[str, ValueSlider]]:
    """The sliders of the brush's declaration that the bar has room for."""
    declared = {one.name: one for one in recipe.parameters(Brush)}
    return [(name, compact_slider(declared[name])) for name in SLIDERS if name in declared]
