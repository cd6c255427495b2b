"""Selected pixels under the hand, laid down where it brings them: at once where they are few, else on the render lane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.document import lifting, seams, tree
from studio.document.artwork import Artwork
from studio.document.layer import IDENTITY, Paint
from studio.document.lifting import Lifted, Piece
from studio.document.mask_lifting import LiftedMask, laid_mask, lift_mask, placed_mask
from studio.document.sharing import over, without_empty
from studio.raster.geometry import TileKey
from studio.raster.surface import Surface
from studio.raster.tile import Tile
from studio.raster.warp import Frame, Warp
from studio.render.baking import baking, reach_of
from studio.workspace.laying import AT_ONCE, Laying, bent_selection, commit_in_steps, parted
from studio.workspace.seams import bringing_in

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio


def lifted_of(artwork: Artwork, *, copy: bool = False) -> Lifted | LiftedMask | None:
    """What the selection means of the chosen layers, or of the mask that is painted on; None where nothing is selected.
    A ``copy`` leaves all of it where it was, too. Raises EditError where it means nothing."""
    lifting.check_no_quick_mask(artwork)
    if artwork.selection is None or artwork.active_layer is None:
        return None
    if artwork.edits_mask:
        return lift_mask(artwork, copy=copy)
    return lifting.lift(artwork, [layer.id for layer in artwork.chosen], copy=copy)


def frame(lifted: Lifted | LiftedMask) -> Frame:
    """What floats, in document pixels."""
    if isinstance(lifted, LiftedMask):
        area = lifted.area
        return float(area.left), float(area.top), float(area.right), float(area.bottom)
    return lifting.frame(lifted)


def shown(lifted: Lifted | LiftedMask, bends: Warp) -> Artwork:
    """What was lifted under ``bends`` (document pixels), as it is seen under the hand."""
    if isinstance(lifted, LiftedMask):
        return placed_mask(lifted, bends)
    return lifting.placed(lifted, bends)


def laying(lifted: Lifted | LiftedMask, bends: Warp) -> Laying:
    """Lays what was lifted down where ``bends`` (document pixels) bring it, and takes the selection along."""
    if isinstance(lifted, LiftedMask):
        artwork = yield from laid_mask(lifted, bends)
    else:
        artwork = lifting.placed(lifted, bends)
        for piece in lifted.pieces:
            artwork = yield from _laid(artwork, piece)
    if artwork.selection is None:
        return artwork
    selection = yield from bent_selection(artwork.selection, bends)
    return artwork.with_(selection=selection)


def _laid(artwork: Artwork, piece: Piece) -> Laying:
    if piece.kind != "pixels":
        return (yield from bringing_in(artwork, (piece.floating,)))
    if lifting.moves_whole(artwork, piece):
        artwork = yield from bringing_in(artwork, (piece.floating,))
        return (yield from lifting.merged_move(artwork, piece))
    floating, rest = lifting.floating_of(artwork, piece), tree.require(artwork, piece.rest)
    assert isinstance(rest, Paint)
    resampled = yield from baking(floating.surface, floating.transform, floating.warp)
    assert isinstance(resampled, Surface)
    canvas = seams.canvas_under(artwork, tree.transform_of(artwork, piece.layer.id))
    if canvas is not None:
        resampled = yield from seams.brought_in(resampled, canvas, artwork)
    changed: dict[TileKey, Tile | None] = {}
    for key, tile in resampled.tiles.items():
        below = rest.surface.tile(key)
        changed[key] = tile if below is None else Tile(over(tile.pixels(), below.pixels()))
        yield 1.0
    return lifting.laid_down(artwork, piece, without_empty(rest.surface).replace(changed))


def cost(lifted: Lifted | LiftedMask, artwork: Artwork, bends: Warp) -> int:
    """Pixels that laying down has to resample, about; ``artwork`` is what is shown of it."""
    pixels = 0
    if isinstance(lifted, LiftedMask):
        area = reach_of(lifted.chosen, IDENTITY, bends)
        pixels = area.width * area.height
    else:
        for piece in lifted.pieces:
            if piece.kind == "pixels":
                floating = lifting.floating_of(artwork, piece)
                area = reach_of(floating.surface, floating.transform, floating.warp)
                pixels += area.width * area.height
    selection = artwork.selection
    if selection is not None and selection:
        chain, transform = parted(bends)
        there = reach_of(selection, transform, chain)
        pixels += there.width * there.height // 4
    return pixels


def lay_down(
    studio: Studio, picture: Picture, lifted: Lifted | LiftedMask, bends: Warp, label: str, owner: str
) -> None:
    """Commits the transform of lifted pixels as one step. Much of it is first kept as it is seen, as groups of two layers,
    which are merged, without a further step, when the render lane has resampled them."""
    artwork = shown(lifted, bends)
    little = cost(lifted, artwork, bends) <= AT_ONCE
    commit_in_steps(studio, picture, artwork, laying(lifted, bends), little, label, owner)
