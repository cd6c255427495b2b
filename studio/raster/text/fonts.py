"""The fonts of this machine: families, the face of a family in a weight, and which face has a missing character.

Skia finds and draws the glyphs, HarfBuzz shapes with the same face: it reads the font's tables through Skia, so that
glyph numbers agree whatever file the face comes from.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from studio.raster.later import Later

if TYPE_CHECKING:
    import skia
else:
    skia = Later("skia")

hb: Any = Later("uharfbuzz")  # it comes without types
USUAL = {
    "zh-Hans": ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC",
                "Hiragino Sans GB", "WenQuanYi Micro Hei", "SimHei", "SimSun"),
    "zh-Hant": ("Noto Sans CJK TC", "Source Han Sans TC", "Noto Sans TC", "Microsoft JhengHei", "PingFang TC", "MingLiU"),
    "ja": ("Noto Sans CJK JP", "Source Han Sans", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", "Meiryo", "MS Gothic"),
    "ko": ("Noto Sans CJK KR", "Source Han Sans KR", "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic"),
    "en": ("Noto Sans", "Source Sans 3", "Segoe UI", "Helvetica Neue", "Arial", "Liberation Sans", "DejaVu Sans"),
}  # fmt: skip
"""Families tried first, by the language of a text: its own forms of the ideographs, never another language's."""
USUAL_SERIF = {
    "zh-Hans": ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Songti SC", "STSong", "SimSun"),
    "zh-Hant": ("Noto Serif CJK TC", "Source Han Serif TC", "Noto Serif TC", "Songti TC", "PMingLiU", "MingLiU"),
    "ja": ("Noto Serif CJK JP", "Source Han Serif", "Noto Serif JP", "Hiragino Mincho ProN", "Yu Mincho", "MS Mincho"),
    "ko": ("Noto Serif CJK KR", "Source Han Serif KR", "Noto Serif KR", "AppleMyungjo", "Batang"),
    "en": ("Noto Serif", "Source Serif 4", "Times New Roman", "Liberation Serif", "DejaVu Serif"),
}  # fmt: skip
"""The same beside a font with serifs (宋体, 明朝)."""
_REGIONS = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "ja": "ja", "ko": "ko", "en": "en"}
_KANA_AND_HANGUL = (
    (0x3040, 0x3100, "ja"),
    (0x31F0, 0x3200, "ja"),
    (0x1100, 0x1200, "ko"),
    (0xAC00, 0xD7B0, "ko"),
)


class Face:
    """One face: a family in one weight and slant, ready to be shaped and drawn. Compared by identity.

    ``bold`` and ``slanted``: made so by drawing, since the family has no such face. Lengths of ``ascent`` and
    ``descent`` in sizes, both positive.
    """

    def __init__(self, typeface: skia.Typeface, *, bold: bool = False, slanted: bool = False) -> None:
        self.typeface = typeface
        self.family: str = typeface.getFamilyName()
        self.bold = bold
        self.slanted = slanted
        # HarfBuzz borrows the tables' bytes: they stay as long as the face.
        self._tables: dict[str, bytes] = {}
        self._tags = {int(tag) for tag in typeface.getTableTags()}
        face = hb.Face.create_for_tables(self._table, None)
        self.shaper = hb.Font(face)
        self.units: int = face.upem or 1000
        axes = {_tag(one.axis): one.value for one in typeface.getVariationDesignPosition() or ()}
        if axes:
            self.shaper.set_variations(axes)
        extents = self.shaper.get_font_extents("ltr")
        self.ascent = (extents.ascender if extents else 0.8 * self.units) / self.units
        self.descent = -(extents.descender if extents else -0.2 * self.units) / self.units
        self._known: dict[int, bool] = {}

    def _table(self, _face: object, tag: str, _data: object) -> bytes:
        if tag not in self._tables:
            number = int.from_bytes(tag.encode("latin-1"), "big")
            self._tables[tag] = self.typeface.getTableData(number) if number in self._tags else b""
        return self._tables[tag]

    def has(self, text: str) -> bool:
        """Whether the face has a glyph for every character of ``text`` that shows."""
        return all(self._has(ord(character)) for character in text)

    def _has(self, code: int) -> bool:
        known = self._known.get(code)
        if known is None:
            unseen = (
                0xFE00 <= code < 0xFE10 or 0x200B <= code < 0x2010 or 0xE0100 <= code < 0xE01F0 or code < 32
            )
            known = self._known[code] = unseen or bool(self.typeface.unicharToGlyph(code))
        return known

    @cached_property
    def has_serifs(self) -> bool:
        """What the font says of itself: PANOSE (OS/2 table), serif style 2 to 10 of a Latin text face."""
        data = self._table(None, "OS/2", None)
        return len(data) > 33 and data[32] == 2 and 2 <= data[33] <= 10

    @property
    def in_colour(self) -> bool:
        """Whether glyphs have colours of their own (emoji), so that they have no outline."""
        face = self.shaper.face
        return bool(face.has_color_png or face.has_color_layers or face.has_color_paint)


def _tag(number: int) -> str:
    return int(number).to_bytes(4, "big").decode("latin-1")


def _number(tag: str) -> int:
    return int.from_bytes(tag.encode("latin-1"), "big")


