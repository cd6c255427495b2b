"""A panorama stitched once more: what the artist put into its group stays, and so do seams moved by hand where they still fit."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any

import msgspec
import numpy as np

from studio.document.artwork import Artwork
from studio.document.layer import Affine, Derived, Group, Layer, Paint, joined
from studio.raster.geometry import EMPTY, Rect, TileKey
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.recipe import RecipeError, Stored
from studio.synthesis import stitch
from studio.synthesis.stitch_values import STAGES, Source
from studio.workspace.panorama_group import (
    AREA,
    CAMERAS,
    PICTURES,
    parameters_of,
    pictures_of,
    result_of,
    source_ids,
)

_TOLERANCE = 2e-3
"""How much a mask may differ from the one that was found and is not yet moved by hand: what a half rounds."""
_PLACING = tuple(
    name
    for stage in ("features", "matches", "cameras", "warped")
    for name in STAGES[stage]
    if name != "seam_megapixels"
)
"""Parameters that say where the pictures lie."""
_SEAMING = ("exposure", "seams", "seam_megapixels", "sampling")
"""Those that say where the seams run between them."""


class Stitched(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """``layers``: (name, warped pixels, seam) in the panorama's frame, ``ids``: of the layers they were made from, as far as
    known; ``area``: what of the frame is the panorama."""

    layers: tuple[tuple[str, Surface, Mask], ...]
    blended: Surface | None
    area: Rect
    unmatched: tuple[str, ...]
    recipe: Stored
    ids: tuple[str, ...] = ()


def same_places(group: Group, found: Stitched) -> bool:
    """Whether the pictures lie where they lay: so a seam means the same there."""
    result = result_of(group)
    assert result is not None
    try:
        old, new = parameters_of(result.recipe), parameters_of(found.recipe)
    except RecipeError:  # of a later version
        return False
    if any(getattr(old, name) != getattr(new, name) for name in _PLACING):
        return False
    if set(source_ids(group).values()) != set(found.ids):
        return False
    was, now = (one.parameters[CAMERAS] for one in (result.recipe, found.recipe))
    return was["projection"] == now["projection"] and np.array_equal(was["project"], now["project"])


def with_old_seams(
    group: Group, found: Stitched, sources: Sequence[Source], artwork: Artwork, kept: stitch.Kept
) -> Generator[Any, None, Stitched]:
    """``found`` with the seams of ``group`` where they were moved by hand, if the pictures lie where they lay, and blended so;
    pictures that are hidden stay out of it. Yields (stage, part done)."""
    old = {source_ids(group)[one.id]: one for one in pictures_of(group)}
    pairs = [old.get(one) for one in found.ids]
    masks: list[Mask | None] = [mask for _name, _surface, mask in found.layers]
    changed = EMPTY
    if same_places(group, found):
        automatic = yield from _found_before(group, found, sources, artwork, kept)
        masks, changed = _decided(pairs, automatic, masks)
    hidden = any(one is not None and not one.visible for one in pairs)
    layers = tuple(
        (name, surface, fresh if mask is None else mask)
        for (name, surface, fresh), mask in zip(found.layers, masks, strict=True)
    )
    found = msgspec.structs.replace(found, layers=layers)
    unmasked = any(mask is None for mask in masks)
    if found.blended is None or (changed.empty and not hidden and not unmasked):
        return found
    parameters = parameters_of(found.recipe)
    taking = [
        (surface, mask)
        for (_name, surface, _fresh), mask, one in zip(found.layers, masks, pairs, strict=True)
        if one is None or one.visible
    ]
    under = found.blended if parameters.border == "fill" else None
    before = None if hidden or unmasked else (found.blended, changed)
    blended = yield from stitch.joined(taking, found.area, parameters, artwork.dtype, under, before)
    return msgspec.structs.replace(found, blended=blended)


def _found_before(
    group: Group, found: Stitched, sources: Sequence[Source], artwork: Artwork, kept: stitch.Kept
) -> Generator[Any, None, list[Mask]]:
    """The seams that were found for ``group``, as they were before any hand: those of ``found`` where nothing has changed that
    they depend on, else found again with the values of then."""
    result = result_of(group)
    assert result is not None
    old, new = parameters_of(result.recipe), parameters_of(found.recipe)
    if all(getattr(old, name) == getattr(new, name) for name in _SEAMING):
        return [mask for _name, _surface, mask in found.layers]
    plan: stitch.Plan = yield from stitch.planned(sources, old, dict(kept))
    layers = yield from stitch.layered(plan, old, artwork.dtype)
    return [mask for _surface, mask in layers]


def _decided(
    pairs: Sequence[Paint | None], automatic: Sequence[Mask], fresh: Sequence[Mask | None]
) -> tuple[list[Mask | None], Rect]:
    """(masks, the rectangle around what is the hand's): wherever any of the old masks is not what was found, all are taken.
    None for a picture whose mask was taken away or does not count."""
    olds = [None if one is None or not one.mask_enabled else one.mask for one in pairs]
    keys: set[TileKey] = set()
    for old, found in zip(olds, automatic, strict=True):
        if old is not None:
            keys |= set(old.diff(found))
    masks, changed = list(fresh), EMPTY
    for key in sorted(keys):
        place = Rect.of_tile(key)
        moved = np.zeros((place.height, place.width), bool)
        for old, found in zip(olds, automatic, strict=True):
            if old is not None:
                difference = old.read(place).astype(np.float32) - found.read(place)
                moved |= np.abs(difference) > _TOLERANCE
        rows, columns = np.nonzero(moved)
        if not len(rows):
            continue
        changed = changed.unite(
            Rect(
                place.left + int(columns.min()), place.top + int(rows.min()),
                place.left + int(columns.max()) + 1, place.top + int(rows.max()) + 1,
            )
        )  # fmt: skip
        for number, (old, mask) in enumerate(zip(olds, masks, strict=True)):
            if old is not None and mask is not None:
                masks[number] = mask.write(place, np.where(moved, old.read(place), mask.read(place)))
    return [mask if old is not None else None for old, mask in zip(olds, masks, strict=True)], changed


def renewed(group: Group, found: Stitched) -> Group:
    """The group with the new pictures in the places of the old ones; everything else in it stays, and lies where it lay on the
    panorama as long as its pictures do."""
    result, known = result_of(group), source_ids(group)
    assert result is not None
    steady = same_places(group, found)
    move = placed(found.area)
    old_area = Rect(*result.recipe.parameters[AREA])
    shift: Affine = (
        1.0,
        0.0,
        0.0,
        1.0,
        float(old_area.left - found.area.left),
        float(old_area.top - found.area.top),
    )
    waiting = {key or str(number): number for number, key in enumerate(found.ids)}
    children: list[Layer] = []
    ids: list[tuple[str, str]] = []
    for child in group.children:
        if child.id == result.id:
            for number in waiting.values():  # pictures that are part of it now
                children.append(_new(found, number, move))
                ids.append((children[-1].id, found.ids[number]))
            children.append(_result(result, found, move, ids))
        elif isinstance(child, Paint) and child.id in known:
            number = waiting.pop(known[child.id], None)
            if number is not None:
                children.append(_renewed(child, found, number, steady).with_(transform=move))
                ids.append((child.id, known[child.id]))
        elif steady and not _is_sources(child, known):
            children.append(child.with_(transform=joined(shift, child.transform)))
        else:
            children.append(child)
    return group.with_(children=tuple(children))


def _renewed(old: Paint, found: Stitched, number: int, steady: bool) -> Paint:
    """With new pixels and seam; a mask that was taken away or switched off stays so while the pictures lie where they lay."""
    _name, surface, mask = found.layers[number]
    if steady and (old.mask is None or not old.mask_enabled):
        return old.with_(surface=surface)
    return old.with_(surface=surface, mask=mask, mask_enabled=True)


def placed(area: Rect) -> Affine:
    """From the frame to the panorama, whose upper left corner is that of ``area``."""
    return (1.0, 0.0, 0.0, 1.0, -float(area.left), -float(area.top))


def _new(found: Stitched, number: int, move: Affine) -> Paint:
    name, surface, mask = found.layers[number]
    return Paint(name=name, surface=surface, mask=mask, transform=move)


def _result(old: Derived, found: Stitched, move: Affine, ids: Sequence[tuple[str, str]]) -> Derived:
    surface = found.blended or Surface(dtype=old.surface.dtype)
    return old.with_(
        surface=surface,
        recipe=with_pictures(found.recipe, ids),
        transform=move,
        visible=found.blended is not None,
    )


def with_pictures(stored: Stored, ids: Sequence[tuple[str, str]]) -> Stored:
    """The recipe that says which layers it is about: (id of a warped picture, id of its source)."""
    plain = stored.parameters | {PICTURES: [list(one) for one in ids]}
    return Stored(name=stored.name, version=stored.version, parameters=plain)


def _is_sources(layer: Layer, known: dict[str, str]) -> bool:
    inside = {one.id for one in layer.children} if isinstance(layer, Group) else set()
    return bool(inside & set(known.values()))
