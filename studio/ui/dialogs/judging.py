"""Generated beside real with their difference, and the blind vote between two models."""

from __future__ import annotations

import secrets
from functools import partial

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QWidget

from studio.messages.events import Failed, Nearest, Picture, Progress
from studio.messages.models import ModelEntry
from studio.ui.bind import bind, while_there
from studio.ui.dialogs.frame import Frame
from studio.ui.language import joined
from studio.ui.panels.model_list import title_of
from studio.ui.widgets.rows import ChoiceRow
from studio.ui.widgets.twin_view import TwinView
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace import judging
from studio.workspace.judging import Answer, BlindVote, Share
from studio.workspace.studio import Studio

WIDTH = 760
PAIRS = 20.0


def usable(studio: Studio) -> tuple[ModelEntry, ...]:
    return tuple(one for one in studio.generating.models if not one.problem)


def named(entry: ModelEntry) -> str:
    """``Shan-shui``, a checkpoint with its step."""
    if not entry.card.steps or entry.embedded:
        return title_of(entry)
    words = QCoreApplication.translate("Judging", "{name}, step {step}")
    return words.format(name=title_of(entry), step=entry.card.steps)


def model_row(title: str, entries: tuple[ModelEntry, ...], chosen: str) -> ChoiceRow:
    return ChoiceRow(title, [(one.path, named(one)) for one in entries], chosen)


