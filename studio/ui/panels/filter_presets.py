"""The presets of one filter in a line: choose, keep the values as they are, delete, go back to the first ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from studio.filters import FilterKind
from studio.project.shipped_presets import Preset, values_of
from studio.ui.bind import bind
from studio.ui.language import Retranslated, spoken
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.rows import ChoiceBox
from studio.workspace.studio import Studio


class PresetLine(Retranslated, QWidget):
    """``taken`` brings a preset's values. ``now``: the values that would be kept."""

    taken = Signal(object)

    def __init__(
        self,
        studio: Studio,
        kind: FilterKind,
        now: Callable[[], msgspec.Struct],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._presets, self._kind, self._now = studio.filtering.presets, kind, now
        self.choice, self.name = ChoiceBox(), QLineEdit()
        self.keep, self.drop, self.back = (IconButton(one) for one in ("save", "trash-2", "rotate-ccw"))
        self.name.hide()
        self.name.installEventFilter(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 4)
        line.setSpacing(4)
        line.addWidget(self.choice, 1)
        line.addWidget(self.name, 1)
        for button in (self.keep, self.drop, self.back):
            line.addWidget(button)
        self.choice.activated.connect(self._take)
        self.keep.clicked.connect(self._ask_name)
        self.drop.clicked.connect(self._drop)
        self.back.clicked.connect(lambda: self.taken.emit(kind.parameters()))
        bind(self, self._presets.changed, self._fill)
        self._presets.load(kind)
        self.retranslate()

    def _fill(self) -> None:
        kept: dict[str, Any] = self._presets.of(self._kind)
        shipped = self._presets.shipped(self._kind)
        chosen = self.choice.currentData()
        self.choice.clear()
        self.choice.addItem(QCoreApplication.translate("Filter", "Presets"), None)
        for title in kept:
            self.choice.addItem(title, title)
        if shipped and kept:
            self.choice.insertSeparator(self.choice.count())
        for preset in shipped:
            self.choice.addItem(preset.title_in(spoken()), preset)
        self._choose(chosen)

    def _choose(self, chosen: str | Preset | None) -> None:
        """Shows the artist's preset of a title, or one that came with Danqing; only the former can be deleted."""
        places = [index for index in range(self.choice.count()) if self.choice.itemData(index) == chosen]
        self.choice.setCurrentIndex(places[0] if places and chosen is not None else 0)
        self.drop.setEnabled(isinstance(self.choice.currentData(), str))

    def _take(self, _row: int) -> None:
        chosen = self.choice.currentData()
        self.drop.setEnabled(isinstance(chosen, str))
        if isinstance(chosen, Preset):
            self.taken.emit(values_of(self._kind, chosen))
        elif chosen is not None:
            self.taken.emit(self._presets.of(self._kind)[chosen])

    def _drop(self) -> None:
        title = self.choice.currentData()
        if isinstance(title, str):
            self._presets.delete(self._kind, title)

    # ── a name for the values ────────────────────────────────────────────────────────────────────────────────────────
    def _ask_name(self) -> None:
        """A field for the name stands where the presets do, until Enter or Esc."""
        self.name.setText(self.choice.currentText() if self.choice.currentData() is not None else "")
        self._naming(True)
        self.name.selectAll()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _naming(self, on: bool) -> None:
        self.name.setVisible(on)
        self.choice.setVisible(not on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Esc in the field are about the name, not about what stands around the line."""
        if watched is self.name and event.type() == QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
                if key != Qt.Key.Key_Escape:
                    self.save(self.name.text())
                self._naming(False)
                self.choice.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)

    def save(self, title: str) -> None:
        """Keeps the values as they are now; a preset of that title is replaced."""
        title = title.strip()
        if title:
            self._presets.save(self._kind, title, self._now())
            self._choose(title)

    def retranslate(self) -> None:
        self.choice.setAccessibleName(QCoreApplication.translate("Filter", "Presets"))
        self.choice.setToolTip(self.choice.accessibleName())
        self.name.setAccessibleName(QCoreApplication.translate("Filter", "Name of the preset"))
        self.name.setPlaceholderText(self.name.accessibleName())
        self.keep.set_name(QCoreApplication.translate("Filter", "Save these values as a preset"))
        self.drop.set_name(QCoreApplication.translate("Filter", "Delete the preset"))
        self.back.set_name(QCoreApplication.translate("Filter", "The filter's first values"))
        self._fill()
