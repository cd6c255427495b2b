"""Stitching: two to forty overlapping pictures to a panorama, stage by stage.

Features → Matches → Cameras → Warped → Gains → Seams → pixels. Each stage is a pure function of the ones before it and of
its own parameters (``STAGES``). What was found is kept under a digest of just these, so that a changed parameter runs only
its stage and those behind it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator, MutableMapping, Sequence
from typing import Any

import msgspec
import numpy as np

from studio import recipe
from studio.raster.colour import as_type, widen
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis import stitch_compose, stitch_features, stitch_seams
from studio.synthesis.stitch_cameras import cameras_of
from studio.synthesis.stitch_values import (
    FEWEST,
    MOST,
    NO_OVERLAP,
    STAGES,
    TOO_FEW,
    TOO_MANY,
    Cameras,
    Features,
    Gains,
    Matches,
    Seams,
    Source,
    Stitch,
    StitchError,
    Warped,
)

Kept = MutableMapping[str, Any]
"""Values of earlier stages by digest; the caller holds it as long as a change is likely. The last run's alone are kept."""
Progress = Generator[tuple[str, float], None, Any]
"""Yields (stage, part of that stage done, 0–1)."""
STAGE_TITLES = {
    "features": QT_TRANSLATE_NOOP("recipe", "Looking for features"),
    "matches": QT_TRANSLATE_NOOP("recipe", "Matching pictures"),
    "cameras": QT_TRANSLATE_NOOP("recipe", "Finding the cameras"),
    "warped": QT_TRANSLATE_NOOP("recipe", "Projecting"),
    "gains": QT_TRANSLATE_NOOP("recipe", "Evening out exposure"),
    "seams": QT_TRANSLATE_NOOP("recipe", "Looking for seams"),
    "layers": QT_TRANSLATE_NOOP("recipe", "Warping pictures"),
    "panorama": QT_TRANSLATE_NOOP("recipe", "Blending"),
}
SHARES = {
    "features": 0.15, "matches": 0.1, "cameras": 0.03, "warped": 0.02, "gains": 0.02, "seams": 0.13,
    "layers": 0.25, "panorama": 0.3,
}  # fmt: skip


