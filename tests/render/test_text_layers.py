"""Text layers on the canvas: kept pixels as they are, outlines drawn anew under a scale or turn, missing fonts kept."""

from __future__ import annotations

import math

import msgspec
import numpy as np

from studio.document.artwork import Artwork
from studio.document.layer import Affine, Text
from studio.document.text import drawn
from studio.raster.geometry import Rect
from studio.raster.resample import warp_affine
from studio.raster.text.style import TextStyle
from studio.render.renderer import Renderer
from tests.raster.text_fonts import SANS, SERIF, needs_chinese, needs_latin

pytestmark = [needs_chinese, needs_latin]
HALF = np.dtype(np.float16)
STYLE = TextStyle(font=SANS, size=40.0, colour=(0.2, 0.4, 0.8))


def shown(layer: Text, level: int = 0) -> np.ndarray:
    rect = Rect(0, 0, 400, 300)
    artwork = Artwork(width=rect.right, height=rect.bottom, layers=(layer,))
    return Renderer().compose(artwork, rect.at_level(level), level)


def made(text: str, transform: Affine = (1, 0, 0, 1, 30, 100), style: TextStyle = STYLE) -> Text:
    a, b, c, d, x, y = (float(part) for part in transform)
    return drawn(Text(text=text, style=style, transform=(a, b, c, d, x, y)), HALF)


def test_kept_pixels_and_pixels_drawn_when_needed_are_the_same() -> None:
    layer = made("水墨 ink")
    assert np.abs(shown(layer) - shown(layer.with_(cache=None))).max() < 1e-3
    assert shown(layer)[..., 3].max() == 1


def test_a_scaled_text_is_as_sharp_as_one_of_that_size() -> None:
    big = shown(made("墨l", (1, 0, 0, 1, 20, 250), msgspec.structs.replace(STYLE, size=160.0)))
    scaled = shown(made("墨l", (4, 0, 0, 4, 20, 250)))
    # Skia fills the two by different rules of coverage: a pixel in ten thousand differs by more than a grey level in 20
    assert (np.abs(big - scaled) > 0.05).mean() < 3e-4
    enlarged = warp_affine(
        shown(made("墨l", (1, 0, 0, 1, 0, 60))), (4, 0, 0, 4, 20, 10), 400, 300, "cubic", 0, 0
    )
    assert (np.abs(big - enlarged) > 0.05).mean() > 0.01, "enlarged pixels would be soft"


def test_a_turned_text_lies_where_its_transform_puts_it() -> None:
    angle = math.radians(35)
    turn = (math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle), 120.0, 60.0)
    plain = shown(made("丹青 Ink", (1, 0, 0, 1, 0, 60)))
    a, b, c, d, tx, ty = turn
    moved = warp_affine(plain, (a, b, c, d, tx - c * 60, ty - d * 60), 400, 300, "linear", 0, 0)
    turned = shown(made("丹青 Ink", turn))
    assert np.abs(turned - moved).mean() < 0.004
    assert abs(turned[..., 3].sum() - plain[..., 3].sum()) < 0.01 * plain[..., 3].sum()


def test_levels_agree_with_the_full_size() -> None:
    layer = made("水墨画", (1.5, 0, 0, 1.5, 20.3, 90.7))
    full = shown(layer)
    half = full.reshape(150, 2, 200, 2, 4).mean((1, 3))
    difference = np.abs(shown(layer, level=1) - half)
    assert difference.mean() < 0.002 and difference.max() < 0.3


def test_a_missing_font_keeps_the_pixels_of_the_machine_that_had_it() -> None:
    here = made("ink", (2, 0, 0, 2, 20, 200), msgspec.structs.replace(STYLE, font=SERIF))
    elsewhere = here.with_(style=msgspec.structs.replace(here.style, font="Lost Font 7"))
    assert np.abs(shown(elsewhere) - shown(here)).mean() < 0.004
    without = shown(elsewhere.with_(cache=None))
    assert np.abs(without - shown(here)).mean() > 0.004, "drawn with another font"


def test_empty_text_shows_nothing() -> None:
    assert not shown(made("")).any() and not shown(Text(text="")).any()
