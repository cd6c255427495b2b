"""Layout against the places it must have: lines, carets, columns, fonts that lack a character or are missing."""

from __future__ import annotations

import math

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.raster.geometry import Rect
from studio.raster.text import drawing, fonts, shaping
from studio.raster.text.characters import boundaries
from studio.raster.text.drawing import by_tile, draw_text, fresh_glyphs, ink_bounds, outlines
from studio.raster.text.fonts import system_fonts
from studio.raster.text.layout import Layout, lay_out
from studio.raster.text.style import TextStyle, style_from_plain
from tests.raster.text_fonts import LATIN, SANS, SERIF, needs_chinese, needs_latin

pytestmark = [needs_chinese, needs_latin]
HALF = np.dtype(np.float16)


def styled(**fields: object) -> TextStyle:
    return msgspec.structs.replace(TextStyle(font=SANS, size=40.0), **fields)


def glyph_numbers(layout: Layout) -> list[int]:
    return [glyph.number for glyph in layout.glyphs]


def test_a_text_without_box_starts_at_its_origin() -> None:
    layout = lay_out("丹青\n水墨画", styled())
    assert [(line.start, line.end) for line in layout.lines] == [(0, 2), (3, 6)]
    assert [glyph.x for glyph in layout.glyphs] == [0, 40, 0, 40, 80]
    assert layout.glyphs[0].y == pytest.approx(0) and layout.glyphs[2].y == pytest.approx(52)


@pytest.mark.parametrize(("align", "left"), [("left", 0.0), ("centre", -40.0), ("right", -80.0)])
def test_alignment_about_the_origin_and_in_a_box(align: str, left: float) -> None:
    assert lay_out("丹青", styled(align=align)).lines[0].u0 == pytest.approx(left)
    boxed = lay_out("丹青", styled(align=align, width=200.0, height=100.0))
    assert boxed.lines[0].u0 == pytest.approx({"left": 0, "centre": 60, "right": 120}[align])


def test_justified_lines_end_at_the_edge_but_the_last() -> None:
    layout = lay_out(
        "ink wash painting of mountains and water", styled(font=LATIN, align="justify", width=300, height=300)
    )
    assert len(layout.lines) > 2
    for line in layout.lines[:-1]:
        shown = [span for span in line.spans if not layout.text[span[0]].isspace()]
        assert shown[-1][3] == pytest.approx(300, abs=0.01)
    assert layout.lines[-1].spans[-1][3] < 299


def test_wrapping_keeps_the_prohibitions_and_the_box() -> None:
    text = "夫画道之中，水墨最为上。肇自然之性，成造化之功。"
    for width in range(80, 400, 13):
        layout = lay_out(text, styled(width=float(width), height=400.0))
        for line in layout.lines[1:]:
            assert text[line.start] not in "，。"
        assert all(line.u1 - line.u0 <= width + 0.01 for line in layout.lines)


def test_letter_and_line_spacing() -> None:
    plain, wide = lay_out("水墨\n画", styled()), lay_out("水墨\n画", styled(tracking=500.0, line_height=2.0))
    assert wide.glyphs[1].x - plain.glyphs[1].x == pytest.approx(20)
    assert wide.lines[1].before - wide.lines[0].before == pytest.approx(80)


def test_columns_run_from_right_to_left_with_forms_of_their_own() -> None:
    text = "水，「墨」。\n画"
    across, down = lay_out(text, styled()), lay_out(text, styled(direction="vertical"))
    # ink of the first column lies right of the second, characters below each other
    assert down.glyphs[0].x == pytest.approx(-20) and down.glyphs[-1].x == pytest.approx(-72)
    heights = [glyph.y for glyph in down.glyphs[:6]]
    assert np.allclose(np.diff(heights), 40)
    same = [a == b for a, b in zip(glyph_numbers(across), glyph_numbers(down))]
    assert same == [True, False, False, True, False, False, True]
    assert not any(glyph.turned for glyph in down.glyphs)


