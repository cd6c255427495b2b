"""Text: typed, selected and composed on the canvas; one undo step from the first press to Ctrl+Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import msgspec
from msgspec.structs import replace

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.edits import EditError
from studio.document.layer import Text
from studio.document.text import TEXT, name_of, text_at, text_of, to_layer
from studio.raster.text.layout import Stop
from studio.raster.text.style import TextStyle
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import colours
from studio.workspace.notices import Notice
from studio.workspace.tools import Gesture, Pointer, text_marks
from studio.workspace.tools import typing_state as typed
from studio.workspace.tools.constraint import Begun, along_axis
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.marks import Mark, Outline, Point
from studio.workspace.tools.selection import Held
from studio.workspace.tools.session import Session
from studio.workspace.tools.text_options import SHARED, Language, TextOptions, new_text
from studio.workspace.tools.text_setting import OWNER, TextSetting
from studio.workspace.tools.text_steps import Step, Steps
from studio.workspace.tools.typing_state import Typing

if TYPE_CHECKING:
    from studio.workspace.painting import Colour, Painting
    from studio.workspace.picture import Picture

DRAGGED = 6.0
"""Screen pixels beyond which a press makes a box rather than a place to type at."""
FONT_MISSING = QT_TRANSLATE_NOOP(
    "notices",
    "The font “{font}” is not on this machine; “{other}” stands in for it. The text keeps the name of its font.",
)
TOO_LONG = QT_TRANSLATE_NOOP(
    "notices", "A text holds at most {count} characters. Put the rest into another text."
)
LONGEST = 10_000
"""Characters of a text: it is laid out anew under every key."""
KEPT = QT_TRANSLATE_NOOP(
    "Options", "Ctrl+Enter or a click beside it keeps the text; Esc takes it back, Redo brings it again"
)
TAKEN_BACK = QT_TRANSLATE_NOOP("notices", "The text is as it was before. Redo brings what you typed again.")
FEW = 3
"""Characters that Esc takes back without a way to bring them again: for those no step that could be redone is given up."""
_NO_FONT = QT_TRANSLATE_NOOP("document", "This machine has no font. Install one, for example Noto Sans CJK.")
_COMMANDS = frozenset("abcivxyz") | {"left", "right", "up", "down", "home", "end", "backspace", "delete"}


class TextSession(Session):
    """Holds no text until the first press or :meth:`edit`; then one at a time."""

    owner = OWNER

    def __init__(self, picture: Picture, painting: Painting) -> None:
        super().__init__(picture, painting)
        self.setting: TextSetting | None = None
        self.typing = Typing()
        self._is_new = False
        self._steps = Steps()
        self._band: tuple[Point, ...] = ()
        self._hot: Point | None = None

    @property
    def takes_text(self) -> bool:  # type: ignore[override]
        """Letters are typed only where there is a text to type them into."""
        return self.setting is not None

    @property
    def hint(self) -> str:
        return KEPT if self.setting is not None else ""

    # ---- beginning and ending

    def edit(self, layer_id: str) -> None:
        """Takes up an existing text, all of it selected. Raises EditError where it is locked or none."""
        artwork = self.picture.document.artwork
        self._begin(artwork, text_of(artwork, layer_id), is_new=False)
        self._place(typed.all_selected(self.typing))

    def _begin(self, artwork: Artwork, layer: Text, *, is_new: bool) -> None:
        studio = self.painting.studio
        try:
            self.setting = TextSetting(self.picture, studio.render_lane, artwork, layer, self.changed.emit)
        except LookupError:
            raise EditError(_NO_FONT) from None
        self._is_new = is_new
        self.typing = Typing(text=layer.text).placed(len(layer.text))
        self._steps = Steps()
        self.painting.colour_changed.connect(self._colour_chosen)
        self._show_options(layer.style, layer.language)
        if self.setting.layout.substituted and not is_new:
            words = {"font": layer.style.font, "other": self.setting.layout.substituted}
            studio.tell(Notice(kind="warn", text=FONT_MISSING, arguments=words))
        # now there is something to type into: the canvas lets the input method in
        self.painting.session_changed.emit()
        self.changed.emit()

    def _end(self) -> None:
        if self.setting is not None:
            self.painting.colour_changed.disconnect(self._colour_chosen)
            self.setting.let_go()
        self.setting = None

    def apply(self) -> None:
        setting, document = self.setting, self.picture.document
        if setting is None:
            return
        self.typing = typed.kept(self.typing)
        text, layer = self.typing.text, setting.layer
        now = (text, setting.style, setting.language, setting.own)
        same = now == (layer.text, layer.style, layer.language, layer.transform)
        self._end()
        if (same and not self._is_new) or (self._is_new and not text.strip()):
            document.revert(OWNER)
        elif not text.strip():
            removed = edits.remove_layer(document.committed, layer.id)
            document.commit(QT_TRANSLATE_NOOP("history", "Delete text"), removed, OWNER)
        else:
            new, edit = QT_TRANSLATE_NOOP("history", "Text"), QT_TRANSLATE_NOOP("history", "Edit text")
            unnamed = self._is_new or layer.name == name_of(layer.text)
            document.commit(new if self._is_new else edit, setting.finished(text, unnamed), OWNER)
            space = document.committed.colour_space
            self.painting.used.note((colours.leaving(setting.style.colour, space),))

    def cancel(self) -> None:
        self._end()
        self.picture.document.revert(OWNER)

    # ---- pen and mouse

    def lets_pick(self, pointer: Pointer) -> bool:
        """Beside the text that is open: on it, Ctrl and a drag move it."""
        setting = self.setting
        return setting is None or not (
            text_marks.holds(setting, pointer) or text_marks.handle_at(setting, pointer) is not None
        )

    def press(self, pointer: Pointer) -> Gesture | None:
        """Inside the text: caret and selection. On another text: that one. Beside it: this text is applied."""
        if self.setting is not None:
            if (handle := text_marks.handle_at(self.setting, pointer)) is not None:
                return self._resize(self.setting, handle, pointer)
            if text_marks.holds(self.setting, pointer):
                if "control" in pointer.modifiers:
                    return self._move(self.setting, pointer)
                return self._select(self.setting, pointer)
            self.apply()
            if text_at(self.picture.document.artwork, pointer.x, pointer.y) is None:
                self.painting.session_done()
                return None
        try:
            return self._press_idle(pointer)
        except (EditError, LookupError) as error:
            self.painting.session_done()
            raise error if isinstance(error, EditError) else EditError(_NO_FONT) from None

    def _press_idle(self, pointer: Pointer) -> Gesture:
        artwork = self.picture.document.artwork
        reach = text_marks.GRIP / 2 / pointer.zoom
        layer = text_at(artwork, pointer.x, pointer.y, reach)
        if layer is None or "shift" in pointer.modifiers:
            self._new_layer(pointer, pointer)  # where it cannot be, that is said now
            return self._draw_box(pointer)
        self._begin(artwork, text_of(artwork, layer.id), is_new=False)
        assert self.setting is not None
        return self._select(self.setting, pointer)

    def _draw_box(self, pointer: Pointer) -> Gesture:
        """A click makes a text that starts there, a drag a box: Shift a square one, Alt around the press, Space moves it."""
        first, last, done = pointer, pointer, False
        begun, held = Begun(pointer), Held(pointer)
        try:
            while (sample := (yield)) is not None:
                first, last = text_marks.corners(begun.follow(sample), sample, held)
                self._band = text_marks.rectangle(first, last) if _dragged(first, last) else ()
                self.changed.emit()
            self._band = ()
            self._begin(*self._new_layer(first, last), is_new=True)
            done = True
        finally:
            self._band = ()
            if not done:
                self.painting.session_done()

    def _new_layer(self, start: Pointer, end: Pointer) -> tuple[Artwork, Text]:
        """The artwork with an empty text above the active layer, and that text."""
        place, size = (round(start.x), round(start.y)), (0, 0)
        if _dragged(start, end):
            place = round(min(start.x, end.x)), round(min(start.y, end.y))
            size = round(abs(end.x - start.x)), round(abs(end.y - start.y))
        artwork, painting = self.picture.document.artwork, self.painting
        name = painting.name_of_layer(TEXT)
        return new_text(artwork, painting.options("text"), self._colour, place, size, name)

    def _select(self, setting: TextSetting, pointer: Pointer) -> Gesture:
        """A press sets the caret, a drag selects, Shift extends, a double click takes a word."""
        if self.typing.preedit:
            self._type(typed.kept(self.typing), "compose")
            self.painting.session_changed.emit()  # the input method begins anew
        stop = _stop_at(setting, pointer)
        if pointer.clicks >= 2:
            self._place(typed.word_selected(self.typing, stop.index))
        else:
            self._place(self.typing.placed(stop.index, extend="shift" in pointer.modifiers, line=stop.line))
        while (sample := (yield)) is not None:
            stop = _stop_at(setting, sample)
            if self.typing.caret != stop.index and pointer.clicks < 2:
                self._place(self.typing.placed(stop.index, extend=True, line=stop.line))

    def _move(self, setting: TextSetting, pointer: Pointer) -> Gesture:
        """Ctrl+drag moves the text."""
        before, done = setting.own, False
        self._remember("move")
        try:
            while (sample := (yield)) is not None:
                by = sample.x - pointer.x, sample.y - pointer.y
                if "shift" in sample.modifiers:
                    by = along_axis((0.0, 0.0), by)
                setting.own = setting.moved(before, *by)
                self._show()
            done = True
        finally:
            if not done:
                self.undo()

    def _resize(self, setting: TextSetting, handle: Point, pointer: Pointer) -> Gesture:
        """A handle of the box: lines are wrapped anew. Shift keeps the box's proportions, Alt its middle."""
        style, own, place, done = setting.style, setting.own, setting.transform, False
        u0, v0 = setting.to_text(pointer.x, pointer.y)
        self._remember("box")
        try:
            while (sample := (yield)) is not None:
                u, v = to_layer(setting.layer.warp, place, sample.x, sample.y)
                setting.style, setting.own = text_marks.resized(
                    style, own, handle, round(u - u0), round(v - v0), sample.modifiers
                )
                self._show()
            done = True
        finally:
            if not done:
                self.undo()

    def hover(self, pointer: Pointer) -> None:
        hot = text_marks.handle_at(self.setting, pointer) if self.setting is not None else None
        if hot != self._hot:
            self._hot = hot
            self.changed.emit()

    def cursor(self, pointer: Pointer) -> str:
        if self.setting is None:
            return "text"
        handle = text_marks.handle_at(self.setting, pointer)
        if handle is not None:
            return text_marks.handle_cursor(self.setting, handle)
        return (
            "move" if "control" in pointer.modifiers and text_marks.holds(self.setting, pointer) else "text"
        )

    # ---- keys

    def wants(self, key: str, modifiers: frozenset[str]) -> bool:
        if self.setting is None:
            return False
        held = modifiers - {"shift"}
        if held == {"control"}:
            return key in _COMMANDS or key in ("return", "enter")
        return not held or held == {"control", "alt"}  # both: the third level of some keyboards

    def key(self, key: str, text: str, modifiers: frozenset[str]) -> bool:
        setting, control, shift = self.setting, "control" in modifiers, "shift" in modifiers
        if setting is None or (control and key in ("return", "enter")):
            return False
        if key == "escape":
            return self._leave()
        if key in ("return", "enter"):
            return self._type(typed.inserted(self.typing, "\n"), "newline")
        if key in ("backspace", "delete"):
            direction = -1 if key == "backspace" else 1
            return self._type(typed.erased(self.typing, direction, word=control), "erase")
        if control and "alt" not in modifiers:
            return self._command(key, shift) or self._walk(key, shift, word=True)
        if self._walk(key, shift, word=False):
            return True
        if text and (text.isprintable() or text == "\t"):
            kind = "space" if text.isspace() else "type"
            return self._type(typed.inserted(self.typing, text), kind)
        return False

    def _leave(self) -> bool:
        """Esc ends the typing, the text is as before; in the midst of a composition it ends only that. More than a few
        characters become a step that is undone at once, so that redo brings them again."""
        if self.typing.preedit:
            self._type(typed.composed(self.typing, "", "", 0), "compose")
            self.painting.session_changed.emit()  # the input method begins anew
            return True
        setting, document = self.setting, self.picture.document
        assert setting is not None
        if typed.changed(setting.layer.text, self.typing.text) <= FEW:
            self.painting.close_session(apply=False)
            return True
        before = document.committed
        self.painting.close_session()
        if document.committed is not before:
            document.undo()
            self.painting.studio.tell(Notice(kind="info", text=TAKEN_BACK, action="redo"))
        return True

    def _command(self, key: str, shift: bool) -> bool:
        setting = self.setting
        assert setting is not None
        if key == "a":
            self._place(typed.all_selected(self.typing))
        elif key == "z" and not shift:
            self.undo()
        elif key == "y" or key == "z":
            self.redo()
        elif key == "b":
            self.painting.change_options("text", weight=400 if setting.style.weight >= 600 else 700)
        elif key == "i":
            self.painting.change_options("text", italic=not setting.style.italic)
        else:
            return False
        return True

    def _walk(self, key: str, extend: bool, *, word: bool) -> bool:
        setting = self.setting
        assert setting is not None
        walked = typed.walked(
            self.typing, setting.catch_up, setting.style.direction, key, extend=extend, word=word
        )
        if walked is not None:
            self._place(walked)
        return walked is not None

    # ---- input method and clipboard

    def input_method(self, preedit: str, commit: str, cursor: int) -> None:
        if self.setting is not None:
            before = self.typing
            after = typed.composed(before, preedit, commit, cursor)
            self._type(after, "compose" if after.text == before.text else "commit")

    def caret(self) -> tuple[float, float, float] | None:
        if self.setting is None:
            return None
        foot, head = self.setting.layout.caret(self.typing.shown_caret, self.typing.line)
        (x0, y0), (x1, y1) = self.setting.to_document(*foot), self.setting.to_document(*head)
        return min(x0, x1), min(y0, y1), max(abs(y1 - y0), 1.0)

    def selected_text(self) -> str:
        return self.typing.selected if self.setting is not None else ""

    def replace_selection(self, words: str) -> None:
        if self.setting is not None:
            self._type(typed.inserted(self.typing, words), "paste")

    # ---- what is typed becomes pixels

    def _type(self, typing: Typing, kind: str) -> bool:
        """Another text; letters in a row are one step back."""
        if len(typing.text) > LONGEST and len(typing.text) > len(self.typing.text):
            words = {"count": f"{LONGEST:,}"}
            self.painting.studio.tell(Notice(kind="warn", text=TOO_LONG, arguments=words))
            return True
        if typing != self.typing:
            if typing.text != self.typing.text:
                self._remember(kind)
            self.typing = typing
            self._show()
        return True

    def _place(self, typing: Typing) -> None:
        """Another caret or selection: nothing to draw."""
        self.typing = typing
        self._steps.pause()
        self.changed.emit()

    def _show(self) -> None:
        setting = self.setting
        if setting is not None:
            setting.show(self.typing.shown, setting.style, setting.language, setting.own)
            self.changed.emit()

    def _step(self, kind: str) -> Step:
        assert self.setting is not None
        still = replace(self.typing, preedit="", preedit_caret=0)
        return Step(kind, still, self.setting.style, self.setting.language, self.setting.own)

    def _remember(self, kind: str) -> None:
        self._steps.remember(self._step(kind))

    def undo(self) -> bool:
        """One step back inside the text; at the first one nothing happens."""
        if self.setting is not None:
            self._restore(self._steps.undo(self._step("")))
        return self.setting is not None

    def redo(self) -> bool:
        if self.setting is not None:
            self._restore(self._steps.redo(self._step("")))
        return self.setting is not None

    def _restore(self, step: Step | None) -> None:
        setting = self.setting
        if step is None or setting is None:
            return
        self.typing = step.typing
        setting.style, setting.language, setting.own = step.style, step.language, step.own
        self._show()
        self._show_options(step.style, step.language)

    def _show_options(self, style: TextStyle, language: str) -> None:
        fields = {name: getattr(style, name) for name in SHARED}
        known = language if language in get_args(Language) else "auto"
        self.painting.change_options("text", **fields, language=known)

    def options_changed(self, options: Any) -> None:
        setting = self.setting
        if setting is None:
            return
        style = msgspec.structs.replace(setting.style, **{name: getattr(options, name) for name in SHARED})
        if style != setting.style or options.language != setting.language:
            self._remember("style")
            setting.style, setting.language = style, options.language
            self._show()

    def _colour_chosen(self) -> None:
        setting = self.setting
        if setting is not None and setting.style.colour != self._colour:
            self._remember("style")
            setting.style = msgspec.structs.replace(setting.style, colour=self._colour)
            self._show()

    @property
    def _colour(self) -> Colour:
        """The painting colour in the picture's numbers."""
        return colours.entering(self.painting.colour, self.picture.document.artwork.colour_space)

    @property
    def marks(self) -> tuple[Mark, ...]:
        if self.setting is None:
            return (Outline(self._band),) if self._band else ()
        return text_marks.marks_of(self.setting, self.typing, self._hot)


def _dragged(start: Pointer, end: Pointer) -> bool:
    least = DRAGGED / start.zoom
    return abs(end.x - start.x) > least and abs(end.y - start.y) > least


def _stop_at(setting: TextSetting, pointer: Pointer) -> Stop:
    return setting.catch_up().hit(*setting.to_text(pointer.x, pointer.y))


KINDS = (
    ToolKind(
        name="text",
        title=QT_TRANSLATE_NOOP("actions", "Text"),
        icon="type",
        family="text",
        shortcuts=("T",),
        aliases=("type tool", "横排文字工具", "直排文字工具", "文本", "文字"),
        hint=QT_TRANSLATE_NOOP(
            "Options",
            "Click to type, drag for a box; Shift makes another text, Ctrl+Enter applies, Esc takes back, Ctrl+drag moves",
        ),
        open=TextSession,
        options=TextOptions,
        space_moves=True,
        cursor="text",
    ),
)
