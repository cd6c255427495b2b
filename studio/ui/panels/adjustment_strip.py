"""A row of icons above the layers: the adjustments that are wanted most, each a new layer at one press; the rest behind the last."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.ui.panels import commands, layer_menus
from studio.ui.widgets.buttons import IconButton
from studio.workspace.studio import Studio

ADJUSTMENTS = (
    ("levels", "adjust-levels"),
    ("curves", "adjust-curves"),
    ("exposure", "adjust-exposure"),
    ("brightness-contrast", "sun"),
    ("hue-saturation", "adjust-hue"),
    ("colour-balance", "adjust-balance"),
    ("white-balance", "adjust-temperature"),
    ("black-and-white", "adjust-greys"),
    ("gradient-map", "adjust-gradient-map"),
    ("invert", "adjust-invert"),
)
"""(filter, icon), in the order in which they stand."""


class AdjustmentStrip(QWidget):
    """Tab comes to it, the arrows, Home and End move along it."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.buttons = {name: IconButton(icon, small=True) for name, icon in ADJUSTMENTS}
        self.more = IconButton("ellipsis", small=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 0, 8, 4)
        line.setSpacing(0)
        for name, button in self.buttons.items():
            button.clicked.connect(
                lambda _on=False, key=name: commands.press(self, self._studio, f"filter-layer-{key}")
            )
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(self.more)
        self.more.clicked.connect(self._open)
        for button in (*self.buttons.values(), self.more):
            button.installEventFilter(self)

    def _open(self) -> None:
        menu = layer_menus.adjustment_menu(self, self._studio)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A button alone would take the arrows to whatever stands near it."""
        along: list[QObject] = [*self.buttons.values(), self.more]
        if event.type() == QEvent.Type.KeyPress and watched in along:
            now = along.index(watched)
            steps = {
                Qt.Key.Key_Left: now - 1,
                Qt.Key.Key_Right: now + 1,
                Qt.Key.Key_Home: 0,
                Qt.Key.Key_End: -1,
            }
            step = steps.get(Qt.Key(event.key()))  # type: ignore[attr-defined]
            if step is not None:
                along[step % len(along)].setFocus(Qt.FocusReason.TabFocusReason)  # type: ignore[attr-defined]
                return True
        return super().eventFilter(watched, event)

    def retranslate(self, more: str) -> None:
        """``more``: the words of the last button."""
        for name, button in self.buttons.items():
            action = f"filter-layer-{name}"
            button.set_name(commands.words(action), commands.shortcut(action, self))
        self.more.set_name(more)
