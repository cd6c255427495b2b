"""Which photograph of a panorama is shown where: its seams moved to what is selected, or to where a brush went.

Where a photograph wins, its mask becomes 1 as far as it has pixels there, and the masks of all others 0; the blended picture
is made again around that. A mask keeps every value, bit for bit, where nothing was selected or painted.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Generator, Iterable, Sequence

import msgspec
import numpy as np

from studio.document import edits, placing, tree
from studio.document.artwork import Artwork
from studio.document.edits import EditError
from studio.document.layer import Affine, Derived, Group, Paint, inverse
from studio.raster.brush import Brush
from studio.raster.geometry import EMPTY, Rect, TileKey, tile_keys
from studio.raster.mask import Mask
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import panorama_group, stitching
from studio.workspace.reblending import Masks, changed_between

NOT_A_PHOTOGRAPH = QT_TRANSLATE_NOOP(
    "document",
    "Choose one of the photographs inside the panorama; where something is selected it will be shown.",
)
CHOOSE_A_PHOTOGRAPH = QT_TRANSLATE_NOOP(
    "document",
    "Choose one of the photographs inside a panorama, or Alt+click where it lies; it will be shown where you paint.",
)
NO_PHOTOGRAPH_HERE = QT_TRANSLATE_NOOP(
    "document",
    "No photograph of a panorama lies here. Choose one of its layers in the Layers panel, then Alt+click on it.",
)
NOTHING_SELECTED = QT_TRANSLATE_NOOP(
    "document", "Nothing is selected. Select where this photograph is to be shown."
)
NO_PIXELS_THERE = QT_TRANSLATE_NOOP(
    "document",
    "“{name}” has no pixels there, so it cannot be shown. Alt+click to choose a photograph that lies there.",
)
LOCKED = QT_TRANSLATE_NOOP(
    "document", "A layer of this panorama is locked. Unlock it in the Layers panel first."
)
HIDDEN = QT_TRANSLATE_NOOP(
    "document", "This panorama is hidden: nobody would see the change. Show it in the Layers panel first."
)
Place = tuple[float, float]
Cover = Callable[[Rect], np.ndarray]
"""How much of each pixel of a rectangle of the panorama's frame is meant: float32 [h, w], 0–1."""
MadeWith = Callable[[Derived], Masks | None]
"""The masks that a blended picture shows; None where that is not known."""


class Claim(msgspec.Struct, frozen=True, eq=False):
    """A photograph of a panorama that is to be shown: it, all that take part, and what is selected in its pixels."""

    artwork: Artwork
    group: Group
    winner: Paint
    pictures: tuple[Paint, ...]
    selection: Mask | None
    to_frame: Affine
    """From document pixels to those of the frame that all pictures of the panorama share."""


def claim_of(artwork: Artwork, otherwise: str) -> Claim:
    """Raises EditError: ``otherwise`` where the active layer is no photograph of a panorama, or for locked and hidden ones."""
    group, layer = panorama_group.panorama_at(artwork), artwork.active_layer
    pictures = () if group is None else tuple(panorama_group.warped_in(group))
    if group is None or not isinstance(layer, Paint) or all(one.id != layer.id for one in pictures):
        raise EditError(otherwise)
    above = tree.path_to(artwork, group.id)
    if any(one.locks.all for one in (*above, *pictures)):
        raise EditError(LOCKED)
    if not all(one.visible for one in above):
        raise EditError(HIDDEN)
    return Claim(
        artwork=artwork, group=group, winner=layer, pictures=pictures,
        selection=edits.selection_in_layer(artwork, layer.id),
        to_frame=inverse(tree.transform_of(artwork, layer.id)),
    )  # fmt: skip


def photographs_at(artwork: Artwork, place: Place) -> list[Paint]:
    """The photographs of the panorama that the active layer is, or lies in, that have pixels at ``place`` (document pixels),
    bottom to top."""
    group = panorama_group.panorama_at(artwork)
    found = []
    for layer in () if group is None else panorama_group.warped_in(group):
        x, y = _moved(inverse(tree.transform_of(artwork, layer.id)), place)
        if layer.surface.read(Rect.of(math.floor(x), math.floor(y), 1, 1))[0, 0, 3] > 0:
            found.append(layer)
    return found


def next_at(artwork: Artwork, place: Place) -> Paint | None:
    """Of the photographs at ``place`` the one after the active layer, around; first of all one that is not shown there."""
    found = photographs_at(artwork, place)
    for number, layer in enumerate(found):
        if layer.id == artwork.active:
            return found[(number + 1) % len(found)]
    hidden = (layer for layer in found if _mask_at(artwork, layer, place) < 0.5)
    return next(hidden, found[0] if found else None)


def _mask_at(artwork: Artwork, layer: Paint, place: Place) -> float:
    if layer.mask is None or not layer.mask_enabled:
        return 1.0
    x, y = _moved(inverse(tree.transform_of(artwork, layer.id)), place)
    return float(layer.mask.read(Rect.of(math.floor(x), math.floor(y), 1, 1))[0, 0])


