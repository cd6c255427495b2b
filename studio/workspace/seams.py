"""In a picture that repeats, what a move or a transform brought beyond an edge comes in at the other: at once where it is
little, else on the render lane."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import TYPE_CHECKING

from studio.document import placing, seams, tree
from studio.document.artwork import Artwork
from studio.document.layer import IDENTITY, Paint, inverse
from studio.raster.geometry import Rect
from studio.render.baking import baking, reach_of
from studio.workspace.laying import AT_ONCE, commit_in_steps

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio


def commit_moved(
    studio: Studio, picture: Picture, artwork: Artwork, ids: Iterable[str], label: str, owner: str | None
) -> None:
    """Commits layers that were moved or transformed as one step."""
    ids = tuple(ids)
    cost = sum(_cost(artwork, layer_id) for layer_id in ids)
    if not cost:
        picture.document.commit(label, artwork, owner=owner)
        return
    steps = bringing_in(artwork, ids)
    commit_in_steps(studio, picture, artwork, steps, cost <= AT_ONCE, label, owner)


def bringing_in(artwork: Artwork, ids: Iterable[str]) -> Generator[float, None, Artwork]:
    """The artwork with what these layers have beyond an edge put in at the other. A layer that is scaled, turned or bent
    becomes pixels of its place where that is so; text, shapes, groups and layers with a mask stay as they are."""
    for layer_id in ids:
        if not _cost(artwork, layer_id):
            continue
        layer = tree.require(artwork, layer_id)
        assert isinstance(layer, Paint)
        surface, transform = layer.surface, tree.transform_of(artwork, layer_id)
        canvas = seams.canvas_under(artwork, transform) if not layer.warp else None
        own = layer.transform
        if canvas is None:
            outer = placing.outer_of(artwork, layer_id)
            baked = yield from baking(surface, transform, layer.warp)
            surface, canvas, own = baked, artwork.rect, inverse(outer) if outer != IDENTITY else IDENTITY
        brought = yield from seams.brought_in(surface, canvas, artwork)
        artwork = seams.with_layer(artwork, layer, brought, own)
    return artwork


def _cost(artwork: Artwork, layer_id: str) -> int:
    """Pixels that bringing a layer in has to touch, about; 0 where nothing lies beyond an edge."""
    layer = artwork.find(layer_id)
    if layer is None or not seams.movable_over(artwork, layer):
        return 0
    assert isinstance(layer, Paint)
    transform = tree.transform_of(artwork, layer_id)
    canvas = seams.canvas_under(artwork, transform) if not layer.warp else None
    if canvas is None:
        reach = reach_of(layer.surface, transform, layer.warp)
        return _area(reach) if seams.overhang(reach, artwork.rect, artwork) is not None else 0
    content = placing.content_of(layer.surface)
    if content.empty or seams.overhang(content, canvas, artwork) is None:
        return 0
    return 2 * (_area(content) - _area(content.intersect(canvas)))


def _area(rect: Rect) -> int:
    return 0 if rect.empty else rect.width * rect.height
