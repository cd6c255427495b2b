"""Lesson zero, beside the window: three things to do on its panels, the losses, and a look inside the networks while they learn."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.messages.events import Insides
from studio.recipe import QT_TRANSLATE_NOOP
from studio.ui import icons
from studio.ui.bind import bind_later
from studio.ui.dialogs.frame import Frame
from studio.ui.panels import commands
from studio.ui.panels.loss_curve import LossCurve
from studio.ui.panels.training_recipes import recipe_files
from studio.ui.widgets.rows import ChoiceRow
from studio.ui.widgets.sample_view import SampleView
from studio.ui.widgets.segments import Segments
from studio.workspace.lesson_zero import RECIPES, TASKS, Task, ZeroState
from studio.workspace.studio import Studio

WIDTH, COLUMN = 700, 320
LEAST_ACROSS = 64
TASK_WORDS: dict[Task, str] = {
    "learn": QT_TRANSLATE_NOOP(
        "LessonZero", "Start the training in the Training panel. The network begins with noise."
    ),
    "scrub": QT_TRANSLATE_NOOP(
        "LessonZero", "Choose an earlier moment in the film strip: see how the digits came out of the noise."
    ),
    "draw": QT_TRANSLATE_NOOP(
        "LessonZero", "Press “Use this model”, then Generate: other noise, other digits."
    ),
}
PLACES: dict[Task, str] = {"learn": "start", "scrub": "moments", "draw": "use"}
"""The part of the Training panel that each task is done on."""


class TaskRow(QWidget):
    """A tick, what to do, and a button that goes there."""

    def __init__(self, number: int, task: Task, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tick, self.words = QLabel(), QLabel()
        self.there = QPushButton(QCoreApplication.translate("LessonZero", "Show me"))
        self.there.setAutoDefault(False)
        self._text = f"{number}. " + QCoreApplication.translate("LessonZero", TASK_WORDS[task])
        self.tick.setFixedSize(20, 20)
        self.words.setText(self._text)
        self.words.setWordWrap(True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(8)
        line.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.words, 1)
        line.addWidget(self.there, 0, Qt.AlignmentFlag.AlignTop)
        self.set_done(False)

    def set_done(self, done: bool) -> None:
        self.tick.setPixmap(icons.icon("circle-check" if done else "square", 16).pixmap(16, 16))
        translate = QCoreApplication.translate
        said = translate("LessonZero", "done") if done else translate("LessonZero", "to do")
        self.tick.setAccessibleName(said)
        self.tick.setToolTip(said)
        self.words.setProperty("quiet", done)
        self.words.style().polish(self.words)


class LessonZeroDialog(Frame):
    """Closing it lets the training go on; opened again it shows how far all is."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(translate("LessonZero", "Lesson zero: digits from noise"), parent, WIDTH)
        self._studio, self._lesson = studio, studio.lesson_zero
        self._shown: Insides | None = None
        self.add_sentence(
            translate(
                "LessonZero",
                "A generator learns to draw digits from random numbers; a discriminator learns to tell them from real ones. With a VAE an encoder takes its place.",
            )
        )
        titles = {one.name: one.words() for one in recipe_files()}
        self.recipe = ChoiceRow(
            translate("LessonZero", "Network"), [(name, titles.get(name, name)) for name in RECIPES]
        )
        self.rows: dict[Task, TaskRow] = {task: TaskRow(number, task) for number, task in enumerate(TASKS, 1)}
        self.curves = (LossCurve(), LossCurve())
        self.named = (QLabel(), QLabel())
        self.said = QLabel()
        self.part, self.layer = Segments(("maps", "filters")), ChoiceRow(translate("LessonZero", "Layer"))
        self.network = ChoiceRow(translate("LessonZero", "Inside"))
        self.picture, self.hint = SampleView(), QLabel()
        self._arrange()
        self.add_verb(translate("Dialog", "Close"), self.accept)
        self.recipe.chosen.connect(self._lesson.choose)
        for task, row in self.rows.items():
            row.there.clicked.connect(partial(self.show_place, task))
        self.network.chosen.connect(lambda _name: self._show_layers())
        self.layer.chosen.connect(lambda _name: self._show_picture())
        self.part.chosen.connect(lambda _name: self._show_picture())
        bind_later(self, self._lesson.changed, self.refresh, 100)
        self._lesson.begin()
        self.refresh()

    def _arrange(self) -> None:
        translate = QCoreApplication.translate
        left, right, sides = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        left.addWidget(self.recipe)
        for row in self.rows.values():
            left.addWidget(row)
        for label, curve in zip(self.named, self.curves, strict=True):
            label.setProperty("quiet", True)
            left.addWidget(label)
            left.addWidget(curve)
        self.said.setWordWrap(True)
        left.addWidget(self.said)
        left.addStretch(1)
        self.part.set_words(
            {
                "maps": translate("LessonZero", "What it sees"),
                "filters": translate("LessonZero", "Filters"),
            }
        )
        self.hint.setWordWrap(True)
        self.hint.setProperty("quiet", True)
        self.picture.setAccessibleName(translate("LessonZero", "Feature maps and filters"))
        place = (
            QWidget()
        )  # of one size: a picture as high as wide would make a scroll bar come and go for ever
        place.setFixedSize(COLUMN, COLUMN)
        inner = QVBoxLayout(place)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.picture)
        inner.addStretch(1)
        for widget in (self.network, self.layer, self.part, place, self.hint):
            right.addWidget(widget)
        right.addStretch(1)
        for column in (left, right):
            column.setSpacing(6)
        sides.setSpacing(24)
        sides.addLayout(left, 1)
        sides.addLayout(right, 1)
        self.body.addLayout(sides)

    # ── the real panels ──────────────────────────────────────────────────────────────────────────────────────────────
    def show_place(self, task: Task, _checked: bool = False) -> None:
        """Goes to the Training panel, with the lesson's digits and network chosen, and puts the ring on where it is done."""
        from studio.ui.panels.training import TrainingPanel

        commands.press(self, self._studio, "workspace-train")
        window = self.parent()
        docks = getattr(window, "docks", None)
        panel = docks.show_panel("training") if docks is not None else None
        if not isinstance(panel, TrainingPanel):
            return
        state, run = self._lesson.state, self._studio.training.state
        if task == "learn" and state.folder and not (run is not None and run.running):
            panel.propose(state.recipe, state.folder)
        if task == "draw" and run is not None and run.saved and not self._studio.training.checkpoint():
            self._studio.training.show_moment(-1)  # of the one that is shown there are pictures only
            panel.refresh()
        place = getattr(panel, PLACES[task])
        place = getattr(place, "strip", place)
        panel.page.area.ensureWidgetVisible(place)
        window.activateWindow()  # type: ignore[union-attr]
        place.setFocus(Qt.FocusReason.TabFocusReason)

    # ── what it shows ────────────────────────────────────────────────────────────────────────────────────────────────
    def refresh(self) -> None:
        state = self._lesson.state
        self.recipe.set_value(state.recipe)
        for task, row in self.rows.items():
            row.set_done(task in state.done)
            row.there.setEnabled(bool(state.folder))
        self.said.setText(said(state))
        self.said.setVisible(bool(self.said.text()))
        self._show_losses(state)
        if state.inside is not self._shown:
            self._shown = state.inside
            self._show_networks()
        self.hint.setVisible(state.inside is None)
        self.hint.setText(
            QCoreApplication.translate(
                "LessonZero", "Filters and feature maps show here at the first checkpoint of the training."
            )
        )
        for widget in (self.network, self.layer, self.part):
            widget.setEnabled(state.inside is not None)

    def _show_losses(self, state: ZeroState) -> None:
        run = self._studio.training.state
        total = run.total if run is not None and run.run == state.run else 0
        shown = list(state.curves.items())
        for index, (label, curve) in enumerate(zip(self.named, self.curves, strict=True)):
            name, values = shown[index] if index < len(shown) else ("", ())
            words = loss_words(name)
            label.setText(f"{words} {values[-1][1]:.3f}" if values else words)
            curve.setAccessibleName(words)
            curve.set_curve(values, total)
            for widget in (label, curve):  # before the first step one empty curve says enough
                widget.setVisible(index < max(1, len(shown)))

    def _show_networks(self) -> None:
        inside = self._lesson.state.inside
        if inside is None:
            return
        names = dict.fromkeys(one.network for one in inside.layers)
        self.network.set_choices([(name, network_words(name)) for name in names])
        self._show_layers()

    def _show_layers(self) -> None:
        inside = self._lesson.state.inside
        if inside is not None:
            network = self.network.value()
            layers = [one.layer for one in inside.layers if one.network == network]
            self.layer.set_choices([(name, layer_words(name)) for name in layers])
            self._show_picture()

    def _show_picture(self) -> None:
        inside = self._lesson.state.inside
        if inside is None:
            return
        chosen = (self.network.value(), self.layer.value())
        one = next((one for one in inside.layers if (one.network, one.layer) == chosen), None)
        if one is None:
            return
        filters = self.part.buttons["filters"]
        filters.setEnabled(one.filters is not None)
        if one.filters is None and filters.isChecked():
            self.part.show_chosen("maps")
        pixels = one.filters if filters.isChecked() and one.filters is not None else one.maps
        array = pixels.array()
        times = max(1, LEAST_ACROSS * 5 // array.shape[1])  # single weights stay squares
        self.picture.set_pixels(array.repeat(times, 0).repeat(times, 1), LEAST_ACROSS)


def said(state: ZeroState) -> str:
    """Why nothing goes on, or what is awaited."""
    translate = QCoreApplication.translate
    if state.problem:
        return state.problem
    if state.making:
        return translate("LessonZero", "Digits to learn from are being drawn, two thousand of them.")
    if len(state.done) == len(TASKS):
        return translate("LessonZero", "All three are done. Try another network, and look what differs.")
    return ""


def loss_words(name: str) -> str:
    """A loss in the language of the window."""
    translate = QCoreApplication.translate
    words = {
        "generator": translate("LessonZero", "Loss of the generator"),
        "discriminator": translate("LessonZero", "Loss of the discriminator"),
        "error": translate("LessonZero", "Difference from the pictures"),
        "divergence": translate("LessonZero", "Divergence of the codes, nats"),
        "": translate("LessonZero", "Loss"),
    }
    return words.get(name, name)


def network_words(name: str) -> str:
    translate = QCoreApplication.translate
    words = {
        "generator": translate("LessonZero", "Generator"),
        "discriminator": translate("LessonZero", "Discriminator"),
        "encoder": translate("LessonZero", "Encoder"),
    }
    return words.get(name, name)


def layer_words(name: str) -> str:
    """``convolution-2`` in the language of the window."""
    kind, _, number = name.partition("-")
    words = {
        "convolution": QCoreApplication.translate("Lesson", "Convolution {number}"),
        "dense": QCoreApplication.translate("LessonZero", "Dense {number}"),
    }
    return words.get(kind, name).format(number=number)
