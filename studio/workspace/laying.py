"""What was lifted or placed by a transform becomes pixels again: at once where it is little, else on the render lane."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from studio.document import lifting, seams, tree
from studio.document.artwork import Artwork
from studio.document.layer import IDENTITY, Affine, Paint
from studio.document.lifting import Lifted
from studio.jobs.job import JobFailed, JobFinished, Priority
from studio.raster import perspective
from studio.raster.geometry import TileKey
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.tile import Tile
from studio.raster.warp import Warp
from studio.render.baking import baking, reach_of
from studio.workspace import notices

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

AT_ONCE = 3 * 65536
"""Pixels that are resampled in the calling thread."""

Laying = Generator[float, None, Artwork]


def laying(artwork: Artwork, lifted: Lifted, bends: Warp) -> Laying:
    """Merges the floating pixels (already placed in ``artwork``) and takes the selection along ``bends``."""
    floating, rest = tree.require(artwork, lifted.floating), tree.require(artwork, lifted.rest)
    assert isinstance(floating, Paint) and isinstance(rest, Paint)
    resampled = yield from baking(floating.surface, floating.transform, floating.warp)
    assert isinstance(resampled, Surface)
    canvas = seams.canvas_under(artwork, tree.transform_of(artwork, lifted.layer.id))
    if canvas is not None:
        resampled = yield from seams.brought_in(resampled, canvas, artwork)
    changed: dict[TileKey, Tile | None] = {}
    for key, tile in resampled.tiles.items():
        below = rest.surface.tile(key)
        changed[key] = tile if below is None else Tile(lifting.over(tile.pixels(), below.pixels()))
        yield 1.0
    merged = lifting.laid_down(artwork, lifted, lifting.without_empty(rest.surface).replace(changed))
    if merged.selection is None:
        return merged
    selection = yield from bent_selection(merged.selection, bends)
    return merged.with_(selection=selection)


def bent_selection(mask: Mask, bends: Warp) -> Generator[float, None, Mask]:
    """The selection taken along ``bends``, in document pixels."""
    chain, transform = _parted(bends)
    moved = yield from baking(mask, transform, chain)
    assert isinstance(moved, Mask)
    return moved


def _parted(bends: Warp) -> tuple[Warp, Affine]:
    """The bends as a warp and the affine map that comes last."""
    if bends and bends[-1].mesh is None:
        affine = perspective.as_affine(bends[-1].matrix)
        if affine is not None:
            return bends[:-1], affine
    return bends, IDENTITY


def cost(artwork: Artwork, lifted: Lifted, bends: Warp) -> int:
    """Pixels that laying down has to resample, about."""
    floating = tree.require(artwork, lifted.floating)
    assert isinstance(floating, Paint)
    area = reach_of(floating.surface, floating.transform, floating.warp)
    pixels = area.width * area.height
    if artwork.selection is not None and artwork.selection:
        chain, transform = _parted(bends)
        there = reach_of(artwork.selection, transform, chain)
        pixels += there.width * there.height // 4
    return pixels


def lay_down(
    studio: Studio, picture: Picture, artwork: Artwork, lifted: Lifted, bends: Warp, label: str, owner: str
) -> None:
    """Commits the transform of lifted pixels as one step. Much of it is first kept as a group of two layers, which are
    merged, without a further step, when the render lane has resampled them."""
    steps, little = laying(artwork, lifted, bends), cost(artwork, lifted, bends) <= AT_ONCE
    commit_in_steps(studio, picture, artwork, steps, little, label, owner)


def commit_in_steps(
    studio: Studio,
    picture: Picture,
    artwork: Artwork,
    steps: Laying,
    little: bool,
    label: str,
    owner: str | None,
) -> None:
    """Commits what ``steps`` make of ``artwork``: at once where it is ``little``, else the artwork as it is, which they then
    replace without a further step when the render lane has done them."""
    if little:
        picture.document.commit(label, finished(steps), owner=owner)
        return
    picture.document.commit(label, artwork, owner=owner)
    stepped = picture.document.committed

    def arrived(event: object) -> None:
        if isinstance(event, JobFailed):
            reason = {"reason": str(event.error)}
            studio.tell(notices.Notice(kind="error", text=notices.NOT_PAINTED, arguments=reason))
        if isinstance(event, JobFinished) and picture in studio.pictures:
            picture.document.when_idle(lambda: _replace(picture, stepped, event.result))

    studio.render_lane.submit(lambda: steps, label=label, priority=Priority.normal, on_event=arrived)


def _replace(picture: Picture, stepped: Artwork, merged: Artwork) -> None:
    """What was painted meanwhile stays as it is, beside the two layers; only an untouched step is merged."""
    if picture.document.committed is stepped:
        picture.document.amend(merged)


def finished(steps: Laying) -> Artwork:
    """Runs all steps in this thread."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value
