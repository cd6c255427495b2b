"""The whole picture at another size, turned, cropped: every layer, mask, selection and guide follows.

Each function is a generator that yields the part done, 0–1, and returns the new artwork; a lane drives it. Layers that
are made from something (generated, text, shape, fill) stay live: only their transform changes. So do paint layers beyond
LARGEST tiles: what a resampling of all their pixels would give is then made when it is looked at.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from typing import Literal

import msgspec
import numpy as np
from msgspec.structs import replace

from studio import recipe
from studio.document import effects, placing, tree
from studio.document.aids import Aids, Point
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import IDENTITY, Affine, Filter, Group, Layer, Paint, is_integer_move, joined
from studio.document.painting import moved_mask
from studio.filters import FILTERS
from studio.raster import perspective, warp
from studio.raster.geometry import Rect, TileKey
from studio.raster.rescale import Kernel, Turn, rescaling, tile_count, turning
from studio.raster.surface import Surface, TileGrid
from studio.raster.tile import Tile
from studio.recipe import QT_TRANSLATE_NOOP, Stored
from studio.render.baking import baking

LARGEST = 1024
"""Tiles of a paint layer that are resampled; a larger one stays live."""
MOST_PIXELS = 1_000_000_000
MOST_SIDE = 300_000
_TOO_LARGE = QT_TRANSLATE_NOOP(
    "document", "A picture has at least 1 and at most 1,000 million pixels. Choose a smaller size."
)
_EMPTY = QT_TRANSLATE_NOOP("document", "There is nothing to move: the layer is empty.")
_NOT_CUT = QT_TRANSLATE_NOOP(
    "document", "Only a paint layer that lies straight can be trimmed. Apply its transform first."
)
_NOT_REAL = QT_TRANSLATE_NOOP(
    "document", "Only a paint layer's transform can be applied; other layers keep theirs live."
)
_FAR = 1 << 30

Steps = Generator[float, None, Artwork]
Quarter = Literal["left", "right", "half", "x", "y"]


def finished(steps: Steps) -> Artwork:
    """The result of any of the steps here, at once."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def check_size(width: int, height: int) -> None:
    """Raises EditError for a size that no picture can have."""
    if not (1 <= width <= MOST_SIDE and 1 <= height <= MOST_SIDE and width * height <= MOST_PIXELS):
        raise EditError(_TOO_LARGE)


def turn_of(kind: Quarter, width: float, height: float) -> Turn:
    """The quarter turn or reflection that keeps a picture of this size at the origin."""
    w, h = round(width), round(height)
    return {
        "right": (0, 1, -1, 0, h, 0),
        "left": (0, -1, 1, 0, 0, w),
        "half": (-1, 0, 0, -1, w, h),
        "x": (-1, 0, 0, 1, w, 0),
        "y": (1, 0, 0, -1, 0, h),
    }[kind]


# ---- the whole picture


def reframed(artwork: Artwork, rect: Rect) -> Artwork:
    """Another canvas: ``rect`` of the document becomes all of it. Pixels beyond stay with their layers. Raises EditError."""
    check_size(rect.width, rect.height)
    if rect == artwork.rect:
        return artwork
    move = (1.0, 0.0, 0.0, 1.0, float(-rect.left), float(-rect.top))
    changed = artwork.with_(
        width=rect.width,
        height=rect.height,
        layers=tuple(_live(layer, move) for layer in artwork.layers),
        aids=artwork.aids.transformed(1, 1, -rect.left, -rect.top),
    )
    return _with_moved_masks(changed, -rect.left, -rect.top)


def resized(artwork: Artwork, width: int, height: int, kernel: Kernel, ppi: float | None = None) -> Steps:
    """Every layer at another size; effects and lengths of filters grow with it. Raises EditError."""
    check_size(width, height)
    scale = (width / artwork.width, 0.0, 0.0, height / artwork.height, 0.0, 0.0)
    work = _Scaling(scale, kernel, artwork.rect)
    layers = yield from _all(artwork.layers, work)
    mean = math.sqrt(scale[0] * scale[3])
    layers = tuple(_with_scaled_effects(layer, mean) for layer in layers)
    changed = artwork.with_(
        width=width,
        height=height,
        layers=layers,
        ppi=ppi if ppi is not None else artwork.ppi,
        aids=artwork.aids.transformed(scale[0], scale[3], 0, 0),
    )
    return (yield from _masks_baked(changed, work))


