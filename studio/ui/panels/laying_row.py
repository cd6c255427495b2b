"""Blend mode and opacity with which a filter is used on a layer's pixels, on one line."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.raster.blend import BLEND_MODES
from studio.ui.language import Retranslated
from studio.ui.panels.layers import mode_groups
from studio.ui.widgets.rows import ChoiceBox
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace.filter_laying import PLAIN, Laying

UNUSED = frozenset(("dissolve",))
"""Random grains belong to a layer, which has a name to draw them from."""


class LayingRow(Retranslated, QWidget):
    """``changed`` follows the hand."""

    changed = Signal(object)

    def __init__(self, laying: Laying = PLAIN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mode = ChoiceBox()
        self.opacity = ValueSlider(
            "", 0.0, 1.0, laying.opacity, factor=100.0, unit="%", decimals=0, step=0.01, label_width=0,
            value_width=44, track_width=56,
        )  # fmt: skip
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.mode.setMinimumWidth(96)
        line.addWidget(self.mode, 1)
        line.addWidget(self.opacity, 2)
        self._fill(laying.mode)
        self.mode.activated.connect(lambda _index: self.changed.emit(self.value()))
        self.opacity.value_changed.connect(lambda _value: self.changed.emit(self.value()))
        self.retranslate()

    def value(self) -> Laying:
        return Laying(opacity=self.opacity.value(), mode=self.mode.currentData())

    def _fill(self, chosen: str) -> None:
        self.mode.clear()
        for names in mode_groups():
            if self.mode.count():
                self.mode.insertSeparator(self.mode.count())
            for name in names:
                if name not in UNUSED:
                    self.mode.addItem(QCoreApplication.translate("blend", BLEND_MODES[name].title), name)
        self.mode.setCurrentIndex(self.mode.findData(chosen))

    def retranslate(self) -> None:
        self._fill(self.mode.currentData() or PLAIN.mode)
        self.mode.setAccessibleName(QCoreApplication.translate("LayersPanel", "Blend mode"))
        self.mode.setToolTip(
            QCoreApplication.translate("Filter", "How the filter's result is laid over the pixels there are")
        )
        self.opacity.set_title(QCoreApplication.translate("LayersPanel", "Opacity"))
        self.opacity.setToolTip(
            QCoreApplication.translate(
                "Filter", "How much of the filter's result is taken; at 0 % nothing changes"
            )
        )
