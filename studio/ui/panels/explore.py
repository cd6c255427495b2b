"""The Explore panel: every direction of the model."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QWidget

from studio.ui import theme
from studio.ui.language import Retranslated
from studio.ui.panels import commands
from studio.ui.panels.direction_sliders import DirectionSliders
from studio.ui.panels.following import Follower
from studio.ui.panels.model_list import title_of
from studio.ui.widgets.cards import EmptyState, ScrollPage
from studio.ui.widgets.rows import ElidedLabel
from studio.workspace.studio import Studio


class ExplorePanel(Retranslated, QWidget):
    """All sliders of the model, live on the selected generated layer, or the values of the next press."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.page = ScrollPage()
        self.title = ElidedLabel(token="secondary", pixels=theme.SMALL_PIXELS)
        self.sliders = DirectionSliders(studio)
        self.surprise, self.zero = QPushButton(), QPushButton()
        self.empty = EmptyState()
        self.title.setFixedHeight(24)
        self.page.body.setContentsMargins(8, 4, 8, 8)
        self.page.body.addWidget(self.title)
        self.page.body.addWidget(self.sliders)
        self.page.body.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.surprise, 1)
        line.addWidget(self.zero, 1)
        self.page.foot.addLayout(line)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.page)
        self._stack.addWidget(self.empty)
        self.surprise.clicked.connect(lambda: commands.press(self, studio, "surprise"))
        self.zero.clicked.connect(lambda: commands.press(self, studio, "sliders-zero"))
        self.empty.triggered.connect(lambda: commands.press(self, studio, "import-model"))
        signals = (studio.generating.changed, studio.generating.models_changed)
        self._follower = Follower(self, studio, self.refresh, *signals, picture=True)
        self.retranslate()

    def refresh(self) -> None:
        generating = self._studio.generating
        entry, target = generating.model, generating.target
        self._stack.setCurrentWidget(self.page if entry is not None else self.empty)
        if entry is None:
            return
        self.sliders.show_directions(entry.card.sliders)
        self.sliders.show_values()
        if target is not None:
            words = QCoreApplication.translate("ExplorePanel", "{layer}: variation {number} of {count}")
            text = words.format(layer=target.name, number=target.chosen + 1, count=len(target.variants))
        else:
            words = QCoreApplication.translate("ExplorePanel", "{model}: for the next pictures")
            text = words.format(model=title_of(entry))
        if text != self.title.text():
            self.title.set_text(text)
        self.title.token = "generated" if target is not None else "secondary"
        self.surprise.setEnabled(generating.button().enabled and not generating.running)
        self.zero.setEnabled(any(self._studio.exploring.values.values()))

    def retranslate(self) -> None:
        for button, name, tip in (
            (
                self.surprise,
                "surprise",
                QCoreApplication.translate("ExplorePanel", "New seed, sliders by chance"),
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
        self.empty.set_texts(
            QCoreApplication.translate(
                "ExplorePanel",
                "A model's directions stand here: season, mist, height … Import or train a model first.",
            ),
            QCoreApplication.translate("ExplorePanel", "Import model…"),
        )
        self.refresh()