def turned(artwork: Artwork, kind: Quarter) -> Steps:
    """Quarter turns and reflections of everything; no pixel is resampled."""
    turn = turn_of(kind, artwork.width, artwork.height)
    work = _Turning(_floats(turn))
    layers = yield from _all(artwork.layers, work)
    sideways = kind in ("left", "right")
    width, height = (artwork.height, artwork.width) if sideways else (artwork.width, artwork.height)
    aids = _aids_under(artwork.aids, turn)
    changed = artwork.with_(width=width, height=height, layers=layers, aids=aids)
    return (yield from _masks_baked(changed, work))


def straightened(artwork: Artwork, affine: Affine, width: int, height: int) -> Steps:
    """A crop that turns: every layer stays live under ``affine``; the selection is resampled. Raises EditError."""
    check_size(width, height)
    layers = tuple(_live(layer, affine) for layer in artwork.layers)
    aids = _aids_under(artwork.aids, affine)
    changed = artwork.with_(width=width, height=height, layers=layers, aids=aids)
    return (yield from _masks_baked(changed, _Work(affine)))


def cut(artwork: Artwork) -> Steps:
    """Without the pixels beyond the canvas, where layers lie straight on it."""
    layers = []
    for layer in artwork.layers:
        layers.append((yield from _cut_layer(layer, artwork.rect)))
    return artwork.with_(layers=tuple(layers))


def _cut_layer(layer: Layer, canvas: Rect) -> Generator[float, None, Layer]:
    if layer.warp or not is_integer_move(layer.transform):
        return layer
    inner = canvas.move(-int(layer.transform[4]), -int(layer.transform[5]))
    if isinstance(layer, Group):
        children = []
        for child in layer.children:
            children.append((yield from _cut_layer(child, inner)))
        return layer.with_(children=tuple(children))
    if not isinstance(layer, Paint):
        return layer
    yield 0.5
    return layer.with_(surface=kept_inside(layer.surface, inner))


def kept_inside(surface: Surface, rect: Rect) -> Surface:
    """The pixels in ``rect`` alone; tiles inside it are shared."""
    changed: dict[TileKey, Tile | None] = {}
    for key, tile in surface.tiles.items():
        whole = Rect.of_tile(key)
        part = whole.intersect(rect)
        if part == whole:
            continue
        if part.empty:
            changed[key] = None
            continue
        pixels = np.zeros_like(tile.pixels())
        there = part.move(-whole.left, -whole.top)
        rows, columns = slice(there.top, there.bottom), slice(there.left, there.right)
        pixels[rows, columns] = tile.pixels()[rows, columns]
        changed[key] = Tile(pixels) if pixels.any() else None
    return surface.replace(changed)


# ---- one layer


def layer_turned(artwork: Artwork, layer_id: str, kind: Quarter) -> Steps:
    """A layer turned or reflected about the middle of what it shows; no pixel is resampled. Raises EditError."""
    placing.check_movable(artwork, layer_id)
    frame = placing.frame_of(artwork, [layer_id])
    if frame is None:
        raise EditError(_EMPTY)
    turn = _about_middle(kind, frame)
    layer = tree.require(artwork, layer_id)
    if placing.outer_of(artwork, layer_id) != IDENTITY:
        return placing.placed(artwork, [layer_id], warp.bent((), perspective.of_affine(_floats(turn))))
    made = yield from _mapped(layer, _Turning(_floats(turn)))
    return tree.rewrite(artwork, layer_id, lambda _: (made,))


def layers_turned(artwork: Artwork, layer_ids: Sequence[str], kind: Quarter) -> Artwork:
    """Several layers turned or reflected together about the middle of what they show; they keep their pixels. Raises
    EditError."""
    frame = placing.frame_of(artwork, layer_ids)
    if frame is None:
        raise EditError(_EMPTY)
    turn = _floats(_about_middle(kind, frame))
    return placing.placed(artwork, layer_ids, warp.bent((), perspective.of_affine(turn)))


def _about_middle(kind: Quarter, frame: warp.Frame) -> Turn:
    """The turn about the middle of ``frame`` that keeps whole pixels whole."""
    left, top, right, bottom = (round(part) for part in frame)
    a, b, c, d, _, _ = turn_of(kind, 0, 0)
    if a or d:  # reflections and the half turn keep the frame where it is
        return a, b, c, d, (left + right if a < 0 else 0), (top + bottom if d < 0 else 0)
    x, y = (left + right) // 2, (top + bottom) // 2
    return a, b, c, d, x - c * y, y - b * x


