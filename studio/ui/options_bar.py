"""The options of the tool in the hand, 36 px high, under the menu."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from studio import recipe
from studio.raster.brush import Brush
from studio.ui import icons, theme
from studio.ui.bind import bind, bind_later
from studio.ui.language import Retranslated
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace.actions import TOOL_ACTIONS
from studio.workspace.studio import Studio

SLIDERS = ("size", "hardness", "opacity", "flow", "smoothing")
BRUSH_TOOLS = ("ink", "brush", "eraser")


class OptionsBar(Retranslated, QWidget):
    """Icon of the tool, then its sliders; at the right end what holds for all tools."""

    judge_toggled = Signal()

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.setFixedHeight(36)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 4, 8, 4)
        line.setSpacing(12)
        line.addSpacing(32)
        self.sliders = dict(_sliders())
        for name, slider in self.sliders.items():
            line.addWidget(slider)
            slider.value_changed.connect(lambda value, name=name: self._changed(name, value))
        self.hint = QLabel()
        self.hint.setProperty("quiet", True)
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line.addWidget(self.hint, 1)
        line.addStretch(1)
        self.judge = IconButton("contrast")
        self.judge.clicked.connect(self.judge_toggled)
        line.addWidget(self.judge)
        bind(self, studio.painting.tool_changed, self.refresh)
        bind_later(self, studio.painting.brush_changed, self.refresh)
        self.retranslate()
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Shows the brush of the tool in the hand."""
        painting = self._studio.painting
        brushes = painting.tool in BRUSH_TOOLS
        for name, slider in self.sliders.items():
            slider.setVisible(brushes and hasattr(painting.brush, name))
            if brushes and hasattr(painting.brush, name):
                slider.set_value(getattr(painting.brush, name))
        self.hint.setVisible(not brushes)
        self.hint.setText(self._hint(painting.tool))
        self.update()

    def _changed(self, name: str, value: float) -> None:
        self._studio.painting.change_brush(**{name: value})

    def _hint(self, tool: str) -> str:
        words = {
            "move": QCoreApplication.translate(
                "Options", "Drag moves the layer, arrow keys by one pixel, Shift by ten"
            ),
            "picker": QCoreApplication.translate("Options", "Press to take a colour from the picture"),
            "hand": QCoreApplication.translate("Options", "Drag moves the view; Space does it with any tool"),
            "zoom": QCoreApplication.translate(
                "Options", "Click zooms in, Alt+click zooms out, dragging does both"
            ),
        }
        return words.get(tool, "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().colour("window"))
        icon = next(
            (action.icon for action in TOOL_ACTIONS if action.id == f"tool-{self._studio.painting.tool}"), ""
        )
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
        tips = {"size": "[ ]"}
        for name, slider in self.sliders.items():
            slider.set_title(titles[name])
            slider.setToolTip(f"{titles[name]} ({tips[name]})" if name in tips else titles[name])
        self.judge.set_name(QCoreApplication.translate("Options", "Judge colours on neutral grey"), "F9")
        self.hint.setText(self._hint(self._studio.painting.tool))


def _sliders() -> list[tuple[str, ValueSlider]]:
    """The sliders of the brush's declaration that the bar has room for."""
    declared = {one.name: one for one in recipe.parameters(Brush)}
    return [(name, _slider(declared[name])) for name in SLIDERS if name in declared]


def _slider(parameter: recipe.Parameter) -> ValueSlider:
    low, high = parameter.low or 0.0, parameter.high or 1.0
    pixels, percent = parameter.unit == "px", high <= 1.0
    return ValueSlider(
        "",
        low,
        parameter.soft_high or high,
        parameter.default,
        hard_high=high,
        unit="%" if percent else parameter.unit,
        factor=100.0 if percent else 1.0,
        decimals=0,
        step=0.01 if percent else 1.0,
        curve=2.0 if pixels else 1.0,
        label_width=0,
        track_width=88,
        value_width=54 if pixels else theme.VALUE_WIDTH,
    )
