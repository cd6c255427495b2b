"""What the next text gets: the options of the text tool, and the layer made from them."""

from __future__ import annotations

from typing import Annotated, Literal

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Text
from studio.document.painting import check_room
from studio.document.text import TEXT, at_origin, outer_of, text_of
from studio.raster.surface import Surface
from studio.raster.text.style import TextStyle
from studio.recipe import QT_TRANSLATE_NOOP, Colour, declare

Language = Literal["auto", "zh-Hans", "zh-Hant", "ja", "ko", "en"]


class TextOptions(TextStyle, frozen=True, kw_only=True):
    """What the next text gets. ``colour``, ``width`` and ``height`` come from the wheel and the drag instead."""

    language: Annotated[
        Language,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Language"),
            description=QT_TRANSLATE_NOOP("recipe", "Whose forms Chinese characters take"),
        ),
    ] = "auto"
    unit: Annotated[Literal["px", "pt"], declare(QT_TRANSLATE_NOOP("recipe", "Unit"))] = "px"


SHARED = tuple(name for name in TextStyle.__struct_fields__ if name not in ("colour", "width", "height"))
"""Fields of a style that the options bar sets."""


def new_text(
    artwork: Artwork,
    options: TextOptions,
    colour: Colour,
    place: tuple[int, int],
    size: tuple[int, int] = (0, 0),
    name: str = TEXT,
) -> tuple[Artwork, Text]:
    """The artwork with an empty text above the active layer, its origin on the document point ``place``, and that text;
    ``size`` of its box, 0 × 0 for none. Raises EditError where no layer can be added."""
    fields = {field: getattr(options, field) for field in SHARED}
    style = TextStyle(**fields, colour=colour, width=float(size[0]), height=float(size[1]))
    empty = Surface(dtype=artwork.dtype)
    layer = Text(name=name, text="", style=style, language=options.language, cache=empty)
    check_room(artwork)
    trial = edits.add_layer(artwork, layer)
    trial = edits.change(trial, layer.id, transform=at_origin(outer_of(trial, layer.id), *place))
    return trial, text_of(trial, layer.id)
