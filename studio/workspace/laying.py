"""What was placed by a transform becomes pixels: at once where it is little, else on the render lane."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from studio.document.artwork import Artwork
from studio.document.layer import IDENTITY, Affine, is_integer_move
from studio.document.painting import moved_mask
from studio.jobs.job import JobFailed, JobFinished, Priority
from studio.raster import perspective
from studio.raster.mask import Mask
from studio.raster.warp import Warp
from studio.render.baking import baking
from studio.workspace import notices

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

AT_ONCE = 3 * 65536
"""Pixels that are resampled in the calling thread."""

Laying = Generator[float, None, Artwork]


def bent_selection(mask: Mask, bends: Warp) -> Generator[float, None, Mask]:
    """The selection taken along ``bends``, in document pixels."""
    chain, transform = parted(bends)
    if not chain and is_integer_move(transform):
        return moved_mask(mask, int(transform[4]), int(transform[5]))
    moved = yield from baking(mask, transform, chain)
    assert isinstance(moved, Mask)
    return moved


def parted(bends: Warp) -> tuple[Warp, Affine]:
    """The bends as a warp and the affine map that comes last."""
    if bends and bends[-1].mesh is None:
        affine = perspective.as_affine(bends[-1].matrix)
        if affine is not None:
            return bends[:-1], affine
    return bends, IDENTITY


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
