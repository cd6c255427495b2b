"""What is done to a text layer as a whole: taken up again, made pixels, made a shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.document.edits import EditError
from studio.document.layer import Text
from studio.document.text import as_shape, drawn, name_of, replaced, text_of
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.tools.text import TextSession
from studio.workspace.tools.text_options import new_text

if TYPE_CHECKING:
    from studio.workspace.studio import Studio


def has_text(studio: Studio) -> bool:
    return isinstance(studio.layers.active, Text)


def edit_text(studio: Studio) -> None:
    """Takes the text tool and up the active layer's text, all of it selected."""
    layer = studio.layers.active
    if layer is None or not isinstance(layer, Text):
        return
    studio.settle()
    studio.painting.choose_tool("text")
    session = studio.painting.open_session()
    if isinstance(session, TextSession) and session.setting is None:
        try:
            session.edit(layer.id)
        except EditError as error:
            studio.painting.session_done()
            studio.refuse(error)


def to_shape(studio: Studio) -> None:
    """The active text becomes a shape layer of its outlines; one undo step."""
    picture, layer = studio.current, studio.layers.active
    if picture is None or layer is None or picture.document.gesture_open:
        return
    studio.settle()
    artwork = picture.document.artwork
    try:
        shape = as_shape(text_of(artwork, layer.id))
        picture.document.commit(QT_TRANSLATE_NOOP("history", "Text to shape"), replaced(artwork, shape))
    except EditError as error:
        studio.refuse(error)


def paste_text(studio: Studio, words: str, x: float, y: float) -> None:
    """Words from elsewhere as a text layer that starts at the document point; one undo step."""
    picture = studio.current
    if picture is None or picture.document.gesture_open or not words.strip():
        return
    studio.settle()
    artwork, painting = picture.document.artwork, studio.painting
    try:
        trial, layer = new_text(artwork, painting.options("text"), painting.colour, (round(x), round(y)))
        layer = drawn(layer.with_(text=words.strip("\n"), name=name_of(words)), artwork.dtype)
        picture.document.commit(QT_TRANSLATE_NOOP("history", "Paste text"), replaced(trial, layer))
    except EditError as error:
        studio.refuse(error)
