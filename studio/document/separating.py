"""Detail and colour apart: a layer becomes its blur and what the blur takes away, which together are the layer again.

With L the blurred colour and C the layer's, straight and encoded, the detail layer holds D = (C − L + 1) / 2; blended as
linear light over L it gives L + 2·D − 1 = C. D is made from L as it is stored, so the error is that of storing D alone:
below 2⁻¹¹ for float16. Colours outside 0–1 are cut to it, as linear light does.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Annotated

import msgspec
import numpy as np

from studio.document import tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Filter, Group, Layer, Locks, Paint, Unknown, inverse, joined
from studio.filters.blur import GAUSSIAN_BLUR, GaussianBlur
from studio.raster.geometry import Rect, TileKey
from studio.raster.surface import Surface
from studio.raster.tile import Tile
from studio.recipe import QT_TRANSLATE_NOOP, declare

_NO_PIXELS = QT_TRANSLATE_NOOP(
    "document",
    "A group or a filter layer has no pixels of its own to split into detail and colour. Stamp what is visible first.",
)
_LOCKED = QT_TRANSLATE_NOOP("document", "This layer is locked. Unlock it in the Layers panel first.")


class Separation(msgspec.Struct, frozen=True, kw_only=True):
    sigma: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Radius"), low=0.5, high=200.0, soft_high=40.0, unit="px", step=0.5,
            description=QT_TRANSLATE_NOOP(
                "recipe", "Standard deviation of the blur: what is finer goes to the detail layer."
            ),
        ),
    ] = 8.0  # fmt: skip


def separable(artwork: Artwork, layer_id: str) -> Layer:
    """The layer, if it can be split: one that has or makes pixels of its own. Raises EditError."""
    path = tree.path_to(artwork, layer_id)
    if any(layer.locks.all for layer in path):
        raise EditError(_LOCKED)
    layer = path[-1]
    if isinstance(layer, Group | Filter | Unknown):
        raise EditError(_NO_PIXELS)
    return layer


def split(surface: Surface, separation: Separation) -> Generator[float, None, tuple[Surface, Surface]]:
    """(colour, detail) of a surface, tile by tile; yields the part done. The detail is opaque wherever there are tiles."""
    blur = GaussianBlur(sigma=separation.sigma)
    reach = GAUSSIAN_BLUR.reach(blur)
    low: dict[TileKey, Tile] = {}
    high: dict[TileKey, Tile] = {}
    for done, (key, tile) in enumerate(surface.tiles.items()):
        around = Rect.of_tile(key).grow(reach)
        blurred = GAUSSIAN_BLUR.apply(surface.read(around).astype(np.float32), blur, rect=around)
        inner = blurred[reach:-reach, reach:-reach] if reach else blurred
        low[key], high[key] = _split_tile(tile, _straight(inner), surface.dtype)
        yield (done + 1) / len(surface.tiles)
    return Surface(low, surface.dtype), Surface(high, surface.dtype)


def _split_tile(tile: Tile, blurred: np.ndarray, dtype: np.dtype) -> tuple[Tile, Tile]:
    pixels = tile.pixels().astype(np.float32)
    alpha = pixels[..., 3:]
    colour = np.concatenate([np.clip(blurred, 0, 1) * alpha, alpha], -1).astype(dtype)
    colour[..., 3] = tile.pixels()[..., 3]
    detail = np.ones_like(pixels)
    seen = np.clip(_straight(pixels), 0, 1) - _straight(colour.astype(np.float32))
    detail[..., :3] = np.where(alpha > 0, np.clip((seen + 1) / 2, 0, 1), 0.5)
    return Tile(colour), Tile(detail.astype(dtype))


def _straight(pixels: np.ndarray) -> np.ndarray:
    alpha = pixels[..., 3:]
    return np.divide(pixels[..., :3], alpha, out=np.zeros_like(pixels[..., :3]), where=alpha > 0)


def with_split(
    artwork: Artwork,
    layer_id: str,
    low: Surface,
    high: Surface,
    names: tuple[str, str],
    drawn: Paint | None = None,
) -> Artwork:
    """The layer replaced by a group with its name and look that holds both; the detail becomes active.

    ``names``: of the colour and the detail layer. ``drawn``: the paint layer that a layer whose pixels are computed looks
    like; the layer itself then stays as it is at the bottom of the group, hidden.
    """
    kept = separable(artwork, layer_id)
    layer = drawn if drawn is not None else kept
    assert isinstance(layer, Paint)
    colour = Paint(name=names[0], surface=low, warp=layer.warp)
    detail = Paint(name=names[1], surface=high, mode="linear-light", clipping=True, warp=layer.warp)
    below: tuple[Layer, ...] = ()
    if drawn is not None:
        place = joined(inverse(drawn.transform), kept.transform)
        below = (
            kept.with_(
                visible=False, transform=place, opacity=1.0, mode="normal", mask=None, clipping=False,
                effects=(), link="",
            ),
        )  # fmt: skip
    group = Group(children=(*below, colour, detail), **_look(layer))
    replaced: tuple[Layer, ...] = (group,)
    return tree.rewrite(artwork, layer_id, lambda _: replaced).with_(active=detail.id, selected=())


def _look(layer: Paint) -> dict:
    """What the group takes over from the layer."""
    names = (
        "name",
        "visible",
        "opacity",
        "mode",
        "mask",
        "mask_enabled",
        "clipping",
        "transform",
        "warp",
        "effects",
        "label",
        "link",
    )
    look = {name: getattr(layer, name) for name in names}
    return look | {"locks": Locks(position=layer.locks.position), "tracks": layer.tracks}
