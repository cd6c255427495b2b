"""Where a line may end: UAX #14 in the parts that matter here, and the Chinese and Japanese prohibitions (避头尾).

Ideographs, kana and Hangul may be parted anywhere, except that closing marks never start a line and opening marks never
end one (GB/T 15834, W3C clreq 3.1.3; JIS X 4051); words are parted at spaces and after hyphens.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from functools import lru_cache

from studio.raster.text.characters import boundaries, is_cjk, is_extending

NEVER_FIRST = frozenset(
    "，。、．：；！？,.:;!?）)］]｝}〉》」』】〕〗〙〛”’·・‥…—–～〜ーゝゞヽヾ々〻％%‰℃°℉¢￠"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ／/"
)
"""Marks that do not begin a line (避头)."""
NEVER_LAST = frozenset("（(［[｛{〈《「『【〔〖〘〚“‘￥¥＄$£￡＃#№")
"""Marks that do not end a line (避尾)."""
_TOGETHER = frozenset("—…‥")
"""Marks that are set twice and not parted from each other."""
_GLUE = "\u00a0\u202f\u2060\ufeff\u2007"
_HYPHENS = "-\u2010\u00ad"


@lru_cache(maxsize=16384)
def may_part(before: str, after: str) -> bool:
    """Whether a line may end between two characters of which neither is a space."""
    if before in _GLUE or after in _GLUE or after in NEVER_FIRST or before in NEVER_LAST:
        return before == "\u200b"
    if before == "\u200b":
        return True
    if before in _TOGETHER and before == after:
        return False
    if before in _HYPHENS:
        return after.isalpha()
    if before == "—":
        return True
    return is_cjk(before) or is_cjk(after)


@lru_cache(maxsize=512)
def opportunities(text: str) -> tuple[int, ...]:
    """Indices at which a new line may begin, ascending, without 0 and len(text). Newlines are not looked at: the
    caller lays out paragraphs. Spaces stay at the end of the line before."""
    found: list[int] = []
    for index in boundaries(text)[1:-1]:
        before, after = text[index - 1], text[index]
        if after.isspace() and after not in _GLUE:
            continue
        if (before.isspace() and before not in _GLUE) or may_part(_carrier(text, index), after):
            found.append(index)
    return tuple(found)


def _carrier(text: str, index: int) -> str:
    """The character before ``index`` that decides: combining marks belong to what they stand on."""
    index -= 1
    while index > 0 and is_extending(text[index]):
        index -= 1
    return text[index]


_CLOSING = frozenset("，。、；：！？）］｝〉》」』】〕〗〙〛")
_OPENING = frozenset("（［｛〈《「『【〔〖〘〚")
_BRACKETS = _CLOSING - frozenset("，。、；：！？")


def squeezed(text: str, language: str) -> list[int]:
    """Indices of full-width marks that give up the empty half of their square, because another mark stands on that side
    (标点挤压; W3C clreq 3.1.6.1, jlreq 3.1.4). In traditional Chinese stops stand in the middle and keep their width."""
    closing = _BRACKETS if language == "zh-Hant" else _CLOSING
    opening = _OPENING
    if language == "zh-Hans":  # here quotes are marks of a full square, too
        closing, opening = closing | {"”", "’"}, opening | {"“", "‘"}
    found = []
    for index, mark in enumerate(text):
        after, before = text[index + 1 : index + 2], text[index - 1 : index]
        if (mark in closing and after and (after in closing or after in opening)) or (
            mark in opening and before and before in opening
        ):
            found.append(index)
    return found


def fold(text: str, breaks: Sequence[int], ends: list[float], width: float) -> list[int]:
    """Starts of the lines when ``text`` is filled greedily into ``width``; the first is 0.

    ``ends[i]``: where character i ends when the text is one line (advances added up); spaces at a line's end hang.
    A word longer than the line is parted between characters; a line takes at least one.
    """
    starts, start = [0], 0
    while True:
        offset = ends[start - 1] if start else 0.0
        stop = _fitting(text, ends, start, offset + width + 1e-6)
        if stop >= len(text):
            return starts
        place = bisect.bisect_right(breaks, stop) - 1
        start = breaks[place] if place >= 0 and breaks[place] > start else _emergency(text, start, stop)
        starts.append(start)


def _fitting(text: str, ends: list[float], start: int, limit: float) -> int:
    """The first index whose character does not fit before ``limit``, spaces not counted."""
    index = start
    while index < len(text) and (ends[index] <= limit or text[index].isspace()):
        index += 1
    return index


def _emergency(text: str, start: int, stop: int) -> int:
    """Parts a word: at the last caret place that fits, never before one character."""
    places = boundaries(text)
    first = bisect.bisect_right(places, start)
    return places[max(first, bisect.bisect_right(places, stop) - 1)]
