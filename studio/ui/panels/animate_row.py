"""Under the values of a pattern or of noise: it runs along its third axis on the canvas, and is written as a loop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from studio.synthesis import looping
from studio.ui.language import Retranslated
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.rows import ElidedLabel
from studio.workspace.animating import PACE, FilterPlaying, Playing
from studio.workspace.studio import Studio

EVERY = 33
"""Milliseconds between two frames that are asked for; as many come as the render lane can make."""


class AnimateRow(Retranslated, QWidget):
    """Play and pause, and a button that writes. Paused, the values hold the moment that is seen."""

    def __init__(
        self,
        studio: Studio,
        layer_id: str,
        form: ParameterForm,
        keep: Callable[[str, Any], object],
        player: Callable[[Studio, str], Playing | FilterPlaying] = Playing,
        parent: QWidget | None = None,
    ) -> None:
        """``keep``: takes the layer's id and its values, once it rests."""
        super().__init__(parent)
        self._studio, self._layer, self._form = studio, layer_id, form
        self._keep, self._make_player = keep, player
        self._player: Playing | FilterPlaying | None = None
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._ask)
        self.play = IconButton("play", checkable=True, checked_icon="pause")
        self.play.toggled.connect(lambda on: self.start() if on else self.pause())
        self.label = ElidedLabel(token="secondary")
        self.write = QPushButton()
        self.write.setAutoDefault(False)
        self.write.clicked.connect(self.ask_where)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 4, 0, 4)
        line.setSpacing(8)
        line.addWidget(self.play)
        line.addWidget(self.label, 1)
        line.addWidget(self.write)
        self.retranslate()

    @property
    def playing(self) -> bool:
        return self._player is not None

    def start(self) -> None:
        """From the moment that the values hold."""
        self._player = self._make_player(self._studio, self._layer)
        self._asked = self._form.values()
        self._clock.start()
        self._timer.start()
        self.retranslate()
        self._ask()

    def _now(self) -> msgspec.Struct:
        values = looping.looped(self._form.values())
        return looping.moment(values, self._clock.elapsed() / 1000 * PACE / values.loop)

    def _ask(self) -> None:
        if self._player is not None:
            now = self._now()
            if self._player.ask(now):
                self._asked = now

    def pause(self) -> None:
        """The moment that is seen becomes the value of time, exactly drawn."""
        if self._player is None:
            return
        values = self._asked
        self._timer.stop()
        self._player.stop()
        self._player = None
        self.play.setChecked(False)
        self._form.set_values(values)
        self._keep(self._layer, values)
        self.retranslate()

    def ask_where(self) -> None:
        from studio.ui.dialogs.loop import LoopDialog

        self.pause()
        LoopDialog(self._studio, self._layer, self._form.values(), self.window()).open()

    def hideEvent(self, event: object) -> None:
        self.pause()

    def retranslate(self) -> None:
        words = (
            QCoreApplication.translate("FillLayer", "Pause")
            if self.playing
            else QCoreApplication.translate("FillLayer", "Play along the third axis")
        )
        self.play.set_name(words)
        self.label.set_text(QCoreApplication.translate("FillLayer", "Animate"))
        self.write.setText(QCoreApplication.translate("FillLayer", "Write loop…"))
        self.write.setToolTip(
            QCoreApplication.translate(
                "FillLayer", "As animated WebP or GIF, video, or PNG files, without a seam"
            )
        )
