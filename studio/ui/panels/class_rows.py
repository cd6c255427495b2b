"""Which of a model's classes is made: a chooser of the card's names, another class, and the way between the two."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.messages.models import BETWEEN, Level, ModelEntry
from studio.messages.requests import ClassMix
from studio.ui.language import Retranslated, spoken
from studio.ui.widgets.rows import ChoiceRow
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace.studio import Studio

MOST_FACTORS = 4
SWATCH = QSize(12, 14)
"""Of a palette's colours, in pixels."""


def class_titles(entry: ModelEntry | None) -> dict[str, str]:
    """What each class of the model is called in the language of the window, by its name."""
    card = entry.card if entry is not None else None
    if card is None or len(card.class_titles) != len(card.classes):
        return {name: name for name in card.classes} if card is not None else {}
    chinese = spoken().startswith("zh")
    return {
        name: called.title_zh if chinese else called.title
        for name, called in zip(card.classes, card.class_titles, strict=True)
    }


def factored(entry: ModelEntry | None) -> list[tuple[str, list[str]]]:
    """Where each class is one word of each of several factors, their titles and words; else nothing."""
    if entry is None or not entry.card.class_factors:
        return []
    split = [title.split(BETWEEN) for title in class_titles(entry).values()]
    factors = entry.card.class_factors
    if any(len(words) != len(factors) for words in split):
        return []
    chinese = spoken().startswith("zh")
    titles = [called.title_zh if chinese else called.title for called in factors]
    return [
        (title, list(dict.fromkeys(words[number] for words in split))) for number, title in enumerate(titles)
    ]


def class_swatches(entry: ModelEntry | None) -> dict[str, tuple[Level, ...]]:
    """The colours that stand for each class that is a palette, by its name."""
    card = entry.card if entry is not None else None
    if card is None or len(card.class_titles) != len(card.classes):
        return {}
    pairs = zip(card.classes, card.class_titles, strict=True)
    return {name: called.swatches for name, called in pairs if called.swatches}


def swatch_icon(swatches: Sequence[Level], ratio: float) -> QIcon:
    """The colours beside each other."""
    strip = QPixmap(round(len(swatches) * SWATCH.width() * ratio), round(SWATCH.height() * ratio))
    strip.setDevicePixelRatio(ratio)
    painter = QPainter(strip)
    for number, level in enumerate(swatches):
        place = QRectF(number * SWATCH.width(), 0, SWATCH.width(), SWATCH.height())
        painter.fillRect(place, QColor(*level))
    painter.end()
    return QIcon(strip)


def class_words(mix: ClassMix, titles: Mapping[str, str]) -> str:
    """``cat``, ``cat → dog 40 %``, or nothing where any class will do."""
    label = titles.get(mix.label, mix.label)
    if not mix.toward or not mix.blend:
        return label
    first = label or QCoreApplication.translate("GeneratePanel", "any")
    return f"{first} → {titles.get(mix.toward, mix.toward)} {round(100 * mix.blend)} %"


class ClassRows(Retranslated, QWidget):
    """Shown for models that were taught classes. A choice is one undo step; the slider is live under the hand."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._entry: ModelEntry | None = None
        self._factors: list[tuple[str, list[str]]] = []
        self.kind, self.toward = ChoiceRow(" "), ChoiceRow(" ")
        self.factors = [ChoiceRow(" ") for _ in range(MOST_FACTORS)]
        """A chooser of its own for each factor of the classes, where they have any."""
        self.blend = ValueSlider(
            "", 0.0, 1.0, 0.5, default=0.5, step=0.01, unit="%", factor=100.0, signed=False
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for row in (self.kind, *self.factors, self.toward, self.blend):
            column.addWidget(row)
        exploring = studio.exploring
        self.kind.chosen.connect(exploring.set_class)
        for row in self.factors:
            row.chosen.connect(self._choose_words)
        self.toward.chosen.connect(exploring.set_toward)
        self.blend.value_changed.connect(exploring.set_blend)
        self.blend.released.connect(lambda _value: exploring.release())
        for before, after in itertools.pairwise((self.kind, *self.factors, self.toward)):
            self.setTabOrder(before.box, after.box)
        self.setTabOrder(self.toward.box, self.blend)
        self.retranslate()

    def show_classes(self, entry: ModelEntry | None) -> None:
        """Shows the rows for this model's classes; a model without any hides them."""
        if entry is not self._entry:
            self._entry = entry
            self._fill()
        alone = not self._studio.exploring.state.parts  # each part of a mixture has a class of its own
        self.setVisible(bool(entry is not None and entry.card.classes) and alone)
        if not self.isHidden():
            self._show_values()

    def _fill(self) -> None:
        named = list(class_titles(self._entry).items())
        self._factors = factored(self._entry)[:MOST_FACTORS]
        self.kind.set_choices([("", self._any()), *named], self.kind.value())
        self.toward.set_choices(
            [("", QCoreApplication.translate("GeneratePanel", "No other class")), *named], self.toward.value()
        )
        self._show_swatches()
        for number, row in enumerate(self.factors):
            title, words = self._factors[number] if number < len(self._factors) else ("", [])
            row.set_title(title)
            row.set_choices([("", self._any()), *((word, word) for word in words)], "")

    def _show_swatches(self) -> None:
        swatches = class_swatches(self._entry)
        widest = max((len(one) for one in swatches.values()), default=0)
        for box in (self.kind.box, self.toward.box):
            box.setIconSize(QSize(max(1, widest) * SWATCH.width(), SWATCH.height()))
            for name, colours in swatches.items():
                box.setItemIcon(box.findData(name), swatch_icon(colours, self.devicePixelRatioF()))

    def _any(self) -> str:
        return QCoreApplication.translate("GeneratePanel", "Any class")

    def _choose_words(self, chosen: str) -> None:
        """The class of the words that stand in the choosers. A class has a word of each factor: the first ones where none was chosen
        yet, and any class where the word is taken back."""
        words = [row.value() for row in self.factors[: len(self._factors)]]
        if not chosen:
            self._studio.exploring.set_class("")
            return
        whole = [word or self._factors[number][1][0] for number, word in enumerate(words)]
        names = {title: name for name, title in class_titles(self._entry).items()}
        self._studio.exploring.set_class(names.get(BETWEEN.join(whole), ""))

    def _show_values(self) -> None:
        mix = self._studio.exploring.mix
        self.kind.setVisible(not self._factors)
        said = class_titles(self._entry).get(mix.label, "").split(BETWEEN)
        for number, row in enumerate(self.factors):
            row.setVisible(number < len(self._factors))
            row.set_value(said[number] if number < len(said) and mix.label else "")
        self.kind.set_value(mix.label)
        self.toward.set_value(mix.toward)
        self.blend.set_value(mix.blend)
        self.blend.setVisible(bool(mix.toward))

    def retranslate(self) -> None:
        self.kind.set_title(QCoreApplication.translate("GeneratePanel", "Class"))
        self.toward.set_title(QCoreApplication.translate("GeneratePanel", "Towards"))
        self.blend.set_title(QCoreApplication.translate("GeneratePanel", "Mixed"))
        self.kind.box.setToolTip(
            QCoreApplication.translate(
                "GeneratePanel", "What the pictures are of; any: by chance, with the seed"
            )
        )
        self.toward.box.setToolTip(
            QCoreApplication.translate("GeneratePanel", "Another class that the pictures are mixed with")
        )
        self.blend.setToolTip(
            QCoreApplication.translate("GeneratePanel", "0 %: the class alone, 100 %: the other one")
        )
        self._fill()
