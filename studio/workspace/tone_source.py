"""What a filter layer sees: the picture below it, as an artwork of its own; and how often each tone occurs there."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np

from studio.document import selecting, tree
from studio.document.artwork import Artwork
from studio.document.layer import Fill, Group, Layer, children_of
from studio.filters.lookup import tone_of
from studio.raster.colour import to_straight8
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.statistics import CHANNELS, Histogram, histogram
from studio.recipe import Stored
from studio.render.picture import encoded
from studio.render.renderer import Renderer
from studio.render.whole import strips

SIDE = 512
"""Pixels of the longer side of what is counted first: a coarse mip level."""
_WHITE, _BLACK = (1.0, 1.0, 1.0, 1.0), (0.0, 0.0, 0.0, 1.0)


def below(artwork: Artwork, layer_id: str) -> Artwork:
    """The artwork of what a filter layer acts on: the layers under it inside its group, and those under a group that
    passes through; for a clipped filter the layer it is clipped to. Raises EditError."""
    *groups, layer = tree.path_to(artwork, layer_id)
    shown = _under((*_layers_of(artwork, groups),), layer)
    for depth in reversed(range(len(groups))):
        group = groups[depth]
        inner = group.with_(
            children=shown, opacity=1.0, mode="normal", mask=None, effects=(), clipping=False, visible=True
        )
        shown = (inner,)
        if isinstance(group, Group) and group.pass_through:
            around = _layers_of(artwork, groups[:depth])
            shown = (*around[: _index(around, group)], inner)
    return artwork.with_(layers=shown, active="")


def seen_by(artwork: Artwork, layer_id: str) -> tuple[object, ...]:
    """Objects of which one is another as soon as :func:`below`, or the selection, would be another picture."""
    *groups, layer = tree.path_to(artwork, layer_id)
    found: list[object] = [artwork.selection, artwork.colour_space, (artwork.width, artwork.height)]
    for depth, holder in enumerate((*groups, layer)):
        around = _layers_of(artwork, groups[:depth])
        found += around[: _index(around, holder)]
        found.append((holder.clipping, holder.transform))
    return tuple(found)


def same_seen(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Whether two answers of :func:`seen_by` mean the same picture: layers and masks are the same objects, tuples equal."""
    return len(one) == len(other) and all(
        a is b or (isinstance(a, tuple) and a == b) for a, b in zip(one, other, strict=True)
    )


def mask_of(artwork: Artwork, layer_id: str) -> Artwork:
    """A layer's mask as a picture, black where it hides and white where it shows. Raises EditError."""
    ground, shown = _plain(_BLACK, None), _plain(_WHITE, selecting.from_mask(artwork, layer_id))
    return artwork.with_(layers=(ground, shown), active="")


def counted(renderer: Renderer, artwork: Artwork) -> Generator[Histogram | None, None, Histogram]:
    """How often each value occurs among all pixels of the picture, in its own numbers; in the selection if there is one.

    Of a large picture a first answer is yielded soon, counted on :data:`SIDE` averaged pixels a side; the end has every pixel,
    grain and clipped specks with it. Tile by tile, so that it can be stopped at any time.
    """
    yield
    if max(artwork.width, artwork.height) > SIDE:
        yield _coarse(renderer, artwork)
    counts, pixels = np.zeros((len(CHANNELS), 256), np.int64), 0
    for part in strips(artwork.rect):
        found = histogram(_part(renderer, artwork, part))
        counts += found.counts
        pixels += found.pixels
        yield
    return Histogram(counts, pixels)


def tones_counted(
    renderer: Renderer, artwork: Artwork, tone: str
) -> Generator[Histogram | None, None, Histogram]:
    """How often each value of one tone (:data:`studio.filters.lookup.Threshold.tone`) occurs, 256 steps, in all rows of the
    result; of each channel: of all three together. As :func:`counted` otherwise, without a first rough answer."""
    counts = np.zeros(256, np.int64)
    for part in strips(artwork.rect):
        yield
        straight = _part(renderer, artwork, part)
        seen = straight[straight[..., 3] >= 128][None].astype(np.float32) / 255
        colours = [np.ascontiguousarray(seen[..., channel]) for channel in range(3)]
        planes = colours if tone == "each-channel" else [tone_of(colours, tone)]
        for plane in planes:
            values = np.clip(np.rint(plane * 255), 0, 255).astype(np.int64).ravel()
            counts += np.bincount(values, minlength=256)
    return Histogram(np.tile(counts, (len(CHANNELS), 1)), int(counts.sum()))


def _part(renderer: Renderer, artwork: Artwork, part: Rect) -> np.ndarray:
    """Straight uint8 RGBA of a part, what is not selected transparent."""
    selection = artwork.selection
    inside = None if selection is None else selection.read(part) >= 0.5
    if inside is not None and not inside.any():
        return np.zeros((part.height, part.width, 4), np.uint8)
    pixels = to_straight8(encoded(artwork, renderer.compose(artwork, part, 0)))
    if inside is not None:
        pixels[..., 3] = np.where(inside, pixels[..., 3], 0)
    return pixels


def _coarse(renderer: Renderer, artwork: Artwork) -> Histogram:
    pixels = renderer.thumbnail(artwork, SIDE, numbers=True)
    if artwork.selection is not None:
        inside = artwork.with_(layers=(_plain(_WHITE, artwork.selection),))
        mask = renderer.thumbnail(inside, SIDE, numbers=True)
        pixels[..., 3] = np.where(mask[..., 3] >= 128, pixels[..., 3], 0)
    return histogram(pixels)


def _plain(colour: tuple[float, ...], mask: Mask | None) -> Fill:
    return Fill(recipe=Stored(name="fill-colour", version=1, parameters={"colour": colour}), mask=mask)


def _layers_of(artwork: Artwork, groups: list[Layer]) -> tuple[Layer, ...]:
    return children_of(groups[-1]) if groups else artwork.layers


def _index(layers: tuple[Layer, ...], layer: Layer) -> int:
    return next(index for index, one in enumerate(layers) if one.id == layer.id)


def _under(layers: tuple[Layer, ...], layer: Layer) -> tuple[Layer, ...]:
    index = _index(layers, layer)
    target = tree.clip_target(layers, index)
    if target is None:
        return layers[:index]
    ground = target.with_(opacity=1.0, mode="normal", clipping=False, visible=True)
    return (ground, *layers[_index(layers, target) + 1 : index])
