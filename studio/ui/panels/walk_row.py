"""The walk of an exploration: small pictures of where it has been, and the way back and forward."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.ui import theme
from studio.ui.bind import bind_later
from studio.ui.language import Retranslated
from studio.ui.panels.class_rows import class_titles, class_words
from studio.ui.panels.direction_pad import title_of
from studio.ui.panels.results import seed_words
from studio.ui.widgets import paint
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.picture_strip import PictureStrip, Thumb, image_of_rgb
from studio.ui.widgets.rows import ElidedLabel
from studio.workspace.studio import Studio
from studio.workspace.walk import State

OWNER = "walk"
SIDE = 32


class WalkRow(Retranslated, QWidget):
    """A click on a picture goes there: one undo step, and nothing of the walk is forgotten."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._shown: tuple[tuple[State, ...], int] = ((), -1)
        self.back, self.forward = (
            IconButton("chevron-left", small=True),
            IconButton("chevron-right", small=True),
        )
        self.strip = PictureStrip(SIDE)
        self.empty = ElidedLabel(token="secondary", pixels=theme.SMALL_PIXELS)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.back)
        line.addWidget(self.strip, 1)
        line.addWidget(self.empty, 1)
        line.addWidget(self.forward)
        self.setFixedHeight(SIDE + 4)
        self.back.clicked.connect(lambda: studio.exploring.step_walk(-1))
        self.forward.clicked.connect(lambda: studio.exploring.step_walk(1))
        self.strip.chosen.connect(self.go)
        bind_later(self, studio.exploring.quick.arrived, self.refresh, 30)
        self.retranslate()

    def go(self, key: str) -> None:
        self._studio.exploring.go_to(self._studio.exploring.walk[int(key)])

    def refresh(self) -> None:
        exploring = self._studio.exploring
        states, place = exploring.walk, exploring.walk_place
        requests = tuple(exploring.small(state) for state in states)
        pictures = [exploring.quick.of(request) for request in requests]
        if self.isVisible() and any(one is None for one in pictures) and self._studio.engine is not None:
            exploring.quick.want(OWNER, requests)
        thumbs = [
            Thumb(str(index), QImage() if pixels is None else image_of_rgb(pixels), self.describe(state))
            for index, (state, pixels) in enumerate(zip(states, pictures, strict=True))
        ]
        self.strip.setVisible(bool(thumbs))
        self.empty.setVisible(not thumbs)
        self.strip.set_thumbs(tuple(thumbs), str(place) if place >= 0 else "")
        if (states, place) != self._shown and place >= 0:
            self.strip.show_key(str(place))
        self._shown = states, place
        self.back.setEnabled(place > 0)
        self.forward.setEnabled(0 <= place < len(states) - 1)

    def describe(self, state: State) -> str:
        """``cat · Mist +1.8 · seed 20417``."""
        entry = self._studio.generating.model
        named = {one.name: one for one in entry.card.sliders} if entry is not None else {}
        parts = [
            f"{title_of(named[name])} {paint.number(named[name].seen(value), 1, signed=True)}"
            if name in named
            else f"{name} {paint.number(value, 1, signed=True)}"
            for name, value in sorted(state.sliders.items(), key=lambda item: -abs(item[1]))[:3]
        ]
        seed = seed_words(state.seed, state.parts)
        return " · ".join([*filter(None, (class_words(state.mix, class_titles(entry)),)), *parts, seed])

    def retranslate(self) -> None:
        self.back.set_name(QCoreApplication.translate("ExplorePanel", "Back on the walk"))
        self.forward.set_name(QCoreApplication.translate("ExplorePanel", "Forward on the walk"))
        self.strip.setAccessibleName(QCoreApplication.translate("ExplorePanel", "Walk"))
        self.empty.set_text(
            QCoreApplication.translate("ExplorePanel", "Where you stop with a slider stands here.")
        )
        self.refresh()
