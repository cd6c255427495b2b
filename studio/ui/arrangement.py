"""Which panels there are, where each workspace puts them, and how an arrangement is kept."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from studio.recipe import QT_TRANSLATE_NOOP

AREA_NAMES = ("left", "right", "above", "below")
COLUMN = 300
UPPER, LOWER = 336, 258
STRIP = 108

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
    "jobs": QT_TRANSLATE_NOOP("panels", "Jobs"),
    "navigator": QT_TRANSLATE_NOOP("panels", "Navigator"),
    "second-view": QT_TRANSLATE_NOOP("panels", "Second view"),
}


@dataclass(frozen=True)
class Group:
    """Panels that share one place, in the order of their tabs; ``front`` is the one that is seen. Sizes in px."""

    area: str
    names: tuple[str, ...]
    front: str
    width: int
    height: int


@dataclass(frozen=True)
class Arrangement:
    """The groups of a workspace from top to bottom, and what floats: name → x, y, width, height."""

    groups: tuple[Group, ...]
    floating: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)

    @property
    def names(self) -> set[str]:
        """Every panel that is open."""
        return {name for group in self.groups for name in group.names} | set(self.floating)

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self)).encode()

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


def _right(names: tuple[str, ...], height: int) -> Group:
    return Group("right", names, names[0], COLUMN, height)


_UPPER, _LAYERS = ("generate", "explore", "colour"), ("layers", "filters", "history")
WORKSPACES = {
    "paint": Arrangement((_right(("colour", "brushes", "navigator"), UPPER), _right(_LAYERS, LOWER))),
    "generate": Arrangement(
        (_right(_UPPER, UPPER), _right(_LAYERS, LOWER), Group("below", ("results",), "results", 0, STRIP))
    ),
    "photo": Arrangement(
        (_right(("histogram", "filters", "info"), UPPER), _right(("layers", "channels", "history"), LOWER))
    ),
    "train": Arrangement((_right(("training",), UPPER), _right(("jobs", "history"), LOWER))),
}
