"""How a text looks: one frozen struct for a whole text, declared like any recipe, kept in the file as plain values."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from studio.recipe import QT_TRANSLATE_NOOP, Colour, declare, described

Align = Literal["left", "centre", "right", "justify"]
Direction = Literal["horizontal", "vertical"]
LANGUAGES = ("zh-Hans", "zh-Hant", "ja", "ko", "en")
"""Languages that a text can be given; each chooses the forms that Chinese characters take."""


class TextStyle(msgspec.Struct, frozen=True, kw_only=True):
    """Lengths in layer pixels. ``font``: a family's name, empty for the language's usual one.

    ``tracking`` is added after each character, in thousandths of the size. ``line_height``: distance of two baselines
    (of two columns' middles) in sizes. ``align`` along the line: in vertical text ``left`` is the top. ``width`` and
    ``height`` of the box in which lines are wrapped; 0 × 0 is a text without a box, which starts at its origin: the
    first baseline, or the top of the first column's middle. ``colour``: encoded red, green, blue 0–1.
    """

    font: Annotated[str, declare(QT_TRANSLATE_NOOP("recipe", "Font"))] = ""
    size: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Size"), low=1, high=4000, soft_high=400, unit="px")
    ] = 64.0
    weight: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Weight"), low=100, high=900, step=100)] = 400
    italic: Annotated[bool, declare(QT_TRANSLATE_NOOP("recipe", "Italic"))] = False
    tracking: Annotated[
        float,
        declare(QT_TRANSLATE_NOOP("recipe", "Letter spacing"), low=-500, high=5000, soft_high=1000, unit="‰"),
    ] = 0.0
    line_height: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Line spacing"), low=0.2, high=10, soft_high=4, step=0.05)
    ] = 1.3
    align: Annotated[Align, declare(QT_TRANSLATE_NOOP("recipe", "Alignment"))] = "left"
    direction: Annotated[Direction, declare(QT_TRANSLATE_NOOP("recipe", "Direction"))] = "horizontal"
    squeeze: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Close up marks"),
            description=QT_TRANSLATE_NOOP("recipe", "Chinese marks beside each other share one width"),
        ),
    ] = True
    upright_digits: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Upright numbers"),
            description=QT_TRANSLATE_NOOP("recipe", "In columns, numbers of one or two digits stand upright"),
        ),
    ] = False
    colour: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Colour"))] = (0.0, 0.0, 0.0)
    width: float = 0.0
    height: float = 0.0

    @property
    def boxed(self) -> bool:
        return self.width > 0 and self.height > 0

    @property
    def vertical(self) -> bool:
        return self.direction == "vertical"


def style_from_plain(plain: dict[str, Any]) -> TextStyle:
    """The style that a file keeps, checked; values of the first files (``bold``) are understood.

    Raises msgspec.ValidationError for what this version does not know, so that the layer is kept as it is.
    """
    known = {name: value for name, value in plain.items() if name in TextStyle.__struct_fields__}
    rest = set(plain) - set(known) - {"bold"}
    if rest:
        raise msgspec.ValidationError(f"unknown in a text's style: {', '.join(sorted(rest))}")
    if plain.get("bold") and "weight" not in known:
        known["weight"] = 700
    return msgspec.convert(known, described(TextStyle), strict=False)
