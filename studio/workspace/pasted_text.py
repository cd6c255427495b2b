"""Words from another program become a text layer: in the middle of what is seen, in a box where their lines are too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.raster.geometry import Rect
from studio.raster.text.layout import lay_out
from studio.raster.text.style import TextStyle
from studio.workspace import pasting
from studio.workspace.pasting import Point
from studio.workspace.tools import Pointer
from studio.workspace.tools.text_options import SHARED, TextOptions

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

Box = tuple[float, float, float, float]
ROOM = 0.8
"""Part of what is seen that a box of words takes."""
MEASURED = 1000
"""Characters up to which it is found out whether they fit without a box."""


def paste_text(studio: Studio, words: str, centre: Point | None = None, seen: Rect | None = None) -> None:
    """Into the open text, else as a text layer of its own in the middle of the view, the caret behind the words.

    ``centre`` and ``seen`` as :meth:`Clipboard.paste` has them. Nothing happens without a picture.
    """
    picture, session = studio.current, studio.painting.session
    if picture is None:
        return
    words = words.replace("\r\n", "\n")
    if session is not None and session.takes_text:
        session.replace_selection(words)
        return
    studio.painting.choose_tool("text")
    part = pasting.visible(picture.document.committed.rect, seen)
    first, last = _places(words, studio.painting.options("text"), part, pasting.middle(part, centre))
    # Shift: another text, also where one stands already
    running = studio.painting.begin(picture, Pointer(*first, modifiers=frozenset({"shift"})))
    if running is not None:
        running.send(Pointer(*last))
        running.finish()
    if studio.painting.session is not None:
        studio.painting.session.replace_selection(words)


def _places(words: str, options: TextOptions, part: Rect, centre: Point) -> tuple[Point, Point]:
    """Where the pen is pressed and lifted: at one place where the words fit as they are, else at two corners of a box."""
    left, top, right, bottom = _extent(words, options) if len(words) <= MEASURED else (0.0, 0.0, 1e9, 1e9)
    width, height = ROOM * part.width, ROOM * part.height
    if right - left <= part.width and bottom - top <= part.height:
        place = centre[0] - (left + right) / 2, centre[1] - (top + bottom) / 2
        return place, place
    x, y = (part.left + part.right) / 2, (part.top + part.bottom) / 2
    return (x - width / 2, y - height / 2), (x + width / 2, y + height / 2)


def _extent(words: str, options: TextOptions) -> Box:
    """What the words take about their origin; nothing where there is no font, which the tool will say."""
    style = TextStyle(**{name: getattr(options, name) for name in SHARED})
    try:
        return lay_out(words, style, options.language).box
    except LookupError:
        return 0.0, 0.0, 0.0, 0.0
