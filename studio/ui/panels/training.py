"""The Training panel: a folder, a recipe, the time one has; then steps, loss and samples while it learns."""

from __future__ import annotations

import os
import time
from collections.abc import Generator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from studio.jobs.job import JobFinished, Priority
from studio.messages.events import Foreseen
from studio.messages.training import ON_BATTERY
from studio.recipe import QT_TRANSLATE_NOOP
from studio.ui import theme
from studio.ui.bind import bind
from studio.ui.language import Retranslated
from studio.ui.panels import commands
from studio.ui.panels.following import Follower
from studio.ui.panels.loss_curve import LossCurve
from studio.ui.panels.training_moments import ForecastRow, MomentStrip, TroubleCard
from studio.ui.panels.training_recipes import TIMES, RecipeFile, recipe_files
from studio.ui.panels.training_report import TrainingReport
from studio.ui.panels.training_words import facts_of, trend_words
from studio.ui.status_bar import waiting_words
from studio.ui.widgets import paint
from studio.ui.widgets.buttons import IconButton, PrimaryButton
from studio.ui.widgets.cards import Card, ScrollPage, separator
from studio.ui.widgets.rows import ChoiceRow, ElidedLabel, SwitchRow, TextRow
from studio.ui.widgets.sample_view import SampleView
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace.jobs import JobLine
from studio.workspace.studio import Studio
from studio.workspace.training_run import TrainingState, name_and_time

PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".bmp")
FEWEST = 16
LESSON_CHECKPOINTS = 200
"""Steps between two looks inside the networks of a lesson: seconds."""
OWN, NOTHING = "own", "nothing"
DETAIL_TIP = QT_TRANSLATE_NOOP(
    "TrainingPanel",
    "Behind its last step a second network learns the edges and the grain of your pictures at their full size",
)
TIME_WORDS = {
    "short": QT_TRANSLATE_NOOP("TrainingPanel", "10 min"),
    "hour": QT_TRANSLATE_NOOP("TrainingPanel", "1 hour"),
    "night": QT_TRANSLATE_NOOP("TrainingPanel", "the night"),
    "weekend": QT_TRANSLATE_NOOP("TrainingPanel", "a weekend"),
    OWN: QT_TRANSLATE_NOOP("TrainingPanel", "as the recipe says"),
}


