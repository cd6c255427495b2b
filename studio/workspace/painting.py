"""The tool in the hand: which, with which brush and colour, and the gesture that runs."""

from __future__ import annotations

import math
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from weakref import ReferenceType, ref

import msgspec
from msgspec.structs import replace
from psygnal import Signal

from studio.document.edits import EditError
from studio.raster.brush import BLUR, CLONE, ERASER, INK, SMUDGE, SOFT_ROUND, Brush, checked
from studio.raster.symmetry import Symmetry
from studio.recipe import RecipeError, check, from_plain
from studio.workspace import colours, naming, notices
from studio.workspace.notices import Notice
from studio.workspace.shades import Shades
from studio.workspace.stroke_state import StrokeState
from studio.workspace.tools import Gesture, Pointer, heal, photo_wins, tone
from studio.workspace.tools.ending import OWNER, Ending
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.marks import Mark
from studio.workspace.tools.registry import KINDS
from studio.workspace.tools.session import Session
from studio.workspace.used_colours import Colour, UsedColours

if TYPE_CHECKING:
    from studio.document.artwork import Artwork
    from studio.workspace.picture import Picture
    from studio.workspace.selecting import Selecting
    from studio.workspace.studio import Studio
    from studio.workspace.tools.move import Nudged

_SIZES = (
    1,
    2,
    3,
    4,
    5,
    6,
    8,
    10,
    12,
    15,
    20,
    25,
    30,
    40,
    50,
    60,
    80,
    100,
    120,
    150,
    200,
    250,
    300,
    400,
    500,
    700,
    1000,
)
_LARGE = 400.0
"""Pixels of a brush that may be shown in several goes."""
INK_COLOUR: Colour = (0.09, 0.085, 0.08)
PAPER_COLOUR: Colour = (1.0, 1.0, 1.0)


