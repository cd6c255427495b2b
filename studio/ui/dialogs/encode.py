"""Encode layer: the layer beside what the model makes of it, their difference, and the outliers as selection or mask."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QWidget

from studio.recipe import parameters
from studio.ui import theme
from studio.ui.bind import bind
from studio.ui.dialogs.frame import Frame
from studio.ui.language import joined
from studio.ui.panels.class_rows import class_titles
from studio.ui.widgets.rows import SwitchRow
from studio.ui.widgets.twin_view import TwinView
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace import judging, outliers
from studio.workspace.outliers import Outliers
from studio.workspace.studio import Studio

WIDTH = 760
TINT = 0.75


class EncodeDialog(Frame):
    """Begins at once and changes nothing before a verb is pressed; each of them is one undo step."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(translate("Encode", "Encode layer"), parent, WIDTH)
        self._studio, self._encoding = studio, studio.generating.encoding
        self.view, self.told, self.only = TwinView(), QLabel(), SwitchRow()
        self.view.setAccessibleName(translate("Encode", "Layer, reconstruction, difference"))
        self.told.setProperty("quiet", True)
        self.told.setWordWrap(True)
        self.only.set_title(translate("Encode", "Show outliers"))
        self.only.setToolTip(translate("Encode", "What the model draws worse than it usually does"))
        (declared,) = parameters(Outliers)
        self.threshold = ValueSlider(
            translate("recipe", declared.title), declared.low or 0.0, declared.high or 1.0, declared.default,
            default=declared.default, step=declared.step or 0.1, unit=declared.unit, signed=False,
        )  # fmt: skip
        self.body.addWidget(self.view, 1)
        for widget in (self.told, self.only, self.threshold):
            self.body.addWidget(widget)
        self.select = self.add_verb(translate("Encode", "Select outliers"), self._select)
        self.as_mask = self.add_verb(translate("Encode", "Outliers as layer mask"), self._mask)
        self.use = self.add_verb(translate("Encode", "Lay above with sliders"), self._use, main=True)
        self.only.toggled.connect(self._look)
        self.threshold.value_changed.connect(lambda _value: self._show())
        bind(self, self._encoding.changed, self.refresh)
        self.end_with_picture(studio)
        self._encoding.begin()
        self.refresh()

    def _look(self, on: bool) -> None:
        if on:
            self._encoding.look_for_outliers()
        self.refresh()

    def _select(self) -> None:
        self._encoding.select_outliers(self.threshold.value())
        self.accept()

    def _mask(self) -> None:
        self._encoding.mask_outliers(self.threshold.value())
        self.accept()

    def _use(self) -> None:
        self._encoding.use()
        self.accept()

    def refresh(self) -> None:
        encoding = self._encoding
        on = self.only.isChecked()
        self.only.setEnabled(encoding.seen is not None)
        self.threshold.setVisible(on)
        self.threshold.setEnabled(encoding.scores is not None)
        for verb in (self.select, self.as_mask):
            verb.setVisible(on)
            verb.setEnabled(encoding.scores is not None)
        self.use.setEnabled(encoding.seen is not None)
        self.told.setText(self._words())
        self._show()

    def _words(self) -> str:
        translate, encoding = QCoreApplication.translate, self._encoding
        if encoding.problem:
            return encoding.problem
        if encoding.seen is None:
            return translate("Encode", "Looking at the layer…") if encoding.waiting else ""
        if encoding.waiting:
            return translate("Encode", "Looking at what is usual for this model…")
        found = encoding.seen.encoded
        _, mean = judging.difference(found.seen.array(), found.reconstruction.array())
        words = translate(
            "Judging", "They differ by {value} of 255 in the mean. The wheel zooms all, a drag moves all."
        )
        seen_as = ""
        if found.label:
            label = class_titles(encoding.seen.entry).get(found.label, found.label)
            seen_as = translate("Encode", "Seen as “{label}”.").format(label=label)
        return joined((words.format(value=f"{mean:.1f}"), seen_as))

    def _show(self) -> None:
        translate, seen = QCoreApplication.translate, self._encoding.seen
        captions = [
            translate("Encode", "Layer"),
            translate("Encode", "In the model"),
            translate("Judging", "Difference"),
        ]
        pictures: list[np.ndarray | None] = [None, None, None]
        if seen is not None:
            one, other = seen.encoded.seen.array(), seen.encoded.reconstruction.array()
            pictures = [one, other, judging.difference(one, other)[0]]
        if self.only.isChecked():
            captions.append(translate("Encode", "Outliers"))
            pictures.append(self._tinted())
        self.view.show_pictures(pictures, captions)

    def _tinted(self) -> np.ndarray | None:
        """The layer with its outliers under the tint of masks."""
        seen, scores = self._encoding.seen, self._encoding.scores
        if seen is None or scores is None:
            return None
        colour = theme.current().colour("mask_tint")
        tint = np.array([colour.red(), colour.green(), colour.blue()], np.float32)
        share = TINT * outliers.strength(scores, self.threshold.value())[..., None]
        picture = seen.encoded.seen.array()[..., :3].astype(np.float32)
        return (picture * (1 - share) + tint * share + 0.5).astype(np.uint8)
