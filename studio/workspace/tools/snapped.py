"""Boxes that keep to guides, grid, canvas and layers while a handle is dragged."""

from __future__ import annotations

from studio.raster.perspective import Point
from studio.workspace.snapping import Targets, snap_point
from studio.workspace.tools.box import Box


def snapped_handle(
    box: Box, index: int, start: Point, place: Point, found: Targets | None, reach: float
) -> Point:
    """The pen's place (pressed at ``start``) that puts handle ``index`` of ``box`` on the lines within ``reach``.

    As it is without lines, and for a box that is turned: its edges meet none.
    """
    if found is None or not box.level:
        return place
    x, y = box.to_document(box.handle(index))
    x, y = x + place[0] - start[0], y + place[1] - start[1]
    there = snap_point(x, y, found, reach)
    return place[0] + there[0] - x, place[1] + there[1] - y
