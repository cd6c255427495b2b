"""Which two directions of a model the pad moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psygnal import Signal

if TYPE_CHECKING:
    from studio.workspace.studio import Studio


class PadAxes:
    """Kept for each model while the studio runs; the first time its first two pinned directions."""

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._kept: dict[str, tuple[str, str]] = {}

    @property
    def names(self) -> tuple[str, str]:
        """Across and up; empty names where the model has fewer than two directions."""
        entry = self._studio.generating.model
        if entry is None:
            return "", ""
        names = [slider.name for slider in entry.card.sliders]
        kept = self._kept.get(entry.card.name, ("", ""))
        if kept[0] in names and kept[1] in names:
            return kept
        pinned = [name for name in entry.card.pinned if name in names]
        first = [*pinned, *(name for name in names if name not in pinned)]
        return (first[0], first[1]) if len(first) > 1 else ("", "")

    def choose(self, index: int, name: str) -> None:
        """Another direction across (0) or up (1); the one that the other axis had changes places with it."""
        entry, old = self._studio.generating.model, self.names
        if entry is None or name == old[index]:
            return
        other = old[index] if name == old[1 - index] else old[1 - index]
        self._kept[entry.card.name] = (name, other) if index == 0 else (other, name)
        self.changed.emit()
