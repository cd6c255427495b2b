"""Marks: what a tool shows over the picture while it works, in document pixels. The canvas draws them in two tones."""

from __future__ import annotations

from typing import Literal

import msgspec

Point = tuple[float, float]


class Outline(msgspec.Struct, frozen=True):
    """A line through ``points``."""

    points: tuple[Point, ...]
    closed: bool = True
    dashed: bool = True


class Handle(msgspec.Struct, frozen=True):
    """A grip of the same size at every zoom; ``hot`` while the pen is over it."""

    x: float
    y: float
    kind: Literal["square", "round", "pivot", "diamond"] = "square"
    hot: bool = False


class Caret(msgspec.Struct, frozen=True):
    """The insertion point of a text, from one end of its line to the other."""

    x0: float
    y0: float
    x1: float
    y1: float


class Label(msgspec.Struct, frozen=True):
    """A few words beside (x, y), already in the artist's language; ``away`` logical pixels off to the right and below."""

    x: float
    y: float
    text: str
    away: float = 12.0


class Shade(msgspec.Struct, frozen=True):
    """Dims everything outside the polygon ``points``."""

    points: tuple[Point, ...]


class Highlight(msgspec.Struct, frozen=True):
    """A translucent area in the active colour: selected text, the part that a filter sees."""

    points: tuple[Point, ...]


class Ring(msgspec.Struct, frozen=True):
    """Two colours (encoded red, green, blue, 0–1) in a ring around (x, y), of the same size at every zoom: ``now`` in its
    upper half, ``before`` in its lower."""

    x: float
    y: float
    now: tuple[float, float, float]
    before: tuple[float, float, float]


Mark = Outline | Handle | Caret | Label | Shade | Highlight | Ring
