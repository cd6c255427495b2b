"""A gradient that is laid on pixels, a mask or the selection, as it is seen while its line is drawn.

On pixels it is a fill layer in a group with them, which the renderer composes to the very same picture. A mask has no
such layers: the tiles in view get the values of the mip level that is shown, each as a square of pixels.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

import msgspec
import numpy as np

from studio.document import covering, painting, selecting, tree
from studio.document.artwork import SRGB, Artwork, ColourSpace
from studio.document.covering import LUMA, Target
from studio.document.layer import Fill, Group, Layer, Paint
from studio.document.lifting import SHARED
from studio.raster import gradient
from studio.raster.bezier import mapped
from studio.raster.geometry import TILE, Rect, TileKey, tile_keys
from studio.raster.mask import Mask
from studio.raster.resample import squares
from studio.raster.selecting.contours import CoarseMasks
from studio.raster.tile import Tile
from studio.render.pyramid import inverse
from studio.synthesis import fills
from studio.synthesis.fills import FillGradient
from studio.workspace import colours
from studio.workspace.live_frames import Frame, LiveFrames

if TYPE_CHECKING:
    from studio.jobs.lane import Lane
    from studio.workspace.viewing import Frame as Seen

MOST_PIXELS = 8 * TILE * TILE
"""Values of a mask that are computed for one frame: of more, those of the next mip level."""
MOST_TILES = 1024
"""Tiles of a mask in view that can follow a hand, 4096² and twice that; of more only the line is seen."""
Line = tuple[tuple[float, float], tuple[float, float]]


class _Stage(Protocol):
    """What stays the same during the drag; ``at`` gives the picture with one line."""

    def at(self, values: FillGradient, line: Line) -> Artwork | None: ...


class LiveGradient:
    """Shows the gradient along each line that is asked for, as soon as the render lane can."""

    def __init__(
        self,
        lane: Lane,
        landed: tuple[Artwork, str, Target],
        seen: Seen | None,
        show: Callable[[Artwork], None],
    ) -> None:
        """``landed``: as :func:`studio.workspace.filling.landing` gives it. ``seen``: what the window shows."""
        self._landed, self._seen = landed, seen
        self._stage: _Stage | None = None
        self._frames = LiveFrames(lane, "gradient", show)

    @property
    def last(self) -> Artwork | None:
        """What was shown last."""
        return self._frames.last

    def ask(self, values: FillGradient, line: Line) -> None:
        """``values`` in the hand's colours."""
        self._frames.ask(lambda: self._frame(values, line))

    def _frame(self, values: FillGradient, line: Line) -> Frame:
        if self._stage is None:
            self._stage = _stage(*self._landed, self._seen)
        yield
        return self._stage.at(values, line)

    def stop(self) -> None:
        self._frames.stop()


def _stage(artwork: Artwork, layer_id: str, part: Target, seen: Seen | None) -> _Stage:
    if part == "surface":
        return _OnPixels(artwork, layer_id)
    return _OnMask(artwork, layer_id if part == "mask" else "", *_view(artwork, seen))


def _view(artwork: Artwork, seen: Seen | None) -> tuple[Rect, int]:
    """The part of the canvas that is in view, and the mip level of its pixels."""
    if seen is None:
        return artwork.rect, 0
    x, y = zip(*seen.corners, strict=True)
    part = Rect(int(min(x)) - 1, int(min(y)) - 1, int(max(x)) + 2, int(max(y)) + 2)
    return part.intersect(artwork.rect), max(0, int(np.floor(-np.log2(max(seen.zoom, 1e-6)) + 1e-6)))


class _OnPixels:
    """The layer as a group of its pixels and a gradient over them."""

    def __init__(self, artwork: Artwork, layer_id: str) -> None:
        layer = tree.require(artwork, layer_id)
        assert isinstance(layer, Paint)
        self._space = artwork.colour_space
        self._to_layer = inverse(tree.transform_of(artwork, layer_id)) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        self._fill = Fill(
            name=layer.name,
            recipe=fills.GRADIENT.stored(FillGradient()),
            mask=painting.selection_in_layer(artwork, layer_id),
            clipping=layer.locks.alpha,  # what is clipped takes the alpha of what lies below, and leaves it
        )
        own = {name: getattr(layer, name) for name in SHARED}
        self._group = Group(**own, collapsed=True)
        self._artwork, self._pixels = artwork, Paint(name=layer.name, surface=layer.surface)

    def at(self, values: FillGradient, line: Line) -> Artwork:
        (x0, y0), (x1, y1) = (mapped(self._to_layer, point) for point in line)
        own = colours.values_entering(values, self._space)
        placed = msgspec.structs.replace(own, x0=x0, y0=y0, x1=x1, y1=y1)
        fill = self._fill.with_(recipe=fills.GRADIENT.stored(placed))
        group: Layer = self._group.with_(children=(self._pixels, fill))
        return tree.rewrite(self._artwork, group.id, lambda _: (group,))


