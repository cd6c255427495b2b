"""From Qt's mouse, pen and key events to gestures on the picture and moves of the view."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QInputEvent, QKeyEvent, QMouseEvent, QPointingDevice, QTabletEvent, QWheelEvent

from studio.ui.canvas import samples
from studio.ui.canvas.brush_hand import BRUSH_SIZE, BrushHand
from studio.ui.canvas.clipboard import clipboard_key
from studio.ui.canvas.guide_hand import GuideHand
from studio.ui.canvas.layer_hand import PICK_LAYER, LayerHand
from studio.ui.canvas.pen_watch import PenWatch
from studio.ui.canvas.resting import Resting
from studio.ui.canvas.samples import Taps
from studio.ui.canvas.touch import Touch
from studio.workspace import guides
from studio.workspace.guides import Keeping
from studio.workspace.painting import RunningGesture
from studio.workspace.tools import Pointer
from studio.workspace.tools.registry import KINDS

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

_WHEEL_STEP = 120.0
_ZOOM_PER_PIXEL = 1.01
_DEGREES_PER_PIXEL = 0.5
_NEAR_MIDDLE = 40


class CanvasInput:
    """One hand on one canvas: at most one gesture or view drag at a time.

    Space borrows the hand, Ctrl+Space zoom, Shift+Space rotation, Alt the picker; each is given back on release. In the
    midst of a stroke Space takes the picture along under the pen, where the tool has no use for it itself.
    Ctrl+Alt and a drag (or Alt and the right button) is the brush's size and hardness; Ctrl and a press takes the layer.
    """

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self._gesture: RunningGesture | None = None
        self._resting = Resting(view)
        self._keeping: Keeping | None = None
        self.guides = GuideHand(view)
        self.brush = BrushHand(view)
        self.layers = LayerHand(view)
        self.touch = Touch(view)
        self._watch = PenWatch(view, self.pen_lost)
        self._shift = (0, 0)
        self._drag = ""
        self._last = QPointF()
        self._anchor = QPointF()
        self._before = view.picture, view.standing
        self._space = False
        self._pen_button = Qt.MouseButton.NoButton
        self._taps = Taps()
        self._clicks = 1
        self._button = Qt.MouseButton.NoButton
        self._by_mouse = False
        self._afterwards: list[Callable[[], None]] = []
        self.position = QPointF(-1000, -1000)

    @property
    def tool(self) -> str:
        """The tool that a press would use now, borrowed or chosen."""
        modifiers = self._view.keyboard_modifiers()
        if self._drag:
            return self._drag
        if self._space:
            if modifiers & Qt.KeyboardModifier.ControlModifier:
                return "zoom"
            return "rotate" if modifiers & Qt.KeyboardModifier.ShiftModifier else "hand"
        if self.brush.borrows(modifiers):
            return BRUSH_SIZE
        if self.layers.borrows(modifiers, self.position):
            return PICK_LAYER
        painting = self._view.studio.painting
        borrows = modifiers & Qt.KeyboardModifier.AltModifier and painting.alt_picks
        return "picker" if borrows else painting.tool

    @property
    def _pen_down(self) -> bool:
        return self._pen_button != Qt.MouseButton.NoButton

    @property
    def busy(self) -> bool:
        return self._gesture is not None or bool(self._drag) or self.guides.busy

    # mouse and pen

    def mouse_press(self, event: QMouseEvent) -> None:
        self._clicks = 2 if event.type() == event.Type.MouseButtonDblClick else 1
        if self._pen_down:
            if event.source() != Qt.MouseEventSource.MouseEventNotSynthesized:
                return
            self.pen_lost()  # a mouse is used: the pen is not on the tablet any more
        elif self._by_mouse and (event.button() == self._button or not event.buttons() & self._button):
            self._release()
        began = not self.busy
        if began:
            self._button = event.button()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._begin_drag("hand", event.position())
        elif event.button() == Qt.MouseButton.RightButton and self.brush.right(event.modifiers()):
            self._begin_drag(BRUSH_SIZE, event.position())
        elif event.button() == Qt.MouseButton.LeftButton:
            self._press(self._pointer_of_mouse(event), event.position())
        self._by_mouse = self._by_mouse or (began and self.busy)

    def mouse_move(self, event: QMouseEvent) -> None:
        if self._pen_down:
            return
        if self._by_mouse and event.buttons() == Qt.MouseButton.NoButton:
            self._release()  # a window that opened meanwhile had the release
        else:
            self._move(self._pointer_of_mouse(event), event.position())

    def mouse_release(self, event: QMouseEvent) -> None:
        if not self._pen_down and event.button() == self._button:
            self._release()

    def tablet(self, event: QTabletEvent) -> None:
        """Pen samples at their full rate; the eraser end erases whatever tool is chosen."""
        self.touch.pen()
        kind = event.type()
        if kind == event.Type.TabletPress:
            self._pen_press(event)
        elif kind == event.Type.TabletMove:
            self._move(self._pointer_of_pen(event), event.position())
        elif kind == event.Type.TabletRelease and event.button() == self._pen_button:
            self._pen_up()
            self._release()
        event.accept()

    def _pen_press(self, event: QTabletEvent) -> None:
        """The tip; or a button of the barrel, which does what that button of a mouse does."""
        if self.busy or self._pen_down:
            return
        button, position = event.button(), event.position()
        if button == Qt.MouseButton.LeftButton:
            self._clicks = self._taps.press(position, event.timestamp())
            self._pen_begins(event)
            eraser = event.pointerType() == QPointingDevice.PointerType.Eraser
            self._press(self._pointer_of_pen(event), position, "eraser" if eraser else None)
        elif button == Qt.MouseButton.MiddleButton:
            self._pen_begins(event)
            self._begin_drag("hand", position)
        elif button == Qt.MouseButton.RightButton and self.brush.right(event.modifiers()):
            self._pen_begins(event)
            self._begin_drag(BRUSH_SIZE, position)
        elif button == Qt.MouseButton.RightButton:
            self._view.open_menu(position, event.globalPosition().toPoint(), event.modifiers())

    def _pen_begins(self, event: QTabletEvent) -> None:
        self._pen_button = event.button()
        self._watch.begin(event.device())

    def _pen_up(self) -> None:
        self._watch.end()
        self._pen_button = Qt.MouseButton.NoButton

    def _press(self, pointer: Pointer, position: QPointF, tool: str | None = None) -> None:
        if self.busy:
            return
        self._view.cursor_moved(self.position, position)
        self.position = position
        tool = tool or self.tool
        if tool in ("rotate", BRUSH_SIZE, PICK_LAYER) or KINDS[tool].view:
            self._begin_drag(tool, position)
            return
        picture, studio = self._view.picture, self._view.studio
        if picture is None:
            return
        index = self.guides.under(position)
        if index is not None and tool == studio.painting.tool:
            self.guides.take(index, self.guides.axis_of(index))
            return
        self._last = position
        self._shift = self._view.showing.offset_of(pointer.x, pointer.y)
        self._keeping = guides.keeping(studio, picture, KINDS[tool])
        self._gesture = studio.painting.begin(picture, self._keeping.press(self._placed(pointer)), tool)
        self._resting.begin(self._gesture)

    def _placed(self, pointer: Pointer) -> Pointer:
        """A press on a repetition of the picture, in the tile preview, acts on the picture itself."""
        x, y = self._shift
        return replace(pointer, x=pointer.x - x, y=pointer.y - y) if x or y else pointer

    def _begin_drag(self, kind: str, position: QPointF) -> None:
        if not self.busy:
            self._drag, self._last, self._anchor = kind, position, position
            self._before = self._view.picture, self._view.standing
            if kind == BRUSH_SIZE:
                self.brush.begin()
            elif kind == PICK_LAYER:
                self.layers.press(position)
            self._view.show_cursor()

    def _move(self, pointer: Pointer, position: QPointF) -> None:
        if self._drag == BRUSH_SIZE:  # the outline stays where the drag began
            self.brush.drag(position - self._last)
            self._last = position
            return
        if self._drag == PICK_LAYER:
            self.layers.move(position)
        elif self._drag:
            self._drag_to(position, self._drag)
        elif self.guides.busy:
            self.guides.move(position, self._view.keyboard_modifiers())
        elif self._gesture is not None and self._takes_along:
            self._drag_to(position, "hand")
        elif self._gesture is not None:
            pointer, self._last = self._placed(pointer), position
            for sample in self._keeping.move(pointer) if self._keeping is not None else (pointer,):
                self._gesture.send(sample)
        elif (session := self._view.studio.painting.session) is not None:
            keeping = guides.keeping(self._view.studio, session.picture, self._view.studio.painting.kind)
            session.hover(keeping.press(pointer))
            self._view.show_cursor(pointer)
        else:
            self.guides.hover(position)
        self._view.cursor_moved(self.position, position)
        self.position = position

    @property
    def _takes_along(self) -> bool:
        """Space in the midst of a stroke: the view goes with the hand, so the place under the pen stays where it is."""
        return self._space and not KINDS[self._view.studio.painting.gesture_tool].space_moves

    def _drag_to(self, position: QPointF, drag: str) -> None:
        view, ratio = self._view, self._view.devicePixelRatioF()
        x, y = (position.x() - self._last.x()) * ratio, (position.y() - self._last.y()) * ratio
        anchor = self._anchor * ratio
        if drag == "hand":
            view.set_viewport(view.viewport.panned(x, y))
        elif drag == "zoom":
            view.set_viewport(view.viewport.zoomed(view.viewport.zoom * _ZOOM_PER_PIXEL**x, anchor))
        else:
            view.set_viewport(view.viewport.turned(self._turn(position)))
        self._last = position

    def _turn(self, position: QPointF) -> float:
        """Degrees by which the hand went round the middle of the view; sideways near the middle itself."""
        middle = QPointF(self._view.rect().center())
        before, now = self._last - middle, position - middle
        if min(before.manhattanLength(), now.manhattanLength()) < _NEAR_MIDDLE:
            return (position.x() - self._last.x()) * _DEGREES_PER_PIXEL
        turn = math.degrees(math.atan2(now.y(), now.x()) - math.atan2(before.y(), before.x()))
        return (turn + 180.0) % 360.0 - 180.0

    def _release(self) -> None:
        if self._drag == "zoom" and (self._last - self._anchor).manhattanLength() < 4:
            direction = -1 if self._view.keyboard_modifiers() & Qt.KeyboardModifier.AltModifier else 1
            ratio = self._view.devicePixelRatioF()
            self._view.set_viewport(self._view.viewport.step(direction, self._anchor * ratio))
        if self._drag == PICK_LAYER:
            self.layers.leave()
        gesture, self._gesture, self._drag = self._gesture, None, ""
        self._by_mouse = False
        self._resting.end()
        self.guides.leave()
        self.brush.leave()
        if gesture is not None:
            for sample in self._keeping.release() if self._keeping is not None else ():
                gesture.send(sample)
            gesture.finish()
        self._let_go()

    def _let_go(self) -> None:
        calls, self._afterwards = self._afterwards, []
        for call in calls:
            call()
        self._view.show_cursor()

    def afterwards(self, call: Callable[[], None]) -> None:
        """``call`` is done when what the hand does now is over."""
        self._afterwards.append(call)

    def cancel(self) -> bool:
        """Esc: as if the press had never been. True when there was something to cancel."""
        gesture, self._gesture, drag, self._drag = self._gesture, None, self._drag, ""
        self._by_mouse = False
        if drag == PICK_LAYER:
            self.layers.leave()
        elif drag and drag != BRUSH_SIZE and self._view.picture is self._before[0]:
            self._view.stand(self._before[1])
        self._resting.end()
        guide = self.guides.leave(kept=False)
        self.brush.leave(kept=False)
        if gesture is not None:
            gesture.cancel()
        self._let_go()
        return gesture is not None or bool(drag) or guide

    def _session_key(self, event: QKeyEvent) -> bool:
        """A key goes to the open session first; Enter applies it and Esc cancels it, where it has no use for them itself."""
        painting = self._view.studio.painting
        session, key = painting.session, key_name(event)
        if session is None or self.busy:
            return False
        if clipboard_key(session, key, samples.held(event)) or session.key(
            key, event.text(), samples.held(event)
        ):
            return True
        if key in ("return", "enter", "escape"):
            painting.close_session(apply=key != "escape")
            painting.put_back()
            self._view.show_cursor()
            return True
        return False

    def _tool_key(self, event: QKeyEvent) -> bool:
        """A key that the tool in the hand itself uses, such as an arrow that nudges."""
        picture, painting = self._view.picture, self._view.studio.painting
        take = painting.kind.key
        if picture is None or take is None or self.busy:
            return False
        return take(picture, painting, key_name(event), samples.held(event))

    def overrides(self, event: QKeyEvent) -> bool:
        """Whether a key that is also a shortcut of the window belongs to the open session."""
        session = self._view.studio.painting.session
        return session is not None and session.wants(key_name(event), samples.held(event))

    # wheel and keys

    def wheel(self, event: QWheelEvent) -> None:
        """Wheel zooms to the cursor; a trackpad's two fingers pan, with Ctrl they zoom."""
        ratio = self._view.devicePixelRatioF()
        pixels, turn = event.pixelDelta(), event.angleDelta()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not pixels.isNull() and not control:
            self._view.set_viewport(self._view.viewport.panned(pixels.x() * ratio, pixels.y() * ratio))
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._view.set_viewport(self._view.viewport.panned((turn.x() or turn.y()) * ratio / 2, 0))
        else:
            factor = 2.0 ** (turn.y() / _WHEEL_STEP / 2)
            self._view.set_viewport(
                self._view.viewport.zoomed(self._view.viewport.zoom * factor, event.position() * ratio)
            )
        event.accept()

    def key_press(self, event: QKeyEvent) -> bool:
        if self._session_key(event) or self._tool_key(event):
            return True
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = True
        elif event.key() == Qt.Key.Key_Escape:
            return self.cancel()
        self._view.show_cursor()
        return event.key() == Qt.Key.Key_Space

    def key_release(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
        self._view.show_cursor()
        return event.key() == Qt.Key.Key_Space

    def focus_lost(self) -> None:
        self._space = False
        self._view.show_cursor()

    def pen_lost(self) -> None:
        """The pen left or its tablet is gone: a stroke under way ends where it was, and is kept."""
        if self._pen_down:
            self._pen_up()
            self._release()

    # one finger

    def touch_press(self, position: QPointF, t: float) -> None:
        self._clicks = self._taps.press(position, round(t * 1000))
        self._press(samples.of_finger(self._view, position, t, self._clicks), position)

    def touch_move(self, position: QPointF, t: float) -> None:
        self._move(samples.of_finger(self._view, position, t, self._clicks), position)

    def touch_release(self) -> None:
        self._release()

    # samples

    def _held(self, event: QInputEvent) -> frozenset[str]:
        """The keys held during a sample; Space counts too: in the midst of a drag it means something to the tool."""
        held = samples.held(event)
        return held | {"space"} if self._space else held

    def _pointer_of_mouse(self, event: QMouseEvent) -> Pointer:
        return samples.of_mouse(self._view, event, self._held(event), self._clicks)

    def _pointer_of_pen(self, event: QTabletEvent) -> Pointer:
        return samples.of_pen(self._view, event, self._held(event), self._clicks)


def key_name(event: QKeyEvent) -> str:
    """Qt's name of a key in lower case: ``left``, ``backspace``, ``a``."""
    try:
        return Qt.Key(event.key()).name.removeprefix("Key_").lower()
    except ValueError:  # a key of the keyboard's maker
        return ""
