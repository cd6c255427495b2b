"""How long a stop waits on a picture of 4096²: the longest time between two looks of the lane whether it is to stop, and from
there to a free lane, for each filter, fusion, repair and stitch; of a tile of each live filter with its sliders at their ends, from
the stop to a free lane. Beside it the processor's time meanwhile, in which other work on the machine does not count, and how
long what was left of a step then still runs unseen.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterator
from functools import partial
from typing import Any

import msgspec
import numpy as np

from studio import app, recipe
from studio.bench.figures import Figure, figure
from studio.bench.scene import photo_surface
from studio.bench.stops import Stop, Work, stopped
from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Filter, Paint
from studio.filters import FILTERS, FilterKind
from studio.jobs.aside import aside
from studio.raster.geometry import TILE, Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.render.renderer import Renderer
from studio.synthesis.cut_out import CutOut
from studio.synthesis.fuse import FUSIONS
from studio.synthesis.fusion import Fusion, grey
from studio.synthesis.rework import Quilt
from studio.synthesis.stitch_values import Stitch
from studio.workspace import cutting_out, repair_forms, repairing, stitching
from studio.workspace.filter_targets import filtered

SIDE = 4096
TARGET = 100.0
"""Milliseconds."""
AGAIN = 2
"""So many more times what is over the target is measured, and the shortest counts: other work of the machine is not its own."""
LOCAL, WHOLE = 0.25, 2.0
"""Seconds after which a filter is stopped: of one that works tile by tile, which does the same all the time, and of another."""
BEGUN = 0.03
"""Seconds that a live filter's tile is worked on before it is stopped."""
FUSED, REPAIRED = 1.2, 3.0
"""Seconds after which a fusion, and a repair or a panorama, is stopped."""


def measure(quick: bool = False) -> Iterator[Figure]:
    side = 256 if quick else SIDE
    sys.setswitchinterval(app.SWITCH_SECONDS)
    surface = photo_surface(side, side, 3)
    yield from _told("filters", _filtered(surface, side))
    yield from _told("live filters, each slider at its end", _live(surface, side))
    yield from _told("fusions", _fused(surface, side))
    yield from _told("repair, cutting out and stitching", _repaired(surface, side))


def _told(words: str, found: dict[str, Stop]) -> Iterator[Figure]:
    def values(of: Callable[[Stop], float], unit: str, target: dict[str, float] | None) -> Figure:
        numbers = {name: of(stop) for name, stop in found.items()}
        worst = sorted(numbers, key=numbers.__getitem__, reverse=True)
        near = ", ".join(f"{name} {numbers[name]:.0f}" for name in worst[:6])
        return figure(
            f"{words}: {unit}",
            "ms",
            [numbers[name] for name in worst],
            target,
            f"of {len(worst)}; longest: {near}",
        )

    yield values(lambda stop: stop.waited, "until the lane is free, at most", {"p95": TARGET, "max": TARGET})
    yield values(lambda stop: stop.worked, "processor time of that, of all threads", None)
    yield values(lambda stop: stop.left, "until what is left has ended unseen", None)


def _of(work: Work, seconds: float, looks: bool = True) -> Stop:
    found = [stopped(work, seconds, looks=looks)]
    while found[-1].waited > TARGET and len(found) <= AGAIN:
        found.append(stopped(work, seconds, looks=looks))
    return min(found, key=lambda one: one.waited)


def _filtered(surface: Surface, side: int) -> dict[str, Stop]:
    artwork = edits.from_picture(surface, side, side, name="photo")
    layer = artwork.layers[0]
    assert isinstance(layer, Paint)
    found = {}
    for kind in FILTERS.values():
        values = kind.parameters()
        seconds = WHOLE if kind.needs_whole(values) else LOCAL
        found[kind.name] = _of(partial(filtered, artwork, layer, kind, values), seconds)
    return found