class Painting:
    """Tool, its options, brushes and colours, the same for all pictures; and the session that is open, if one is."""

    tool_changed = Signal(str)
    options_changed = Signal(str)
    marks_changed = Signal()
    session_changed = Signal()
    brush_changed = Signal()
    colour_changed = Signal()
    painted_above = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.session: Session | None = None
        self.nudged: Nudged | None = None
        """What was moved and is being laid down on the lane, because it is too much to do it under the hand."""
        self._marks: tuple[Mark, ...] = ()
        self._options: dict[str, msgspec.Struct] = {}
        self.tool = "ink"
        self.gesture_tool = "ink"
        self._last_brush_tool = "ink"
        self._tool_before = "ink"
        self._refused: tuple[str, str, ReferenceType[Artwork]] | None = None
        self._shades = Shades()
        self._brushes: dict[str, Brush] = {
            "ink": INK, "brush": SOFT_ROUND, "eraser": ERASER, "smudge": SMUDGE, "blur": BLUR, "clone": CLONE,
            **tone.BRUSHES, **heal.BRUSHES, **photo_wins.BRUSHES,
        }  # fmt: skip
        self.strokes = StrokeState(lambda: studio.current)
        self.strokes.symmetry_changed.connect(self._symmetry_changed)
        studio.current_changed.connect(self.strokes.follow)
        self.ending = Ending()
        self.used = UsedColours(studio)
        self.colour: Colour = INK_COLOUR
        self.background: Colour = PAPER_COLOUR

    @property
    def studio(self) -> Studio:
        """Whose lanes, settings and cards a session may use."""
        return self._studio

    @property
    def selecting(self) -> Selecting:
        """Where the selecting tools hand what they found."""
        return self._studio.selecting

    @property
    def brush(self) -> Brush:
        """The brush of the tool in the hand (of the last painting tool, when it is not one)."""
        return self._brushes[self.brush_tool]

    @property
    def brush_tool(self) -> str:
        """The tool whose brush is in the hand."""
        return self.tool if self.tool in self._brushes else self._last_brush_tool

    @property
    def gesture_brush(self) -> Brush:
        """The brush of the gesture that begins: that of a borrowed tool, if one was borrowed."""
        return self._brushes.get(self.gesture_tool, self.brush)

    def brush_of(self, tool: str) -> Brush | None:
        """The brush that ``tool`` would paint with; None for one that has none."""
        return self._brushes.get(tool)

    def keep_brush(self, tool: str, brush: Brush) -> None:
        """``tool`` paints with ``brush`` from now on; raises RecipeError outside the declared ranges."""
        self._brushes[tool] = checked(brush)
        if tool == self.brush_tool:
            self.brush_changed.emit()

    def take_brush(self, tool: str, brush: Brush) -> None:
        """Takes ``tool`` into the hand with ``brush``."""
        self.keep_brush(tool, brush)
        self.choose_tool(tool)

    @property
    def kind(self) -> ToolKind:
        """The tool in the hand."""
        return KINDS[self.tool]

    @property
    def alt_picks(self) -> bool:
        """Whether Alt borrows the picker: not where it chooses the source that a clone takes from."""
        brush = self.brush_of(self.tool)
        return self.kind.alt_picks and (brush is None or brush.mode != "clone")

    def choose_tool(self, tool: str) -> None:
        """Takes another tool; the session of the old one is applied."""
        if tool == self.tool:
            return
        self.close_session()
        if not self.kind.open_at_once or self.kind.stays:
            self._tool_before = self.tool
        self.tool = tool
        if self.kind.options is Symmetry and self._studio.current is not None:
            self.strokes.centre_symmetry(self._studio.current)
        if tool in self._brushes:
            self._last_brush_tool = tool
        self.tool_changed.emit(tool)
        self.brush_changed.emit()
        self._refused = None
        if self.kind.open_at_once and self._studio.current is not None:
            self._open(self._studio.current, self.kind, at_once=True)

    def put_back(self) -> None:
        """A tool that was taken for one job is done: the hand has the one before again."""
        if self.kind.open_at_once and not self.kind.stays:
            self.choose_tool(self._tool_before)

    # options

    def options(self, tool: str) -> Any:
        """The options of ``tool`` in force, as its declared struct; KeyError for a tool without options."""
        declared = KINDS[tool].options
        if declared is Symmetry:
            return self.strokes.symmetry
        if tool not in self._options:
            if declared is None:
                raise KeyError(tool)
            try:
                kept = self._studio.settings.tool_options.get(tool, {})
                known = {name: kept[name] for name in declared.__struct_fields__ if name in kept}
                self._options[tool] = from_plain(declared, known)
            except RecipeError:  # kept by another version
                self._options[tool] = declared()
        return self._options[tool]

    def change_options(self, tool: str, **fields: Any) -> None:
        """Changes and keeps a tool's options; raises RecipeError outside the declared ranges. Symmetry belongs to the strokes
        and lasts as long as the studio is open."""
        changed = check(msgspec.structs.replace(self.options(tool), **fields))
        if isinstance(changed, Symmetry):
            self.strokes.set_symmetry(changed)
            return
        if changed == self.options(tool):
            return
        self._options[tool] = changed
        kept = self._studio.settings.tool_options | {tool: msgspec.to_builtins(changed)}
        self._studio.keep_soon(tool_options=kept)
        if self.session is not None and tool == self.tool:
            self.session.options_changed(changed)
        self.options_changed.emit(tool)

    def _symmetry_changed(self) -> None:
        self.options_changed.emit("symmetry")

    # sessions and marks

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is shown over the picture now: the session's and the running gesture's."""
        return self._marks if self.session is None else (*self.session.marks, *self._marks)

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """A gesture shows its rubber band; cleared when it ends."""
        if marks != self._marks:
            self._marks = marks
            self.marks_changed.emit()

    def _marks_moved(self) -> None:
        self.marks_changed.emit()

    def _open(self, picture: Picture, kind: ToolKind, *, at_once: bool = False) -> Session | None:
        """Opens the tool's session; None with a card where it cannot open. What was said when the tool was taken
        (``at_once``) the first press on the same picture does not say again."""
        assert kind.open is not None
        self._studio.settle()
        said, self._refused = self._refused, None
        try:
            session = kind.open(picture, self)
        except EditError as error:
            refused = kind.name, str(error), ref(picture.document.committed)
            if refused != said:
                self._studio.refuse(error)
            self._refused = refused if at_once else None
            return None
        self.admit(session)
        return session

    def admit(self, session: Session) -> None:
        """Takes a session that is open from now on; one that was open before is to be closed already."""
        self.session = session
        session.changed.connect(self._marks_moved)
        self.session_changed.emit()
        self.marks_changed.emit()

    def open_session(self) -> Session | None:
        """The session of the tool in the hand on the current picture, opened if it is not open; None where it cannot."""
        picture, kind = self._studio.current, self.kind
        if picture is None or kind.open is None:
            return None
        if self.session is not None and self.session.picture is picture:
            return self.session
        return self._open(picture, kind)

    def _session_marked(self) -> None:
        self.marks_changed.emit()

    def close_session(self, *, apply: bool = True) -> None:
        """Ends the open session, if there is one: applied, or as if it had never been."""
        session = self.session
        if session is None:
            return
        self.session_done()
        try:
            if apply:
                session.apply()
            else:
                session.cancel()
        except EditError as error:
            session.cancel()
            self._studio.refuse(error)

    def session_done(self) -> None:
        """The session has ended by itself."""
        session, self.session = self.session, None
        if session is not None:
            session.changed.disconnect(self._marks_moved)
            self.session_changed.emit()
            self.marks_changed.emit()

    def change_brush(self, **fields: Any) -> None:
        """Changes the current brush; raises RecipeError outside the declared ranges."""
        self._brushes[self.brush_tool] = checked(msgspec.structs.replace(self.brush, **fields))
        self.brush_changed.emit()

    def resize(self, direction: int) -> None:
        """The next larger (1) or smaller (−1) size of the usual row, of the brush or of the tool that has a size itself."""
        own = self._own_size()
        size = self.brush.size if own is None else own
        if direction > 0:
            size = next((step for step in _SIZES if step > size), _SIZES[-1])
        else:
            size = next((step for step in reversed(_SIZES) if step < size), _SIZES[0])
        if own is None:
            self.change_brush(size=float(size))
            return
        with suppress(RecipeError):  # the tool's own range ends before the row does
            self.change_options(self.tool, size=float(size))

    def shift_brush(self, field: str, step: float) -> None:
        """Opacity or hardness of the brush to the next multiple of ``step``: up where it is positive, else down, within 0–1."""
        unit, now = abs(step), getattr(self.brush, field) / abs(step)
        next_one = math.floor(now + 1e-6) + 1 if step > 0 else math.ceil(now - 1e-6) - 1
        self.change_brush(**{field: min(max(round(next_one * unit, 6), 0.0), 1.0)})

    def shade(self, direction: int) -> None:
        """The colour in the hand one step lighter (1) or darker (−1)."""
        self.set_colour(self._shades.next(self.colour, direction))

    def _own_size(self) -> float | None:
        """The size in the options of a tool in the hand that works like a brush, and has none."""
        kind = self.kind
        if kind.brush or kind.cursor != "brush" or kind.options is None:
            return None
        return self.options(self.tool).size

    @property
    def outline_brush(self) -> Brush:
        """The brush whose outline the cursor shows: that in the hand, or a round one of the tool's own size."""
        own = self._own_size()
        return self.brush if own is None else Brush(size=own)

    def set_colour(self, colour: Colour) -> None:
        if colour != self.colour:
            self.colour = colour
            self.colour_changed.emit()

    def set_background(self, colour: Colour) -> None:
        if colour != self.background:
            self.background = colour
            self.colour_changed.emit()

    def swap(self) -> None:
        self.colour, self.background = self.background, self.colour
        self.colour_changed.emit()

    def reset(self) -> None:
        self.colour, self.background = INK_COLOUR, PAPER_COLOUR
        self.colour_changed.emit()

    @property
    def lightness(self) -> float:
        """Luma of the colour: what painting it into a mask means."""
        return colours.lightness(self.colour)

    def name_of_layer(self, name: str) -> str:
        """A layer's usual name (``Paint``) in the artist's language."""
        return self._studio.translate("layer-names", name)

    @property
    def stroke_name(self) -> str:
        """What a layer is called that the stroke makes: the title of the brush's preset, or the tool's."""
        preset = self._studio.brushes.current if self.gesture_tool == self.brush_tool else None
        if preset is not None:
            return preset.named(self._studio.language)
        return self._studio.translate("actions", KINDS[self.gesture_tool].title)

    def named(self, before: Artwork, after: Artwork, name: str) -> Artwork:
        """``after`` a stroke: a layer that was new is called ``name``."""
        return naming.named(self._studio, before, after, name)

    def begin(self, picture: Picture, pointer: Pointer, tool: str | None = None) -> RunningGesture | None:
        """Starts the gesture of ``tool`` (default: the one in the hand); None where there is none, with a card where it cannot
        start."""
        self.gesture_tool = tool or self.tool
        kind = KINDS[self.gesture_tool]
        try:
            gesture = self._gesture_of(kind, picture, pointer)
            if gesture is None:
                return None
            next(gesture)
        except StopIteration:
            self.show_marks(())
            return None
        except EditError as error:
            self.show_marks(())
            self._studio.refuse(error)
            return None
        except MemoryError:
            self.no_memory()
            return None
        paints = self.session is None and kind.family == "brush" and self.gesture_brush.mode == "paint"
        if paints:
            self.used.note((self.colour,), picture.document.committed)
        return RunningGesture(gesture, self, pointer)

    def no_memory(self) -> None:
        """A tool could not have the memory for what it was to do: nothing was changed, room is made for the next time."""
        self.show_marks(())
        self._studio.memory.ran_out()
        self._studio.tell(Notice(kind="error", text=notices.NO_MEMORY))

    def _gesture_of(self, kind: ToolKind, picture: Picture, pointer: Pointer) -> Gesture | None:
        session = self.session
        if session is not None and session.any_tool and session.picture is picture:
            return session.press(pointer)
        if kind.open is not None:
            if session is None or session.picture is not picture or kind.name != self.tool:
                self.close_session()
                session = self._open(picture, kind)
            return session.press(pointer) if session is not None else None
        if kind.gesture is None:
            return None
        # a stroke waits for the one before by itself
        self._studio.settle(keep=OWNER if kind.brush else "")
        return kind.gesture(picture, self, pointer)


