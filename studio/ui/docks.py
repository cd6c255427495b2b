"""Panels as docks: two tab groups at the right, the results below, a place for each in each workspace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QMainWindow, QMenu, QTabBar, QTabWidget, QWidget

from studio.recipe import QT_TRANSLATE_NOOP
from studio.ui import theme
from studio.ui.language import Retranslated
from studio.ui.widgets import paint
from studio.ui.widgets.buttons import IconButton
from studio.workspace.studio import Studio

COLUMN = 300
UPPER, LOWER = 336, 258
STRIP = 108
LAYOUT_VERSION = 1

PANEL_TITLES = {
    "generate": QT_TRANSLATE_NOOP("panels", "Generate"),
    "explore": QT_TRANSLATE_NOOP("panels", "Explore"),
    "colour": QT_TRANSLATE_NOOP("panels", "Colour"),
    "layers": QT_TRANSLATE_NOOP("panels", "Layers"),
    "filters": QT_TRANSLATE_NOOP("panels", "Filters"),
    "history": QT_TRANSLATE_NOOP("panels", "History"),
    "results": QT_TRANSLATE_NOOP("panels", "Results"),
    "training": QT_TRANSLATE_NOOP("panels", "Training"),
    "jobs": QT_TRANSLATE_NOOP("panels", "Jobs"),
}


@dataclass(frozen=True)
class Arrangement:
    """Which panels a workspace opens: upper group, lower group, below the canvas. The first of each is in front."""

    upper: tuple[str, ...]
    lower: tuple[str, ...]
    below: tuple[str, ...] = ()


WORKSPACES = {
    "paint": Arrangement(("colour", "generate"), ("layers", "filters", "history")),
    "generate": Arrangement(
        ("generate", "explore", "colour"), ("layers", "filters", "history"), ("results",)
    ),
    "train": Arrangement(("training",), ("jobs", "history")),
}


def make_panel(name: str, studio: Studio) -> QWidget:
    """Makes a panel when it is first shown; its module is loaded only then."""
    if name == "generate":
        from studio.ui.panels.generate import GeneratePanel as Panel
    elif name == "explore":
        from studio.ui.panels.explore import ExplorePanel as Panel
    elif name == "colour":
        from studio.ui.panels.colour import ColourPanel as Panel
    elif name == "layers":
        from studio.ui.panels.layers import LayersPanel as Panel
    elif name == "filters":
        from studio.ui.panels.filters import FiltersPanel as Panel
    elif name == "history":
        from studio.ui.panels.history import HistoryPanel as Panel
    elif name == "results":
        from studio.ui.panels.results import ResultsPanel as Panel
    elif name == "training":
        from studio.ui.panels.training import TrainingPanel as Panel
    elif name == "jobs":
        from studio.ui.panels.jobs import JobsPanel as Panel
    else:
        raise KeyError(name)
    return Panel(studio)


class PanelTitle(Retranslated, QWidget):
    """The bar over a panel that floats or stands alone; in a group of tabs the tab is the title, and this has no height."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        self._dock = dock
        self._shown = True
        self.float = IconButton("external-link", small=True)
        self.close_button = IconButton("x", small=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 2, 4, 2)
        line.setSpacing(0)
        line.addStretch(1)
        line.addWidget(self.float)
        line.addWidget(self.close_button)
        self.float.clicked.connect(lambda: dock.setFloating(not dock.isFloating()))
        self.close_button.clicked.connect(dock.close)
        self.retranslate()

    def set_shown(self, shown: bool) -> None:
        if shown != self._shown:
            self._shown = shown
            for button in (self.float, self.close_button):
                button.setVisible(shown)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(120, 28 if self._shown else 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 28 if self._shown else 0)

    def paintEvent(self, event: QEvent) -> None:
        if self._shown:
            painter = QPainter(self)
            painter.fillRect(self.rect(), theme.current().colour("panel"))
            painter.setFont(theme.text_font(semibold=True))
            painter.setPen(theme.current().colour("text"))
            area = QRectF(12, 0, self.width() - 68, self.height())
            paint.elided(painter, area, self._dock.windowTitle(), Qt.AlignmentFlag.AlignLeft)

    def retranslate(self) -> None:
        self.float.set_name(QCoreApplication.translate("Docks", "Float or dock"))
        self.close_button.set_name(QCoreApplication.translate("Docks", "Close panel"))


