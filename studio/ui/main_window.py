"""The window: menu, options, tools, canvas, panels, status; it joins them and owns what belongs to none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QMenu, QTabBar, QVBoxLayout, QWidget

from studio.settings import Settings
from studio.ui import language, theme
from studio.ui.attention import Attention
from studio.ui.bind import bind, bind_later
from studio.ui.canvas.view import CanvasView
from studio.ui.docks import Docks, make_panel
from studio.ui.dropping import Dropping
from studio.ui.handlers import all_handlers, all_states, filters
from studio.ui.handlers.brushes import open_below
from studio.ui.keys import HELD, REPEATED
from studio.ui.language import Retranslated
from studio.ui.menus import ActionSet, MenuLine, ToolBar, WorkspaceSwitch
from studio.ui.notices import NoticeStack
from studio.ui.options_bar import OptionsBar
from studio.ui.screen_colours import ScreenColours
from studio.ui.screen_profile import ScreenProfile
from studio.ui.start_page import StartPage
from studio.ui.status_bar import StatusBar
from studio.ui.tool_keys import ToolKeys
from studio.ui.window_actions import WindowActions
from studio.workspace.actions import all_actions
from studio.workspace.actions.kind import Action
from studio.workspace.picture import Picture
from studio.workspace.studio import Studio

SMALLEST = QSize(1180, 640)
USUAL = QSize(1280, 722)
MODIFIED = " •"

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MainWindow(Retranslated, QMainWindow):
    """The studio's window. ``closing`` comes once, before the window is gone."""

    closing = Signal()

    def __init__(
        self,
        studio: Studio,
        actions: Iterable[Action] | None = None,
        make: Callable[[str], QWidget] | None = None,
    ) -> None:
        super().__init__()
        self.studio = studio
        self._shortcuts = studio.settings.shortcuts, studio.settings.shortcut_set
        self.setObjectName("window")
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)
        self.setAcceptDrops(True)
        self.canvas = CanvasView(studio)
        self.window_actions = WindowActions(self)
        self._held = 0
        self.dropping = Dropping(self)
        handlers, states = all_handlers(self), all_states(self)
        self.actions_ = ActionSet(studio, actions or all_actions(), handlers, self, states)
        self.tool_keys = ToolKeys(self)
        self._build()
        self.docks = Docks(self, make or (lambda name: make_panel(name, studio)), studio.settings.layouts)
        self.docks.workspace_changed.connect(self.switch.show_chosen)
        self._connect()
        self._name_parts()
        self.current_changed(studio.current)
        if studio.settings.geometry:
            self.restoreGeometry(QByteArray(studio.settings.geometry))
        self.enter(studio.settings.workspace)
        self.screen_colours = ScreenColours(self, studio)
        self.screen_profile = ScreenProfile(self, studio.viewing.set_screen)
        self.canvas.setFocus()

    # ── building ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def _build(self) -> None:
        self.menu_line = MenuLine(self.actions_, self)
        self.switch = WorkspaceSwitch()
        self.options = OptionsBar(self.studio)
        head = QWidget()
        head.setObjectName("head")
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.menu_line, 1)
        line.addWidget(self.switch)
        column.addLayout(line)
        column.addWidget(self.options)
        self.setMenuWidget(head)
        self._add_tools()
        self.tabs = QTabBar()
        self.tabs.setObjectName("pictures")
        self.tabs.setFixedHeight(28)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setMovable(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tabs.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        middle = QWidget()
        rows = QVBoxLayout(middle)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.tabs)
        rows.addWidget(self.canvas, 1)
        self.setCentralWidget(middle)
        self.status = StatusBar(self.studio)
        self._add_status()
        self.start_page = StartPage(self.studio, self.canvas)
        self.notices = NoticeStack(self.studio, self.actions_.words, self.canvas)
        self.actions_.triggered.connect(self.notices.was_done)
        self.attention = Attention(self.studio, self)

    def _add_tools(self) -> None:
        from PySide6.QtWidgets import QToolBar

        self.tools = ToolBar(self.studio, self.actions_)
        holder = QToolBar()
        holder.setObjectName("tools")
        holder.setMovable(False)
        holder.setFloatable(False)
        holder.toggleViewAction().setVisible(False)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(self.tools)
        holder.setFixedWidth(36)
        self.tools_holder = holder
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, holder)

    def _add_status(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.setFixedHeight(22)
        bar.setContentsMargins(0, 0, 0, 0)
        if (layout := bar.layout()) is not None:
            layout.setContentsMargins(0, 0, 0, 0)
        bar.addWidget(self.status, 1)
        # Qt puts room above and below that 22 px do not have: the words would stand too low.
        if (box := bar.layout()) is not None:
            for index in reversed(range(box.count())):
                item = box.itemAt(index)
                if item is not None and item.spacerItem() is not None:
                    box.takeAt(index)

    def _connect(self) -> None:
        studio = self.studio
        bind(self, studio.current_changed, self.current_changed)
        filters.attend(self)
        bind_later(self, studio.pictures_changed, self.refresh_tabs)
        bind_later(self, studio.painting.tool_changed, self.tools.refresh)
        bind_later(self, studio.painting.colour_changed, self.tools.refresh)
        bind(self, studio.settings_changed, self.settings_changed)
        self.actions_.tool_keyed.connect(self.tool_keys.press)
        self.switch.chosen.connect(self.enter)
        self.tabs.currentChanged.connect(self._tab_chosen)
        self.tabs.customContextMenuRequested.connect(self._tab_menu)
        self.tabs.installEventFilter(self)
        self.canvas.installEventFilter(self)
        self.canvas.viewport_changed.connect(self._show_zoom)
        self.canvas.hovered.connect(lambda at: studio.viewing.point_at(at and (at.x(), at.y())))
        self.canvas.first_painted.connect(self.start_page.look)
        self.tools.colour_wanted.connect(lambda: self.docks.show_panel("colour"))
        self.options.judge_toggled.connect(lambda: self.actions_.run("judge"))
        self.options.palette_wanted.connect(lambda: open_below(self))
        self.status.zoom_wanted.connect(self._zoom_menu)
        self.status.language_wanted.connect(lambda: self.actions_.run("language"))
        self.status.jobs_wanted.connect(lambda: self.docks.show_panel("jobs"))
        self.notices.action_wanted.connect(self.actions_.run)
        cards = self.start_page.cards
        cards.open_wanted.connect(lambda: self.actions_.run("open"))
        cards.new_wanted.connect(lambda: self.actions_.run("new"))
        cards.generate_wanted.connect(self.window_actions.first_picture)
        cards.recent_wanted.connect(studio.open)
        cards.language_wanted.connect(lambda: self.actions_.run("language"))
        cards.theme_wanted.connect(self.window_actions.other_theme)
        QApplication.styleHints().colorSchemeChanged.connect(self._system_theme)

    # ── what changes ─────────────────────────────────────────────────────────────────────────────────────────────────
    def enter(self, workspace: str) -> None:
        """Shows another workspace: ``paint``, ``generate`` or ``train``."""
        self.docks.enter(workspace)
        self.studio.change_settings(workspace=workspace)

    def current_changed(self, picture: Picture | None) -> None:
        """Another picture is shown, or none: then the start page."""
        self.start_page.set_shown(picture is None)
        self.notices.raise_()  # what was told lies over the start page, too
        self.refresh_tabs()
        self._show_zoom()
        self.actions_.refresh()

    def refresh_tabs(self) -> None:
        """A tab for each open picture; a dot behind the name of one that is not saved."""
        pictures = self.studio.pictures
        blocked = self.tabs.blockSignals(True)
        while self.tabs.count() > len(pictures):
            self.tabs.removeTab(self.tabs.count() - 1)
        for index, picture in enumerate(pictures):
            if index >= self.tabs.count():
                self.tabs.addTab("")
            # a title may hold a mnemonic's sign, or look like a tag
            title = picture.title.replace("&", "&&")
            self.tabs.setTabText(index, title + (MODIFIED if picture.modified else ""))
            self.tabs.setTabToolTip(index, _place_of(picture))
            if picture is self.studio.current:
                self.tabs.setCurrentIndex(index)
        self.tabs.blockSignals(blocked)
        self._name_window()

    def _name_window(self) -> None:
        name = QCoreApplication.translate("Window", "Danqing")
        picture = self.studio.current
        self.setWindowTitle(f"{picture.title} — {name}" if picture else name)

    def settings_changed(self, settings: Settings) -> None:
        """Takes another theme or language at once."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        if language.translation.chosen(settings.language) != language.spoken():
            self.studio.language = language.speak(application, settings.language)
        theme.wear(application, settings.theme, language.spoken())
        if (settings.shortcuts, settings.shortcut_set) != self._shortcuts:
            self._shortcuts = settings.shortcuts, settings.shortcut_set
            self.actions_.rebind()
            self.tools.retranslate()
            self.docks.retranslate_panels()

    def _system_theme(self) -> None:
        self.settings_changed(self.studio.settings)

    def _show_zoom(self) -> None:
        self.status.set_zoom(self.canvas.viewport.zoom)

    def retranslate(self) -> None:
        self.actions_.retranslate()
        self._name_parts()

    def _name_parts(self) -> None:
        self.tabs.setAccessibleName(QCoreApplication.translate("Window", "Open pictures"))
        self._name_window()

    # ── tabs and small menus ─────────────────────────────────────────────────────────────────────────────────────────
    def _tab_chosen(self, index: int) -> None:
        if 0 <= index < len(self.studio.pictures):
            self.studio.choose(self.studio.pictures[index])

    def _tab_menu(self, place: QPoint) -> None:
        index = self.tabs.tabAt(place)
        if index >= 0:
            self._tab_chosen(index)
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            for name in ("save", "save-as", "export", "close"):
                menu.addAction(self.actions_.items[name])
            menu.popup(self.tabs.mapToGlobal(place))

    def _zoom_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in ("zoom-fit", "zoom-one", "zoom-in", "zoom-out"):
            menu.addAction(self.actions_.items[name])
        menu.popup(self.status.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def createPopupMenu(self) -> QMenu:
        return self.docks.open_menu()

    # ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────────
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            self.tool_keys.note(event)
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self.canvas:
            if (
                kind in (QEvent.Type.MouseButtonPress, QEvent.Type.TabletPress)
                and self.studio.current is None
            ):
                self._begin_on_paper()
            elif kind == QEvent.Type.KeyPress:
                return self._canvas_key(event)  # type: ignore[arg-type]
            elif kind == QEvent.Type.KeyRelease and event.key() == self._held:  # type: ignore[attr-defined]
                if not event.isAutoRepeat():  # type: ignore[attr-defined]
                    self._held = 0
                    self.window_actions.show_before(False)
                return True
        elif watched is self.tabs and kind == QEvent.Type.MouseButtonRelease:
            if event.button() == Qt.MouseButton.MiddleButton:  # type: ignore[attr-defined]
                index = self.tabs.tabAt(event.position().toPoint())  # type: ignore[attr-defined]
                if index >= 0:
                    self.studio.close(self.studio.pictures[index])
        return False

    def _canvas_key(self, event: QKeyEvent) -> bool:
        """A key that the window hears itself; the open session and a hand that draws come first."""
        hand = self.canvas.input
        if hand.overrides(event):
            return False
        if event.key() in _ENTER and (hand.busy or self.studio.painting.session is not None):
            return False
        return self._do(self.actions_.heard(event), event)

    def _do(self, action_id: str, event: QKeyEvent) -> bool:
        """Runs the action of a press; True where the press was for it, done or not."""
        if not action_id:
            return False
        if action_id in HELD:
            if not event.isAutoRepeat():
                self._held = event.key()
                self.window_actions.show_before(True)
            return True
        if event.isAutoRepeat() and action_id not in REPEATED:
            return True
        return self.actions_.run(action_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Esc in any field gives the keyboard back to the canvas; brackets work wherever no field takes them."""
        if event.key() in (*_ENTER, Qt.Key.Key_Escape) and not event.modifiers():
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._do(self.actions_.heard(event, on_canvas=False), event):
            super().keyPressEvent(event)

    def _begin_on_paper(self) -> None:
        """The first touch of the sheet: a picture is there before the press goes on to the canvas."""
        size = self.start_page.paper_size()
        self.studio.new_picture(size.width(), size.height())

    # ── files dropped, the end ───────────────────────────────────────────────────────────────────────────────────────
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dropping.over(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.dropping.over(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.dropping.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        self.dropping.drop(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        geometry = bytes(self.saveGeometry().data())
        self.studio.change_settings(layouts=self.docks.keep(), geometry=geometry)
        self.closing.emit()
        super().closeEvent(event)


def _place_of(picture: Picture) -> str:
    """Its path, else its title, for a tip, which would take a tag in it for one."""
    from html import escape  # with a table of 2 000 names, which the empty window does without

    return escape(picture.path or picture.title)
