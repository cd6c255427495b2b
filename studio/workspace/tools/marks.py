"""Marks: what a tool shows over the picture while it works, in document pixels. The canvas draws them in two tones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """A line through ``points``."""

    points: tuple[Point, ...]
    closed: bool = True
    dashed: bool = True


@dataclass(frozen=True, slots=True)
class Handle:
    """A grip of the same size at every zoom; ``hot`` while the pen is over it."""

    x: float
    y: float
    kind: Literal["square", "round", "pivot", "diamond"] = "square"
    hot: bool = False


@dataclass(frozen=True, slots=True)
class Caret:
    """The insertion point of a text, from one end of its line to the other."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Label:
    """A few words beside (x, y), already in the artist's language; ``away`` logical pixels off to the right and below."""

    x: float
    y: float
    text: str
    away: float = 12.0


@dataclass(frozen=True, slots=True)
class Shade:
    """Dims everything outside the polygon ``points``."""

    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Highlight:
    """A translucent area in the active colour: selected text, the part that a filter sees."""

    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Ring:
    """Two colours (encoded red, green, blue, 0–1) in a ring around (x, y), of the same size at every zoom: ``now`` in its
    upper half, ``before`` in its lower."""

    x: float
    y: float
    now: tuple[float, float, float]
    before: tuple[float, float, float]


Mark = Outline | Handle | Caret | Label | Shade | Highlight | Ring