class _OnMask:
    """A layer's mask, or the selection, at the level at which it is seen."""

    def __init__(self, artwork: Artwork, layer_id: str, seen: Rect, level: int) -> None:
        self._artwork, self._layer_id = artwork, layer_id
        layer = tree.require(artwork, layer_id) if layer_id else None
        mask = layer.mask if layer is not None else selecting.covering(artwork)
        assert mask is not None, "the landing made one"
        self._mask = mask
        place = covering.Place(artwork, layer)
        chosen = painting.selection_in_layer(artwork, layer_id) if layer_id else None
        area = place.in_layer(seen)
        self._keys = _tiles(area, chosen)
        if not self._keys:
            return
        left, top = (min(key[axis] for key in self._keys) for axis in (0, 1))
        right, bottom = (max(key[axis] for key in self._keys) + 1 for axis in (0, 1))
        while (right - left) * (bottom - top) * (TILE >> level) ** 2 > MOST_PIXELS and level < 6:
            level += 1
        self._side = TILE >> level
        self._rect = Rect(left, top, right, bottom)
        rect = Rect(*(edge * self._side for edge in self._rect))
        self._x, self._y = (axis.astype(np.float32) for axis in place.places(rect, 1 << level))
        coarse = CoarseMasks()
        self._old = coarse.read(mask, rect, level)
        self._chosen = self._on_canvas()
        if chosen is not None:
            self._chosen *= coarse.read(chosen, rect, level)

    def _on_canvas(self) -> np.ndarray:
        x, y, canvas = self._x, self._y, self._artwork.rect
        inside = (x >= canvas.left) & (x < canvas.right) & (y >= canvas.top) & (y < canvas.bottom)
        return inside.astype(np.float32)

    def at(self, values: FillGradient, line: Line) -> Artwork | None:
        if not self._keys:
            return None
        lightness, alpha = _ramps(values, SRGB)
        along = gradient.extended(gradient.along(values.kind, self._x, self._y, *line), values.extend)
        index = (along * np.float32(gradient.TABLE) + np.float32(0.5)).astype(np.int32)
        new = self._old + self._chosen * (np.take(lightness, index) - np.take(alpha, index) * self._old)
        mask = self._mask.replace(self._squares(new.astype(np.float16)))
        if not self._layer_id:
            return self._artwork.with_(selection=mask)
        return tree.rewrite(self._artwork, self._layer_id, lambda one: (one.with_(mask=mask),))

    def _squares(self, values: np.ndarray) -> dict[TileKey, Tile | None]:
        """Tiles whose pixels are as large as those of the level; of those that nothing of the gradient meets, none."""
        side, changed = self._side, {}
        default = np.float16(self._mask.default)
        for key in self._keys:
            left, top = (key[0] - self._rect.left) * side, (key[1] - self._rect.top) * side
            where = np.s_[top : top + side, left : left + side]
            if not self._chosen[where].any():
                continue
            if (values[where] == default).all():
                changed[key] = None
                continue
            changed[key] = Tile(squares(values[where], TILE // side))
        return changed


def _tiles(area: Rect, chosen: Mask | None) -> list[TileKey]:
    """The tiles of ``area`` in which something is selected; none where they are too many to follow a hand."""
    if area.empty:
        return []
    keys = [
        key for key in tile_keys(area) if chosen is None or chosen.default or chosen.tile(key) is not None
    ]
    return keys if len(keys) <= MOST_TILES else []


def _ramps(values: FillGradient, space: ColourSpace) -> tuple[np.ndarray, np.ndarray]:
    """(premultiplied lightness, alpha) at evenly spaced places along the gradient, float32 [TABLE + 1]."""
    own = colours.values_entering(values, space)
    table = gradient.table(tuple(own.stops), own.space, space.icc)
    return table[:, :3] @ LUMA, np.ascontiguousarray(table[:, 3])
