"""Parts of the Training panel: what a run would take, what goes wrong in it, and its moments as a film strip."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.messages.events import Foreseen
from studio.messages.training import CHANGES, Trouble, sentence_of
from studio.recipe import QT_TRANSLATE_NOOP
from studio.ui import theme
from studio.ui.language import Retranslated
from studio.ui.widgets.picture_strip import PictureStrip, Thumb, image_of_rgb
from studio.ui.widgets.rows import ElidedLabel
from studio.workspace.studio import Studio

MOST_MOMENTS = 40
MIB, GIB = 1 << 20, 1 << 30
SPARE = 0.9
"""A run whose checkpoints take more of the free disk than this is not begun lightly."""
IN_PARTS = QT_TRANSLATE_NOOP("TrainingPanel", "Go on in {parts} parts")


class ForecastRow(Retranslated, QWidget):
    """A button that tries how fast this computer learns, and beneath it what came of that."""

    pressed = Signal()

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.button, self.line = QPushButton(), QLabel()
        self.line.setWordWrap(True)
        self.line.setProperty("quiet", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        column.addWidget(self.button)
        column.addWidget(self.line)
        self.button.clicked.connect(self._press)
        self.retranslate()

    def _press(self) -> None:
        if self._studio.training.plan.asked:
            self._studio.training.stop_foreseeing()
        else:
            self.pressed.emit()

    def refresh(self, possible: bool) -> None:
        """``possible``: there is a folder to try it on."""
        plan = self._studio.training.plan
        self.button.setEnabled(possible or plan.asked)
        self.button.setText(
            QCoreApplication.translate("TrainingPanel", "Stop trying")
            if plan.asked
            else QCoreApplication.translate("TrainingPanel", "Try and propose")
        )
        self.button.setAccessibleName(self.button.text())
        words = plan.problem or (foreseen_words(plan.found) if plan.found is not None else "")
        self.line.setText(words)
        self.line.setVisible(bool(words))

    def retranslate(self) -> None:
        self.button.setToolTip(
            QCoreApplication.translate(
                "TrainingPanel",
                "Takes a few steps that change nothing, says what the training needs, and chooses the recipe that fits the time you have",
            )
        )
        self.refresh(self.button.isEnabled())


def foreseen_words(found: Foreseen) -> str:
    """``20000 steps at 64 px take about 6.3 h here, with 1.4 GiB of memory and up to 500 MiB of the disk.``"""
    translate = QCoreApplication.translate
    if found.seconds >= 5400:
        time = translate("TrainingPanel", "{hours} h").format(hours=f"{found.seconds / 3600:.1f}")
    else:
        time = translate("TrainingPanel", "{minutes} min").format(minutes=max(1, round(found.seconds / 60)))
    words = (
        translate(
            "TrainingPanel",
            "{steps} steps at {side} px take about {time} on this computer, with {memory} of memory and up to {disk} MiB of the disk.",
        )
        if found.memory > 0
        else translate(
            "TrainingPanel",
            "{steps} steps at {side} px take about {time} on this computer and up to {disk} MiB of the disk.",
        )
    ).format(
        side=found.side,
        steps=found.steps,
        time=time,
        memory=f"{found.memory / GIB:.1f} GiB",
        disk=max(1, round(found.disk / MIB)),
    )
    if 0 <= found.room * SPARE < found.disk:
        words += "\n" + translate(
            "TrainingPanel", "The disk has only {room} MiB free: make room first."
        ).format(room=round(found.room / MIB))
    if not found.enough:
        words += "\n" + translate(
            "TrainingPanel", "That is too short for it to show much; the longer, the better."
        )
    return words


class TroubleCard(Retranslated, QWidget):
    """What goes wrong, and the button that changes it."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.sentence, self.button = QLabel(), QPushButton()
        self.sentence.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 6)
        column.setSpacing(4)
        column.addWidget(self.sentence)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.button.clicked.connect(studio.training.change)
        self.retranslate()

    def refresh(self) -> None:
        state, tuning = self._studio.training.state, self._studio.training.suggested()
        said, word = "", ""
        if state is not None and state.warned is not None and not state.failure:
            text, values = sentence_of(state.warned)
            said = QCoreApplication.translate("training", text).format(**values)
            word = _change(state.warned.trouble)
        if state is not None and state.failure == "runaway":
            word = _change("runaway")
        if state is not None and state.failure == "out_of_memory" and tuning is not None:
            said = QCoreApplication.translate(
                "TrainingPanel", "A batch can be worked on in parts: less memory, the same sums, more time."
            )
            word = QCoreApplication.translate("TrainingPanel", IN_PARTS).format(parts=tuning.parts)
        self.sentence.setText(said)
        self.sentence.setVisible(bool(said))
        self.button.setText(word)
        self.button.setAccessibleName(word)
        self.button.setVisible(tuning is not None and bool(word))
        self.setVisible(bool(said) or (tuning is not None and bool(word)))

    def retranslate(self) -> None:
        self.button.setToolTip(
            QCoreApplication.translate(
                "TrainingPanel", "Goes on from the newest checkpoint with this change; nothing is lost"
            )
        )
        self.refresh()