def outline_of(artwork: Artwork, layer: Paint) -> tuple[Place, ...]:
    """The corners of the rectangle around a photograph's pixels, in document pixels."""
    box, to_document = placing.content_of(layer.surface), tree.transform_of(artwork, layer.id)
    corners = ((box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom))
    return tuple(_moved(to_document, (float(x), float(y))) for x, y in corners)


def _moved(affine: Affine, place: Place) -> Place:
    a, b, c, d, tx, ty = affine
    x, y = place
    return a * x + c * y + tx, b * x + d * y + ty


# ---- where a brush went


class Sweep:
    """What a round brush went over, tile by tile of the panorama's frame; grows with the path and is its own highest value."""

    def __init__(self, brush: Brush, to_frame: Affine) -> None:
        a, b, c, d = to_frame[:4]
        self._radius = brush.size / 2 * math.sqrt(abs(a * d - b * c))
        self._hardness, self._strength = brush.hardness, np.float32(brush.opacity * brush.flow)
        self._to_frame = to_frame
        self._tiles: dict[TileKey, np.ndarray] = {}

    def extend(self, places: Sequence[Place]) -> set[TileKey]:
        """The way through ``places`` (document pixels) joins it; returns the tiles that may have changed.

        A pixel whose centre lies r away from the way has opacity · flow · clip((radius − r) / (radius · (1 − hardness)), 0, 1).
        """
        points = [_moved(self._to_frame, place) for place in places]
        touched: set[TileKey] = set()
        for start, end in itertools.pairwise(points if len(points) > 1 else points * 2):
            touched |= self._segment(start, end)
        return touched

    def _segment(self, start: Place, end: Place) -> set[TileKey]:
        far = self._radius
        box = Rect(
            math.floor(min(start[0], end[0]) - far), math.floor(min(start[1], end[1]) - far),
            math.ceil(max(start[0], end[0]) + far) + 1, math.ceil(max(start[1], end[1]) + far) + 1,
        )  # fmt: skip
        touched = set()
        for key in tile_keys(box):
            place = Rect.of_tile(key)
            part = box.intersect(place)
            cover = self._strength * self._cover(part, start, end)
            if not cover.any():
                continue
            tile = self._tiles.get(key)
            if tile is None:
                tile = self._tiles[key] = np.zeros((place.height, place.width), np.float32)
            rows, columns = (
                slice(part.top - place.top, part.bottom - place.top),
                slice(part.left - place.left, part.right - place.left),
            )
            np.maximum(tile[rows, columns], cover, out=tile[rows, columns])
            touched.add(key)
        return touched

    def _cover(self, part: Rect, start: Place, end: Place) -> np.ndarray:
        across = np.arange(part.left, part.right, dtype=np.float32)[None] + np.float32(0.5 - start[0])
        down = np.arange(part.top, part.bottom, dtype=np.float32)[:, None] + np.float32(0.5 - start[1])
        dx, dy = end[0] - start[0], end[1] - start[1]
        long = dx * dx + dy * dy
        if long > 0:
            along = np.clip(across * np.float32(dx / long) + down * np.float32(dy / long), 0, 1)
            across, down = across - along * np.float32(dx), down - along * np.float32(dy)
        away = across * across + down * down
        np.sqrt(away, out=away)
        np.subtract(np.float32(self._radius), away, out=away)
        away *= np.float32(1 / max(1.0, self._radius * (1 - self._hardness)))
        return np.clip(away, 0, 1, out=away)

    def keys(self) -> set[TileKey]:
        return set(self._tiles)

    def cover(self, area: Rect) -> np.ndarray:
        """Of one whole tile."""
        key = area.left // area.width, area.top // area.height
        found = self._tiles.get(key)
        return np.zeros((area.height, area.width), np.float32) if found is None else found


# ---- who is shown


def share_of(claim: Claim, area: Rect, cover: Cover) -> np.ndarray:
    """How much of each pixel goes to the winner: float32 [h, w]; 0 where it has no pixels, or nothing is selected."""
    share = cover(area) * (claim.winner.surface.read(area)[..., 3] > 0)
    if claim.selection is not None:
        share *= claim.selection.read(area).astype(np.float32)
    return share.astype(np.float32)


def with_masks(claim: Claim, areas: Iterable[Rect], cover: Cover) -> Generator[float, None, Artwork]:
    """The seams moved: old + s · (1 − old) for the winner, old − s · old for all others. Areas in the panorama's frame."""
    shares = {}
    for area in areas:
        share = share_of(claim, area, cover)
        if share.any():
            shares[area] = share
        yield 0.0
    changed = claim.artwork
    for picture in claim.pictures:
        old_mask = picture.mask if picture.mask is not None and picture.mask_enabled else Mask(default=1.0)
        mask, target = old_mask, np.float32(picture.id == claim.winner.id)
        for area, share in shares.items():
            old = old_mask.read(area).astype(np.float32)
            new = (old + share * (target - old)).astype(np.float16)
            if not np.array_equal(new, old):
                mask = mask.write(area, new)
                yield 0.0
        if mask is not old_mask:
            changed = edits.change(changed, picture.id, mask=mask, mask_enabled=True)
    return changed


