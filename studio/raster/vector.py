"""Paths as pixels: filled, stroked, dashed, with arrowheads, under any transform."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

import cv2
import msgspec
import numpy as np

from studio.raster import draw
from studio.raster.bezier import Affine, Path, bounds, flattened
from studio.raster.colour import widen
from studio.raster.geometry import Rect
from studio.raster.later import Later
from studio.raster.path_data import PathError, parse
from studio.recipe import described

if TYPE_CHECKING:
    import skia
else:
    skia = Later("skia")

Rgba = tuple[float, float, float, float]
"""Straight, encoded, 0–1."""
Join = Literal["miter", "round", "bevel"]
Cap = Literal["butt", "round", "square"]
Head = Literal["none", "arrow", "open-arrow", "dot", "bar"]
ShapeKind = Literal["path", "rectangle", "ellipse", "polygon", "star", "line"]
MITER_LIMIT = 4.0
SAMPLES = 4
HEAD_LENGTH = 4.0
"""Length of an arrowhead in line widths."""
_Length = Annotated[float, msgspec.Meta(ge=0)]


class ShapeStyle(msgspec.Struct, frozen=True, kw_only=True):
    """How a shape is drawn, and what it is to the hand that edits it again.

    ``fill`` and ``stroke``: straight encoded RGBA, None for none. ``dash`` and ``space``: in line widths, ``dash`` 0 is
    a solid line. ``kind``, ``box`` (left, top, width, height), ``radius``, ``sides``, ``inner``: what the path was
    made from; ``path`` for one drawn by nodes.
    """

    fill: Rgba | None = (0.0, 0.0, 0.0, 1.0)
    stroke: Rgba | None = None
    width: _Length = 4.0
    join: Join = "miter"
    cap: Cap = "butt"
    dash: _Length = 0.0
    space: _Length = 2.0
    start: Head = "none"
    end: Head = "none"
    even_odd: bool = False
    kind: ShapeKind = "path"
    box: tuple[float, float, float, float] | None = None
    radius: _Length = 0.0
    sides: Annotated[int, msgspec.Meta(ge=3, le=200)] = 5
    inner: Annotated[float, msgspec.Meta(ge=0.01, le=1)] = 1.0


def style_of(plain: dict[str, Any]) -> ShapeStyle:
    """The style that a layer keeps as plain values; what another version wrote and cannot be read is left out."""
    try:
        return msgspec.convert(plain, described(ShapeStyle))
    except msgspec.ValidationError:
        known = {}
        for name, value in plain.items():
            try:
                msgspec.convert({name: value}, described(ShapeStyle))
            except msgspec.ValidationError:
                continue
            known[name] = value
        return msgspec.convert(known, described(ShapeStyle))


@lru_cache(maxsize=256)
def path_of(data: str) -> Path:
    """The path of SVG path data; empty for data that cannot be read."""
    try:
        return parse(data)
    except PathError:
        return ()


def painted_bounds(path: Path, style: ShapeStyle) -> tuple[float, float, float, float] | None:
    """(left, top, right, bottom) that fill, line, mitres and arrowheads can reach, in the path's own pixels."""
    box = bounds(path)
    if box is None or (style.fill is None and style.stroke is None):
        return None
    reach = 0.0
    if style.stroke is not None:
        reach = style.width / 2 * (MITER_LIMIT if style.join == "miter" else math.sqrt(2))
        if style.start != "none" or style.end != "none":
            reach = max(reach, style.width * HEAD_LENGTH)
    return box[0] - reach, box[1] - reach, box[2] + reach, box[3] + reach


def draw_shape(path: Path, style: ShapeStyle, rect: Rect, transform: Affine) -> np.ndarray:
    """Premultiplied float32 [h, w, 4] of ``rect``; ``transform`` maps the path's to the rectangle's pixels."""
    pixels = np.zeros((rect.height, rect.width, 4), np.float32)
    outline = _outline(path)
    if style.fill is not None:
        rule = skia.PathFillType.kEvenOdd if style.even_odd else skia.PathFillType.kWinding
        outline.setFillType(rule)
        cover = _coverage(lambda canvas: canvas.drawPath(outline, _pen()), rect, transform)
        pixels += cover[..., None] * _premultiplied(style.fill)
    if style.stroke is not None and style.width > 0:
        cover = _coverage(lambda canvas: _stroke(canvas, path, outline, style), rect, transform)[..., None]
        pixels *= 1 - cover * np.float32(style.stroke[3])
        pixels += cover * _premultiplied(style.stroke)
    return pixels


def mask_of(path: Path, rect: Rect, transform: Affine, even_odd: bool = False) -> np.ndarray:
    """float32 [h, w] 0–1: how much of each pixel of ``rect`` the filled path covers."""
    white = ShapeStyle(fill=(1.0, 1.0, 1.0, 1.0), even_odd=even_odd)
    return np.ascontiguousarray(draw_shape(path, white, rect, transform)[..., 3])


def _premultiplied(colour: Rgba) -> np.ndarray:
    red, green, blue, alpha = colour
    return np.array((red * alpha, green * alpha, blue * alpha, alpha), np.float32)


def _coverage(paint: Callable[[skia.Canvas], None], rect: Rect, transform: Affine) -> np.ndarray:
    """float32 [h, w]: what ``paint`` covers, from SAMPLES × SAMPLES smoothed samples a pixel.

    Skia's own smoothing is off by up to a quarter and depends on where a tile cuts the path; so: by 0.05 and 0.02.
    """
    fine = np.zeros((rect.height * SAMPLES, rect.width * SAMPLES), np.float16)
    canvas = draw.surface(fine).getCanvas()
    a, b, c, d, tx, ty = transform
    canvas.scale(SAMPLES, SAMPLES)
    canvas.concat(skia.Matrix.MakeAll(a, c, tx - rect.left, b, d, ty - rect.top, 0, 0, 1))
    paint(canvas)
    if not fine.view(np.uint16).any():
        return np.zeros((rect.height, rect.width), np.float32)
    size = (rect.width, rect.height)
    return np.asarray(cv2.resize(widen(fine), size, interpolation=cv2.INTER_AREA), np.float32)


