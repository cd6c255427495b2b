"""A layout as pixels: glyph outlines filled tile by tile, tiles whose glyphs did not change taken over as they are.

Outlines and not glyph masks: Skia sharpens masks for dark text on bright ground (a grey off by up to a third), and fills
differ less between platforms. Glyphs with colours of their own (emoji) are drawn as they are.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from studio.raster import draw
from studio.raster.geometry import TILE, Rect, TileKey, tile_keys
from studio.raster.later import Later
from studio.raster.surface import Surface
from studio.raster.text.fonts import Face
from studio.raster.text.layout import Layout, PlacedGlyph
from studio.raster.text.style import TextStyle
from studio.raster.tile import Tile

if TYPE_CHECKING:
    import skia
else:
    skia = Later("skia")

Token = tuple[object, ...]
EM = 1024.0
"""Size at which outlines are taken: FreeType rounds them to 1/64 of a pixel, which shows when small ones are enlarged."""
SLANT = -0.21
"""Shear of a made italic: 12°."""
_STEP_GLYPHS = 48
"""Glyphs that one step draws at most: a few milliseconds."""


class DrawnText(msgspec.Struct, frozen=True, eq=False):
    """The pixels of a text, and of what each tile was made, so that the next drawing takes over what is equal."""

    surface: Surface = msgspec.field(default_factory=Surface)
    tokens: Mapping[TileKey, Token] = msgspec.field(default_factory=dict)


def skia_font(face: Face, size: float) -> skia.Font:
    """The face as Skia draws it: without hinting, at sub-pixel places, bold and slant made where the family lacks them."""
    font = skia.Font(face.typeface, size)
    font.setHinting(skia.FontHinting.kNone)
    font.setLinearMetrics(True)
    font.setSubpixel(True)
    font.setEdging(skia.Font.Edging.kAntiAlias)
    font.setEmbolden(face.bold)
    font.setSkewX(SLANT if face.slanted else 0.0)
    return font


@lru_cache(maxsize=8192)
def outline(face: Face, number: int) -> tuple[skia.Path | None, tuple[float, float, float, float]]:
    """Outline of a glyph about its origin at size ``EM``, None for one in colours; its bounds: left, top, right, bottom."""
    font = skia_font(face, EM)
    path = None if face.in_colour else font.getPath(number)
    box = path.getBounds() if path is not None else font.getBounds([number])[0]
    return path, (box.left(), box.top(), box.right(), box.bottom())


def bounds_of(glyph: PlacedGlyph, size: float) -> tuple[float, float, float, float]:
    """Where the ink of a placed glyph lies: left, top, right, bottom in layer pixels; empty: left ≥ right."""
    scale = size / EM
    left, top, right, bottom = (side * scale for side in outline(glyph.face, glyph.number)[1])
    if glyph.turned:
        left, top, right, bottom = -bottom, left, -top, right
    return glyph.x + left, glyph.y + top, glyph.x + right, glyph.y + bottom


@lru_cache(maxsize=4)
def by_tile(layout: Layout) -> dict[TileKey, list[PlacedGlyph]]:
    """The glyphs that touch each tile, in drawing order."""
    size, found = layout.style.size, {}
    for glyph in layout.glyphs:
        left, top, right, bottom = bounds_of(glyph, size)
        if left >= right or top >= bottom:
            continue
        area = Rect(math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom))
        for key in tile_keys(area):
            found.setdefault(key, []).append(glyph)
    return found


@lru_cache(maxsize=128)
def ink_bounds(layout: Layout) -> Rect:
    """The smallest rectangle of whole pixels that holds all ink; empty where nothing shows."""
    boxes = [bounds_of(glyph, layout.style.size) for glyph in layout.glyphs]
    boxes = [box for box in boxes if box[0] < box[2] and box[1] < box[3]]
    if not boxes:
        return Rect(0, 0, 0, 0)
    return Rect(
        math.floor(min(box[0] for box in boxes)),
        math.floor(min(box[1] for box in boxes)),
        math.ceil(max(box[2] for box in boxes)),
        math.ceil(max(box[3] for box in boxes)),
    )


def draw_steps(
    layout: Layout, dtype: np.dtype, before: DrawnText | None = None
) -> Generator[float, None, DrawnText]:
    """Draws ``layout`` in steps of a few milliseconds, yielding the fraction done; returns the pixels.

    Tiles of ``before`` whose glyphs, places and colour are the same are taken over.
    """
    before = before or DrawnText()
    style = layout.style
    wanted = by_tile(layout)
    tiles: dict[TileKey, Tile] = {}
    tokens: dict[TileKey, Token] = {}
    for done, (key, glyphs) in enumerate(wanted.items()):
        tokens[key] = (style.size, style.colour, np.dtype(dtype).str, *glyphs)
        old = before.surface.tile(key) if before.tokens.get(key) == tokens[key] else None
        if old is None:
            pixels = np.zeros((TILE, TILE, 4), dtype)
            corner = skia.Matrix.Translate(-key[0] * TILE, -key[1] * TILE)
            for _ in _fill(pixels, corner, glyphs, style):
                yield done / len(wanted)
            old = Tile(pixels)
            yield (done + 1) / len(wanted)
        tiles[key] = old
    return DrawnText(Surface(tiles, np.dtype(dtype)), tokens)


def draw_text(layout: Layout, dtype: np.dtype, before: DrawnText | None = None) -> DrawnText:
    """:func:`draw_steps` at once."""
    steps = draw_steps(layout, dtype, before)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def fresh_glyphs(layout: Layout, dtype: np.dtype, before: DrawnText | None) -> int:
    """How many glyphs a drawing after ``before`` has to fill: what decides whether it is done at once."""
    if before is None:
        return len(layout.glyphs)
    style, kind = layout.style, np.dtype(dtype).str
    return sum(
        len(glyphs)
        for key, glyphs in by_tile(layout).items()
        if before.tokens.get(key) != (style.size, style.colour, kind, *glyphs)
    )


def draw_placed(
    layout: Layout, rect: Rect, transform: tuple[float, float, float, float, float, float]
) -> np.ndarray:
    """The text moved, turned or scaled by ``transform`` (layer to wanted pixels), sharp at any size: premultiplied float32
    [h, w, 4] of ``rect`` in wanted pixels."""
    pixels = np.zeros((rect.height, rect.width, 4), np.float32)
    a, b, c, d, tx, ty = transform
    matrix = skia.Matrix.MakeAll(a, c, tx - rect.left, b, d, ty - rect.top, 0, 0, 1)
    shown = [glyph for glyph in layout.glyphs if _touches(glyph, layout.style.size, transform, rect)]
    for _ in _fill(pixels, matrix, shown, layout.style):
        pass
    return pixels


def _touches(glyph: PlacedGlyph, size: float, transform: tuple[float, ...], rect: Rect) -> bool:
    left, top, right, bottom = bounds_of(glyph, size)
    a, b, c, d, tx, ty = transform
    xs = [a * x + c * y + tx for x in (left, right) for y in (top, bottom)]
    ys = [b * x + d * y + ty for x in (left, right) for y in (top, bottom)]
    return (
        left < right
        and min(xs) < rect.right + 1
        and max(xs) > rect.left - 1
        and min(ys) < rect.bottom + 1
        and max(ys) > rect.top - 1
    )


def _fill(
    pixels: np.ndarray, place: skia.Matrix, glyphs: list[PlacedGlyph], style: TextStyle
) -> Iterator[None]:
    canvas = draw.surface(pixels).getCanvas()
    canvas.concat(place)
    pen = skia.Paint(AntiAlias=True)
    pen.setColor4f(skia.Color4f(*style.colour, 1.0), None)
    scale = style.size / EM
    for count, glyph in enumerate(glyphs, 1):
        canvas.save()
        canvas.translate(glyph.x, glyph.y)
        if glyph.turned:
            canvas.rotate(90)
        path, _ = outline(glyph.face, glyph.number)
        if path is not None:
            canvas.scale(scale, scale)
            canvas.drawPath(path, pen)
        else:
            _draw_coloured(canvas, glyph, style.size, pen)
        canvas.restore()
        if count % _STEP_GLYPHS == 0:
            yield


def _draw_coloured(canvas: skia.Canvas, glyph: PlacedGlyph, size: float, pen: skia.Paint) -> None:
    made = skia.TextBlobBuilder()
    made.allocRunPos(skia_font(glyph.face, size), [glyph.number], [skia.Point(0, 0)])
    blob = made.make()
    if blob is not None:
        canvas.drawTextBlob(blob, 0, 0, pen)


def outlines(layout: Layout) -> str:
    """The whole text as SVG path data in layer pixels: what a shape layer keeps. Glyphs in colours are left out."""
    whole = skia.Path()
    for glyph in layout.glyphs:
        path, _ = outline(glyph.face, glyph.number)
        if path is None:
            continue
        place = skia.Matrix.Translate(glyph.x, glyph.y)
        if glyph.turned:
            place.preRotate(90)
        place.preScale(layout.style.size / EM, layout.style.size / EM)
        whole.addPath(path, place)
    return _svg(whole)


def _svg(path: skia.Path) -> str:
    """SVG path data, coordinates to a hundredth of a pixel."""
    words: list[str] = []
    for verb, points in path:
        letter = _LETTERS.get(verb.name)
        if letter is None:
            continue
        used = points[_SKIPPED[letter] :]
        words.append(letter + " ".join(f"{round(one.x(), 2):g} {round(one.y(), 2):g}" for one in used))
    return " ".join(words)


_LETTERS = {"kMove_Verb": "M", "kLine_Verb": "L", "kQuad_Verb": "Q", "kCubic_Verb": "C", "kClose_Verb": "Z"}
_SKIPPED = {"M": 0, "L": 1, "Q": 1, "C": 1, "Z": 9}
