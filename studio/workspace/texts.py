"""What is done to a text layer as a whole: taken up again, made pixels, made a shape."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from studio.document.edits import EditError
from studio.document.layer import Text
from studio.document.text import as_shape, replaced, text_of
from studio.jobs.job import JobFinished
from studio.raster.text.fonts import system_fonts
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.notices import Notice
from studio.workspace.tools.text import TextSession

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio


FONTS_MISSING = QT_TRANSLATE_NOOP(
    "notices",
    "Not on this machine: {fonts}. Texts in these fonts look as they were drawn until you edit them.",
)


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


def look_for_fonts(studio: Studio, picture: Picture) -> None:
    """Says once, when a picture is opened, which of its fonts are not on this machine."""
    layers = [layer for layer in picture.document.artwork.walk() if isinstance(layer, Text)]
    named = sorted({layer.style.font for layer in layers if layer.style.font})
    if not named:
        return

    def absent() -> Generator[None, None, tuple[str, ...]]:
        fonts = system_fonts()
        yield
        return tuple(name for name in named if fonts.face(name) is None)

    def arrived(event: object) -> None:
        if isinstance(event, JobFinished) and event.result:
            words = {"fonts": ", ".join(event.result)}
            studio.tell(Notice(kind="warn", text=FONTS_MISSING, arguments=words))

    studio.render_lane.submit(absent, label="fonts", on_event=arrived)
