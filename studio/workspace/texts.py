"""What is done to a text layer as a whole: taken up again, made pixels, made a shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studio.document.edits import EditError
from studio.document.layer import Layer, Text
from studio.document.text import as_shape, rasterised, replaced, text_of
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.tools.text import TextSession

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


def to_pixels(studio: Studio) -> None:
    _replace(studio, QT_TRANSLATE_NOOP("history", "Text to pixels"), rasterised)


def to_shape(studio: Studio) -> None:
    _replace(studio, QT_TRANSLATE_NOOP("history", "Text to shape"), lambda text, _: as_shape(text))


def _replace(studio: Studio, label: str, make: Callable[..., Layer]) -> None:
    picture = studio.current
    if picture is None or picture.document.gesture_open or not has_text(studio):
        return
    studio.settle()
    document = picture.document
    active = document.artwork.active_layer
    if active is None:
        return
    try:
        text = text_of(document.artwork, active.id)
        document.commit(label, replaced(document.artwork, make(text, document.artwork.dtype)))
    except EditError as error:
        studio.refuse(error)