def test_latin_lies_on_its_side_in_a_column_centred_on_it() -> None:
    down = lay_out("水HH墨", styled(direction="vertical"))
    assert [glyph.turned for glyph in down.glyphs] == [False, True, True, False]
    bounds = ink_bounds(lay_out("HH", styled(direction="vertical")))
    assert abs(bounds.left + bounds.right) <= 3
    assert bounds.height > bounds.width


def test_chinese_quotes_take_the_forms_of_columns() -> None:
    down = lay_out("“水”", styled(direction="vertical", font=SERIF), "zh-Hans")
    across = lay_out("“水”", styled(font=SERIF), "zh-Hans")
    assert glyph_numbers(down)[0] != glyph_numbers(across)[0]
    assert not down.glyphs[0].turned


def test_language_chooses_the_forms_of_ideographs() -> None:
    forms = {
        language: glyph_numbers(lay_out("骨直", styled(), language)) for language in ("zh-Hans", "ja", "ko")
    }
    assert forms["zh-Hans"] != forms["ja"]
    assert glyph_numbers(lay_out("骨直", styled(), "en")) == forms["zh-Hans"]


def test_missing_characters_are_borrowed_and_said_so() -> None:
    layout = lay_out("ink 墨，山", styled(font=LATIN), "zh-Hans")
    assert layout.borrowed == {SANS: "墨，山"} and layout.missing == "" and layout.substituted == ""
    assert [glyph.face.family for glyph in layout.glyphs if glyph.face.family != LATIN] == [SANS] * 3
    serif = lay_out("ink 墨", styled(font="DejaVu Serif"), "zh-Hans")
    assert serif.borrowed == {SERIF: "墨"}, "beside serifs 宋体"
    nowhere = lay_out("\U000f1234", styled())
    assert nowhere.missing == "\U000f1234" and len(nowhere.glyphs) == 1


def test_a_missing_font_is_substituted_and_said_so() -> None:
    layout = lay_out("水", styled(font="Lost Font 7"), "zh-Hans")
    assert layout.substituted == layout.family == SANS
    assert layout.style.font == "Lost Font 7"


def test_bold_and_italic_that_the_family_lacks_are_made() -> None:
    heavy = system_fonts().face(SANS, 700)
    assert heavy is not None and not heavy.bold
    assert ink_bounds(lay_out("水", styled(italic=True))) != ink_bounds(lay_out("水", styled()))
    assert 700 in system_fonts().weights(SANS)


TEXTS = st.text(st.sampled_from("ab fiffi水墨，「画」。\n é“”שלוםAV\u0301👩🏽\t"), min_size=0, max_size=40)
STYLES = st.builds(
    TextStyle,
    font=st.sampled_from([SANS, LATIN, "", "Lost"]),
    size=st.floats(4, 90),
    align=st.sampled_from(["left", "centre", "right", "justify"]),
    direction=st.sampled_from(["horizontal", "vertical"]),
    tracking=st.floats(0, 400),
    line_height=st.floats(0.8, 2),
).flatmap(lambda style: st.sampled_from([style, msgspec.structs.replace(style, width=180.0, height=150.0)]))


@settings(max_examples=60, deadline=None)
@given(TEXTS, STYLES)
def test_every_caret_place_is_hit_where_it_stands(text: str, style: TextStyle) -> None:
    layout = lay_out(text, style, "zh-Hans")
    assert {stop.index for line in layout.lines for stop in line.stops} == set(boundaries_of_lines(text))
    for line in layout.lines:
        assert line.stops[0].index == line.start
        for stop in line.stops:
            x, y = layout.point(stop.u, (line.before + line.after) / 2)
            hit = layout.hit(x, y)
            # at the joint of two directions, and between characters of no width, two places coincide
            assert hit.line == stop.line and hit.u == pytest.approx(stop.u)
            foot, head = layout.caret(stop.index, stop.line)
            assert math.dist(foot, head) == pytest.approx(style.size * style.line_height, rel=1e-6)