def _outline(path: Path) -> skia.Path:
    made = skia.Path()
    for contour in path:
        if not contour.nodes:
            continue
        made.moveTo(*contour.nodes[0].at)
        for start, first, second, end in contour.cubics():
            if first == start and second == end:
                made.lineTo(*end)
            else:
                made.cubicTo(*first, *second, *end)
        if contour.closed:
            made.close()
    return made


def _pen() -> skia.Paint:
    return skia.Paint(Color4f=skia.Color4f(1, 1, 1, 1), AntiAlias=True)


_JOINS = {"miter": "kMiter_Join", "round": "kRound_Join", "bevel": "kBevel_Join"}
_CAPS = {"butt": "kButt_Cap", "round": "kRound_Cap", "square": "kSquare_Cap"}


def _stroke(canvas: skia.Canvas, path: Path, outline: skia.Path, style: ShapeStyle) -> None:
    heads = _heads(path, style)
    line = _line(style)
    if heads:
        outline = _outline_of_lines(_trimmed(path, style))
    if style.dash > 0:
        dashed = _line(style)
        lengths = [style.dash * style.width, max(style.space, 0.01) * style.width]
        dashed.setPathEffect(skia.DashPathEffect.Make(lengths, 0.0))
        canvas.drawPath(outline, dashed)
    else:
        canvas.drawPath(outline, line)
    for head, filled in heads:
        canvas.drawPath(head, _pen() if filled else line)


def _line(style: ShapeStyle) -> skia.Paint:
    line = _pen()
    line.setStyle(skia.Paint.kStroke_Style)
    line.setStrokeWidth(style.width)
    line.setStrokeJoin(getattr(skia.Paint, _JOINS[style.join]))
    line.setStrokeCap(getattr(skia.Paint, _CAPS[style.cap]))
    line.setStrokeMiter(MITER_LIMIT)
    return line


def _ends(path: Path) -> list[np.ndarray]:
    """The open lines of the path as points."""
    open_ones = tuple(contour for contour in path if not contour.closed and len(contour.nodes) > 1)
    return flattened(open_ones, 0.05)


def _heads(path: Path, style: ShapeStyle) -> list[tuple[skia.Path, bool]]:
    """Drawings at the ends of open lines, and whether they are filled."""
    if style.start == style.end == "none":
        return []
    made = []
    for points in _ends(path):
        for which, line in ((style.start, points[::-1]), (style.end, points)):
            if which != "none":
                tip, way = _tip(line, HEAD_LENGTH * style.width)
                made.append(_head(which, tip, way, style.width))
    return made


def _tip(line: np.ndarray, length: float) -> tuple[np.ndarray, np.ndarray]:
    """The last point, and the unit direction in which the line arrives, seen over the length of the head."""
    tip = line[-1]
    away = np.hypot(*(line - tip).T)
    far = line[np.nonzero(away >= min(length, float(away.max())))[0][-1]]
    way = tip - far
    size = float(np.hypot(*way))
    return tip, way / size if size else np.array([1.0, 0.0])


def _head(which: str, tip: np.ndarray, way: np.ndarray, width: float) -> tuple[skia.Path, bool]:
    side = np.array([-way[1], way[0]])
    made = skia.Path()
    if which == "dot":
        made.addCircle(float(tip[0]), float(tip[1]), 1.6 * width)
        return made, True
    if which == "bar":
        made.moveTo(*map(float, tip + side * 2 * width))
        made.lineTo(*map(float, tip - side * 2 * width))
        return made, False
    back = tip - way * HEAD_LENGTH * width
    made.moveTo(*map(float, back + side * 1.6 * width))
    made.lineTo(*map(float, tip))
    made.lineTo(*map(float, back - side * 1.6 * width))
    if which == "arrow":
        made.close()
    return made, which == "arrow"


def _trimmed(path: Path, style: ShapeStyle) -> list[tuple[np.ndarray, bool]]:
    """Points of all contours and whether they are closed; lines that end in an arrow stop inside it."""
    lines = [(points, True) for points in flattened(tuple(c for c in path if c.closed), 0.05)]
    inside = {"arrow": (HEAD_LENGTH - 0.5) * style.width, "open-arrow": 0.7 * style.width}
    for points in _ends(path):
        points = _shortened(points, inside.get(style.end, 0.0))
        lines.append((_shortened(points[::-1], inside.get(style.start, 0.0))[::-1], False))
    return lines


def _shortened(line: np.ndarray, length: float) -> np.ndarray:
    """The line without its last ``length`` pixels; at least a hair is left."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    total = float(steps.sum())
    if not length or not total:
        return line
    wanted = max(total - length, 1e-3)
    run = np.concatenate(([0.0], np.cumsum(steps)))
    last = int(np.searchsorted(run, wanted))
    share = (wanted - run[last - 1]) / max(steps[last - 1], 1e-12)
    return np.vstack([line[:last], line[last - 1] + (line[last] - line[last - 1]) * share])


def _outline_of_lines(lines: list[tuple[np.ndarray, bool]]) -> skia.Path:
    made = skia.Path()
    for points, closed in lines:
        made.moveTo(*map(float, points[0]))
        for point in points[1:]:
            made.lineTo(*map(float, point))
        if closed:
            made.close()
    return made
