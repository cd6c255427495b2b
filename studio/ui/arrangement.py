"""Which panels there are, where each workspace puts them, and how an arrangement is kept."""

from __future__ import annotations

import json
from collections.abc import Sequence

import msgspec

from studio.recipe import QT_TRANSLATE_NOOP

AREA_NAMES = ("left", "right", "above", "below")
COLUMN = 300
UPPER, LOWER = 232, 334
"""For a column of 566, which a window of 1280 × 650 has: there six layers are seen whole."""
STRIP = 108
SHEET, SHEET_SHARE = 208, 0.32
"""Of training pictures: at least so high, and on a larger screen such a part of the window, so that most findings are in sight."""
LOWEST = 220
"""A panel that gets a group of its own."""
ENOUGH = 600
"""What the other groups keep of the column then."""

PANEL_TITLES = {
    "generate": QT_TRANSLATE_NOOP("panels", "Generate"),
    "explore": QT_TRANSLATE_NOOP("panels", "Explore"),
    "colour": QT_TRANSLATE_NOOP("panels", "Colour"),
    "brushes": QT_TRANSLATE_NOOP("panels", "Brushes"),
    "palettes": QT_TRANSLATE_NOOP("panels", "Palettes"),
    "layers": QT_TRANSLATE_NOOP("panels", "Layers"),
    "reference": QT_TRANSLATE_NOOP("panels", "Reference board"),
    "channels": QT_TRANSLATE_NOOP("panels", "Channels"),
    "info": QT_TRANSLATE_NOOP("panels", "Info"),
    "histogram": QT_TRANSLATE_NOOP("panels", "Histogram"),
    "filters": QT_TRANSLATE_NOOP("panels", "Filters"),
    "history": QT_TRANSLATE_NOOP("panels", "History"),
    "results": QT_TRANSLATE_NOOP("panels", "Results"),
    "training": QT_TRANSLATE_NOOP("panels", "Training"),
    "training-pictures": QT_TRANSLATE_NOOP("panels", "Training pictures"),
    "jobs": QT_TRANSLATE_NOOP("panels", "Jobs"),
    "navigator": QT_TRANSLATE_NOOP("panels", "Navigator"),
    "second-view": QT_TRANSLATE_NOOP("panels", "Second view"),
}


class Group(msgspec.Struct, frozen=True):
    """Panels that share one place, in the order of their tabs; ``front`` is the one that is seen. Sizes in px.
    ``share``: part of the window's height that it takes where that is more."""

    area: str
    names: tuple[str, ...]
    front: str
    width: int
    height: int
    share: float = 0.0


class Arrangement(msgspec.Struct, frozen=True):
    """The groups of a workspace from top to bottom, and what floats: name → x, y, width, height."""

    groups: tuple[Group, ...]
    floating: dict[str, tuple[int, int, int, int]] = msgspec.field(default_factory=dict)

    @property
    def names(self) -> set[str]:
        """Every panel that is open."""
        return {name for group in self.groups for name in group.names} | set(self.floating)

    def to_bytes(self) -> bytes:
        return msgspec.json.encode(self)

    @classmethod
    def from_bytes(cls, data: bytes) -> Arrangement | None:
        """What :meth:`to_bytes` wrote, or None where it is not that: then the plan is used again."""
        try:
            plain = json.loads(data)
            groups = tuple(Group(**{**one, "names": tuple(one["names"])}) for one in plain["groups"])
            floating = {
                name: (int(x), int(y), int(w), int(h)) for name, (x, y, w, h) in plain["floating"].items()
            }
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
        known = all(
            set(one.names) <= set(PANEL_TITLES) and one.names and one.area in AREA_NAMES for one in groups
        )
        return cls(groups, floating) if known and set(floating) <= set(PANEL_TITLES) else None


BELOW_COLOURS = (
    "layers",
    "filters",
    "history",
    "channels",
    "jobs",
    "reference",
    "second-view",
    "histogram",
    "info",
)
"""Panels that open in the lower group: colours and brushes stay in sight above them."""
LARGE = ("reference", "second-view", "histogram", "info")
"""Panels that are looked at while others are used: they get a group of their own where the column is high enough."""


def own_group(name: str, height: int, groups: int) -> bool:
    """Whether a panel that opens in a column of ``height`` pixels and so many groups gets one of its own."""
    return name in LARGE and height >= ENOUGH + LOWEST * (groups - 1)


def group_for(name: str, room: Sequence[int], needed: int) -> int:
    """The group, counted from the top, that a panel opens in: its usual one, or another where only there its tab has room.

    ``room``: pixels that each group's tab bar has left; ``needed``: those that the panel's tab takes.
    """
    usual = len(room) - 1 if name in BELOW_COLOURS else 0
    order = [usual, *(index for index in range(len(room)) if index != usual)]
    return next((index for index in order if room[index] >= needed), usual)


def _right(names: tuple[str, ...], height: int) -> Group:
    return Group("right", names, names[0], COLUMN, height)


LEAST_JOBS = 130
"""While one trains, what runs beside it needs little room; its samples need all there is."""
_UPPER, _LAYERS = ("generate", "explore", "colour"), ("layers", "filters", "history")
WORKSPACES = {
    "paint": Arrangement((_right(("colour", "brushes", "navigator"), UPPER), _right(_LAYERS, LOWER))),
    "generate": Arrangement(
        (_right(_UPPER, 298), _right(_LAYERS, 268), Group("below", ("results",), "results", 0, STRIP))
    ),
    "photo": Arrangement(
        (_right(("histogram", "filters", "info"), UPPER), _right(("layers", "channels", "history"), LOWER))
    ),
    "train": Arrangement(
        (
            _right(("training",), UPPER + LOWER - LEAST_JOBS),
            _right(("jobs", "history"), LEAST_JOBS),
            Group("below", ("training-pictures",), "training-pictures", 0, SHEET, SHEET_SHARE),
        )
    ),
}