def layer_cut(artwork: Artwork, layer_id: str) -> Steps:
    """A paint layer without its pixels beyond the canvas. Raises EditError."""
    placing.check_movable(artwork, layer_id)
    layer = tree.require(artwork, layer_id)
    outer = placing.outer_of(artwork, layer_id)
    if not isinstance(layer, Paint | Group) or not is_integer_move(outer):
        raise EditError(_NOT_CUT)
    canvas = artwork.rect.move(-int(outer[4]), -int(outer[5]))
    made = yield from _cut_layer(layer, canvas)
    return tree.rewrite(artwork, layer_id, lambda _: (made,))


def layer_made_real(artwork: Artwork, layer_id: str) -> Steps:
    """A paint layer's transform and warp become pixels, once and for good. Raises EditError."""
    placing.check_movable(artwork, layer_id)
    layer = tree.require(artwork, layer_id)
    if not isinstance(layer, Paint):
        raise EditError(_NOT_REAL)
    surface = yield from baking(layer.surface, layer.transform, layer.warp)
    mask = layer.mask
    if mask is not None:
        mask = yield from baking(mask, layer.transform, layer.warp)
    assert isinstance(surface, Surface)
    made = layer.with_(surface=surface, mask=mask, transform=IDENTITY, warp=())
    return tree.rewrite(artwork, layer_id, lambda _: (made,))


def layer_scaled(layer: Layer, affine: Affine, kernel: Kernel, frame: Rect) -> Generator[float, None, Layer]:
    """A layer of the top level under a scaling; where its pixels end at ``frame`` they go on beyond it while they are weighed."""
    return _mapped(layer, _Scaling(affine, kernel, frame))


# ---- what is done to each layer


class _Work:
    """Maps grids by ``affine``."""

    def __init__(self, affine: Affine) -> None:
        self.affine = affine

    def grid(self, grid: TileGrid, total: Affine) -> Generator[float, None, TileGrid]:
        """``grid`` under ``total``, which is a whole move and then ``affine``."""
        return (yield from baking(grid, total))


class _Turning(_Work):
    def grid(self, grid: TileGrid, total: Affine) -> Generator[float, None, TileGrid]:
        a, b, c, d, x, y = (round(part) for part in total)
        return (yield from _fractions(turning(grid, (a, b, c, d, x, y))))


class _Scaling(_Work):
    """Clamps where pixels end with the canvas: there the picture goes on, so that its edge stays opaque."""

    def __init__(self, affine: Affine, kernel: Kernel, canvas: Rect) -> None:
        super().__init__(affine)
        self._kernel: Kernel = kernel
        self._canvas = canvas

    def grid(self, grid: TileGrid, total: Affine) -> Generator[float, None, TileGrid]:
        sx, _, _, sy, tx, ty = total
        move_x, move_y = (tx - self.affine[4]) / sx, (ty - self.affine[5]) / sy
        canvas = self._canvas.move(-round(move_x), -round(move_y))
        content = placing.content_of(grid)
        sides = [
            edge if own == edge else far
            for own, edge, far in zip(content, canvas, (-_FAR, -_FAR, _FAR, _FAR), strict=True)
        ]
        clamp = Rect(*sides)
        ends = (sx * clamp.left + tx, sy * clamp.top + ty, sx * clamp.right + tx, sy * clamp.bottom + ty)
        within = Rect(
            *(
                far if abs(end) >= _FAR / 2 else round(end)
                for end, far in zip(ends, (-_FAR, -_FAR, _FAR, _FAR), strict=True)
            )
        )
        return (yield from _fractions(rescaling(grid, (sx, sy, tx, ty), self._kernel, clamp, within)))


def _fractions(steps: Generator[int, None, TileGrid]) -> Generator[float, None, TileGrid]:
    """Counted tiles as a fraction that only ever nears 1."""
    while True:
        try:
            done = next(steps)
        except StopIteration as end:
            return end.value
        yield 1 - 64 / (64 + done)


def _all(layers: tuple[Layer, ...], work: _Work) -> Generator[float, None, tuple[Layer, ...]]:
    made = []
    for done, layer in enumerate(layers):
        for_this = _mapped(layer, work)
        while True:
            try:
                part = next(for_this)
            except StopIteration as end:
                made.append(end.value)
                break
            yield (done + part) / len(layers)
    return tuple(made)


