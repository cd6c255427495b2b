"""The canvas: shows the picture through a viewport, follows its changes, hands pen and mouse to the tools."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from studio.document.aids import Aids
from studio.document.artwork import SRGB, ColourSpace
from studio.raster.geometry import EMPTY, Rect, Region
from studio.raster.outline import reach
from studio.ui import theme
from studio.ui.bind import bind
from studio.ui.canvas.ants import Ants
from studio.ui.canvas.brush_hand import BRUSH_SIZE
from studio.ui.canvas.cursor import cursor_for
from studio.ui.canvas.input import CanvasInput
from studio.ui.canvas.moved_view import MovedView
from studio.ui.canvas.over import draw_over, is_bare
from studio.ui.canvas.overlay import outline_rect
from studio.ui.canvas.rulers import Rulers
from studio.ui.canvas.scene import draw_picture
from studio.ui.canvas.showing import Showing
from studio.ui.canvas.surround import surround_menu
from studio.ui.canvas.tint import Tint
from studio.ui.canvas.viewport import Viewport
from studio.workspace.picture import Picture
from studio.workspace.studio import Studio
from studio.workspace.tools import Pointer
from studio.workspace.tools.registry import KINDS


class CanvasView(MovedView):
    """Shows ``studio.current``. Emits ``viewport_changed`` and ``hovered`` (document point, or None outside).

    ``second``: one more view beside the window's own, with a viewport of its own.
    """

    hovered = Signal(object)
    first_painted = Signal()

    def __init__(self, studio: Studio, parent: QWidget | None = None, *, second: bool = False) -> None:
        super().__init__(studio, parent)
        self.judging = False
        self.showing = Showing(studio, self._update_level_rect, self, follows=second)
        self._laid_out: tuple[Rect, ColourSpace] = (EMPTY, SRGB)
        self._aids: Aids | None = None
        self._views: dict[int, tuple[Viewport, bool]] = {}
        self._painted = self._bare = False
        self._words_wait = False
        self._held = Qt.KeyboardModifier.NoModifier
        self.input = CanvasInput(self)
        self.rulers = Rulers(self, wanted=not second)
        self.ants, self.tint = Ants(self), Tint(self)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # With an input method on, a letter typed here is a shortcut, never the start of a word.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAccessibleName("canvas")
        bind(self, studio.current_changed, self.show_picture)
        bind(self, studio.pictures_changed, self.forget_closed)
        bind(self, studio.painting.tool_changed, self._tool_changed)
        bind(self, studio.painting.brush_changed, self._brush_changed)
        bind(self, studio.painting.options_changed, self._tool_changed)
        bind(self, studio.painting.marks_changed, self._marks_changed)
        bind(self, studio.painting.strokes.symmetry_changed, self._marks_changed)
        bind(self, studio.painting.session_changed, self._session_changed)
        bind(self, studio.selecting.changed, self._selecting_changed)
        bind(self, studio.viewing.changed, self._viewing_changed)
        bind(self, studio.viewing.look_changed, self._recolour)
        bind(self, studio.settings_changed, self._settings_changed)
        if not second:
            self.follow_navigator()
        # A bound method would be disconnected with the widget, before it is called.
        self.destroyed.connect(lambda: self._leave_picture())  # noqa: PLW0108
        self.retranslate()
        self.show_picture(studio.current)

    def retranslate(self) -> None:
        self.setAccessibleName(QCoreApplication.translate("Canvas", "Canvas"))

    def redress(self) -> None:
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 240)

    # which picture, which part of it

    def show_picture(self, picture: Picture | None) -> None:
        """Shows another picture with the view it was left with; a new one is fitted."""
        if self.picture is not None:
            self._views[id(self.picture)] = (self.viewport, self._fit)
            self._leave_picture()
        self.input.cancel()
        self.picture = picture
        self.showing.attach(picture)
        self._follow_selection()
        self.rulers.look()
        if picture is None:
            self.update()
            return
        picture.document.changed.connect(self._document_changed)
        picture.document.history_changed.connect(self._step_made)
        size = self._device_size()
        if id(picture) in self._views:
            viewport, self._fit = self._views[id(picture)]
            self.viewport = viewport.resized(size)
        else:
            self._fit = True
            self.viewport = Viewport().resized(size)
        if self._fit:
            artwork = picture.document.artwork
            self.viewport = self.viewport.fitted(artwork.width, artwork.height)
        self._recolour()
        self._look()

    def _leave_picture(self) -> None:
        if self.picture is not None:
            self.picture.document.changed.disconnect(self._document_changed, missing_ok=True)
            self.picture.document.history_changed.disconnect(self._step_made, missing_ok=True)
        self.ants.let_go()

    def forget_closed(self) -> None:
        """Lets go the views of pictures that are no longer open."""
        open_ids = {id(picture) for picture in self.studio.pictures}
        self._views = {key: view for key, view in self._views.items() if key in open_ids}

    def judge(self, on: bool) -> None:
        """Mid-grey surround and a white border, to judge tones by."""
        self.judging = on
        self.update()

    def keyboard_modifiers(self) -> Qt.KeyboardModifier:
        """The modifiers that are held while the canvas has the keyboard, as keys, mouse and pen told them: this is asked
        several times for each pen sample, and asking the window system takes longer than drawing the sample."""
        return self._held if self.hasFocus() else Qt.KeyboardModifier.NoModifier

    def _note_modifiers(self, event: QEvent) -> None:
        if isinstance(event, QKeyEvent | QMouseEvent | QTabletEvent):
            self._held = event.modifiers()
        elif event.type() == QEvent.Type.FocusIn:
            self._held = QGuiApplication.queryKeyboardModifiers()

    def pointed_at(self) -> QPointF:
        return self.input.position

    # keeping what is shown right

    def _look(self) -> None:
        """The viewport moved."""
        if self.picture is not None:
            self.showing.look(self.viewport)
            self._follow_selection()
        self.viewport_changed.emit()
        self.update()

    def _follow_selection(self) -> None:
        self.ants.follow()
        self.tint.follow()

    def _selecting_changed(self) -> None:
        self._follow_selection()
        self.ants.march()

    def _document_changed(self, region: Region) -> None:
        assert self.picture is not None
        self.showing.changed(region)
        self._follow_selection()
        if is_bare(self) is not self._bare:  # marks and selection reach beyond what the preview changes
            self._bare = not self._bare
            self.update()
        artwork = self.picture.document.artwork
        if (
            artwork.rect != self._laid_out[0] and self._fit
        ):  # cropped, turned, enlarged: all of it stays in view
            self.viewport = self.viewport.fitted(artwork.width, artwork.height)
            self._look()
        if (artwork.rect, artwork.colour_space) != self._laid_out or artwork.aids is not self._aids:
            self._laid_out, self._aids = (artwork.rect, artwork.colour_space), artwork.aids
            self._recolour()
            self.rulers.redraw()
            self.update()

    def _step_made(self) -> None:
        self.showing.settle_level()

    def _recolour(self) -> None:
        """The colours in which the picture is shown, or how it is laid out, may be others now."""
        if self.picture is not None:
            viewing, artwork = self.studio.viewing, self.picture.document.artwork
            self.showing.recolour(viewing.lookup(artwork), numbers=viewing.wants_numbers)

    def _settings_changed(self, _settings: object) -> None:
        self.ants.look()

    def _viewing_changed(self) -> None:
        self.ants.look()
        if self.showing.tiled != self.studio.viewing.tiled:
            self.showing.tiled = self.studio.viewing.tiled
            self._look()
        self.update()

    def update_document(self, part: Rect) -> None:
        """Asks for a repaint of a part of the picture, in document pixels."""
        self._update_level_rect(part, 0)

    def _update_level_rect(self, part: Rect, level: int) -> None:
        scale, ratio = 1 << level, self.devicePixelRatioF()
        document = QRectF(part.left * scale, part.top * scale, part.width * scale, part.height * scale)
        to_view = self.viewport.to_view()
        for x, y in self.showing.offsets():
            shown = to_view.mapRect(document.translated(x, y))
            logical = QRectF(
                shown.left() / ratio, shown.top() / ratio, shown.width() / ratio, shown.height() / ratio
            )
            self.update(logical.toAlignedRect().adjusted(-2, -2, 2, 2))

    # painting the widget

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.current().tokens
        painter.fillRect(event.rect(), QColor(tokens.judge if self.judging else self.surround()))
        if self.picture is not None:
            ratio = self.devicePixelRatioF()
            painter.scale(1 / ratio, 1 / ratio)
            canvas = self.picture.document.artwork.rect
            draw_picture(painter, self.viewport, canvas, self.showing, judging=self.judging)
            draw_over(painter, self, event.rect())
        painter.end()
        if not self._painted:
            self._painted = True
            self.first_painted.emit()

    def choose_surround(self, colour: str) -> None:
        """``colour``: ``#rrggbb``, or empty for the theme's own."""
        self.studio.change_settings(surround=colour)
        self.update()

    def surround(self) -> str:
        chosen = self.studio.settings.surround
        return chosen if chosen.startswith("#") else theme.current().tokens.surround

    # cursor

    def outline_shown(self) -> bool:
        return self.underMouse() and self.picture is not None and self._paints_now()

    def _paints_now(self) -> bool:
        kind, session = KINDS.get(self.input.tool), self.studio.painting.session
        if session is not None and session.any_tool:
            return False
        return self.input.tool == BRUSH_SIZE or (kind is not None and kind.cursor == "brush")

    def outline_diameter(self) -> float:
        return self.studio.painting.outline_brush.size * self.viewport.zoom / self.devicePixelRatioF()

    def cursor_moved(self, old: QPointF, new: QPointF) -> None:
        """Moves the brush outline and tells who shows the position."""
        if self.outline_shown():
            diameter = self.outline_diameter() * 2 * reach(self.studio.painting.outline_brush)
            self.update(outline_rect(old, diameter).united(outline_rect(new, diameter)).toAlignedRect())
        self.rulers.show_position(new)
        self.hovered.emit(self.to_document(new))

    def rulers_moved(self, position: QPointF) -> None:
        """The pointer moves over the canvas while a ruler holds it."""
        self.rulers.show_position(position)

    def show_cursor(self, pointer: Pointer | None = None) -> None:
        """The cursor of the tool that a press would use now; a session says it for the place of ``pointer``."""
        cursor = cursor_for(self, pointer)
        if cursor is None:
            return
        if self.cursor().shape() != cursor:
            self.setCursor(cursor)
            self.update(outline_rect(self.input.position, self.outline_diameter() * 1.5).toAlignedRect())

    def _marks_changed(self) -> None:
        self.update()
        session = self.studio.painting.session
        if session is not None and session.takes_text and self.hasFocus():
            QGuiApplication.inputMethod().update(Qt.InputMethodQuery.ImCursorRectangle)

    def _session_changed(self) -> None:
        """While a session takes text the input method is on: a letter typed here is then part of a word."""
        session = self.studio.painting.session
        takes = session is not None and session.takes_text and not self._words_wait
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, takes)
        QGuiApplication.inputMethod().reset()
        self.show_cursor()

    def wait_with_words(self, wait: bool) -> None:
        """While the key that took the text tool is down no input method gets what it repeats."""
        self._words_wait = wait
        if not wait:
            self._session_changed()

    def _tool_changed(self, _tool: str) -> None:
        self.show_cursor()
        self.update()

    def _brush_changed(self) -> None:
        self.update()

    # events

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.viewport = self.viewport.resized(self._device_size())
        if self.picture is not None and self._fit:
            artwork = self.picture.document.artwork
            self.viewport = self.viewport.fitted(artwork.width, artwork.height)
        self._look()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.input.mouse_press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.input.mouse_move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.input.mouse_release(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        if (
            event.type() == QEvent.Type.TabletPress
        ):  # Qt gives the keyboard to what a mouse presses, not a pen
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.input.tablet(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.input.wheel(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.input.key_press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.input.key_release(event):
            super().keyReleaseEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        session = self.studio.painting.session
        if session is None:
            super().inputMethodEvent(event)
            return
        cursors = [
            one.start for one in event.attributes() if one.type == QInputMethodEvent.AttributeType.Cursor
        ]
        session.input_method(
            event.preeditString(), event.commitString(), cursors[0] if cursors else len(event.preeditString())
        )
        event.accept()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Where the input method opens its window: at the session's caret."""
        session = self.studio.painting.session
        caret = session.caret() if session is not None else None
        if query == Qt.InputMethodQuery.ImCursorRectangle and caret is not None:
            ratio = self.devicePixelRatioF()
            place = self.viewport.to_view().map(QPointF(caret[0], caret[1])) / ratio
            return QRectF(place.x(), place.y(), 1.0, caret[2] * self.viewport.zoom / ratio)
        return super().inputMethodQuery(query)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.open_menu(QPointF(event.pos()), event.globalPos(), event.modifiers())

    def open_menu(self, place: QPointF, there: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """The right button of mouse or pen at ``place`` (``there`` on the screen). Beside the picture: the surround it is
        judged against; on it: the palette of a painting tool, or (with Ctrl, or another tool) the layers there."""
        index = self.input.guides.under(place)
        if index is not None:
            self.input.guides.menu(index, there)
            return
        artwork = self.picture.document.artwork if self.picture else None
        if artwork is not None and QRectF(0, 0, artwork.width, artwork.height).contains(
            self.to_document(place)
        ):
            if not self.input.busy and not self.input.brush.right(modifiers):
                asks_layers = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
                if asks_layers or not self.input.brush.open_palette(there):
                    self.input.layers.menu(place)
            return
        menu = surround_menu(self, self.studio.settings.surround, self.surround(), self.choose_surround)
        menu.popup(there)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.input.focus_lost()
        if event.reason() == Qt.FocusReason.ActiveWindowFocusReason:
            self.input.pen_lost()
        super().focusOutEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.ants.look()
        super().enterEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange:
            self.ants.look()
        super().changeEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(None)
        self.ants.look()
        self.rulers.show_position(None)
        self.update()
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        self._note_modifiers(event)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self.input.overrides(event):
                event.accept()
                return True
        if isinstance(event, QTouchEvent):
            self.input.touch.event(event)
            return True
        if isinstance(event, QNativeGestureEvent) and self.input.touch.native(event):
            return True
        return super().event(event)