class PanelDock(Retranslated, QDockWidget):
    """A dock whose panel is made when it is first seen."""

    def __init__(self, name: str, make: Callable[[str], QWidget], window: QMainWindow) -> None:
        super().__init__(window)
        self.name = name
        self._make = make
        self.setObjectName(name)
        self.bar = PanelTitle(self)
        self.setTitleBarWidget(self.bar)
        self.visibilityChanged.connect(lambda seen: self.fill() if seen else None)
        self.retranslate()

    @property
    def panel(self) -> QWidget | None:
        return self.widget()

    def fill(self) -> QWidget:
        """The panel, made now if it was not yet."""
        panel = self.widget()
        if panel is None:
            panel = self._make(self.name)
            panel.setAccessibleName(self.windowTitle())
            panel.setAutoFillBackground(True)
            self.setWidget(panel)
        return panel

    def retranslate(self) -> None:
        self.setWindowTitle(QCoreApplication.translate("panels", PANEL_TITLES[self.name]))
        self.setAccessibleName(self.windowTitle())
        if self.widget() is not None:
            self.widget().setAccessibleName(self.windowTitle())
        self.bar.update()


class Docks(QObject):
    """The docks of the window, their arrangement in each workspace of the artist."""

    workspace_changed = Signal(str)

    def __init__(self, window: QMainWindow, make: Callable[[str], QWidget], kept: dict[str, bytes]) -> None:
        """``make`` makes a panel by name; ``kept``: workspace → where its panels were left, as :meth:`keep` gives it."""
        super().__init__(window)
        self._window = window
        self.workspace = ""
        self.docks = {name: PanelDock(name, make, window) for name in PANEL_TITLES}
        self._kept = dict(kept)
        self._hidden: tuple[str, ...] | None = None
        self._state = QByteArray()
        self._dressing = QTimer(self)
        self._dressing.setSingleShot(True)
        self._dressing.timeout.connect(self.dress)
        window.setDockOptions(
            QMainWindow.DockOption.AllowTabbedDocks
            | QMainWindow.DockOption.AllowNestedDocks
            | QMainWindow.DockOption.GroupedDragging
        )
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        for corner in (Qt.Corner.TopRightCorner, Qt.Corner.BottomRightCorner):
            window.setCorner(corner, Qt.DockWidgetArea.RightDockWidgetArea)
        for dock in self.docks.values():
            dock.topLevelChanged.connect(self._dress_soon)
            dock.visibilityChanged.connect(self._dress_soon)
            dock.dockLocationChanged.connect(self._dress_soon)

    def __getitem__(self, name: str) -> PanelDock:
        return self.docks[name]

    def enter(self, workspace: str) -> None:
        """Shows the panels of a workspace where the artist left them."""
        if workspace == self.workspace:
            return
        self.keep()
        self.workspace = workspace
        self._hidden = None
        state = self._kept.get(workspace)
        if not (state and self._window.restoreState(QByteArray(state), LAYOUT_VERSION)):
            self.arrange()
        self._dress_soon()
        self.workspace_changed.emit(workspace)

    def reset(self) -> None:
        """The panels of this workspace as they first were."""
        self._kept.pop(self.workspace, None)
        self._hidden = None
        self.arrange()
        self._dress_soon()

    def arrange(self) -> None:
        """Puts the panels where the plan of the workspace has them."""
        plan = WORKSPACES[self.workspace]
        shown = {*plan.upper, *plan.lower, *plan.below}
        for name, dock in self.docks.items():
            dock.setFloating(False)
            if name not in shown:
                dock.hide()
        right, bottom = Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
        groups = ((plan.upper, right), (plan.lower, right), (plan.below, bottom))
        for name in shown:
            self._window.removeDockWidget(self.docks[name])
        # First every group's place, then what is stacked in it: the other order leaves a tab bar of Qt's behind.
        for names, area in groups:
            if names:
                self._window.addDockWidget(area, self.docks[names[0]], Qt.Orientation.Vertical)
                self.docks[names[0]].show()
        for names, _ in groups:
            for before, name in pairwise(names):
                self._window.tabifyDockWidget(self.docks[before], self.docks[name])
                self.docks[name].show()
            if names:
                self.docks[names[0]].raise_()
        self._sizes(plan)

    def _sizes(self, plan: Arrangement) -> None:
        upper, lower = self.docks[plan.upper[0]], self.docks[plan.lower[0]]
        self._window.resizeDocks([upper, lower], [COLUMN, COLUMN], Qt.Orientation.Horizontal)
        self._window.resizeDocks([upper, lower], [UPPER, LOWER], Qt.Orientation.Vertical)
        if plan.below:
            self._window.resizeDocks([self.docks[plan.below[0]]], [STRIP], Qt.Orientation.Vertical)

    def show_panel(self, name: str) -> QWidget:
        """Opens a panel (in front of its group) and returns it."""
        dock = self.docks[name]
        if self._hidden is not None:
            self.toggle_all()
        if self._window.dockWidgetArea(dock) == Qt.DockWidgetArea.NoDockWidgetArea and not dock.isFloating():
            group = self.docks[WORKSPACES[self.workspace].upper[0]]
            self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
            self._window.tabifyDockWidget(group, dock)
        dock.show()
        dock.raise_()
        return dock.fill()

    def toggle_all(self) -> bool:
        """Hides every panel, or brings back those that were open; returns whether they are hidden now."""
        if self._hidden is None:
            self._hidden = tuple(name for name, dock in self.docks.items() if not dock.isHidden())
            self._state = self._window.saveState(LAYOUT_VERSION)
            for name in self._hidden:
                self.docks[name].hide()
            return True
        self._hidden = None
        self._window.restoreState(self._state, LAYOUT_VERSION)
        return False

    def keep(self) -> dict[str, bytes]:
        """Remembers the arrangement of this workspace; returns those of all."""
        if self.workspace:
            state = self._window.saveState(LAYOUT_VERSION) if self._hidden is None else self._state
            self._kept[self.workspace] = bytes(state.data())
        return dict(self._kept)

    def open_menu(self) -> QMenu:
        """A menu that opens and closes panels."""
        menu = QMenu(self._window)
        for dock in self.docks.values():
            menu.addAction(dock.toggleViewAction())
        return menu

    def _dress_soon(self) -> None:
        self._dressing.start(0)

    def dress(self) -> None:
        """A panel alone or floating gets its title bar; tab bars get the look of titles."""
        for dock in self.docks.values():
            together = [other for other in self._window.tabifiedDockWidgets(dock) if not other.isHidden()]
            alone = dock.name != "results" and not together
            dock.bar.set_shown(dock.isFloating() or alone)
        for bar in self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if bar.x() < 0:  # one that Qt no longer uses and left out of sight: out of the keyboard's way too
                bar.hide()
                continue
            bar.setExpanding(False)
            bar.setDrawBase(False)
            bar.setElideMode(Qt.TextElideMode.ElideNone)
            bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            bar.setAccessibleName(QCoreApplication.translate("Docks", "Panels"))
            if bar.contextMenuPolicy() != Qt.ContextMenuPolicy.CustomContextMenu:
                bar.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
                bar.customContextMenuRequested.connect(lambda place, bar=bar: self._tab_menu(bar, place))

    def _tab_menu(self, bar: QTabBar, place) -> None:
        title = bar.tabText(bar.tabAt(place))
        dock = next((dock for dock in self.docks.values() if dock.windowTitle() == title), None)
        menu = self.open_menu()
        if dock is not None:
            first = menu.actions()[0]
            float_word = QCoreApplication.translate("Docks", "Float “{name}”").format(name=title)
            close_word = QCoreApplication.translate("Docks", "Close “{name}”").format(name=title)
            for words, call in ((float_word, lambda: dock.setFloating(True)), (close_word, dock.close)):
                item = menu.addAction(words, call)
                menu.insertAction(first, item)
            menu.insertSeparator(first)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(bar.mapToGlobal(place))
