"""Pictures that repeat: what lies beyond an edge is what lies at the other one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from studio.document.artwork import Artwork
from studio.document.layer import Layer
from studio.raster.geometry import Rect, Region
from studio.raster.plane import Wrap
from studio.render.frame import Frame

Below = Callable[[tuple[Layer, ...], Rect], Frame]
"""Composes what lies below a layer, with further layers on top of that, in a rectangle; the caller releases the frame."""
_FAR = 1 << 20


class Axes(NamedTuple):
    """Which way a picture repeats."""

    x: bool = False
    y: bool = False

    @property
    def any(self) -> bool:
        return self.x or self.y

    @classmethod
    def of(cls, artwork: Artwork) -> Axes:
        return cls(artwork.tiles_x, artwork.tiles_y)


NOWHERE = Axes()


def endless(canvas: Rect, axes: Axes) -> Rect:
    """The canvas as a filter is to take it: without an edge where the picture repeats."""
    return Rect(
        canvas.left - _FAR * axes.x,
        canvas.top - _FAR * axes.y,
        canvas.right + _FAR * axes.x,
        canvas.bottom + _FAR * axes.y,
    )


def pieces(rect: Rect, canvas: Rect, axes: Axes) -> Iterator[tuple[Rect, Rect]]:
    """(part of ``rect``, where in the picture that part is found), the parts beyond an edge that repeats alone."""
    if not axes.any or endless(canvas, Axes(not axes.x, not axes.y)).contains(rect):
        return
    for there, x, y in Wrap(canvas, *axes).inside(rect):
        part = Rect.of(rect.left + x, rect.top + y, there.width, there.height)
        if part != there:
            yield part, there


def repeat(frame: Frame, below: Below, canvas: Rect, axes: Axes) -> None:
    """Puts into the parts of ``frame`` beyond an edge what is found there at the other one."""
    for part, there in pieces(frame.rect, canvas, axes):
        found = below((), there)
        frame.view(part)[...] = found.array
        found.release()


def spread(region: Region, canvas: Rect, axes: Axes) -> Region:
    """A changed region that reaches beyond an edge, with what it means at the other one."""
    if not axes.any:
        return region
    more = [there for part in region for _, there in pieces(part, canvas, axes)]
    return region.unite(Region(more)) if more else region
