"""Variety by layers, folded away under Variety: of what is coarse, of middle size, and fine in a picture."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.messages.requests import BANDS, Band
from studio.ui import theme
from studio.ui.language import Retranslated
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.rows import ElidedLabel
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace.studio import Studio


class BandRows(Retranslated, QWidget):
    """Shown for models whose layers take styles of their own. A band that was never touched goes with Variety; its name or Delete
    gives it back to it."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.title = ElidedLabel(token="secondary", pixels=theme.SMALL_PIXELS)
        self.fold = IconButton("chevron-down", small=True, checkable=True, checked_icon="chevron-up")
        self.sliders: dict[Band, ValueSlider] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.fold)
        column.addLayout(head)
        for band in BANDS:
            slider = ValueSlider("", 0.0, 1.0, 0.7, hard_high=1.5, step=0.01, signed=False)
            self.sliders[band] = slider
            column.addWidget(slider)
            slider.value_changed.connect(partial(self._changed, band))
            slider.released.connect(lambda _value: studio.exploring.release())
        self.fold.toggled.connect(lambda _open: self.refresh())
        self.retranslate()

    def _changed(self, band: Band, value: float) -> None:
        """Where it is that of all layers, the band has none of its own any more."""
        exploring = self._studio.exploring
        exploring.set_band_variety(band, None if value == exploring.state.variety else value)

    def refresh(self) -> None:
        generating, state = self._studio.generating, self._studio.exploring.state
        entry = generating.model
        self.setVisible(entry is not None and "bands" in entry.card.abilities)
        for band, slider in self.sliders.items():
            slider.default = state.variety
            slider.setVisible(self.fold.isChecked() or band in state.varieties)
            slider.set_value(state.varieties.get(band, state.variety))

    def retranslate(self) -> None:
        self.title.set_text(QCoreApplication.translate("ExplorePanel", "Variety by layers"))
        self.fold.set_name(QCoreApplication.translate("ExplorePanel", "Fold or unfold variety by layers"))
        words = {
            "coarse": QCoreApplication.translate("ExplorePanel", "Coarse"),
            "middle": QCoreApplication.translate("ExplorePanel", "Middle"),
            "fine": QCoreApplication.translate("ExplorePanel", "Fine"),
        }
        tips = {
            "coarse": QCoreApplication.translate(
                "ExplorePanel", "Variety of the composition; the name gives it back to Variety"
            ),
            "middle": QCoreApplication.translate(
                "ExplorePanel", "Variety of shapes; the name gives it back to Variety"
            ),
            "fine": QCoreApplication.translate(
                "ExplorePanel", "Variety of colour and detail; the name gives it back to Variety"
            ),
        }
        for band, slider in self.sliders.items():
            slider.set_title(words[band])
            slider.setToolTip(tips[band])