def _change(trouble: Trouble) -> str:
    return QCoreApplication.translate("training", CHANGES[trouble])


class MomentStrip(Retranslated, QWidget):
    """What the run made of the same seeds, one thumbnail for each look; a press or the arrows show it large, a star says that it is kept."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._shown: tuple[object, ...] = ()
        self.strip, self.keep = PictureStrip(48), QPushButton()
        self.words = ElidedLabel(token="secondary", pixels=theme.SMALL_PIXELS)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.words, 1)
        line.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.strip)
        column.addLayout(line)
        self.strip.chosen.connect(lambda key: studio.training.show_moment(int(key)))
        self.strip.stepped.connect(lambda key: studio.training.show_moment(int(key)))
        self.keep.clicked.connect(studio.training.keep_moment)
        self.retranslate()

    def refresh(self) -> None:
        training = self._studio.training
        state = training.state
        moments = state.moments if state is not None else ()
        self.setVisible(bool(moments))
        if state is None or not moments:
            return
        chosen = training.shown if training.shown >= 0 else moments[-1].step
        looks = (moments[-1].step, len(moments), chosen, state.kept, state.saved)
        if looks != self._shown:
            self._shown = looks
            words = QCoreApplication.translate("TrainingPanel", "step {step}")
            thumbs = tuple(
                Thumb(
                    key=str(one.step), image=image_of_rgb(one.thumbnail), star=one.step in state.kept,
                    words=words.format(step=one.step),
                )
                for one in thinned(moments, state.kept | {chosen})
            )  # fmt: skip
            self.strip.set_thumbs(thumbs, str(chosen))
            self.strip.show_key(str(chosen))
        kept = training.moment() in state.kept
        self.words.set_text(self._word(chosen, kept))
        present = training.shown < 0 and state.running
        self.keep.setEnabled(present or (bool(training.checkpoint()) and not kept))

    def _word(self, step: int, kept: bool) -> str:
        translate = QCoreApplication.translate
        if kept:
            return translate("TrainingPanel", "step {step}, kept").format(step=step)
        if not self._studio.training.checkpoint():
            return translate("TrainingPanel", "step {step}, pictures only").format(step=step)
        return translate("TrainingPanel", "step {step}").format(step=step)

    def retranslate(self) -> None:
        self.strip.setAccessibleName(QCoreApplication.translate("TrainingPanel", "What it made, by time"))
        self.keep.setText(QCoreApplication.translate("TrainingPanel", "Keep this moment"))
        self.keep.setAccessibleName(self.keep.text())
        self.keep.setToolTip(
            QCoreApplication.translate(
                "TrainingPanel", "Its model stays in the list of models, however long the run goes on"
            )
        )
        self._shown = ()
        self.refresh()


def thinned(moments: tuple, always: frozenset[int] | set[int]) -> list:
    """At most ``MOST_MOMENTS`` of them: ever closer towards the present, the first and those that are kept among them."""
    count = len(moments)
    if count <= MOST_MOMENTS:
        return list(moments)
    last = count - 1
    places = {last - round(last ** (index / (MOST_MOMENTS - 2))) for index in range(MOST_MOMENTS - 1)}
    places |= {last} | {place for place, one in enumerate(moments) if one.step in always}
    return [moments[place] for place in sorted(places)]
