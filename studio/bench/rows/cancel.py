"""How long a stop waits: the longest time between two yields of each filter, fusion, repair and stitch on a picture of 4096²,
and until the render lane is free of a tile of each live filter with its sliders at their ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator
from functools import partial
from typing import Any

import msgspec
import numpy as np

from studio import recipe
from studio.bench.figures import Figure, figure
from studio.bench.scene import photo_surface
from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Filter, Paint
from studio.filters import FILTERS, FilterKind
from studio.jobs.aside import aside
from studio.jobs.lane import Lane
from studio.raster.geometry import TILE, Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.render.renderer import Renderer
from studio.synthesis.cut_out import CutOut
from studio.synthesis.fuse import FUSIONS
from studio.synthesis.fusion import grey
from studio.synthesis.rework import Quilt
from studio.synthesis.stitch_values import Stitch
from studio.workspace import cutting_out, repair_forms, repairing, stitching
from studio.workspace.filter_targets import filtered

SIDE = 4096
TARGET = 100.0
"""Milliseconds."""
AGAIN = 2
"""So many more times a filter over the target is measured, and the shortest counts: other work of the machine is not its own."""
PATIENCE = 60.0
"""Seconds after which a repair or a panorama is stopped."""
BEGUN = 0.03
"""Seconds that a live filter's tile is worked on before it is stopped."""
SECONDS = 3.0
"""A filter that takes longer is stopped: by then each of its stages but the last has had its turn."""


def measure(quick: bool = False) -> list[Figure]:
    side = 256 if quick else SIDE
    artwork = edits.from_picture(photo_surface(side, side, 3), side, side, name="photo")
    layer = artwork.layers[0]
    assert isinstance(layer, Paint)
    longest = {}
    for kind in FILTERS.values():
        longest[kind.name] = _longest_of(artwork, layer, kind)
    return [
        _told("filters: longest time between two yields", longest),
        _told("live filters, each slider at its end: from the stop to a free render lane", _live(side)),
        _told("fusions: longest time until a stop is heard", _fused(side)),
        _told("repair, cutting out and stitching: longest time until a stop is heard", _repaired(side)),
    ]


def _longest_of(artwork: Artwork, layer: Paint, kind: FilterKind) -> float:
    seconds, shortest = 60.0 if kind.whole else SECONDS, float("inf")
    for _ in range(1 + AGAIN):
        steps = filtered(artwork, layer, kind, kind.parameters())
        shortest = min(shortest, longest_step(steps, seconds))
        if shortest <= TARGET:
            break
    return shortest