def _mapped(layer: Layer, work: _Work) -> Generator[float, None, Layer]:
    """A layer of the top level under the work's affine map."""
    total = joined(work.affine, layer.transform)
    if layer.warp or not is_integer_move(layer.transform) or not isinstance(layer, Paint | Group):
        return layer.with_(transform=placing.tidied(total))
    if isinstance(layer, Paint) and tile_count(layer.surface) > LARGEST:
        return layer.with_(transform=placing.tidied(total))
    mask = layer.mask
    if mask is not None:
        mask = yield from work.grid(mask, total)
    if isinstance(layer, Paint):
        surface = yield from work.grid(layer.surface, total)
        return layer.with_(surface=surface, mask=mask, transform=IDENTITY)
    assert isinstance(layer, Group)
    moved = tuple(_live(child, layer.transform) for child in layer.children)
    children = yield from _all(moved, work)
    return layer.with_(children=children, mask=mask, transform=IDENTITY)


def _live(layer: Layer, affine: Affine) -> Layer:
    return layer.with_(transform=placing.tidied(joined(affine, layer.transform)))


def _masks_baked(artwork: Artwork, work: _Work) -> Steps:
    """The selection and the saved ones under the work's affine map."""
    selection = artwork.selection
    if selection is not None:
        selection = yield from work.grid(selection, work.affine)
    saved = []
    for one in artwork.saved_selections:
        saved.append(replace(one, mask=(yield from work.grid(one.mask, work.affine))))
    return artwork.with_(selection=selection, saved_selections=tuple(saved))


def _with_moved_masks(artwork: Artwork, x: int, y: int) -> Artwork:
    selection = artwork.selection
    saved = tuple(replace(one, mask=moved_mask(one.mask, x, y)) for one in artwork.saved_selections)
    if selection is not None:
        selection = moved_mask(selection, x, y)
    return artwork.with_(selection=selection, saved_selections=saved)


def _with_scaled_effects(layer: Layer, scale: float) -> Layer:
    """Effects whose lengths keep their share of the picture."""
    if isinstance(layer, Group):
        layer = layer.with_(children=tuple(_with_scaled_effects(child, scale) for child in layer.children))
    if isinstance(layer, Filter) and layer.recipe.name in FILTERS:
        layer = layer.with_(recipe=_scaled(layer.recipe, FILTERS[layer.recipe.name].parameters, scale))
    if not layer.effects:
        return layer
    return layer.with_(effects=tuple(_scaled_effect(one, scale) for one in layer.effects))


def _scaled_effect(stored: Stored, scale: float) -> Stored:
    kind = effects.KINDS.get(stored.name)
    return stored if kind is None else _scaled(stored, kind.parameters, scale)


def _scaled(stored: Stored, parameters: type[msgspec.Struct], scale: float) -> Stored:
    """The recipe with its lengths in pixels ``scale`` times as long, as far as they may be."""
    values = dict(stored.parameters)
    for declared in recipe.parameters(parameters):
        length = values.get(declared.name, declared.default)
        if declared.unit != "px" or isinstance(length, bool) or not isinstance(length, int | float):
            continue
        longer = min(max(length * scale, declared.low or 0), declared.high or math.inf)
        values[declared.name] = max(round(longer), 1 if length else 0) if isinstance(length, int) else longer
    return msgspec.structs.replace(stored, parameters=values)


def _aids_under(aids: Aids, affine: Turn | Affine) -> Aids:
    """Guides, assistants and samplers under a turn; guides that would no longer be straight up or across are left where they are."""
    a, b, c, d, x, y = affine
    if not b and not c:
        return aids.transformed(a, d, x, y)
    guides = aids.guides
    if not a and not d:
        guides = tuple(
            replace(one, axis="y" if one.axis == "x" else "x", position=one.position * (b if one.axis == "x" else c) + (y if one.axis == "x" else x))
            for one in guides
        )  # fmt: skip

    def turned(points: tuple[Point, ...]) -> tuple[Point, ...]:
        return tuple((a * px + c * py + x, b * px + d * py + y) for px, py in points)

    assistants = tuple(replace(one, points=turned(one.points)) for one in aids.assistants)
    frame = joined(_floats(affine), aids.frame)
    return aids.with_(guides=guides, assistants=assistants, samplers=turned(aids.samplers), frame=frame)


def _floats(turn: Turn | Affine) -> Affine:
    a, b, c, d, x, y = (float(part) for part in turn)
    return a, b, c, d, x, y
