"""The tabs of a group of panels: those that there is room for, and a » at the end that lists all of them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QMenu, QTabBar

from studio.ui import theme
from studio.ui.widgets.buttons import IconButton

PADDING = 16
SLACK = 2
"""A font's hinting may give a tab another pixel at each end."""


def width_of(title: str) -> int:
    """What a tab with this title takes of its bar, in pixels."""
    words = QFontMetrics(theme.text_font(semibold=True)).horizontalAdvance(title)
    return max(words, 24) + PADDING + SLACK


class Overflow(QObject):
    """Hides the tabs of a bar that do not fit; the one in front is always seen. Lives and dies with the bar."""

    def __init__(self, bar: QTabBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._scrolling = False
        self.more = IconButton("chevrons-right", small=True, parent=bar)
        self.more.hide()
        self.more.clicked.connect(self._open)
        bar.currentChanged.connect(self.fit)
        bar.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._bar and event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange):
            self.fit()
        return False

    def fit(self, *_: object) -> None:
        """Shows the tab in front and, from the first on, as many others as there is room for."""
        bar = self._bar
        widths = [width_of(bar.tabText(index)) for index in range(bar.count())]
        whole = sum(widths) <= bar.width()
        shown = set(range(bar.count()))
        if not whole and bar.count():
            front = max(bar.currentIndex(), 0)
            shown, room = {front}, bar.width() - self.more.width() - widths[front]
            for index, width in enumerate(widths):
                if index == front:
                    continue
                room -= width
                if room < 0:
                    break
                shown.add(index)
        for index in range(bar.count()):
            if bar.isTabVisible(index) != (index in shown):
                bar.setTabVisible(index, index in shown)
        self._unscroll()
        self.more.setVisible(not whole)
        if not whole:
            self.more.set_name(QCoreApplication.translate("Docks", "All panels of this group"))
            self.more.move(bar.width() - self.more.width(), (bar.height() - self.more.height()) // 2)
            self.more.raise_()

    def _unscroll(self) -> None:
        """Qt scrolls to the tab in front while all of them are in the bar, and back only when the bar is resized."""
        shown = [index for index in range(self._bar.count()) if self._bar.isTabVisible(index)]
        if shown and self._bar.tabRect(shown[0]).x() < 0 and not self._scrolling:
            self._scrolling = True
            QCoreApplication.sendEvent(self._bar, QResizeEvent(self._bar.size(), self._bar.size()))
            self._scrolling = False

    def menu(self) -> QMenu:
        """Every panel of the group; the one in front has the tick."""
        menu = QMenu(self.more)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for index in range(self._bar.count()):
            item = menu.addAction(self._bar.tabText(index))
            item.setCheckable(True)
            item.setChecked(index == self._bar.currentIndex())
            item.triggered.connect(lambda _on, index=index: self._bar.setCurrentIndex(index))
        return menu

    def _open(self) -> None:
        menu = self.menu()
        corner = self.more.mapToGlobal(QPoint(self.more.width(), self.more.height()))
        menu.popup(corner - QPoint(menu.sizeHint().width(), 0))