class BesideDialog(Frame):
    """A generated picture, a real one of the folder of training pictures, and their difference, under one zoom."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(translate("Judging", "Generated beside real"), parent, WIDTH)
        self._studio = studio
        self._models = {one.path: one for one in usable(studio)}
        current = studio.generating.model
        chosen = current.path if current is not None and current.path in self._models else ""
        self.model = model_row(translate("Judging", "Model"), tuple(self._models.values()), chosen)
        self.seed = ValueSlider(
            translate("Judging", "Seed"), 0, 999, 1, hard_high=2**31 - 1, step=1, decimals=0
        )
        pictures = studio.training.pictures
        self._files = [one.file for one in pictures.pictures if one.usable]
        last = max(1, len(self._files))
        self.real = ValueSlider(translate("Judging", "Real picture"), 1, last, 1, step=1, decimals=0)
        self.alike = QCheckBox(translate("Judging", "The one most like it"))
        self.alike.setToolTip(
            translate(
                "Judging", "Takes the real picture that is nearest to the generated one, whichever it is"
            )
        )
        self.alike.setChecked(True)
        self.view, self.said = TwinView(), QLabel()
        self.view.setAccessibleName(translate("Judging", "Generated, real, difference"))
        self._looked = ""
        self._made: np.ndarray | None = None
        self._taken: np.ndarray | None = None
        for widget in (self.model, self.seed, self.real, self.alike):
            self.body.addWidget(widget)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.said)
        self.said.setProperty("quiet", True)
        self.real.setEnabled(bool(self._files))
        self.alike.setEnabled(bool(self._files))
        self.add_verb(translate("Dialog", "Close"), self.accept, main=True)
        self.model.chosen.connect(lambda _key: self.ask())
        self.seed.released.connect(lambda _value: self.ask())
        self.real.released.connect(lambda _value: self._chosen())
        self.alike.toggled.connect(lambda _on: self._compare())
        self._show()
        self.ask()

    def ask(self) -> None:
        """A new generated picture, and the real one at its size."""
        entry = self._models.get(self.model.value())
        if entry is None:
            return
        self._made, wanted = None, (entry.path, round(self.seed.value()))

        def made(event: Picture) -> None:
            pixels = event.pixels.array()
            if wanted == (self.model.value(), round(self.seed.value())):
                self._made = pixels
                self._compare()
                self._show()

        failed = while_there(self, self.said.setText)
        judging.make(self._studio, entry, (wanted[1],), while_there(self, made), failed)

    def _chosen(self) -> None:
        """By hand: that picture it is, even if another one is nearer."""
        self.alike.setChecked(False)
        self.ask_real()

    def _compare(self) -> None:
        if self._made is None or not self._files:
            return
        if not self.alike.isChecked():
            if self._taken is None or self._taken.shape[:2] != self._made.shape[:2]:
                self.ask_real()
            return
        made = self._made

        def heard(event: Progress | Nearest | Failed) -> None:
            if made is not self._made or not self.alike.isChecked():
                return
            if isinstance(event, Nearest):
                self._looked = ""
                self.real.set_value(self._files.index(event.file) + 1)
                self.ask_real()
            elif isinstance(event, Failed):
                self._looked = ""
                self.alike.setChecked(False)  # then the one that is chosen
            elif event.total and event.done < event.total:
                words = QCoreApplication.translate(
                    "Judging", "Looking at the real pictures: {done} of {total}"
                )
                self._looked = words.format(done=event.done, total=event.total)
            self._show()

        folder = self._studio.training.pictures.folder
        judging.find_nearest(self._studio, folder, tuple(self._files), made, while_there(self, heard))

    def ask_real(self) -> None:
        if self._made is None or not self._files:
            return
        file = self._files[min(round(self.real.value()), len(self._files)) - 1]

        def taken(pixels: np.ndarray) -> None:
            self._taken = pixels
            self._show()

        folder = self._studio.training.pictures.folder
        judging.read(self._studio, folder, file, self._made.shape[0], while_there(self, taken))

    def _show(self) -> None:
        translate = QCoreApplication.translate
        one, other = self._made, self._taken
        captions = [
            translate("Judging", "Generated"),
            translate("Judging", "Real"),
            translate("Judging", "Difference"),
        ]
        apart, mean = None, 0.0
        if one is not None and other is not None and one.shape[:2] == other.shape[:2]:
            apart, mean = judging.difference(one, other)
        self.view.show_pictures((one, other, apart), captions)
        if not self._files:
            words = translate(
                "Judging",
                "Choose a folder of pictures in the Training panel: its pictures are the real ones.",
            )
        elif self._looked or apart is None:
            words = self._looked
        else:
            words = translate(
                "Judging", "They differ by {value} of 255 in the mean. The wheel zooms all, a drag moves all."
            )
        self.said.setText(words.format(value=f"{mean:.1f}"))


class VoteDialog(Frame):
    """Which of two pictures is better, again and again; whose they were is told at the end. Arrow keys vote, too."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(translate("Judging", "Blind vote"), parent, WIDTH)
        self._vote = BlindVote(studio)
        entries = usable(studio)
        self._models = {one.path: one for one in entries}
        paths = list(self._models)
        self.one = model_row(translate("Judging", "One model"), entries, paths[0] if paths else "")
        self.other = model_row(
            translate("Judging", "Other model"), entries, paths[min(1, len(paths) - 1)] if paths else ""
        )
        self.pairs = ValueSlider(translate("Judging", "Pairs"), 5, 100, PAIRS, step=1, decimals=0)
        self.view, self.said = TwinView(), QLabel()
        self.view.setAccessibleName(translate("Judging", "Two pictures to choose from"))
        self.said.setWordWrap(True)
        self.answers: dict[Answer, QPushButton] = {}
        for widget in (self.one, self.other, self.pairs):
            self.body.addWidget(widget)
        self.body.addWidget(self.view, 1)
        line = QHBoxLayout()
        words: dict[Answer, str] = {
            "left": translate("Judging", "Left is better"),
            "none": translate("Judging", "Neither"),
            "right": translate("Judging", "Right is better"),
        }
        for answer, text in words.items():
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._choose, answer))
            line.addWidget(button)
            self.answers[answer] = button
        self.body.addLayout(line)
        self.body.addWidget(self.said)
        self.add_verb(translate("Dialog", "Close"), self.accept)
        self.begin = self.add_verb(translate("Judging", "Begin"), self._begin, main=True)
        for row in (self.one, self.other):
            row.chosen.connect(lambda _key: self.refresh())
        bind(self, self._vote.changed, self.refresh)
        self.finished.connect(lambda _result: self._vote.stop())
        self.refresh()

    def _begin(self) -> None:
        one, other = (self._models[row.value()] for row in (self.one, self.other))
        self._vote.begin(one, other, round(self.pairs.value()), secrets.randbelow(2**31 - 1001))
        self.view.setFocus()

    def _choose(self, answer: Answer, _checked: bool = False) -> None:
        self._vote.vote(answer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys: dict[int, Answer] = {
            Qt.Key.Key_Left: "left",
            Qt.Key.Key_Right: "right",
            Qt.Key.Key_Down: "none",
        }
        answer = keys.get(event.key())
        if answer is not None and self._vote.pair() is not None:
            self._vote.vote(answer)
        else:
            super().keyPressEvent(event)

    def refresh(self) -> None:
        vote = self._vote
        pair = vote.pair()
        for button in self.answers.values():
            button.setEnabled(pair is not None)
        running = bool(vote.count) and not vote.over and not vote.problem
        for widget in (self.one, self.other, self.pairs):
            widget.setEnabled(not running)
        different = bool(self._models) and self.one.value() != self.other.value()
        self.begin.setEnabled(different and not running)  # pressed again it would forget the votes
        if pair is not None:
            self.view.show_pictures(pair, ("A", "B"))
        elif not running:
            self.view.show_pictures((None, None), ("A", "B"))
        self.said.setText(self._words(running))

    def _words(self, running: bool) -> str:
        translate, vote = QCoreApplication.translate, self._vote
        if vote.problem:
            return vote.problem
        if vote.over:
            return verdict(vote.result(), *map(named, vote.models))
        if running and vote.pair() is None:
            return translate("Judging", "The pictures are made…")
        if running:
            words = translate("Judging", "Pair {number} of {count}. Whose they are is told at the end.")
            return words.format(number=len(vote.answers) + 1, count=vote.count)
        if len(self._models) < 2:
            return translate("Judging", "A vote needs two models: train one, or import one.")
        if self.one.value() == self.other.value():
            return translate("Judging", "Choose two different models.")
        return translate(
            "Judging", "Pairs of one seed, on sides drawn at random. Choose the better picture of each."
        )


def verdict(share: Share, one: str, other: str) -> str:
    """Who won how often, and whether that says anything."""
    translate = QCoreApplication.translate
    if not share.count:
        return translate("Judging", "No picture was chosen, so nothing can be said.")
    words = translate("Judging", "“{one}” won {share} of {count} [{low} … {high}] against “{other}”.")
    said = words.format(
        one=one,
        other=other,
        count=share.count,
        share=f"{share.value:.0%}",
        low=f"{share.low:.0%}",
        high=f"{share.high:.0%}",
    )
    if share.low <= 0.5 <= share.high:
        chance = translate("Judging", "That may be chance: vote on more pairs.")
        return joined((said, chance))
    return said