def boundaries_of_lines(text: str) -> list[int]:
    """Caret places, those between the parts of one character left out."""
    found, start = [], 0
    for paragraph in text.split("\n"):
        found += [start + place for place in boundaries(paragraph)]
        start += len(paragraph) + 1
    return found


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("abAV 水墨，画。"), min_size=1, max_size=30), STYLES)
def test_places_in_one_direction_come_back_exactly(text: str, style: TextStyle) -> None:
    layout = lay_out(text, style, "zh-Hans")
    for line in layout.lines:
        for stop in line.stops:
            x, y = layout.point(stop.u, (line.before + line.after) / 2)
            hit = layout.hit(x, y)
            twins = [other.index for other in line.stops if abs(other.u - stop.u) < 1e-9]
            assert hit.index in twins
    covers = layout.covered(0, len(text))
    assert sum(cover.end - cover.start for cover in covers) == pytest.approx(
        sum(abs(b - a) for line in layout.lines for _, _, a, b in line.spans)
    )


def test_ligatures_have_caret_places_inside() -> None:
    layout = lay_out("office", styled(font=LATIN))
    assert len(layout.glyphs) < 6, "DejaVu Sans joins ffi"
    assert [stop.index for stop in layout.lines[0].stops] == list(range(7))
    places = [stop.u for stop in layout.lines[0].stops]
    assert places == sorted(places) and len(set(places)) == 7


# ---- pixels


def test_pixels_lie_where_the_layout_says_in_the_colour_asked_for() -> None:
    layout = lay_out("墨", styled(colour=(0.25, 0.5, 1.0), size=300.0))
    drawn = draw_text(layout, HALF)
    bounds = ink_bounds(layout)
    pixels = drawn.surface.read(bounds.grow(8)).astype(np.float32)
    ys, xs = np.nonzero(pixels[..., 3])
    found = Rect(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)
    assert found.move(bounds.left - 8, bounds.top - 8) == bounds
    solid = pixels[pixels[..., 3] == 1]
    assert len(solid) > 1000 and np.allclose(solid, (0.25, 0.5, 1.0, 1.0), atol=1e-3)
    assert np.allclose(pixels[..., 0], pixels[..., 3] * 0.25, atol=1e-3)


def test_edges_cover_pixels_by_area() -> None:
    """A full stop's square of DejaVu Sans at a half-pixel place: its alpha adds up to its area."""
    layout = lay_out("l", styled(font=LATIN, size=100.37))
    alpha = draw_text(layout, np.dtype(np.float32)).surface.read(ink_bounds(layout).grow(1))[..., 3]
    # the letter l is one rectangle: 0.0903 em wide (184 of 2048 units), 0.7598 em high (1556 units)
    area = (184 / 2048) * (1556 / 2048) * 100.37**2
    assert float(alpha.sum()) == pytest.approx(area, rel=0.004)


def test_typing_keeps_the_tiles_of_unchanged_lines() -> None:
    style = styled(width=700.0, height=2000.0)
    text = "夫画道之中水墨最为上肇自然之性成造化之功\n" * 12
    before = draw_text(lay_out(text, style), HALF)
    layout = lay_out(text + "或", style)
    after = draw_text(layout, HALF, before)
    assert fresh_glyphs(layout, HALF, before) < len(layout.glyphs) / 3
    changed = before.surface.diff(after.surface)
    assert set(changed) == {key for key, glyphs in by_tile(layout).items() if layout.glyphs[-1] in glyphs}
    again = draw_text(layout, HALF).surface
    for key, tile in after.surface.tiles.items():
        assert np.array_equal(tile.pixels(), again.tiles[key].pixels())