class Fonts:
    """Finds faces; one that was found stays. Safe from any thread."""

    def __init__(self) -> None:
        self._shelf = skia.FontMgr()
        self._lock = threading.RLock()
        self._faces: dict[tuple[str, int, bool], Face | None] = {}
        self._fallbacks: dict[tuple[str, str, int, bool, bool], Face | None] = {}
        self._by_id: dict[tuple[int, bool, bool], Face] = {}
        self._families: tuple[str, ...] = ()

    def families(self) -> tuple[str, ...]:
        """Every family's name, sorted, without hidden ones."""
        with self._lock:
            if not self._families:
                names = {self._shelf.getFamilyName(index) for index in range(self._shelf.countFamilies())}
                shown = (name for name in names if name and not name.startswith("."))
                self._families = tuple(sorted(shown, key=str.casefold))
            return self._families

    def names_of(self, family: str) -> tuple[str, ...]:
        """The family's name in every language that the font tells, the English one among them."""
        face = self.face(family)
        return tuple(name for name, _ in face.typeface.getFamilyNames()) if face else (family,)

    def weights(self, family: str) -> tuple[int, ...]:
        """The upright weights that a family has; 100 to 900 in hundreds where it is variable."""
        with self._lock:
            styles = self._shelf.matchFamily(family)
            found = {styles.getStyle(index)[0].weight() for index in range(styles.count())}
        face = self.face(family)
        axes = face.typeface.getVariationDesignParameters() if face else ()
        if any(_tag(axis.tag) == "wght" for axis in axes):
            return tuple(range(100, 1000, 100))
        return tuple(sorted({min(900, max(100, round(weight / 100) * 100)) for weight in found})) or (400,)

    def face(self, family: str, weight: int = 400, italic: bool = False) -> Face | None:
        """The face nearest to ``weight`` and slant; None where the machine lacks the family."""
        key = (family.casefold(), weight, italic)
        with self._lock:
            if key not in self._faces:
                typeface = self._shelf.matchFamilyStyle(family, _style(weight, italic)) if family else None
                self._faces[key] = self._made(typeface, weight, italic) if typeface else None
            return self._faces[key]

    def usual(self, language: str, weight: int = 400, italic: bool = False) -> Face:
        """The face of a text that names no family, or one that is missing. Raises LookupError without any font."""
        for family in (*USUAL.get(language, ()), *USUAL["en"], *self.families()):
            found = self.face(family, weight, italic)
            if found is not None:
                return found
        raise LookupError("this machine has no font; install one, for example Noto Sans CJK")

    def fallback(
        self, text: str, language: str, weight: int = 400, italic: bool = False, serifs: bool = False
    ) -> Face | None:
        """A face that has every character of ``text`` (one cluster), in the forms of ``language``; None: there is none."""
        key = (text, language, weight, italic, serifs)
        with self._lock:
            if key not in self._fallbacks:
                self._fallbacks[key] = self._search(text, language, weight, italic, serifs)
            return self._fallbacks[key]

    def _search(self, text: str, language: str, weight: int, italic: bool, serifs: bool) -> Face | None:
        code = ord(text[0])
        own = next((name for low, high, name in _KANA_AND_HANGUL if low <= code < high), language)
        # Ideographs in an English text: the forms of simplified Chinese.
        for tried in (own, "zh-Hans") if own == "en" else (own,):
            for family in (*(USUAL_SERIF.get(tried, ()) if serifs else ()), *USUAL.get(tried, ())):
                found = self.face(family, weight, italic)
                if found is not None and found.has(text):
                    return found
        region = _REGIONS.get(own, own)
        typeface = self._shelf.matchFamilyStyleCharacter("", _style(weight, italic), [region], code)
        found = self._made(typeface, weight, italic) if typeface else None
        return found if found is not None and found.has(text[0]) else None

    def _made(self, typeface: skia.Typeface, weight: int, italic: bool) -> Face:
        typeface = _varied(typeface, weight)
        has = typeface.fontStyle()
        bold = weight >= 600 > has.weight()
        slanted = italic and has.slant() == skia.FontStyle.Slant.kUpright_Slant
        key = (typeface.uniqueID(), bold, slanted)
        with self._lock:
            if key not in self._by_id:
                self._by_id[key] = Face(typeface, bold=bold, slanted=slanted)
            return self._by_id[key]


def _style(weight: int, italic: bool) -> skia.FontStyle:
    slant = skia.FontStyle.Slant.kItalic_Slant if italic else skia.FontStyle.Slant.kUpright_Slant
    return skia.FontStyle(weight, skia.FontStyle.kNormal_Width, slant)


def _varied(typeface: skia.Typeface, weight: int) -> skia.Typeface:
    """The instance of a variable font that has the weight."""
    for axis in typeface.getVariationDesignParameters() or ():
        if _tag(axis.tag) == "wght":
            place = skia.FontArguments.VariationPosition
            value = float(min(max(weight, axis.min), axis.max))
            # The arguments borrow the position, which has to live until the clone is made.
            position = place(place.Coordinates([place.Coordinate(_number("wght"), value)]))
            arguments = skia.FontArguments()
            arguments.setVariationDesignPosition(position)
            return typeface.makeClone(arguments) or typeface
    return typeface


@lru_cache(maxsize=1)
def system_fonts() -> Fonts:
    """The fonts of this machine, looked for once (0.1 s and more: not on the window's thread)."""
    return Fonts()


def warm_steps(language: str) -> Iterator[float]:
    """Finds the fonts and the usual face in steps, for a lane, so that the first letter does not wait for them."""
    fonts = system_fonts()
    yield 0.5
    fonts.usual(language)
    yield 1.0
