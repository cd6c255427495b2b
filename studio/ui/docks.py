"""Panels as docks: two tab groups at the right, the results below, a place for each in each workspace."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QMainWindow, QMenu, QTabBar, QTabWidget, QWidget

from studio.ui import theme
from studio.ui.arrangement import LOWEST, PANEL_TITLES, WORKSPACES, Arrangement, Group, group_for, own_group
from studio.ui.dock_tabs import Overflow, width_of
from studio.ui.language import Retranslated
from studio.ui.widgets import paint
from studio.ui.widgets.buttons import IconButton
from studio.workspace.studio import Studio

TAB_BAR = 32
AREAS = {
    "left": Qt.DockWidgetArea.LeftDockWidgetArea,
    "right": Qt.DockWidgetArea.RightDockWidgetArea,
    "above": Qt.DockWidgetArea.TopDockWidgetArea,
    "below": Qt.DockWidgetArea.BottomDockWidgetArea,
}


def make_panel(name: str, studio: Studio) -> QWidget:
    """Makes a panel when it is first shown; its module is loaded only then."""
    if name == "generate":
        from studio.ui.panels.generate import GeneratePanel as Panel
    elif name == "explore":
        from studio.ui.panels.explore import ExplorePanel as Panel
    elif name == "colour":
        from studio.ui.panels.colour import ColourPanel as Panel
    elif name == "brushes":
        from studio.ui.panels.brushes import BrushesPanel as Panel
    elif name == "palettes":
        from studio.ui.panels.palettes import PalettesPanel as Panel
    elif name == "histogram":
        from studio.ui.panels.histogram import HistogramPanel as Panel
    elif name == "info":
        from studio.ui.panels.info import InfoPanel as Panel
    elif name == "channels":
        from studio.ui.panels.channels import ChannelsPanel as Panel
    elif name == "reference":
        from studio.ui.panels.reference import ReferencePanel as Panel
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
    elif name == "training-pictures":
        from studio.ui.panels.training_pictures import TrainingPicturesPanel as Panel
    elif name == "jobs":
        from studio.ui.panels.jobs import JobsPanel as Panel
    elif name == "navigator":
        from studio.ui.panels.navigator import NavigatorPanel as Panel
    elif name == "second-view":
        from studio.ui.panels.second_view import SecondViewPanel as Panel
    else:
        raise KeyError(name)
    return Panel(studio)


def _direction(area: str) -> Qt.Orientation:
    return Qt.Orientation.Vertical if area in ("left", "right") else Qt.Orientation.Horizontal


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
        self.seen = False
        self.visibilityChanged.connect(self._note_seen)
        self.retranslate()

    @property
    def panel(self) -> QWidget | None:
        return self.widget()

    def _note_seen(self, seen: bool) -> None:
        """Qt tells it, too, when another tab of the group comes to the front."""
        self.seen = seen
        if seen:
            self.fill()

    def fill(self) -> QWidget:
        """The panel, made now if it was not yet."""
        panel = self.widget()
        if panel is None:
            panel = self._make(self.name)
            panel.setAccessibleName(self.windowTitle())
            panel.setAutoFillBackground(True)
            self.setWidget(panel)
            self.rewrite()
        return panel

    def rewrite(self) -> None:
        """The panel writes its texts again: the keys that they name are those of this window."""
        panel = self.widget()
        if isinstance(panel, Retranslated):
            panel.retranslate()

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
        self._hidden: Arrangement | None = None
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
            dock.windowTitleChanged.connect(self._dress_soon)

    def __getitem__(self, name: str) -> PanelDock:
        return self.docks[name]

    def enter(self, workspace: str) -> None:
        """Shows the panels of a workspace where the artist left them."""
        if workspace == self.workspace:
            return
        self.keep()
        self.workspace = workspace
        self.arrange(Arrangement.from_bytes(self._kept.get(workspace, b"")) or WORKSPACES[workspace])
        self.workspace_changed.emit(workspace)

    def reset(self) -> None:
        """The panels of this workspace as they first were."""
        self._kept.pop(self.workspace, None)
        self.arrange(WORKSPACES[self.workspace])

    def arrange(self, plan: Arrangement) -> None:
        """Opens the panels of ``plan`` in their places and closes all others.

        Qt's own restoreState is not used: it leaves the tab bars of the former arrangement over the panels.
        """
        self._hidden = None
        for name, dock in self.docks.items():
            dock.setFloating(False)
            self._window.removeDockWidget(dock)
            if name not in plan.names:
                dock.hide()
        # First every group's place, then what is stacked in it: the other order leaves a tab bar of Qt's behind.
        for group in plan.groups:
            self._window.addDockWidget(AREAS[group.area], self.docks[group.names[0]], _direction(group.area))
            self.docks[group.names[0]].show()
        for group in plan.groups:
            for before, name in pairwise(group.names):
                self._window.tabifyDockWidget(self.docks[before], self.docks[name])
                self.docks[name].show()
            if group.front in group.names:
                self.docks[group.front].raise_()
        for name, place in plan.floating.items():
            self._float(self.docks[name], QRect(*place))
        self._sizes(plan)
        self._dress_soon()

    def _float(self, dock: PanelDock, place: QRect) -> None:
        self._window.addDockWidget(AREAS["right"], dock)
        dock.setFloating(True)
        # A screen that is no longer there must not take a panel with it.
        if dock.screen().virtualGeometry().intersects(place):
            dock.setGeometry(place)
        dock.show()

    def _sizes(self, plan: Arrangement) -> None:
        for across, orientation in ((True, Qt.Orientation.Horizontal), (False, Qt.Orientation.Vertical)):
            groups = [one for one in plan.groups if not (across and one.area in ("above", "below"))]
            docks = [self.docks[one.front if one.front in one.names else one.names[0]] for one in groups]
            whole = 0 if across else self._window.height()
            sizes = [max(1, one.width if across else one.height, round(one.share * whole)) for one in groups]
            for area in AREAS:
                chosen = [i for i, one in enumerate(groups) if one.area == area]
                if chosen:
                    self._window.resizeDocks(
                        [docks[i] for i in chosen], [sizes[i] for i in chosen], orientation
                    )

    def described(self) -> Arrangement:
        """The arrangement as it is now."""
        groups: list[tuple[int, int, Group]] = []
        floating: dict[str, tuple[int, int, int, int]] = {}
        seen: set[str] = set()
        areas = {area: name for name, area in AREAS.items()}
        for name, dock in self.docks.items():
            if dock.isHidden() or name in seen:
                continue
            if dock.isFloating():
                box = dock.geometry()
                floating[name] = (box.x(), box.y(), box.width(), box.height())
                continue
            names, front = self._stack(dock)
            seen.update(names)
            shown = self.docks[front]
            area = areas.get(self._window.dockWidgetArea(dock), "right")
            tabs = TAB_BAR if len(names) > 1 else 0
            group = Group(area, names, front, shown.width(), shown.height() + tabs)
            groups.append((shown.y(), shown.x(), group))
        return Arrangement(tuple(group for _, _, group in sorted(groups, key=lambda one: one[:2])), floating)

    def _stack(self, dock: PanelDock) -> tuple[tuple[str, ...], str]:
        """The panels at the dock's place in the order of their tabs, and the one in front."""
        others = [
            one
            for one in self._window.tabifiedDockWidgets(dock)
            if not one.isHidden() and not one.isFloating()
        ]
        titles = {one.windowTitle(): one.objectName() for one in (dock, *others)}
        for bar in self.tab_bars():
            tabs = [bar.tabText(index) for index in range(bar.count())]
            if bar.isVisible() and bar.x() >= 0 and set(tabs) == set(titles):
                return tuple(titles[title] for title in tabs), titles[bar.tabText(bar.currentIndex())]
        return tuple(titles.values()), dock.name

    def show_panel(self, name: str) -> QWidget:
        """Opens a panel (in front of its group) and returns it."""
        dock = self.docks[name]
        if self._hidden is not None:
            self.toggle_all()
        if self._window.dockWidgetArea(dock) == Qt.DockWidgetArea.NoDockWidgetArea and not dock.isFloating():
            self._place(dock)
        dock.show()
        dock.raise_()
        self._dress_soon()
        return dock.fill()

    def _place(self, dock: PanelDock) -> None:
        """Puts a panel that was nowhere among the others: results below, all else at the right."""
        groups = [one for one in self.described().groups if one.area == "right"]
        if dock.name == "results" or not groups:
            self._window.addDockWidget(AREAS["below" if dock.name == "results" else "right"], dock)
            return
        height = sum(one.height for one in groups)
        if own_group(dock.name, height, len(groups)):
            dock.fill()
            self._window.addDockWidget(AREAS["right"], dock, Qt.Orientation.Vertical)
            dock.show()
            docks = [*(self.docks[one.front] for one in groups), dock]
            sizes = [one.height * (height - LOWEST) // height for one in groups]
            self._window.resizeDocks(docks, [*sizes, LOWEST], Qt.Orientation.Vertical)
            # The column stays as wide as it was: a panel that opens never moves the picture.
            self._window.resizeDocks(docks[:1], [groups[0].width], Qt.Orientation.Horizontal)
            return
        room = [one.width - sum(self._tab_width(name) for name in one.names) for one in groups]
        chosen = groups[group_for(dock.name, room, self._tab_width(dock.name))]
        self._window.addDockWidget(AREAS["right"], dock)
        self._window.tabifyDockWidget(self.docks[chosen.names[-1]], dock)

    def _tab_width(self, name: str) -> int:
        return width_of(self.docks[name].windowTitle())

    def toggle_all(self) -> bool:
        """Hides every panel, or brings back those that were open; returns whether they are hidden now."""
        if self._hidden is None:
            self._hidden = self.described()
            for dock in self.docks.values():
                dock.hide()
            return True
        self.arrange(self._hidden)
        return False

    def keep(self) -> dict[str, bytes]:
        """Remembers the arrangement of this workspace; returns those of all."""
        if self.workspace:
            self._kept[self.workspace] = (self._hidden or self.described()).to_bytes()
        return dict(self._kept)

    def open_menu(self) -> QMenu:
        """A menu that opens and closes panels."""
        menu = QMenu(self._window)
        for dock in self.docks.values():
            menu.addAction(dock.toggleViewAction())
        return menu

    def is_seen(self, name: str) -> bool:
        """Whether a panel is open and not behind another tab."""
        dock = self.docks[name]
        return dock.isVisible() and dock.seen

    def toggle(self, name: str) -> None:
        """Shows a panel in front of its group, or closes it where it is seen."""
        if self.is_seen(name):
            self.docks[name].close()
        else:
            self.show_panel(name)

    def retranslate_panels(self) -> None:
        """Other keys are in force: the panels that name some write them again."""
        for dock in self.docks.values():
            dock.rewrite()

    def _dress_soon(self) -> None:
        self._dressing.start(0)

    def tab_bars(self) -> list[QTabBar]:
        """The tab bars that Qt made for groups of panels."""
        return self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)

    def dress(self) -> None:
        """A panel alone or floating gets its title bar; tab bars get the look of titles."""
        for dock in self.docks.values():
            together = [other for other in self._window.tabifiedDockWidgets(dock) if not other.isHidden()]
            alone = dock.name != "results" and not together
            dock.bar.set_shown(dock.isFloating() or alone)
        for bar in self.tab_bars():
            if bar.x() < 0:  # one that Qt no longer uses and left out of sight: out of the keyboard's way too
                bar.hide()
                continue
            bar.setExpanding(False)
            bar.setDrawBase(False)
            bar.setElideMode(Qt.TextElideMode.ElideNone)
            bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            bar.setAccessibleName(QCoreApplication.translate("Docks", "Panels"))
            overflow = bar.findChild(Overflow)
            if overflow is None:
                overflow = Overflow(bar)
                bar.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
                bar.customContextMenuRequested.connect(lambda place, bar=bar: self._tab_menu(bar, place))
            overflow.fit()

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