def _live(surface: Surface, side: int) -> dict[str, Stop]:
    """Each of the filters that look around themselves, over a tile in the middle; its stop is heard within the one step."""
    below = Paint(name="photo", surface=surface)
    found = {}
    for kind in FILTERS.values():
        values = largest(kind)
        if kind.where == "engine" or kind.needs_whole(values) or not kind.reach(values):
            continue
        layer = Filter(recipe=recipe.store(kind.name, kind.version, values))
        artwork = Artwork(width=side, height=side, layers=(below, layer), active=below.id)
        middle = (side // TILE // 2, side // TILE // 2)
        found[kind.name] = _of(partial(_shown, artwork, middle), BEGUN, looks=False)
    return found


def _shown(artwork: Artwork, key: tuple[int, int]) -> Iterator[object]:
    return Renderer().steps(artwork, (key,))


def largest(kind: FilterKind) -> Any:
    """The filter's parameters with each slider at its end."""
    usual = kind.parameters()
    ends = {}
    for one in recipe.parameters(kind.parameters):
        end = one.high if one.soft_high is None else one.soft_high
        if end is not None and one.name != "seed":
            ends[one.name] = type(getattr(usual, one.name))(end)
    return msgspec.structs.replace(usual, **ends)


def _fused(surface: Surface, side: int) -> dict[str, Stop]:
    lower = surface.read(Rect(0, 0, side, side)).astype(np.float32)
    upper = np.ascontiguousarray(lower[::-1])
    upper[: side // 4] = 0
    maps = [grey(one) for one in (lower, upper)]

    def work(fusion: Fusion) -> Iterator[object]:
        used = maps if fusion.engine else ()
        return aside(fusion.fuse([lower, upper], fusion.parameters(), maps=used), 0.0)

    return {fusion.name: _of(partial(work, fusion), FUSED) for fusion in FUSIONS.values()}


def _repaired(surface: Surface, side: int) -> dict[str, Stop]:
    """What the studio runs on its lane, from the pixels read to the new layer. A smaller part is cut out, and quilted, where the
    whole takes minutes."""
    renderer = Renderer()
    whole, part = _painted(surface, side), _painted(surface, side // 2)
    middle = Rect(side // 3, side // 3, side // 2, side // 2)
    chosen = whole.with_(
        selection=Mask(default=0.0).write(middle, np.ones((middle.height, middle.width), np.float16))
    )
    view = Rect(side // 8, side // 8, 3 * side // 8, 3 * side // 8)
    cut = part.with_(selection=Mask(default=0.0).write(view, np.ones((view.height, view.width), np.float16)))
    narrower = repairing.ContentScale(width=side - 8, height=side - 8, keep=repairing.NOTHING)
    wider = repairing.ContentScale(width=side + 8, height=side, keep=repairing.NOTHING)
    texture = Quilt(width=side, height=side, block=max(8, side // 16))
    work: dict[str, Work] = {
        "fill": partial(repairing.filled, chosen, renderer=renderer),
        "seamless": partial(repairing.made_seamless, whole, renderer=renderer),
        "carving, smaller": partial(repairing.scaled, whole, narrower, renderer),
        "carving, larger": partial(repairing.scaled, whole, wider, renderer),
        "quilting": partial(repair_forms.quilted, part, texture, "Texture", renderer),
        "matting, closed form": partial(cutting_out.without_background, cut, CutOut(clean=True), renderer),
        "matting, guided": partial(
            cutting_out.without_background, chosen, CutOut(way="guided", clean=True), renderer
        ),
        "stitching": _panorama(surface, side, renderer),
    }
    return {name: _of(one, REPAIRED) for name, one in work.items()}


def _painted(surface: Surface, side: int) -> Artwork:
    """The picture, or its upper left part."""
    part = Surface.from_pixels(surface.read(Rect(0, 0, side, side)))
    artwork = edits.from_picture(part, side, side, name="photo")
    return artwork.with_(active=artwork.layers[0].id)


def _panorama(surface: Surface, side: int, renderer: Renderer) -> Work:
    """Two views that share a third of their width, cut out of one picture."""
    wide = 2 * side // 3
    views = tuple(
        Paint(name=str(left), surface=Surface.from_pixels(surface.read(Rect(left, 0, left + wide, wide))))
        for left in (0, side - wide)
    )
    canvas = Artwork(width=wide, height=wide, layers=views, active=views[0].id)

    def steps() -> Generator[Any, None, object]:
        sources = yield from stitching.read_sources(renderer, canvas, views)
        return (yield from stitching.stitched(sources, Stitch(), canvas))

    return steps
