"""The values of a fill layer, all of them live: Cancel and Esc take everything back, Apply makes one undo step."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import msgspec
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from studio.document.layer import Fill
from studio.recipe import QT_TRANSLATE_NOOP, Colour, declare
from studio.synthesis import MAKERS, SCENES
from studio.synthesis.fills import FILL_KINDS, FillColour, FillGradient
from studio.synthesis.likeness_fill import NoiseLikeFill
from studio.ui import theme
from studio.ui.dialogs.frame import Frame
from studio.ui.panels.animate_row import AnimateRow
from studio.ui.panels.noise_numbers import NoiseNumbers
from studio.ui.widgets.about import About
from studio.ui.widgets.cards import ScrollPage
from studio.ui.widgets.form import ParameterForm
from studio.workspace.animating import plays
from studio.workspace.noise_numbers import of_fill
from studio.workspace.studio import Studio

WIDTH = 440
LABEL = 128
TALLEST = 14
"""Rows of values that are seen at once; more of them scroll."""
READING = 10
"""The same while the paragraph is open."""


class ColourValues(msgspec.Struct, frozen=True, kw_only=True):
    """A colour fill as its form shows it."""

    colour: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Colour"))] = (0.0, 0.0, 0.0)
    opacity: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Opacity"), low=0.0, high=1.0, unit="%")
    ] = 1.0


def description_of(name: str) -> str:
    """The paragraph of a pattern or scene; nothing for a colour and the like."""
    maker = MAKERS.get(name)
    return "" if maker is None else maker.description


class FillLayerDialog(Frame):
    def __init__(self, studio: Studio, layer: Fill, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("recipe", FILL_KINDS[layer.recipe.name].title)
        super().__init__(
            QCoreApplication.translate("FillLayer", "Fill layer: {kind}").format(kind=title), parent, WIDTH
        )
        self._studio, self._layer = studio, layer.id
        values = studio.fill_layers.values(layer)
        names: tuple[str, ...] = ()
        if isinstance(values, FillColour):
            values = ColourValues(colour=values.colour[:3], opacity=values.colour[3])
        elif isinstance(values, FillGradient):
            names = ("stops", "kind", "space", "extend", "dither")
        elif isinstance(values, NoiseLikeFill):
            names = ("strength", "seed")
        self.form = ParameterForm(values, names=names, label_width=LABEL)
        self.form.changed.connect(self._changed)
        self.page = ScrollPage()
        self.page.body.setContentsMargins(0, 0, 0, 0)
        self.page.body.addWidget(self.form)
        self.body.addWidget(self.page)
        if isinstance(values, FillGradient):
            self.add_sentence(
                QCoreApplication.translate("FillLayer", "The gradient tool moves its line on the canvas.")
            )
        self.animate = None
        if plays(layer):
            self.animate = AnimateRow(studio, layer.id, self.form, studio.fill_layers.change)
            self.body.addWidget(self.animate)
        self.numbers = None
        if not isinstance(values, (ColourValues, FillGradient)) and layer.recipe.name not in SCENES:
            self.numbers = NoiseNumbers(studio, partial(of_fill, studio, layer.id))
            self.numbers.toggled.connect(self._fit)
            self.body.addWidget(self.numbers)
        self.about = About()
        self.about.set_texts(
            QCoreApplication.translate("About", "About this pattern"),
            QCoreApplication.translate("recipe", description_of(layer.recipe.name)),
        )
        self.about.toggled.connect(lambda _on: self._fit())
        self.body.addWidget(self.about)
        self.add_cancel()
        self.add_verb(QCoreApplication.translate("FillLayer", "Apply"), self.accept, main=True)
        self._picture = studio.current
        self.finished.connect(self._end)
        self.end_with_picture(studio)

    def _fit(self) -> None:
        """As high as what is shown, once that is laid out; many values scroll."""
        rows = READING if self.about.line.isChecked() else TALLEST
        rows -= self.animate is not None
        self.page.fit(WIDTH - 2 * 16, rows * theme.ROW)
        QTimer.singleShot(0, self, self.adjustSize)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _changed(self, values: Any) -> None:
        if isinstance(values, ColourValues):
            values = FillColour(colour=(*values.colour, values.opacity))
        if (
            self.animate is None or not self.animate.playing
        ):  # what plays takes the values with its next frame
            self._studio.fill_layers.change(self._layer, values)

    def _end(self, result: int) -> None:
        if self.animate is not None:
            self.animate.pause()
        if result:
            self._studio.fill_layers.release()
        else:
            self._studio.fill_layers.revert(self._picture)
