"""GIMP's brushes as ours."""

from __future__ import annotations

import math

from studio.project.brushes.gimp import GimpBrush, GimpPipe
from studio.project.brushes.preset import tip_of
from studio.raster.brush import Brush, TipOrder
from studio.recipe import QT_TRANSLATE_NOOP

_ORDERS: dict[str, TipOrder] = {
    "incremental": "in-turn",
    "angular": "direction",
    "velocity": "speed",
    "pressure": "pressure",
}


_DIMENSIONS = QT_TRANSLATE_NOOP("brush-gaps", "further dimensions of its tips")


def left_out(source: GimpPipe) -> tuple[str, ...]:
    """What the pipe has that ours cannot have: words to translate in context ``brush-gaps``."""
    return (_DIMENSIONS,) if sum(rank > 1 for rank in source.ranks) > 1 else ()


def brush_of_gbr(source: GimpBrush) -> Brush:
    return _brush((source,), "random", source.spacing)


def brush_of_gih(source: GimpPipe) -> Brush:
    """The pipe's longest dimension; of the others (ours has one) the first tips. GIMP, too, takes the first tip's spacing."""
    longest = max(range(len(source.ranks)), key=lambda index: source.ranks[index])
    stride = math.prod(source.ranks[longest + 1 :])
    chosen = source.brushes[: source.ranks[longest] * stride : stride]
    selection = source.selections[longest]
    if selection == "constant":
        chosen = chosen[:1]
    return _brush(chosen, _ORDERS.get(selection, "random"), chosen[0].spacing)


def _brush(sources: tuple[GimpBrush, ...], order: TipOrder, spacing: int) -> Brush:
    """GIMP's spacing is in percent of the tip's width, ours of its longer side."""
    height, width = sources[0].pixels.shape[:2]
    longer = max(height, width)
    return Brush(
        tip="image",
        tips=tuple(tip_of(source.pixels) for source in sources),
        tip_order=order,
        size=float(min(max(longer, 1), 2000)),
        hardness=1.0,
        spacing=min(max(spacing / 100 * width / longer, 0.01), 10.0),
    )
