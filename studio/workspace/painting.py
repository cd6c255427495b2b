"""The tool in the hand: which, with which brush and colour, and the gesture that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from psygnal import Signal

from studio.document.edits import EditError
from studio.raster.brush import ERASER, INK, SOFT_ROUND, Brush
from studio.recipe import check
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.move import move_gesture
from studio.workspace.tools.picker import picker_gesture
from studio.workspace.tools.stroke import stroke_gesture

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

Colour = tuple[float, float, float]
"""Encoded red, green, blue, 0–1."""

TOOLS = {
    "ink": stroke_gesture,
    "brush": stroke_gesture,
    "eraser": stroke_gesture,
    "picker": picker_gesture,
    "move": move_gesture,
}
VIEW_TOOLS = ("hand", "zoom")
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
INK_COLOUR: Colour = (0.09, 0.085, 0.08)
PAPER_COLOUR: Colour = (1.0, 1.0, 1.0)


class Painting:
    """Tool, brushes and colours, the same for all pictures."""

    tool_changed = Signal(str)
    brush_changed = Signal()
    colour_changed = Signal()
    painted_above = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.tool = "ink"
        self.gesture_tool = "ink"
        self._last_brush_tool = "ink"
        self._brushes: dict[str, Brush] = {"ink": INK, "brush": SOFT_ROUND, "eraser": ERASER}
        self.colour: Colour = INK_COLOUR
        self.background: Colour = PAPER_COLOUR

    @property
    def brush(self) -> Brush:
        """The brush of the tool in the hand (of the last painting tool, when it is not one)."""
        return self._brushes[self._brush_tool]

    @property
    def _brush_tool(self) -> str:
        return self.tool if self.tool in self._brushes else self._last_brush_tool

    @property
    def gesture_brush(self) -> Brush:
        """The brush of the gesture that begins: that of a borrowed tool, if one was borrowed."""
        return self._brushes.get(self.gesture_tool, self.brush)

    def choose_tool(self, tool: str) -> None:
        if tool != self.tool:
            self.tool = tool
            if tool in self._brushes:
                self._last_brush_tool = tool
            self.tool_changed.emit(tool)
            self.brush_changed.emit()

    def change_brush(self, **fields: float) -> None:
        """Changes the current brush; raises RecipeError outside the declared ranges."""
        self._brushes[self._brush_tool] = check(msgspec.structs.replace(self.brush, **fields))
        self.brush_changed.emit()

    def resize(self, direction: int) -> None:
        """The next larger (1) or smaller (−1) size of the usual row."""
        size = self.brush.size
        if direction > 0:
            size = next((step for step in _SIZES if step > size), _SIZES[-1])
        else:
            size = next((step for step in reversed(_SIZES) if step < size), _SIZES[0])
        self.change_brush(size=float(size))

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
        """Rec. 709 luma of the colour: what painting it into a mask means."""
        red, green, blue = self.colour
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def name_of_layer(self, name: str) -> str:
        """A layer's usual name (``Paint``) in the artist's language."""
        return self._studio.translate("layer-names", name)

    def begin(self, picture: Picture, pointer: Pointer, tool: str | None = None) -> RunningGesture | None:
        """Starts the gesture of ``tool`` (default: the one in the hand); None with a card where it cannot start."""
        self.gesture_tool = tool or self.tool
        make = TOOLS.get(self.gesture_tool)
        if make is None:
            return None
        self._studio.settle()
        gesture = make(picture, self, pointer)
        try:
            next(gesture)
        except StopIteration:
            return None
        except EditError as error:
            self._studio.refuse(error)
            return None
        return RunningGesture(gesture)


class RunningGesture:
    """A gesture between press and release."""

    def __init__(self, gesture: Gesture) -> None:
        self._gesture: Gesture | None = gesture

    def send(self, pointer: Pointer) -> None:
        self._advance(pointer)

    def finish(self) -> None:
        """Release: what was drawn is committed."""
        self._advance(None)
        self.cancel()

    def cancel(self) -> None:
        """As if the press had never been."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.close()

    def _advance(self, pointer: Pointer | None) -> None:
        if self._gesture is None:
            return
        try:
            self._gesture.send(pointer)
        except StopIteration:
            self._gesture = None