class Plan(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """Everything about a panorama but its pixels. ``sources``: those that are matched, in the order of all values."""

    sources: tuple[Source, ...]
    unmatched: tuple[str, ...]
    features: tuple[Features, ...]
    matches: Matches
    cameras: Cameras
    warped: Warped
    gains: Gains
    seams: Seams

    def area(self, parameters: Stitch) -> Rect:
        """What of the frame becomes the panorama."""
        return stitch_compose.area_of(self.warped, self.seams, parameters)


def whole_part(stage: str, done: float) -> float:
    """Of (stage, part done) the part of the whole work that is done, roughly."""
    names = list(SHARES)
    before = sum(SHARES[name] for name in names[: names.index(stage)])
    return min(1.0, before + SHARES[stage] * done)


def planned(sources: Sequence[Source], parameters: Stitch, kept: Kept | None = None) -> Progress:
    """Yields progress; returns the Plan. Raises StitchError, RecipeError."""
    parameters = recipe.check(parameters)
    kept = {} if kept is None else kept
    before = set(kept)
    features, matches, keys = yield from _compared(sources, parameters, kept)
    key = keys[-1]
    used = set(keys)
    if len(matches.matched) < FEWEST:
        raise StitchError(NO_OVERLAP, count=len(sources))
    used.add(key := _key("cameras", parameters, key))
    cameras = yield from _stage("cameras", key, kept, _once(cameras_of, matches, features, parameters))
    used.add(key := _key("warped", parameters, key))
    warped = yield from _stage("warped", key, kept, _once(stitch_seams.warped, cameras, features, parameters))
    used.add(key := _key("gains", parameters, key))
    gains = yield from _stage("gains", key, kept, _once(stitch_seams.gains_of, warped, parameters))
    used.add(key := _key("seams", parameters, key))
    seams = yield from _stage("seams", key, kept, stitch_seams.seams_of(warped, gains, parameters))
    for old in before - used:
        kept.pop(old, None)
    return Plan(
        sources=tuple(sources[index] for index in matches.matched),
        unmatched=tuple(sources[index].name for index in matches.unmatched),
        features=tuple(features), matches=matches, cameras=cameras, warped=warped, gains=gains, seams=seams,
    )  # fmt: skip


def compared(sources: Sequence[Source], parameters: Stitch, kept: Kept) -> Progress:
    """Yields progress; returns (Features of each, Matches): what is found before it is known whether there is a panorama.

    Raises StitchError, RecipeError.
    """
    features, matches, _keys = yield from _compared(sources, recipe.check(parameters), kept)
    return features, matches


def _compared(sources: Sequence[Source], parameters: Stitch, kept: Kept) -> Progress:
    """Returns (Features of each, Matches, the keys under which these are kept)."""
    if len(sources) < FEWEST:
        raise StitchError(TOO_FEW)
    if len(sources) > MOST:
        raise StitchError(TOO_MANY, most=MOST, count=len(sources))
    features, keys = [], []
    for done, source in enumerate(sources):
        keys.append(_key("features", parameters, source.digest or digest_of(source)))
        # work that was stopped may end beside this one, and forget what is kept
        found = kept.get(keys[-1]) or stitch_features.features_of(source, parameters)
        features.append(kept.setdefault(keys[-1], found))
        yield "features", (done + 1) / len(sources)
    keys.append(key := _key("matches", parameters, *keys))
    matches: Matches = yield from _stage("matches", key, kept, stitch_features.matched(features, parameters))
    return features, matches, keys


def composed(plan: Plan, parameters: Stitch, dtype: np.dtype | type = np.float16) -> Progress:
    """Yields progress; returns the panorama as a Surface in the frame's pixels, to be seen inside ``plan.area``."""
    work = stitch_compose.composed(
        plan.sources, plan.warped, plan.gains, plan.seams, parameters, np.dtype(dtype)
    )
    surface: Surface = yield from _last("panorama", work)
    return surface


def layered(plan: Plan, parameters: Stitch, dtype: np.dtype | type = np.float16) -> Progress:
    """Yields progress; returns (Surface, Mask) of each matched picture, warped, in the frame's pixels."""
    work = stitch_compose.layered(
        plan.sources, plan.warped, plan.gains, plan.seams, parameters, np.dtype(dtype)
    )
    layers: tuple[tuple[Surface, Mask], ...] = yield from _last("layers", work)
    return layers


def joined(
    layers: Sequence[tuple[Surface, Mask | None]],
    area: Rect,
    parameters: Stitch,
    dtype: np.dtype | type,
    under: Surface | None = None,
    before: tuple[Surface, Rect] | None = None,
) -> Progress:
    """The panorama of pictures that are warped already, with masks as they are now: what a moved seam asks for.

    Yields progress; returns a Surface. ``under``: shown where no picture is (a filled border). ``before``: the panorama as it was
    and where masks have changed since; all farther away than the reach of the bands keeps its tiles. A pixel farther than the reach of the bands from a changed mask stays bit-equal.
    """

    def read(part: Rect, reach: int) -> list[stitch_compose.Piece]:
        found = []
        for surface, mask in layers:
            if surface.bounds.intersect(part).empty:
                continue
            shown = np.ones((part.height, part.width)) if mask is None else mask.read(part)
            if shown.any():
                found.append((part, widen(surface.read(part)), shown.astype(np.float32)))
        return found

    def several(part: Rect) -> bool:
        return (
            sum(
                not surface.bounds.intersect(part).empty and (mask is None or bool(mask.read(part).any()))
                for surface, mask in layers
            )
            > 1
        )

    surface, parts = Surface(dtype=dtype), stitch_compose.blocks(area)
    if before is not None:
        step = 2**parameters.bands
        surface, touched = before[0], before[1].grow((stitch_compose.REACH + 1) * step)
        parts = [part for part in stitch_compose.blocks(area.intersect(touched)) if not part.empty]
    for done, part in enumerate(parts):
        pixels = stitch_compose.blended(read, part, parameters, several)
        if under is not None:
            pixels += under.read(part).astype(np.float32) * (1 - pixels[..., 3:])
        surface = surface.write(part, as_type(pixels, np.dtype(dtype)))
        yield "panorama", (done + 1) / len(parts)
    return surface


def digest_of(source: Source) -> str:
    """32 hexadecimal digits for pixels and place; the name does not count."""
    found = hashlib.blake2b(repr(source.rect).encode(), digest_size=16)
    for key, tile in sorted(source.surface.tiles.items()):
        found.update(repr(key).encode())
        found.update(memoryview(np.ascontiguousarray(tile.pixels())))  # type: ignore[arg-type]
    return found.hexdigest()


def _key(stage: str, parameters: Stitch, *before: str) -> str:
    own = [getattr(parameters, name) for name in STAGES[stage]]
    return hashlib.blake2b(msgspec.json.encode([stage, own, before]), digest_size=16).hexdigest()


def _once(function: Any, *arguments: Any) -> Iterator[Any]:
    yield function(*arguments)


def _stage(stage: str, key: str, kept: Kept, work: Iterator[Any]) -> Progress:
    """The kept value of a stage, or its work done now."""
    found = kept.get(key)
    if found is None:
        found = kept[key] = yield from _last(stage, work)
    yield stage, 1.0
    return found


def _last(stage: str, work: Iterator[Any]) -> Progress:
    """Passes on the parts done of ``work``; returns what it yields last."""
    found = None
    for found in work:
        if isinstance(found, float):
            yield stage, found
    return found
