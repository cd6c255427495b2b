"""GIMP's brushes as ours."""

from __future__ import annotations

import msgspec
import numpy as np

from studio.project.brushes.gimp import GimpBrush, GimpPipe
from studio.project.brushes.preset import tip_of
from studio.raster.brush import Brush, RankOrder, TipOrder, TipRank

_ORDERS: dict[str, TipOrder] = {
    "incremental": "in-turn",
    "angular": "direction",
    "velocity": "speed",
    "pressure": "pressure",
}
_RANK_ORDERS: dict[str, RankOrder] = {
    "incremental": "in-turn", "angular": "direction", "velocity": "speed", "random": "random", "pressure": "pressure",
    "xtilt": "tilt-across", "ytilt": "tilt-down",
}  # fmt: skip


def brush_of_gbr(source: GimpBrush) -> Brush:
    return _brush((source,), "random", source.spacing)


def brush_of_gih(source: GimpPipe) -> Brush:
    """All its tips, dimension by dimension; GIMP, too, takes the first tip's spacing.

    ``tip_order`` is that of the longest: what the tips go by once the artist has taken some away.
    """
    longest = max(range(len(source.ranks)), key=lambda index: source.ranks[index])
    order = _ORDERS.get(source.selections[longest], "random")
    dimensions = list(zip(source.ranks, source.selections, strict=True))
    ranks = tuple(
        TipRank(count, _RANK_ORDERS[by]) for count, by in dimensions if by in _RANK_ORDERS and count > 1
    )
    # of a constant dimension only the first tips are ever seen
    seen = np.arange(len(source.brushes)).reshape(source.ranks)
    seen = seen[tuple(slice(1 if by == "constant" else None) for _, by in dimensions)].ravel()
    brush = _brush(tuple(source.brushes[at] for at in seen), order, source.brushes[0].spacing)
    plain = not ranks or (len(ranks) == 1 and ranks[0].order in ("random", "in-turn"))
    return brush if plain else msgspec.structs.replace(brush, tip_ranks=ranks)


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