class TrainingPanel(Retranslated, QWidget):
    """One run at a time; it learns in a process of its own."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._recipes = {recipe.name: recipe for recipe in recipe_files()}
        self._folder, self._pictures = "", -1
        self._rates: dict[str, float] = {}
        self._wanted = ""
        self._begun: tuple[float, int] | None = None
        self._taken: Foreseen | None = None
        self._waited: JobLine | None = None
        self.page = ScrollPage()
        self.card = Card(icon="folder-open")
        self.recipe, self.time, self.steps = ChoiceRow(" "), ChoiceRow(" "), TextRow(" ")
        self.origin = ChoiceRow(" ")
        self.origin.box.cut_in_the_middle()
        self.detail = SwitchRow()
        self.minutes = ValueSlider(
            "", 1.0, 60.0, studio.settings.checkpoint_minutes, default=10.0, hard_high=1440.0, step=1.0, decimals=0,
            unit="min", curve=2.0, signed=False,
        )  # fmt: skip
        self.state = ElidedLabel(semibold=True)
        self.facts = ElidedLabel(token="secondary", pixels=theme.SMALL_PIXELS)
        self.plan, self.curve, self.sample = QWidget(), LossCurve(), SampleView()
        self.forecast = ForecastRow(studio)
        self.trouble, self.moments = TroubleCard(studio), MomentStrip(studio)
        self.start, self.pause = PrimaryButton(), IconButton("pause", checkable=True, checked_icon="play")
        self.use, self.look = QPushButton(), QPushButton()
        self.go_on, self.measure, self.remove = QPushButton(), QPushButton(), QPushButton()
        self.report = TrainingReport()
        self.hint = ElidedLabel(token="secondary", pixels=theme.SMALL_PIXELS)
        self._arrange()
        self._connect()
        self.retranslate()
        self._choose_time()

    def _arrange(self) -> None:
        body = self.page.body
        plan = QVBoxLayout(self.plan)
        plan.setContentsMargins(0, 0, 0, 0)
        plan.setSpacing(4)
        rows = (
            self.card,
            self.recipe,
            self.origin,
            self.time,
            self.steps,
            self.minutes,
            self.detail,
            self.forecast,
        )
        for row in (*rows, separator()):
            plan.addWidget(row)
        body.addWidget(self.plan)
        for widget in (self.state, self.facts):
            widget.setFixedHeight(20)
            body.addWidget(widget)
        body.addWidget(self.trouble)
        body.addSpacing(4)
        body.addWidget(self.moments)
        body.addSpacing(4)
        body.addWidget(self.sample)
        body.addSpacing(8)
        body.addWidget(self.curve)
        body.addSpacing(8)
        body.addWidget(self.report)
        body.addStretch(1)
        first, second = QHBoxLayout(), QHBoxLayout()
        for line, widgets in (
            (first, (self.start, self.pause)),
            (second, (self.use, self.look, self.go_on, self.measure, self.remove)),
        ):
            line.setSpacing(4)
            for widget in widgets:
                line.addWidget(widget)
            self.page.foot.addLayout(line)
        self.page.foot.addWidget(self.hint)
        self.hint.alignment = Qt.AlignmentFlag.AlignHCenter
        column = QHBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        studio = self._studio
        self.card.clicked.connect(self.ask_folder)
        self.recipe.chosen.connect(lambda _key: self._choose_time())
        self.time.chosen.connect(lambda _key: self._choose_time())
        self.steps.changed.connect(lambda _text: self.refresh())
        self.minutes.released.connect(lambda value: studio.change_settings(checkpoint_minutes=round(value)))
        self.start.clicked.connect(self.press)
        self.measure.clicked.connect(studio.training.measure)
        self.pause.toggled.connect(self._pause)
        self.use.clicked.connect(self.use_model)
        self.look.clicked.connect(studio.training.sample_now)
        self.remove.clicked.connect(studio.training.remove)
        self.go_on.clicked.connect(self._go_on)
        self.forecast.pressed.connect(self._foresee)
        self._follower = Follower(self, studio, self.refresh, studio.training.changed, milliseconds=100)
        bind(self, studio.training.pictures.changed, self._follow_pictures)
        bind(self, studio.generating.models_changed, self._take_wanted)
        bind(self, studio.generating.models_changed, self._show_origins)
        bind(self, studio.jobs.changed, self._follow_queue)
        self._samples = Follower(self, studio, self._show_sample, studio.training.sampled)

    # ── what it does ─────────────────────────────────────────────────────────────────────────────────────────────────
    def ask_folder(self) -> None:
        """Asks for the folder of pictures."""
        title = QCoreApplication.translate("TrainingPanel", "Folder of pictures")
        dialog = QFileDialog(self, title, self._folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_folder)
        dialog.open()

    def take_folder(self, folder: str) -> None:
        """The pictures to learn from; they are counted in the background, and looked through in the engine."""
        self._folder, self._pictures = folder, -1
        own = next((name for name, recipe in self._recipes.items() if recipe.needs_folder), "")
        chosen = self._chosen_recipe()
        if own and chosen is not None and not chosen.needs_folder:
            self.recipe.set_value(own)
            self._choose_time()
        recipe = self._chosen_recipe()
        pictures = self._studio.training.pictures
        if pictures.folder != folder:
            pictures.look(folder, side=recipe.side if recipe is not None else pictures.decisions.side)

        def counted(event: object) -> None:
            if isinstance(event, JobFinished) and folder == self._folder:
                self._pictures = event.result
                self._follower.soon()

        self._studio.files_lane.submit(
            lambda: count_pictures(folder), label="count", priority=Priority.normal, on_event=counted
        )
        self.refresh()

    def propose(self, recipe: str, folder: str) -> None:
        """Chooses ``recipe`` at its own length and ``folder``, as the hand would; nothing begins."""
        if recipe in self._recipes:
            self.recipe.set_value(recipe)
            self.time.set_value(OWN)
            self._choose_time()
        self.take_folder(folder)

    def _follow_pictures(self) -> None:
        """A folder that was chosen beside the contact sheet is this panel's too."""
        folder = self._studio.training.pictures.folder
        if folder and folder != self._folder:
            self.take_folder(folder)

    def _follow_queue(self) -> None:
        """What a run waits for ended, and it begins or waits for another."""
        ahead = self._studio.training.waits_for
        if (ahead.id if ahead else 0) != (self._waited.id if self._waited else 0):
            self._follower.soon()

    def press(self) -> None:
        """Start, or Stop while a run goes on."""
        state = self._studio.training.state
        if state is not None and state.running:
            self._studio.training.stop()
        else:
            self._start()

    def _start(self) -> None:
        recipe = self._chosen_recipe()
        if recipe is None:
            return
        data = self._folder if recipe.needs_folder else ""
        self._begun = None
        origin = self.origin.value() if self.origin.value() != NOTHING else ""
        self._studio.training.start(
            recipe.name,
            data,
            steps=self.wanted_steps(),
            start_from=origin,
            detail=bool(data) and self.detail.isChecked(),
            checkpoint_every=LESSON_CHECKPOINTS if recipe.lesson else 0,
        )

    def _show_origins(self) -> None:
        """What the run may begin with: nothing, or an own model of the same recipe that still has all that learns."""
        recipe, chosen = self._chosen_recipe(), self.origin.value()
        choices = [(NOTHING, QCoreApplication.translate("TrainingPanel", "nothing"))]
        for entry in self._studio.generating.models:
            fits = (
                recipe is not None and entry.card.recipe == recipe.name and "learning" in entry.card.abilities
            )
            if fits and not entry.problem:
                words = QCoreApplication.translate("TrainingPanel", "step {step}, “{name}”")
                name, began = name_and_time(Path(entry.path).parent.parent.name)
                said = words.format(name=name or entry.card.name, step=entry.card.steps)
                choices.append((entry.path, f"{said} {began}".rstrip()))
        self.origin.set_choices(choices)
        self.origin.set_value(chosen if chosen in dict(choices) else NOTHING)
        self.origin.setVisible(len(choices) > 1)

    def _go_on(self) -> None:
        self._begun = None
        self._studio.training.go_on()

    def _foresee(self) -> None:
        """Tries how fast it learns: by the recipe that fits the time there is, or by the chosen one where no time is said."""
        recipe, seconds = self._chosen_recipe(), TIMES.get(self.time.value(), 0)
        if recipe is not None and self._folder:
            self._studio.training.foresee(self._folder, "" if seconds else recipe.name, seconds)

    def _take_forecast(self) -> None:
        """What was proposed is chosen; what was measured serves later estimates."""
        found = self._studio.training.plan.found
        if found is None or found is self._taken:
            return
        self._taken = found
        self._rates[found.recipe] = found.step_seconds
        if found.recipe in self._recipes:
            self.recipe.set_value(found.recipe)
            self.steps.field.setText(str(found.steps))

    def _pause(self, paused: bool) -> None:
        self._begun = None
        self._studio.training.pause(paused)

    def use_model(self) -> None:
        """Takes the checkpoint of the moment that is shown as the model of the Generate panel and goes there; it stays for ever."""
        checkpoint = self._studio.training.checkpoint()
        if not checkpoint:
            return
        self._studio.training.keep_used(checkpoint)
        self._wanted = os.path.realpath(checkpoint)
        if not self._take_wanted():
            self._studio.refresh_models()
        commands.press(self, self._studio, "workspace-generate")

    def _take_wanted(self) -> bool:
        """Chooses the checkpoint that was asked for, when the catalogue lists it."""
        generating = self._studio.generating
        found = next(
            (one for one in generating.models if self._wanted and os.path.realpath(one.path) == self._wanted),
            None,
        )
        if found is not None:
            self._wanted = ""
            generating.choose_model(found.card.name, found.digest)
        return found is not None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(Path(url.toLocalFile()).is_dir() for url in event.mimeData().urls() if url.isLocalFile()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        folders = [url.toLocalFile() for url in event.mimeData().urls() if Path(url.toLocalFile()).is_dir()]
        if folders:
            event.acceptProposedAction()
            self.take_folder(folders[0])

    # ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────
    def _chosen_recipe(self) -> RecipeFile | None:
        return self._recipes.get(self.recipe.value())

    def _counted(self) -> int:
        """How many pictures the folder has: as it was looked through, before that as files are named; −1 before that."""
        pictures = self._studio.training.pictures
        if pictures.folder == self._folder and pictures.report is not None:
            return sum(one.usable for one in pictures.pictures)
        return self._pictures

    def _needs_folder(self) -> bool:
        recipe = self._chosen_recipe()
        return recipe is not None and recipe.needs_folder

    def wanted_steps(self) -> int:
        """What stands in the steps field; 0 is the recipe's own number."""
        value = paint.parsed(self.steps.field.text())
        return max(0, int(value)) if value is not None else 0

    def _choose_time(self) -> None:
        self._show_origins()
        recipe, choice = self._chosen_recipe(), self.time.value()
        if recipe is not None:
            seconds = TIMES.get(choice, 0)
            steps = recipe.steps_for(seconds, self._rates.get(recipe.name, 0.0)) if seconds else recipe.steps
            self.steps.field.setText(str(steps))
        self.refresh()

    def problem(self) -> str:
        """Why a press would not work, as a sentence; empty when it would."""
        recipe = self._chosen_recipe()
        if self._studio.engine is None:
            return QCoreApplication.translate(
                "TrainingPanel", "This installation has no engine, so nothing can be trained."
            )
        if recipe is None:
            return QCoreApplication.translate(
                "TrainingPanel", "No training recipe was found. Install Danqing again."
            )
        if recipe.needs_folder and not self._folder:
            return QCoreApplication.translate("TrainingPanel", "Choose a folder of your pictures first.")
        if recipe.needs_folder and 0 <= self._counted() < FEWEST:
            words = QCoreApplication.translate(
                "TrainingPanel", "At least {count} pictures are needed in the folder."
            )
            return words.format(count=FEWEST)
        return ""

    # ── what it shows ────────────────────────────────────────────────────────────────────────────────────────────────
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._studio.training.recall()

    def refresh(self) -> None:
        self._take_forecast()
        state = self._studio.training.state
        running = state is not None and state.running
        self._measure(state)
        self._show_card()
        self.detail.setVisible(self._needs_folder())
        self.plan.setVisible(not running)  # while it learns, what it makes has the room
        problem = "" if running else self.problem()
        waits = self._waited = self._studio.training.waits_for
        hint = problem
        if waits is not None:
            hint = QCoreApplication.translate("TrainingPanel", "It begins by itself when that is done.")
        self.hint.set_text(hint)
        self.hint.setVisible(bool(hint))
        self._show_buttons(state, running, problem)
        self.forecast.refresh(bool(self._folder) and self._needs_folder() and not self.problem())
        self.trouble.refresh()
        self.moments.refresh()
        report = state.report if state is not None else None
        called = self._studio.generating.directions.called(report.name) if report is not None else {}
        self.report.show_report(report, called)
        for widget in (self.facts, self.curve):
            widget.setVisible(state is not None)
        self.state.set_text(self._headline(state))
        self.state.semibold = state is not None
        self.state.token = "secondary" if state is None else "danger_text" if state.problem else "text"
        if state is not None:
            self.facts.set_text(facts_of(state))
            self.curve.set_curve(state.curve, state.total)

    def _show_card(self) -> None:
        if not self._folder:
            title = QCoreApplication.translate("TrainingPanel", "Choose a folder of pictures…")
            line = QCoreApplication.translate("TrainingPanel", "or drop it here; it is only read")
        else:
            title = Path(self._folder).name or self._folder
            words = QCoreApplication.translate("TrainingPanel", "Pictures: {count}")
            count = self._counted()
            line = words.format(count=count) if count >= 0 else self._folder
        if (title, line) != (self.card.title, self.card.line):
            self.card.set_texts(title, line)

    def _show_buttons(self, state: TrainingState | None, running: bool, problem: str) -> None:
        if self._waited is not None:
            words = QCoreApplication.translate("TrainingPanel", "Stop waiting")
        elif running:
            words = QCoreApplication.translate("TrainingPanel", "Stop training")
        else:
            words = QCoreApplication.translate("TrainingPanel", "Start training")
        self.start.set_text(words, explanation=problem)
        self.start.setEnabled(running or not problem)
        self.start.set_primary(not running and not problem)
        self.start.set_progress(state.step / state.total if running and state and state.total else None)
        self.pause.setVisible(running)
        if state is not None and self.pause.isChecked() != state.paused:
            blocked = self.pause.blockSignals(True)
            self.pause.setChecked(state.paused)
            self.pause.blockSignals(blocked)
        training, over = self._studio.training, state is not None and not running
        usable = bool(training.checkpoint())
        self.use.setVisible(usable or bool(state and state.saved))
        self.use.setEnabled(usable)
        self.use.setToolTip(
            QCoreApplication.translate("TrainingPanel", "Generate with the moment that is shown")
            if usable
            else QCoreApplication.translate(
                "TrainingPanel", "Of this moment there are pictures only; choose one that has its model"
            )
        )
        self.look.setVisible(running)
        steps = (
            state is not None and not (state.paused or state.on_battery) and state.step < (state.total or 1)
        )
        self.look.setEnabled(steps and not training.looking and self._waited is None)
        continues = over and training.continues
        words = (
            QCoreApplication.translate("TrainingPanel", "Continue")
            if continues
            else QCoreApplication.translate("TrainingPanel", "Start again")
        )
        self.go_on.setText(words)
        self.go_on.setAccessibleName(words)
        self.go_on.setVisible(over)
        self.remove.setVisible(over and not continues)
        self.measure.setVisible(over and bool(state and state.checkpoint))
        self.measure.setEnabled(state is not None and not state.measuring and self._studio.engine is not None)

    def _headline(self, state: TrainingState | None) -> str:
        if state is None:
            return QCoreApplication.translate("TrainingPanel", "What the model learns shows here.")
        if state.problem:
            return state.problem
        if self._waited is not None:
            words = QCoreApplication.translate("TrainingPanel", "“{name}” {waits}")
            return words.format(name=state.name, waits=waiting_words(self._waited))
        if state.running and not state.paused and not state.on_battery and (going := trend_words(state)):
            return going
        if state.measuring:
            return QCoreApplication.translate("TrainingPanel", "“{name}” is measured").format(name=state.name)
        if state.on_battery:
            return QCoreApplication.translate("engine", ON_BATTERY)
        if state.paused:
            return QCoreApplication.translate("TrainingPanel", "“{name}” pauses").format(name=state.name)
        if state.running:
            return QCoreApplication.translate("TrainingPanel", "“{name}” learns").format(name=state.name)
        if not self._studio.training.continues:
            return QCoreApplication.translate(
                "TrainingPanel", "“{name}” ended before its first checkpoint"
            ).format(name=state.name)
        return QCoreApplication.translate("TrainingPanel", "“{name}” rests at step {step}").format(
            name=state.name, step=state.step
        )

    def _measure(self, state: TrainingState | None) -> None:
        """Seconds per step of this recipe on this computer, for the next estimate."""
        recipe = self._chosen_recipe()
        if (
            state is None
            or not state.running
            or state.paused
            or state.on_battery
            or not state.step
            or recipe is None
        ):
            return
        if self._begun is None:
            self._begun = (time.monotonic(), state.step)
        elif state.step - self._begun[1] >= 10:
            self._rates[recipe.name] = (time.monotonic() - self._begun[0]) / (state.step - self._begun[1])

    def _show_sample(self) -> None:
        self.sample.setVisible(self._studio.training.sample is not None)
        if self._studio.training.sample is not None:
            self.sample.set_pixels(self._studio.training.sample)

    def retranslate(self) -> None:
        self.recipe.set_title(QCoreApplication.translate("TrainingPanel", "Recipe"))
        self.origin.set_title(QCoreApplication.translate("TrainingPanel", "Start from"))
        self.origin.setToolTip(
            QCoreApplication.translate(
                "TrainingPanel", "A model of yours that learns on, which is quicker than from nothing"
            )
        )
        self._show_origins()
        self.time.set_title(QCoreApplication.translate("TrainingPanel", "I have"))
        self.steps.set_title(QCoreApplication.translate("TrainingPanel", "Steps"))
        self.detail.set_title(QCoreApplication.translate("TrainingPanel", "Detail ×4 from my pictures"))
        self.minutes.unit = QCoreApplication.translate("TrainingPanel", "min")
        self.minutes.set_title(QCoreApplication.translate("TrainingPanel", "Checkpoint"))
        self.recipe.set_choices([(name, recipe.words()) for name, recipe in self._recipes.items()])
        self.time.set_choices(
            [(key, QCoreApplication.translate("TrainingPanel", words)) for key, words in TIME_WORDS.items()]
        )
        for row, tip in (
            (self.recipe, QCoreApplication.translate("TrainingPanel", "What kind of model, and how large")),
            (
                self.time,
                QCoreApplication.translate(
                    "TrainingPanel", "About how long the run may take on this computer"
                ),
            ),
            (self.steps, QCoreApplication.translate("TrainingPanel", "How many steps the run has")),
            (
                self.minutes,
                QCoreApplication.translate(
                    "TrainingPanel", "At most so long between two checkpoints; no more is lost if all ends"
                ),
            ),
            (self.detail, QCoreApplication.translate("TrainingPanel", DETAIL_TIP)),
        ):
            row.setToolTip(tip)
        self._name_buttons()
        self.curve.setAccessibleName(QCoreApplication.translate("TrainingPanel", "Loss"))
        self.curve.setToolTip(self.curve.accessibleName())
        self.sample.setAccessibleName(QCoreApplication.translate("TrainingPanel", "Sample pictures"))
        self.refresh()

    def _name_buttons(self) -> None:
        self.pause.set_name(QCoreApplication.translate("TrainingPanel", "Pause or resume"))
        self.use.setText(QCoreApplication.translate("TrainingPanel", "Use this model"))
        self.look.setText(QCoreApplication.translate("TrainingPanel", "Sample now"))
        self.look.setToolTip(
            QCoreApplication.translate("TrainingPanel", "Shows what it makes of its seeds after this step")
        )
        self.go_on.setToolTip(
            QCoreApplication.translate(
                "TrainingPanel", "Goes on from the newest checkpoint; without one it begins anew"
            )
        )
        self.remove.setText(QCoreApplication.translate("TrainingPanel", "Remove"))
        self.remove.setToolTip(
            QCoreApplication.translate("TrainingPanel", "Takes this run away; it has learnt nothing yet")
        )
        self.measure.setText(QCoreApplication.translate("TrainingPanel", "Measure"))
        self.measure.setToolTip(
            QCoreApplication.translate(
                "TrainingPanel", "How varied its pictures are, and how near to those it learnt from"
            )
        )
        for button in (self.use, self.look, self.measure, self.remove):
            button.setAccessibleName(button.text())


def count_pictures(folder: str) -> Generator[None, None, int]:
    """How many picture files lie in a folder and those inside it; a step for each folder."""
    count = 0
    for _root, _folders, names in os.walk(folder):
        count += sum(name.lower().endswith(PICTURES) for name in names)
        yield None
    return count