class RunningGesture:
    """A gesture between press and release."""

    def __init__(self, gesture: Gesture, painting: Painting, pointer: Pointer | None = None) -> None:
        self._gesture: Gesture | None = gesture
        self._painting = painting
        self._last, self._sent = pointer, time.monotonic()

    @property
    def goes_on_at_rest(self) -> bool:
        """Whether time alone changes what is shown: an airbrush, a stabiliser that catches up, very large dabs."""
        if KINDS[self._painting.gesture_tool].works_at_rest:
            return True
        brush = self._painting.gesture_brush
        late = brush.airbrush > 0 or brush.stabiliser == "delayed" or brush.size > _LARGE
        return KINDS[self._painting.gesture_tool].brush and late

    def send(self, pointer: Pointer) -> None:
        self._last, self._sent = pointer, time.monotonic()
        self._advance(pointer)

    def tick(self) -> None:
        """Time passes with the pen at rest: its last sample again, later."""
        if self._last is not None:
            self._advance(replace(self._last, t=self._last.t + time.monotonic() - self._sent))

    def finish(self) -> None:
        """Release: what was drawn is committed."""
        self._advance(None)
        self.cancel()

    def cancel(self) -> None:
        """As if the press had never been."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.close()
        self._painting.show_marks(())

    def _advance(self, pointer: Pointer | None) -> None:
        if self._gesture is None:
            return
        try:
            self._gesture.send(pointer)
        except StopIteration:
            self._gesture = None
        except EditError as error:  # of a stroke that had to wait for the one before
            self.cancel()
            self._painting.studio.refuse(error)
        except MemoryError:
            self._gesture = None
            self._painting.no_memory()
