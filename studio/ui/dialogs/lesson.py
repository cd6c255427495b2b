"""The convolution lesson: teach a small network the sub-folders of a folder, then look through its layers at a picture."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.messages.events import ClassesLearnt, Classified
from studio.ui.bind import bind
from studio.ui.dialogs.frame import Frame
from studio.ui.panels.loss_curve import LossCurve
from studio.ui.status_bar import waiting_words
from studio.ui.widgets.cards import Card, ScrollPage
from studio.ui.widgets.rows import ChoiceRow
from studio.ui.widgets.sample_view import SampleView
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace.lesson import LessonState
from studio.workspace.studio import Studio

WIDTH, COLUMN, HIGH = 680, 300, 380
GUESSED = 1.25
"""A share of right answers below so many times that of guessing has taught nothing."""
SAID = 0.005
"""A class for which less speaks is not named."""
NAMED = 3
"""So many files that are left out are named."""
LEAST_ACROSS = 96
"""Maps of fewer pixels a side than this are not enlarged to the whole width."""


class LessonDialog(Frame):
    """Closing it lets the teaching go on; opened again it shows how far that is."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(translate("Lesson", "Teach classes"), parent, WIDTH)
        self._studio, self._lesson = studio, studio.lesson
        self.folder = Card(icon="folder-open")
        self.steps = ValueSlider(
            translate("Lesson", "Steps"), 50.0, 3000.0, 600.0, hard_high=1e6, step=50.0, decimals=0, curve=2.0
        )
        self.curve, self.said, self.confused = LossCurve(), QLabel(), QLabel()
        self.picture, self.shares = QPushButton(translate("Lesson", "Choose a picture…")), QLabel()
        self.layer, self.maps = ChoiceRow(translate("Lesson", "Layer")), SampleView()
        self._chosen = self._lesson.state.folder
        self._layers: tuple[str, ...] = ()
        self._arrange()
        self.add_verb(translate("Dialog", "Close"), self.accept)
        self.teach = self.add_verb(translate("Lesson", "Teach"), self._press, main=True)
        self.folder.clicked.connect(self.ask_folder)
        self.picture.clicked.connect(self.ask_picture)
        self.layer.chosen.connect(lambda _name: self._show_maps())
        bind(self, self._lesson.changed, self.refresh)
        self.refresh()

    def _arrange(self) -> None:
        translate = QCoreApplication.translate
        self.add_sentence(
            translate(
                "Lesson",
                "A small convolutional network learns to tell the sub-folders of a folder apart. Every layer can be looked at.",
            )
        )
        left, right, sides = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        for column in (left, right):
            column.setSpacing(6)
        for label in (self.said, self.confused, self.shares):
            label.setWordWrap(True)
        self.confused.setProperty("quiet", True)
        self.curve.setAccessibleName(translate("Lesson", "Loss"))
        self.maps.setAccessibleName(translate("Lesson", "Feature maps"))
        self.picture.setAutoDefault(False)
        for widget in (self.folder, self.steps, self.curve, self.said, self.confused):
            widget.setFixedWidth(COLUMN)
            left.addWidget(widget)
        left.addStretch(1)
        page = ScrollPage()
        page.body.setContentsMargins(0, 0, 0, 0)
        page.body.addWidget(self.maps)
        page.body.addStretch(1)
        page.setFixedHeight(HIGH)
        for widget in (self.picture, self.shares, self.layer, page):
            right.addWidget(widget)
        right.addStretch(1)
        sides.setSpacing(24)
        sides.addLayout(left)
        sides.addLayout(right, 1)
        self.body.addLayout(sides)

    # ── what it does ─────────────────────────────────────────────────────────────────────────────────────────────────
    def ask_folder(self) -> QFileDialog:
        title = QCoreApplication.translate("Lesson", "Folder with a sub-folder for each class")
        dialog = QFileDialog(self, title, self._chosen)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_folder)
        dialog.open()
        return dialog

    def take_folder(self, folder: str) -> None:
        self._chosen = folder
        self.refresh()

    def ask_picture(self) -> QFileDialog:
        title = QCoreApplication.translate("Lesson", "Choose a picture")
        dialog = QFileDialog(self, title, self._chosen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._lesson.look)
        dialog.open()
        return dialog

    def _press(self) -> None:
        if self._lesson.state.running:
            self._lesson.stop()
        else:
            self._lesson.teach(self._chosen, round(self.steps.value()))

    # ── what it shows ────────────────────────────────────────────────────────────────────────────────────────────────
    def refresh(self) -> None:
        translate, state = QCoreApplication.translate, self._lesson.state
        if self._chosen:
            self.folder.set_texts(Path(self._chosen).name, self._chosen)
        else:
            line = translate("Lesson", "a sub-folder for each class; it is only read")
            self.folder.set_texts(translate("Lesson", "Choose a folder…"), line)
        for widget in (self.folder, self.steps):
            widget.setEnabled(not state.running)
        words = translate("Lesson", "Stop") if state.running else translate("Lesson", "Teach")
        self.teach.setText(words)
        self.teach.setAccessibleName(words)
        self.teach.setEnabled(bool(self._chosen))
        self.curve.set_curve(state.curve, state.total)
        ahead = self._lesson.waits_for
        self.said.setText(waiting_words(ahead) if ahead is not None else said(state))
        self.confused.setText(confused(state.learnt) if state.learnt is not None else "")
        self.picture.setEnabled(state.learnt is not None)
        self._show_seen(state.seen)

    def _show_seen(self, seen: Classified | None) -> None:
        self.layer.setVisible(seen is not None)
        self.shares.setVisible(seen is not None)
        if seen is None:
            return
        best = sorted(seen.shares.items(), key=lambda one: -one[1])
        said = [f"{name} {share:.0%}" for name, share in best[:4] if share >= SAID]
        named = " · ".join(said)
        self.shares.setText(f"{Path(seen.file).name}: {named}")
        if self._layers != tuple(seen.maps):
            self._layers = tuple(seen.maps)
            self.layer.set_choices([(name, layer_words(name)) for name in seen.maps], next(iter(seen.maps)))
        self._show_maps()

    def _show_maps(self) -> None:
        seen = self._lesson.state.seen
        if seen is not None and self.layer.value() in seen.maps:
            pixels = seen.maps[self.layer.value()].array()
            self.maps.set_pixels(pixels, LEAST_ACROSS)


