"""The Explore panel: every direction of the model, two of them on a pad, the walk, and the limit to the selection."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QWidget

from studio.document.layer import Generated
from studio.messages.models import ModelEntry
from studio.ui import theme
from studio.ui.bind import bind
from studio.ui.language import Retranslated
from studio.ui.panels import commands
from studio.ui.panels.class_rows import ClassRows
from studio.ui.panels.direction_pad import DirectionPad
from studio.ui.panels.direction_sliders import DirectionSliders
from studio.ui.panels.following import Follower
from studio.ui.panels.mixture_row import MixtureRow
from studio.ui.panels.model_list import title_of
from studio.ui.panels.walk_row import WalkRow
from studio.ui.widgets.cards import EmptyState, ScrollPage
from studio.ui.widgets.picture_strip import PICTURE_MIME
from studio.ui.widgets.rows import ElidedLabel, SwitchRow
from studio.workspace.studio import Studio

LEARNING = "learning"


class ExplorePanel(Retranslated, QWidget):
    """All sliders of the model, live on the selected generated layer, or the values of the next press."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.page = ScrollPage()
        self.title = ElidedLabel(token="secondary", pixels=theme.SMALL_PIXELS)
        self.note = QLabel()
        self.only = SwitchRow()
        self.classes = ClassRows(studio)
        self.sliders = DirectionSliders(studio, strips=True)
        self.pad = DirectionPad(studio)
        self.mixture = MixtureRow(studio)
        self.walk = WalkRow(studio)
        self.surprise, self.zero, self.finder = QPushButton(), QPushButton(), QPushButton()
        self.empty = EmptyState()
        self._arrange()
        self.setAcceptDrops(True)
        self.surprise.clicked.connect(lambda: commands.press(self, studio, "surprise"))
        self.zero.clicked.connect(lambda: commands.press(self, studio, "sliders-zero"))
        self.finder.clicked.connect(self._find_or_stop)
        self.only.toggled.connect(studio.exploring.set_only_in_selection)
        self.empty.triggered.connect(lambda: commands.press(self, studio, "import-model"))
        generating, exploring = studio.generating, studio.exploring
        signals = (
            generating.changed, generating.models_changed, exploring.changed, exploring.pad.changed, exploring.mixing.changed,
        )  # fmt: skip
        bind(self, generating.directions.changed, self._show_finding)
        self._follower = Follower(self, studio, self.refresh, *signals, picture=True)
        self.retranslate()

    def _arrange(self) -> None:
        self.title.setFixedHeight(24)
        self.note.setWordWrap(True)
        self.note.setProperty("quiet", True)
        body = self.page.body
        body.setContentsMargins(8, 4, 8, 8)
        rows = (
            self.title,
            self.note,
            self.only,
            self.mixture,
            self.classes,
            self.sliders,
            self.pad,
            self.finder,
        )
        for widget in rows:
            body.addWidget(widget)
        body.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.surprise, 1)
        line.addWidget(self.zero, 1)
        self.page.foot.addWidget(self.walk)
        self.page.foot.addLayout(line)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.page)
        self._stack.addWidget(self.empty)

    # ── a result is let fall here ────────────────────────────────────────────────────────────────────────────────────
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._carried(event):
            event.setDropAction(Qt.DropAction.MoveAction)  # not the copy that takes it out of the strip
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.dragEnterEvent(event)  # type: ignore[arg-type]

    def dropEvent(self, event: QDropEvent) -> None:
        """It is pinned to a corner of the pad."""
        if key := self._carried(event):
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
            self._studio.exploring.mixing.pin(key)

    def _carried(self, event: QDropEvent) -> str:
        """The variation of the selected layer that is carried, else nothing."""
        layer = self._studio.generating.target
        key = bytes(event.mimeData().data(PICTURE_MIME).data()).decode()
        return key if layer is not None and any(one.id == key for one in layer.variants) else ""

    def _find_or_stop(self) -> None:
        directions = self._studio.generating.directions
        if directions.finding:
            directions.stop()
        else:
            commands.press(self, self._studio, "find-directions")

    def _show_finding(self) -> None:
        """The button tells how far it has come, and stops it."""
        directions = self._studio.generating.directions
        text = commands.words("find-directions")
        if directions.finding:
            part = round(100 * (directions.part or 0.0))
            text = QCoreApplication.translate("ExplorePanel", "Stop · {part} %").format(part=part)
        self.finder.setText(text)
        self.finder.setAccessibleName(text)
        self.finder.setEnabled(directions.finding or directions.can_find)

    # ── what it shows ────────────────────────────────────────────────────────────────────────────────────────────────
    def refresh(self) -> None:
        generating, exploring = self._studio.generating, self._studio.exploring
        entry = generating.model
        self._stack.setCurrentWidget(self.page if entry is not None else self.empty)
        if entry is None:
            self._show_empty(generating.target)
            return
        works = self._studio.engine is not None
        self.classes.show_classes(entry)
        self.sliders.show_directions(entry.card.sliders)
        self.sliders.show_values()
        self.pad.refresh(entry.card.sliders)
        self.walk.refresh()
        self.mixture.refresh()
        for widget in (self.mixture, self.classes, self.sliders, self.pad, self.walk):
            widget.setEnabled(works)
        self._show_title(entry)
        self._show_note(entry)
        self._show_limit()
        self._show_finding()
        self.surprise.setEnabled(generating.button().enabled and not generating.running)
        self.zero.setEnabled(works and any(exploring.values.values()))

    def _show_empty(self, target: Generated | None) -> None:
        """No model at all, or not the one that made the selected layer."""
        if target is None:
            words = QCoreApplication.translate(
                "ExplorePanel",
                "A model's directions stand here: season, mist, height … Import or train a model first.",
            )
            self.empty.set_texts(words, QCoreApplication.translate("ExplorePanel", "Import model…"))
            return
        words = QCoreApplication.translate(
            "ExplorePanel",
            "The model “{model}” of this layer is missing. Its picture stays; with its file the sliders move again.",
        )
        locate = QCoreApplication.translate("ExplorePanel", "Locate…")
        self.empty.set_texts(words.format(model=target.model), locate)

    def _show_title(self, entry: ModelEntry) -> None:
        """Whose values these are; while something is waited for, what it is."""
        target, doing = self._studio.generating.target, self._studio.exploring.doing
        if doing:
            text = QCoreApplication.translate("engine", doing)
        elif target is not None:
            words = QCoreApplication.translate("ExplorePanel", "{layer}: variation {number} of {count}")
            text = words.format(layer=target.name, number=target.chosen + 1, count=len(target.variants))
        else:
            words = QCoreApplication.translate("ExplorePanel", "{model}: for the next pictures")
            text = words.format(model=title_of(entry))
        if LEARNING in entry.card.abilities and not doing:
            words = QCoreApplication.translate("ExplorePanel", "{what} · learning, step {step}")
            text = words.format(what=text, step=entry.card.steps)
        token = "secondary" if doing or target is None else "generated"
        if (text, token) != (self.title.text(), self.title.token):
            self.title.token = token
            self.title.set_text(text)

    def _show_note(self, entry: ModelEntry) -> None:
        text = ""
        reason = self._studio.generating.button().reason
        if reason:
            text = QCoreApplication.translate("generate", reason)
        elif not entry.card.sliders:
            text = QCoreApplication.translate(
                "ExplorePanel", "This model has no sliders yet; it can be looked through for directions."
            )
        if text != self.note.text():
            self.note.setText(text)
        self.note.setVisible(bool(text))

    def _show_limit(self) -> None:
        exploring = self._studio.exploring
        can, on = exploring.can_limit, exploring.only_in_selection
        self.only.setEnabled(can)
        if self.only.isChecked() != on:
            blocked = self.only.blockSignals(True)
            self.only.setChecked(on)
            self.only.blockSignals(blocked)
            self.only.update()
        tip = (
            QCoreApplication.translate(
                "ExplorePanel",
                "The change shows inside the selection alone, on a part that lies over the layer",
            )
            if can
            else QCoreApplication.translate("ExplorePanel", "Nothing is selected")
        )
        self.only.setToolTip(tip)

    def retranslate(self) -> None:
        tip = QCoreApplication.translate(
            "ExplorePanel", "Looks for what changes this model's pictures most, and makes sliders of it"
        )
        self.finder.setToolTip(tip)
        self.only.set_title(QCoreApplication.translate("ExplorePanel", "Only in the selection"))
        for button, name, tip in (
            (
                self.surprise,
                "surprise",
                QCoreApplication.translate("ExplorePanel", "One slider by chance, by 1 σ up or down"),
            ),
            (
                self.zero,
                "sliders-zero",
                QCoreApplication.translate("ExplorePanel", "Every slider to its middle"),
            ),
        ):
            button.setText(commands.words(name))
            button.setAccessibleName(button.text())
            keys = commands.shortcut(name, self)
            button.setToolTip(f"{tip} ({keys})" if keys else tip)
        self.refresh()