def reblended(
    changed: Artwork, claim: Claim, made_with: MadeWith | None = None
) -> Generator[float, None, Artwork]:
    """``changed`` with its panorama blended anew, where its masks are others than those that its blended picture shows:
    ``made_with`` knows them; else they are those of ``claim``."""
    now = changed.find(claim.group.id)
    assert isinstance(now, Group)
    result = panorama_group.result_of(now)
    assert result is not None
    if not result.visible:
        return changed
    before = made_with(result) if made_with is not None else None
    around = changed_between(before or masks_of(claim.group), masks_of(now))
    if around == EMPTY:
        return changed
    surface = yield from stitching.joined_again(changed, now, around)
    return tree.rewrite(changed, result.id, lambda one: (one.with_(surface=surface),))


def masks_of(group: Group) -> Masks:
    """Those of all its photographs, by layer."""
    return tuple(
        (one.id, one.mask if one.mask_enabled else None) for one in panorama_group.pictures_of(group)
    )


def selected_won(artwork: Artwork, made_with: MadeWith | None = None) -> Generator[float, None, Artwork]:
    """The active photograph shown where something is selected. Raises EditError where there is no such picture, nothing is
    selected, or a layer is locked or hidden."""
    claim = claim_of(artwork, NOT_A_PHOTOGRAPH)
    if claim.selection is None:
        raise EditError(NOTHING_SELECTED)
    areas = [Rect.of_tile(key) for key in claim.winner.surface.tiles]
    everywhere = (
        np.ones((areas[0].height, areas[0].width), np.float32) if areas else np.ones((0, 0), np.float32)
    )
    changed = yield from with_masks(claim, areas, lambda _area: everywhere)
    return (yield from reblended(changed, claim, made_with))


def painted_won(
    artwork: Artwork, path: Sequence[Place], brush: Brush, made_with: MadeWith | None = None
) -> Generator[float, None, Artwork]:
    """The active photograph shown where the brush went along ``path`` (document pixels), inside the selection; the same
    artwork where it was shown already. Raises EditError as :func:`selected_won`, and where it has no pixels there."""
    claim = claim_of(artwork, CHOOSE_A_PHOTOGRAPH)
    sweep = Sweep(brush, claim.to_frame)
    for start in range(len(path)):
        sweep.extend(path[max(0, start - 1) : start + 1])
        yield 0.0
    areas = [Rect.of_tile(key) for key in sorted(sweep.keys() & set(claim.winner.surface.tiles))]
    if not any(share_of(claim, area, sweep.cover).any() for area in areas):
        raise EditError(NO_PIXELS_THERE, name=claim.winner.name)
    changed = yield from with_masks(claim, areas, sweep.cover)
    return (yield from reblended(changed, claim, made_with))


class Live:
    """One stroke while it is drawn: the winner's own pixels over the blended picture, which is blended when it ends. All but
    the making of it run on the render lane."""

    def __init__(self, artwork: Artwork, brush: Brush) -> None:
        """Raises EditError."""
        self._claim = claim_of(artwork, CHOOSE_A_PHOTOGRAPH)
        self._sweep = Sweep(brush, self._claim.to_frame)
        self._done = 0
        self._shown = artwork

    def frame(self, path: tuple[Place, ...]) -> Generator[None, None, Artwork | None]:
        """The artwork with the photograph shown along all of ``path``; only what came since the last frame costs."""
        yield
        touched = self._sweep.extend(path[max(0, self._done - 1) :])
        self._done = len(path)
        claim, areas = self._claim, [Rect.of_tile(key) for key in sorted(touched)]
        result = panorama_group.result_of(claim.group)
        assert result is not None
        if not result.visible:  # the pictures with their seams are what is seen
            areas = [Rect.of_tile(key) for key in sorted(self._sweep.keys())]
            self._shown = _run(with_masks(claim, areas, self._sweep.cover))
            return self._shown
        now = self._shown.find(result.id)
        assert isinstance(now, Derived)
        surface = now.surface
        for area in areas:
            share = share_of(claim, area, self._sweep.cover)[..., None]
            if share.any():
                old = result.surface.read(area).astype(np.float32)
                new = old + share * (claim.winner.surface.read(area).astype(np.float32) - old)
                surface = surface.write(area, new.astype(surface.dtype))
        if surface is now.surface:
            return None
        self._shown = tree.rewrite(self._shown, result.id, lambda one: (one.with_(surface=surface),))
        return self._shown


def _run(steps: Generator[float, None, Artwork]) -> Artwork:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value
