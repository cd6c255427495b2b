"""The Generate panel: model, its four sliders, variety, seed, count and size, and the one button."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from studio.messages.models import ModelEntry
from studio.recipe import QT_TRANSLATE_NOOP
from studio.ui import theme
from studio.ui.language import Retranslated, spoken
from studio.ui.panels import commands
from studio.ui.panels.class_rows import ClassRows
from studio.ui.panels.direction_sliders import DirectionSliders, pinned
from studio.ui.panels.following import Follower
from studio.ui.panels.layer_rows import real_pixels
from studio.ui.panels.model_list import ModelList, facts_of, picture_of, title_of
from studio.ui.widgets import paint
from studio.ui.widgets.buttons import IconButton, PrimaryButton
from studio.ui.widgets.cards import Card, EmptyState, ScrollPage
from studio.ui.widgets.rows import ChoiceBox, ElidedLabel, Row, SeedRow
from studio.workspace.generating import ButtonState
from studio.workspace.press_words import MISSING
from studio.workspace.studio import Studio

COUNTS = (1, 2, 4, 8, 16)
TIMES = "\N{MULTIPLICATION SIGN}"
SIZES = {
    "canvas": QT_TRANSLATE_NOOP("GeneratePanel", "To canvas"),
    "native": QT_TRANSLATE_NOOP("GeneratePanel", "Native size"),
}


class GeneratePanel(Retranslated, QWidget):
    """Bound to the selected generated layer while there is one, to its own values otherwise."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._preview: tuple[ModelEntry | None, str] = (None, "")
        self._said = "", ""
        self.page = ScrollPage()
        self.card = Card()
        self.classes = ClassRows(studio)
        self.sliders = DirectionSliders(studio)
        self.seed = SeedRow(" ", 0)
        self.count, self.size_choice = ChoiceBox(), ChoiceBox()
        self.make = Row(" ")
        self.button, self.more = PrimaryButton(), IconButton("chevron-down")
        self.forecast = ElidedLabel(token="secondary", pixels=theme.SMALL_PIXELS)
        self.empty = EmptyState()
        self._arrange()
        self._connect()
        generating = studio.generating
        signals = (
            generating.changed,
            generating.models_changed,
            generating.strip_changed,
            studio.jobs.changed,
        )
        self._follower = Follower(self, studio, self.refresh, *signals, picture=True)
        self.retranslate()

    def _arrange(self) -> None:
        self.make.line.addWidget(self.count, 1)
        self.make.line.addWidget(self.size_choice, 1)
        body = self.page.body
        body.setContentsMargins(8, 4, 8, 0)
        body.addWidget(self.card)
        body.addSpacing(4)
        for widget in (self.classes, self.sliders, self.seed, self.make):
            body.addWidget(widget)
            body.addSpacing(4)
        body.addStretch(1)
        self.page.foot.setContentsMargins(8, 4, 8, 4)
        self.page.foot.setSpacing(0)
        self.forecast.setFixedHeight(16)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.button, 1)
        line.addWidget(self.more)
        self.page.foot.addLayout(line)
        self.page.foot.addWidget(self.forecast)
        self.forecast.alignment = Qt.AlignmentFlag.AlignHCenter
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.page)
        self._stack.addWidget(self.empty)
        order = (
            self.card,
            self.classes,
            self.sliders,
            self.seed.field,
            self.seed.dice,
            self.seed.lock,
            self.count,
            self.size_choice,
        )
        for before, after in zip(order, (*order[1:], self.button), strict=True):
            self.setTabOrder(before, after)
        self.setTabOrder(self.button, self.more)

    def _connect(self) -> None:
        generating = self._studio.generating
        self.card.clicked.connect(self.open_models)
        self.seed.seed_changed.connect(self._studio.exploring.set_seed)
        self.seed.lock_changed.connect(lambda locked: generating.set_values(seed_locked=locked))
        self.count.activated.connect(lambda index: generating.set_values(count=self.count.itemData(index)))
        self.size_choice.activated.connect(
            lambda index: generating.set_values(size_rule=self.size_choice.itemData(index))
        )
        self.button.clicked.connect(self.press)
        self.more.clicked.connect(self._open_more)
        self.empty.triggered.connect(lambda: commands.press(self, self._studio, "import-model"))

    # ── what it does ─────────────────────────────────────────────────────────────────────────────────────────────────
    def press(self) -> None:
        """The button: Generate, or Stop while pictures are under way."""
        if self._studio.generating.running:
            self._studio.generating.stop()
        else:
            commands.press(self, self._studio, "generate")

    def open_models(self) -> ModelList:
        """The list of models under the card."""
        entry = self._studio.generating.model
        models = ModelList(self._studio.generating.models, entry, self)
        models.chosen.connect(self._studio.generating.choose_model)
        models.export_wanted.connect(self._export)
        models.import_wanted.connect(lambda: commands.press(self, self._studio, "import-model"))
        models.train_wanted.connect(lambda: commands.press(self, self._studio, "train"))
        models.open_below(self.card)
        return models

    def _export(self, entry: ModelEntry) -> None:
        from studio.ui.dialogs.export_model import ask_export

        ask_export(self, self._studio, entry)

    def _open_more(self) -> None:
        menu = commands.menu_of(
            self, self._studio, "generate-new", "surprise", "sliders-zero", "", "import-model", "train"
        )
        menu.popup(
            self.more.mapToGlobal(
                QPoint(self.more.width() - menu.sizeHint().width(), -menu.sizeHint().height())
            )
        )

    # ── what it shows ────────────────────────────────────────────────────────────────────────────────────────────────
    def refresh(self) -> None:
        """Writes only what is other than before."""
        generating = self._studio.generating
        entry, target = generating.model, generating.target
        self._stack.setCurrentWidget(self.empty if entry is None and target is None else self.page)
        self._show_card(entry)
        self.classes.show_classes(entry)
        if entry is not None:
            self.sliders.show_directions(pinned(entry))
        self.sliders.setEnabled(entry is not None)
        self.sliders.show_values()
        values = generating.values
        self.seed.set_seed(self._studio.exploring.seed)
        self.seed.set_locked(values.seed_locked)
        self.count.setCurrentIndex(self.count.findData(values.count))
        self.size_choice.setCurrentIndex(self.size_choice.findData(values.size_rule))
        self._show_button(generating.button())

    def _show_card(self, entry: ModelEntry | None) -> None:
        target = self._studio.generating.target
        if (entry, spoken()) != self._preview:
            self._preview = (entry, spoken())
            self.card.set_image(picture_of(entry) if entry else QImage())
        if entry is None:
            words = QCoreApplication.translate("GeneratePanel", "model missing · Locate…")
            self._card_texts(target.model if target else "", words, "danger_text")
        elif target is not None:
            words = QCoreApplication.translate("GeneratePanel", "generated · {number} of {count}")
            line = words.format(number=target.chosen + 1, count=len(target.variants))
            line = " · ".join(part for part in (line, real_pixels(target.variant)) if part)
            title = QCoreApplication.translate("GeneratePanel", "{model} (layer)").format(
                model=title_of(entry)
            )
            self._card_texts(title, line, "generated")
        else:
            line = facts_of(entry, self._studio.generating.seconds_each())
            self._card_texts(title_of(entry), line, "secondary")

    def _card_texts(self, *texts: str) -> None:
        if texts != (self.card.title, self.card.line, self.card.token):
            self.card.set_texts(*texts)

    def _show_button(self, state: ButtonState) -> None:
        text = QCoreApplication.translate("generate", state.text).format(**state.arguments)
        reason = self._reason(state.reason)
        said = reason or (QCoreApplication.translate("generate", state.note) if state.note else "")
        if (text, said) != self._said:
            self._said = text, said
            keys = commands.shortcut("stop" if state.running else "generate", self)
            self.button.set_text(text, keys, said)
        self.button.setEnabled(state.enabled)
        self.button.set_primary(state.enabled and not state.running)
        self.button.set_progress(self._part() if state.running else None)
        doing = self._studio.generating.doing
        line = QCoreApplication.translate("engine", doing) if doing else reason or forecast_of(state)
        if line != self.forecast.text():
            self.forecast.set_text(line)

    def _reason(self, reason: str) -> str:
        if reason == MISSING:
            return QCoreApplication.translate(
                "GeneratePanel", "The model of this layer is missing. Locate its file."
            )
        return QCoreApplication.translate("generate", reason) if reason else ""

    def _part(self) -> float:
        """How much of the press is done, 0–1."""
        left, forming = self._studio.generating.forming
        whole = max(self._studio.generating.values.count, left, 1)
        return (whole - left + forming) / whole

    def retranslate(self) -> None:
        self.seed.set_title(QCoreApplication.translate("GeneratePanel", "Seed"))
        self.make.set_title(QCoreApplication.translate("GeneratePanel", "Make"))
        self._fill_choices()
        self.count.setAccessibleName(QCoreApplication.translate("GeneratePanel", "How many pictures"))
        self.size_choice.setAccessibleName(
            QCoreApplication.translate("GeneratePanel", "Size of the pictures")
        )
        for box in (self.count, self.size_choice):
            box.setToolTip(box.accessibleName())
        self.more.set_name(QCoreApplication.translate("GeneratePanel", "More ways to generate"))
        self.empty.set_texts(
            QCoreApplication.translate(
                "GeneratePanel", "There is no model yet. Train one on a folder of pictures, or import one."
            ),
            QCoreApplication.translate("GeneratePanel", "Import model…"),
        )
        self._preview, self._said = (None, ""), ("", "")
        self.refresh()

    def _fill_choices(self) -> None:
        self.count.clear()
        for count in COUNTS:
            words = (
                QCoreApplication.translate("GeneratePanel", "1 picture")
                if count == 1
                else QCoreApplication.translate("GeneratePanel", "{count} pictures").format(count=count)
            )
            self.count.addItem(words, count)
        self.size_choice.clear()
        for rule, words in SIZES.items():
            self.size_choice.addItem(QCoreApplication.translate("GeneratePanel", words), rule)


def forecast_of(state: ButtonState) -> str:
    """``≈ 0.9 s · 256 px → 2480 (×9.7)``: seconds measured here, real pixels against those of the canvas."""
    parts = []
    if state.seconds > 0:
        about = QCoreApplication.translate("GeneratePanel", "≈ {seconds} s")
        parts.append(about.format(seconds=paint.number(max(state.seconds, 0.1), 1)))
    if state.real_pixels and state.shown_pixels > state.real_pixels:
        times = state.shown_pixels / state.real_pixels
        parts.append(f"{state.real_pixels} px → {state.shown_pixels} ({TIMES}{times:.1f})")
    elif state.real_pixels:
        parts.append(f"{state.real_pixels} px")
    return " · ".join(parts)