def test_outlines_are_path_data_of_every_glyph() -> None:
    path = outlines(lay_out("水o", styled()))
    assert path.startswith("M") and path.count("Z") == path.count("M") >= 3
    assert outlines(lay_out("", styled())) == ""


def test_styles_of_the_first_files_are_read() -> None:
    assert style_from_plain({"size": 12.5, "bold": True}) == TextStyle(size=12.5, weight=700)
    assert style_from_plain(msgspec.to_builtins(styled(align="right"))) == styled(align="right")
    with pytest.raises(msgspec.ValidationError):
        style_from_plain({"glow": 3})
    with pytest.raises(msgspec.ValidationError):
        style_from_plain({"size": -3.0})


def test_glyphs_in_colours_are_drawn_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way of emoji, tried with letters: drawn by Skia as glyphs, which differ from fills by their contrast alone."""
    layout = lay_out("ink", styled(font=LATIN, colour=(0.5, 0.5, 0.5)))
    filled = draw_text(layout, HALF).surface.read(ink_bounds(layout)).astype(np.float32)
    drawing.outline.cache_clear()
    monkeypatch.setattr(fonts.Face, "in_colour", True)
    try:
        glyphs = draw_text(layout, HALF).surface.read(ink_bounds(layout)).astype(np.float32)
        assert outlines(layout) == "", "pictures have no outlines"
    finally:
        drawing.outline.cache_clear()
    assert glyphs.any() and np.abs(glyphs - filled).mean() < 0.02


def test_marks_beside_each_other_share_a_width() -> None:
    def advances(text: str, **fields: object) -> list[float]:
        layout = lay_out(text, styled(**fields), "zh-Hans")
        return [round(abs(b - a)) for _, _, a, b in layout.lines[0].spans]

    assert advances("水。」墨") == [40, 20, 40, 40]
    assert advances("水「《墨》」，") == [40, 40, 20, 40, 20, 20, 40]
    assert advances("水。」墨", direction="vertical") == [40, 20, 40, 40]
    assert advances("“水。”")[2] == 20
    assert advances("水。」墨", squeeze=False) == [40, 40, 40, 40]
    # the ink of a squeezed opening mark stays beside what it opens
    loose, close = (ink_bounds(lay_out("「「墨", styled(squeeze=on), "zh-Hans")) for on in (False, True))
    assert close.right == loose.right - 20


def test_short_numbers_stand_upright_in_columns() -> None:
    style = styled(direction="vertical", upright_digits=True)
    layout = lay_out("12月3日2026年a1", style, "zh-Hans")
    turned = "".join("t" if glyph.turned else "u" for glyph in layout.glyphs)
    assert turned == "uu" + "u" + "u" + "u" + "tttt" + "u" + "tt"
    first, second = layout.glyphs[:2]
    assert first.y == second.y and first.x < 0 < second.x + 20
    assert [stop.index for stop in layout.lines[0].stops[:3]] == [0, 1, 2]
    assert layout.lines[0].stops[2].u == pytest.approx(40)
    assert all(glyph.turned for glyph in lay_out("12", styled(direction="vertical")).glyphs)


def test_a_long_paragraph_of_many_runs_is_laid_out_like_its_parts_and_in_time_that_grows_with_its_length(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words, calls = "有云，“有烟”。a fox ", []

    whole = shaping.squeezed
    monkeypatch.setattr(shaping, "squeezed", lambda *given: calls.append(1) or whole(*given))
    style = TextStyle(font=SANS, size=20.0)
    one, many = lay_out(words, style, "zh-Hans"), lay_out(words * 5, style, "zh-Hans")
    assert len(calls) == 2  # once for a paragraph, not for each of its runs
    assert [glyph.number for glyph in many.glyphs] == [glyph.number for glyph in one.glyphs] * 5
    step = one.lines[0].stops[-1].u
    assert many.lines[0].stops[-1].u == pytest.approx(5 * step)
