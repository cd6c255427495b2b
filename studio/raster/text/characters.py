"""Characters as text layout sees them: what a caret does not split, scripts, and what stands upright in a column.

Grapheme clusters follow the extended rules of UAX #29, scripts the first word of a character's Unicode name (as UAX #24
assigns them), uprightness the ideas of UAX #50 for the languages that are set in columns.
"""

from __future__ import annotations

import bisect
import unicodedata
from functools import lru_cache

ZWJ = "\u200d"
_SCRIPTS = {
    "LATIN": "Latn", "GREEK": "Grek", "CYRILLIC": "Cyrl", "ARMENIAN": "Armn", "HEBREW": "Hebr", "ARABIC": "Arab",
    "SYRIAC": "Syrc", "THAANA": "Thaa", "DEVANAGARI": "Deva", "BENGALI": "Beng", "GURMUKHI": "Guru",
    "GUJARATI": "Gujr", "ORIYA": "Orya", "TAMIL": "Taml", "TELUGU": "Telu", "KANNADA": "Knda", "MALAYALAM": "Mlym",
    "SINHALA": "Sinh", "THAI": "Thai", "LAO": "Laoo", "TIBETAN": "Tibt", "MYANMAR": "Mymr", "GEORGIAN": "Geor",
    "HANGUL": "Hang", "ETHIOPIC": "Ethi", "KHMER": "Khmr", "MONGOLIAN": "Mong", "HIRAGANA": "Hira",
    "KATAKANA": "Kana", "BOPOMOFO": "Bopo", "CJK": "Hani", "YI": "Yiii",
}  # fmt: skip
CJK_SCRIPTS = frozenset({"Hani", "Hira", "Kana", "Bopo", "Hang", "Yiii"})
QUOTES = frozenset("“”‘’…—")
"""Marks that Chinese shares with Latin: upright or turned with the text around them."""


@lru_cache(maxsize=8192)
def script_of(character: str) -> str:
    """Four-letter script, or "" for what takes the script of its neighbours (digits, marks, spaces, punctuation)."""
    code = ord(character)
    if 0x4E00 <= code < 0xA000 or character in "々〇〆":
        return "Hani"
    if (
        0x3000 <= code < 0x3040
        or 0xFE10 <= code < 0xFE20
        or 0xFE30 <= code < 0xFE50
        or 0xFF00 <= code < 0xFF61
    ):
        return "Hani"
    if unicodedata.category(character)[0] not in "LM":
        return ""
    return _SCRIPTS.get(unicodedata.name(character, "").split(" ", 1)[0].split("-", 1)[0], "")


def scripts(text: str) -> list[str]:
    """The script of each character; what has none of its own takes that of the character before (at the start: after)."""
    found = [script_of(character) for character in text]
    last = next((script for script in found if script), "Latn")
    for index, script in enumerate(found):
        if script:
            last = script
        else:
            found[index] = last
    return found


@lru_cache(maxsize=8192)
def is_cjk(character: str) -> bool:
    """Whether lines may be broken on both sides, as between ideographs; marks of any width are judged by their own."""
    return script_of(character) in CJK_SCRIPTS or unicodedata.east_asian_width(character) in "WF"


@lru_cache(maxsize=8192)
def is_upright(character: str, eastern: bool) -> bool:
    """Whether the character keeps its stand in a column; others lie on their side.

    ``eastern``: the text around it is Chinese, Japanese or Korean, so the marks that are shared with Latin are set its way.
    """
    if character in QUOTES:
        return eastern
    if unicodedata.east_asian_width(character) in "WF" or script_of(character) in CJK_SCRIPTS:
        return True
    code = ord(character)
    if 0x1F000 <= code < 0x1FB00 or 0x2600 <= code < 0x27C0:
        return True
    return character in "©®™§¶†‡※⁂№℃℉ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ①②③④⑤⑥⑦⑧⑨⑩×÷±°"


TURNED_MARKS = frozenset("（）〈〉《》「」『』【】〔〕〖〗［］｛｝“”‘’…—ー～〜＝｜＿－〰")
"""Marks that lie on their side in a column where the font has no form for columns (UAX #50: Tr)."""


@lru_cache(maxsize=8192)
def is_extending(character: str) -> bool:
    if (
        character == ZWJ
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
    ):
        return True
    return unicodedata.category(character) in ("Mn", "Me", "Mc") or character == "\u200c"