def _live(side: int) -> dict[str, float]:
    """Each of the filters that look around themselves, over a tile in the middle; stopped after :data:`BEGUN` seconds."""
    surface = photo_surface(side, side, 3)
    below = Paint(name="photo", surface=surface)
    found = {}
    for kind in FILTERS.values():
        values = largest(kind)
        if kind.where == "engine" or kind.needs_whole(values) or not kind.reach(values):
            continue
        layer = Filter(recipe=recipe.store(kind.name, kind.version, values))
        artwork = Artwork(width=side, height=side, layers=(below, layer), active=below.id)
        middle = (side // TILE // 2, side // TILE // 2)
        found[kind.name] = _stopped(partial(Renderer().steps, artwork, (middle,)))
    return found


def largest(kind: FilterKind) -> Any:
    """The filter's parameters with each slider at its end."""
    usual = kind.parameters()
    ends = {}
    for one in recipe.parameters(kind.parameters):
        end = one.high if one.soft_high is None else one.soft_high
        if end is not None and one.name != "seed":
            ends[one.name] = type(getattr(usual, one.name))(end)
    return msgspec.structs.replace(usual, **ends)


def _stopped(work: Callable[[], Iterator[object]]) -> float:
    """Milliseconds from the stop of a job to its lane being free; those that ended before count as nothing."""
    lane = Lane()
    job = lane.submit(work)
    thread = threading.Thread(target=lane.drain)
    thread.start()
    thread.join(BEGUN)
    began = time.perf_counter()
    job.cancel()
    thread.join()
    took = 1000 * (time.perf_counter() - began)
    for left in [one for one in threading.enumerate() if one.name.startswith("apart")]:
        left.join()
    return took


def _told(words: str, longest: dict[str, float]) -> Figure:
    worst = sorted(longest, key=longest.__getitem__, reverse=True)
    over = [f"{name} {longest[name]:.0f}" for name in worst if longest[name] > TARGET]
    near = ", ".join(f"{name} {longest[name]:.0f}" for name in worst[:5])
    note = f"of {len(longest)}; over: {', '.join(over) or 'none'}; longest: {near}"
    return figure(words, "ms", [longest[name] for name in worst], {"max": TARGET}, note)


def _fused(side: int) -> dict[str, float]:
    """Each is stopped after some seconds, which counts as its last step: a stop waits for the step it meets, but not long."""
    lower = photo_surface(side, side, 3).read(Rect(0, 0, side, side)).astype(np.float32)
    upper = np.ascontiguousarray(lower[::-1])
    upper[: side // 4] = 0
    longest = {}
    for fusion in FUSIONS.values():
        maps = [grey(one) for one in (lower, upper)] if fusion.engine else ()
        steps = aside(fusion.fuse([lower, upper], fusion.parameters(), maps=maps), 0.0)
        longest[fusion.name] = longest_step(steps, SECONDS)
    return longest


def _repaired(side: int) -> dict[str, float]:
    """What the studio runs on its lane, from the pixels read to the new layer: each to its end where that is near, so that
    what it does last is measured, too. A smaller part is cut out, and quilted, where the whole takes minutes."""
    renderer = Renderer()
    whole, part = _painted(side), _painted(side // 2)
    middle = Rect(side // 3, side // 3, side // 2, side // 2)
    chosen = whole.with_(
        selection=Mask(default=0.0).write(middle, np.ones((middle.height, middle.width), np.float16))
    )
    view = Rect(side // 8, side // 8, 3 * side // 8, 3 * side // 8)
    cut = part.with_(selection=Mask(default=0.0).write(view, np.ones((view.height, view.width), np.float16)))
    narrower = repairing.ContentScale(width=side - 8, height=side - 8, keep=repairing.NOTHING)
    wider = repairing.ContentScale(width=side + 8, height=side, keep=repairing.NOTHING)
    texture = Quilt(width=side, height=side, block=max(8, side // 16))
    work: dict[str, Generator[Any, None, object]] = {
        "fill": repairing.filled(chosen, renderer=renderer),
        "seamless": repairing.made_seamless(whole, renderer=renderer),
        "carving, smaller": repairing.scaled(whole, narrower, renderer),
        "carving, larger": repairing.scaled(whole, wider, renderer),
        "quilting": repair_forms.quilted(part, texture, "Texture", renderer),
        "matting, closed form": cutting_out.without_background(cut, CutOut(clean=True), renderer),
        "matting, guided": cutting_out.without_background(chosen, CutOut(way="guided", clean=True), renderer),
        "stitching": _panorama(side, renderer),
    }
    return {name: longest_step(steps, PATIENCE) for name, steps in work.items()}


def _painted(side: int) -> Artwork:
    artwork = edits.from_picture(photo_surface(side, side, 3), side, side, name="photo")
    return artwork.with_(active=artwork.layers[0].id)


def _panorama(side: int, renderer: Renderer) -> Generator[Any, None, object]:
    """Two views that share a third of their width, cut out of one picture."""
    surface, wide = photo_surface(side, side, 3), 2 * side // 3
    views = tuple(
        Paint(name=str(left), surface=Surface.from_pixels(surface.read(Rect(left, 0, left + wide, wide))))
        for left in (0, side - wide)
    )
    canvas = Artwork(width=wide, height=wide, layers=views, active=views[0].id)

    def steps() -> Generator[Any, None, object]:
        sources = yield from stitching.read_sources(renderer, canvas, views)
        return (yield from stitching.stitched(sources, Stitch(), canvas))

    return steps()


def longest_step(steps: Generator[Any, None, object], seconds: float) -> float:
    """Milliseconds of the longest of the steps of at most so many seconds, the stop after them among them."""
    longest, began = 0.0, time.perf_counter()
    before = began
    for _ in steps:
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
        if now - began > seconds:
            break
    steps.close()
    return 1000 * max(longest, time.perf_counter() - before)
