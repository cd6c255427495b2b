"""Grapheme clusters, words, line breaks with the prohibitions, and the order of right-to-left text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.raster.text import bidi
from studio.raster.text.breaking import NEVER_FIRST, NEVER_LAST, fold, opportunities
from studio.raster.text.characters import (
    boundaries,
    is_upright,
    next_boundary,
    next_word,
    previous_boundary,
    previous_word,
    script_of,
    scripts,
    word_around,
)

TEXTS = st.text(
    st.sampled_from("ab  cd\n中国画，。「」（）“”——……！ー々éне́שלם123%$\u0301\u200d👩🏽🇨🇳각가")
    | st.characters(codec="utf-8"),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("", [0]),
        ("ab", [0, 1, 2]),
        ("e\u0301a", [0, 2, 3]),
        ("👩\u200d🎨x", [0, 3, 4]),
        ("👍🏽!", [0, 2, 3]),
        ("🇨🇳🇫🇷", [0, 2, 4]),
        ("각가", [0, 3, 4]),
        ("a\r\nb", [0, 1, 3, 4]),
        ("葛\U000e0100城", [0, 2, 3]),
        ("❤\ufe0f", [0, 2]),
    ],
)
def test_caret_never_splits_a_character(text: str, stops: list[int]) -> None:
    assert boundaries(text) == tuple(stops)


@given(TEXTS)
def test_boundaries_cover_the_text_and_steps_lead_from_one_to_the_next(text: str) -> None:
    stops = boundaries(text)
    assert stops[0] == 0 and stops[-1] == len(text) and stops == tuple(sorted(set(stops)))
    for before, after in pairwise(stops):
        assert next_boundary(text, before) == after
        assert previous_boundary(text, after) == before


def test_words() -> None:
    text = "ink wash，水墨画 カタカナ!"
    assert word_around(text, 1) == (0, 3)
    assert word_around(text, 10) == (9, 12)
    assert word_around(text, 14) == (13, 17)
    assert next_word(text, 0) == 4
    assert previous_word(text, 8) == 4
    assert previous_word(text, 0) == 0 and next_word(text, len(text)) == len(text)


def test_scripts_of_marks_follow_the_letters_around() -> None:
    assert script_of("水") == "Hani" and script_of("。") == "Hani" and script_of("が") == "Hira"
    assert script_of("é") == "Latn" and script_of("1") == "" and script_of("ж") == "Cyrl"
    assert scripts("1a, 水") == ["Latn", "Latn", "Latn", "Latn", "Hani"]


def test_what_stands_upright_in_a_column() -> None:
    assert all(is_upright(one, False) for one in "水が한。！☂🏔")
    assert not any(is_upright(one, True) for one in "ab1")
    assert is_upright("“", True) and not is_upright("“", False)


def test_lines_part_between_ideographs_and_at_spaces_never_at_forbidden_marks() -> None:
    assert opportunities("ink wash") == (4,)
    assert opportunities("水墨") == (1,)
    assert opportunities("水，墨。") == (2,)  # 避头: neither comma nor full stop begins a line
    assert opportunities("「水」墨") == (3,)  # 避尾: no opening mark ends one
    assert opportunities("山——水……云") == (
        3,
        6,
    )
    assert opportunities("well-known") == (5,)
    assert opportunities("a\u00a0b c") == (4,)


@given(TEXTS.map(lambda text: text.replace("\n", "").replace("\r", "")), st.integers(1, 12))
def test_folded_lines_keep_every_character_and_the_prohibitions(text: str, width: int) -> None:
    ends = [float(index + 1) for index in range(len(text))]
    breaks = opportunities(text)
    starts = fold(text, breaks, ends, float(width))
    assert starts[0] == 0 and starts == sorted(set(starts))
    assert set(starts) <= set(boundaries(text))
    for start, end in zip(starts, [*starts[1:], len(text)]):
        # no longer than the width, but for one cluster that is longer alone
        assert (
            len(text[start:end].rstrip()) <= width
            or next_boundary(text, start) == end
            or (text[start:end].rstrip() == text[start : next_boundary(text, start)].rstrip())
        )
    for start in starts[1:]:
        if start in breaks and not text[start - 1].isspace() and text[start - 1] != "\u200b":
            assert text[start] not in NEVER_FIRST and text[start - 1] not in NEVER_LAST


def test_right_to_left_order() -> None:
    text = "abc שלום 12"
    levels = bidi.levels(text)
    assert levels[:4] == [0] * 4 and levels[4:8] == [1] * 4 and levels[-2:] == [2, 2]
    order = bidi.visual_order(levels)
    assert "".join(text[index] for index in order) == "abc 12 םולש"
    assert bidi.paragraph_level("שלום abc") == 1 and bidi.paragraph_level("12 abc ש") == 0


@given(st.lists(st.integers(0, 4), max_size=20))
def test_visual_order_is_a_permutation(levels: list[int]) -> None:
    assert sorted(bidi.visual_order(levels)) == list(range(len(levels)))