def _is_pictograph(character: str) -> bool:
    code = ord(character)
    return (
        0x1F000 <= code < 0x1FB00 or 0x2190 <= code < 0x2C00 or code in (0xA9, 0xAE, 0x203C, 0x2049, 0x3030)
    )


def _is_regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _hangul(character: str) -> str:
    """Part of a Hangul syllable: L, V, T, LV, LVT, or ""."""
    code = ord(character)
    if 0x1100 <= code < 0x1160 or 0xA960 <= code < 0xA97D:
        return "L"
    if 0x1160 <= code < 0x11A8 or 0xD7B0 <= code < 0xD7C7:
        return "V"
    if 0x11A8 <= code < 0x1200 or 0xD7CB <= code < 0xD7FC:
        return "T"
    if 0xAC00 <= code < 0xD7A4:
        return "LVT" if (code - 0xAC00) % 28 else "LV"
    return ""


_HANGUL_JOINS = {("L", "L"), ("L", "V"), ("L", "LV"), ("L", "LVT"), ("LV", "V"), ("LV", "T"), ("V", "V"), ("V", "T"),
                 ("LVT", "T"), ("T", "T")}  # fmt: skip


def _joins(text: str, index: int, regional: int) -> bool:
    """Whether no boundary lies before ``text[index]``; ``regional``: how many regional indicators stand right before."""
    before, after = text[index - 1], text[index]
    if (" " <= before <= "~" or "\u3000" <= before < "\u9fff") and (
        " " <= after <= "~" or "\u4e00" <= after < "\u9fff"
    ):
        return False  # nearly all there is
    if before == "\r" and after == "\n":
        return True
    if unicodedata.category(before) in ("Cc", "Zl", "Zp") or unicodedata.category(after) in (
        "Cc",
        "Zl",
        "Zp",
    ):
        return False
    if is_extending(after):
        return True
    if before == ZWJ and _is_pictograph(after):
        return True
    if _is_regional(before) and _is_regional(after):
        return regional % 2 == 1
    return (_hangul(before), _hangul(after)) in _HANGUL_JOINS


@lru_cache(maxsize=512)
def boundaries(text: str) -> tuple[int, ...]:
    """Where a caret may stand: 0, the starts of grapheme clusters, len(text); ascending, without repeats."""
    if not text:
        return (0,)
    found, regional = [0], 0
    for index in range(1, len(text)):
        regional = regional + 1 if _is_regional(text[index - 1]) else 0
        if not _joins(text, index, regional):
            found.append(index)
    found.append(len(text))
    return tuple(found)


def next_boundary(text: str, index: int) -> int:
    """The caret place after ``index``; len(text) at the end."""
    stops = boundaries(text)
    return stops[min(bisect.bisect_right(stops, index), len(stops) - 1)]


def previous_boundary(text: str, index: int) -> int:
    """The caret place before ``index``; 0 at the start."""
    stops = boundaries(text)
    return stops[max(bisect.bisect_left(stops, index) - 1, 0)]


def _kind(character: str) -> str:
    if character == "\n":
        return "newline"
    if character.isspace():
        return "space"
    script = script_of(character)
    if script in ("Hira", "Kana", "Hani"):
        return script if unicodedata.category(character)[0] in "LM" else "mark"
    return (
        "word"
        if character.isalnum() or character == "_" or unicodedata.category(character)[0] == "M"
        else "mark"
    )


def word_around(text: str, index: int) -> tuple[int, int]:
    """The word that a double click at ``index`` takes: a run of letters and digits, of kana, of ideographs, of marks."""
    if not text:
        return 0, 0
    index = min(index, len(text) - 1)
    kind = _kind(text[index])
    start = end = index
    while start > 0 and _kind(text[start - 1]) == kind and kind != "newline":
        start -= 1
    while end < len(text) and _kind(text[end]) == kind and kind != "newline":
        end += 1
    return start, max(end, start)


def next_word(text: str, index: int) -> int:
    """Where Ctrl+Right goes: past the word, and the spaces after it."""
    if index >= len(text):
        return len(text)
    _, end = word_around(text, index)
    end = max(end, index + 1)
    while end < len(text) and _kind(text[end]) == "space":
        end += 1
    return end


def previous_word(text: str, index: int) -> int:
    """Where Ctrl+Left goes: to the start of the word before."""
    while index > 0 and _kind(text[index - 1]) == "space":
        index -= 1
    return word_around(text, index - 1)[0] if index else 0
