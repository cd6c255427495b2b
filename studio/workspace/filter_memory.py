"""What is remembered about filters beside the pictures: favourites, what was used last and with which values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from psygnal import Signal

from studio import recipe
from studio.filters import FILTERS, FilterKind

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

USED = 6
"""Filters that stand under "last used"."""


class FilterMemory:
    """Kept in the settings, written in the background. ``changed``: favourites, or what was used last."""

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._with_long: dict[str, Any] = {}
        """By filter, values with long texts, such as maps: as long as the program runs; settings do not hold them."""

    @property
    def favourites(self) -> tuple[str, ...]:
        """Names of filters, in the order in which they were starred."""
        return _known(self._studio.settings.filter_favourites)

    @property
    def used(self) -> tuple[str, ...]:
        """Names of filters, latest first."""
        return _known(self._studio.settings.filter_used)

    @property
    def last(self) -> str:
        """The filter that was used last; empty where none was."""
        return self.used[0] if self.used else ""

    @property
    def folded(self) -> frozenset[str]:
        """Families that the panel shows closed."""
        return frozenset(self._studio.settings.filter_folded)

    def star(self, name: str) -> None:
        """Makes a filter a favourite, or no favourite any more."""
        now = self.favourites
        kept = tuple(one for one in now if one != name) if name in now else (*now, name)
        self._studio.keep_soon(filter_favourites=kept)
        self.changed.emit()

    def fold(self, group: str) -> None:
        """Closes a family in the panel, or opens it."""
        self._studio.keep_soon(filter_folded=tuple(sorted(self.folded ^ {group})))
        self.changed.emit()

    def values(self, kind: FilterKind) -> Any:
        """The parameters with which a filter was used last; its first ones where there are none that it still allows."""
        plain = self._with_long.get(kind.key) or self._studio.settings.filter_values.get(kind.key)
        try:
            return recipe.from_plain(kind.parameters, plain or {})
        except recipe.RecipeError:
            return kind.parameters()

    def note(self, kind: FilterKind, values: msgspec.Struct) -> None:
        """A filter was used with these values."""
        used = (kind.name, *(one for one in self.used if one != kind.name))[:USED]
        self._studio.keep_soon(filter_used=used)
        self.keep_values(kind, values)
        self.changed.emit()

    def keep_values(self, kind: FilterKind, values: msgspec.Struct) -> None:
        """The next use of the filter begins with these."""
        plain: dict[str, Any] = msgspec.to_builtins(values)
        short = {name: value for name, value in plain.items() if not _is_long(value)}
        if len(short) < len(plain):
            self._with_long[kind.key] = plain
        else:
            self._with_long.pop(kind.key, None)
        self._studio.keep_soon(filter_values=self._studio.settings.filter_values | {kind.key: short})


def _is_long(value: Any) -> bool:
    """Whether this is an attached file, or a text, too long for the settings."""
    text = value.get("content") if isinstance(value, dict) else value
    return isinstance(text, str) and len(text) >= recipe.LONG


def _known(names: tuple[str, ...]) -> tuple[str, ...]:
    """Those that this version has; the others stay in the settings until something is kept again."""
    return tuple(name for name in names if name in FILTERS)