def layer_words(name: str) -> str:
    """``convolution-2`` in the language of the window."""
    kind, _, number = name.partition("-")
    words = {
        "convolution": QCoreApplication.translate("Lesson", "Convolution {number}"),
        "pooling": QCoreApplication.translate("Lesson", "Pooling {number}"),
    }
    return words.get(kind, name).format(number=number)


def said(state: LessonState) -> str:
    """How far it is, or what came of it."""
    translate = QCoreApplication.translate
    if state.problem:
        return state.problem
    if state.running and not state.curve:
        return translate("Lesson", "The pictures are got ready.")
    if state.running:
        words = translate("Lesson", "step {step} of {total} · loss {loss} · right {right}")
        loss = f"{state.curve[-1][1]:.3f}"
        return words.format(step=state.step, total=state.total, loss=loss, right=f"{state.right:.0%}")
    if state.learnt is None:
        return ""
    if state.learnt.right < 0:
        words = translate("Lesson", "It knows {count} classes; no picture was held out to test it.")
        return words.format(count=len(state.learnt.classes))
    words = translate("Lesson", "Held out pictures told right: {right} of {count}.")
    if state.learnt.right * len(state.learnt.classes) < GUESSED:
        words += " " + translate("Lesson", "Guessing would do as well: give it more pictures of each class.")
    return words.format(right=f"{state.learnt.right:.0%}", count=state.learnt.held_out)


def confused(learnt: ClassesLearnt) -> str:
    """A line for each class: how many of it are told right, and for what the others are taken."""
    lines = []
    for row, name in enumerate(learnt.classes):
        counts = learnt.confusion[row] if row < len(learnt.confusion) else ()
        others = ", ".join(
            f"{learnt.classes[at]} {count}" for at, count in enumerate(counts) if count and at != row
        )
        if sum(counts):
            lines.append(f"{name}: {counts[row]}/{sum(counts)}" + (f" → {others}" if others else ""))
        elif counts:
            words = QCoreApplication.translate("Lesson", "{name}: no picture to test it on")
            lines.append(words.format(name=name))
    return "\n".join([*lines[:12], *left_out(learnt)])


def left_out(learnt: ClassesLearnt) -> list[str]:
    """A line that names files that were not used; none where all were."""
    files = [line.partition(": ")[0] for line in learnt.rejected]
    if not files:
        return []
    more = f" + {len(files) - NAMED}" if len(files) > NAMED else ""
    words = QCoreApplication.translate("Lesson", "Left out: {files}")
    return [words.format(files=", ".join(files[:NAMED]) + more)]
