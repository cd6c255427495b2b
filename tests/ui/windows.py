"""A whole window for tests: the real studio, lanes that are drained by hand, panels left out or real."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QListView,
    QMenuBar,
    QPushButton,
    QScrollBar,
    QTabBar,
    QWidget,
)

from studio import translation
from studio.jobs.lane import Lane
from studio.settings import Settings
from studio.ui import language, theme
from studio.ui.main_window import MainWindow
from studio.workspace.studio import Studio

FRAME = 14
"""What padding, edge and caret take of a field."""
NUMBER = re.compile(r"[−\d.,]+ ?\D{0,3}")


def empty_panel(name: str) -> QWidget:
    """Stands where a panel would."""
    panel = QLabel(name)
    panel.setMinimumWidth(200)
    return panel


class Opened:
    """A window and its studio; ``pump`` lets the lanes and the event loop do what waits."""

    def __init__(
        self,
        application: QApplication,
        settings: Settings,
        make: Callable[[str], QWidget] | None,
        **options: Any,
    ) -> None:
        """``options`` go to the studio, such as an engine and its catalogue."""
        self.application = application
        spoken = language.speak(application, settings.language)
        theme.wear(application, settings.theme, spoken)
        self.studio = Studio(
            settings,
            render_lane=Lane("render"),
            files_lane=Lane("files"),
            translate=lambda context, text: translation.translate(language.spoken(), context, text),
            **options,
        )
        self.studio.language = spoken
        self.window = MainWindow(self.studio, make=make)
        self.window.show()
        self.window.activateWindow()
        self.pump()

    def pump(self, rounds: int = 6) -> None:
        for _ in range(rounds):
            self.studio.files_lane.drain()
            self.studio.render_lane.drain()
            self.application.processEvents()

    def close(self) -> None:
        for picture in list(self.studio.pictures):
            self.studio.close(picture)
        self.pump()
        self.window.close()
        self.window.deleteLater()
        self.pump()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        language.speak(self.application, "en")
        self.pump()


def nameless(root: QWidget) -> list[str]:
    """Controls that a screen reader could not name."""
    found = []
    for widget in root.findChildren(QWidget):
        inner = isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_")
        if inner or not widget.isVisibleTo(root) or widget.focusPolicy() == 0:
            continue
        control = (
            isinstance(widget, (QAbstractButton, QLineEdit, QTabBar, QListView)) or widget.focusPolicy().value
        )
        if (
            control
            and not widget.accessibleName()
            and not (isinstance(widget, QAbstractButton) and widget.text())
        ):
            found.append(f"{type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}")
    return found


def clipped(root: QWidget) -> list[str]:
    """Labels, buttons and menus whose words do not fit where they stand."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisibleTo(root) or widget.visibleRegion().isEmpty():
            continue
        metrics = QFontMetrics(widget.font())
        if isinstance(widget, QLabel) and widget.wordWrap():
            if widget.heightForWidth(widget.width()) > widget.height() + 1:
                found.append(f"paragraph “{widget.text()}”")
        elif isinstance(widget, QLabel) and widget.text():
            if metrics.horizontalAdvance(widget.text()) > widget.width() + 1:
                found.append(f"label “{widget.text()}”")
        elif isinstance(widget, QPushButton) and widget.text():
            if widget.sizeHint().width() > widget.width():
                found.append(f"button “{widget.text()}”")
        elif isinstance(widget, QAbstractButton) and widget.text():
            if metrics.horizontalAdvance(widget.text()) > widget.width() + 1:
                found.append(f"button “{widget.text()}”")
        elif isinstance(widget, QLineEdit) and NUMBER.fullmatch(widget.text()):
            if metrics.horizontalAdvance(widget.text()) + FRAME > widget.width():
                found.append(f"number “{widget.text()}”")
        elif isinstance(widget, QMenuBar):
            found += [
                f"menu “{item.text()}”" for item in widget.actions() if widget.actionGeometry(item).isEmpty()
            ]
        elif isinstance(widget, QTabBar):
            found += _clipped_tabs(widget)
    return found


def _clipped_tabs(bar: QTabBar) -> list[str]:
    inside = QRect(0, 0, bar.width(), bar.height())
    return [
        f"tab “{bar.tabText(i)}”"
        for i in range(bar.count())
        if bar.isTabVisible(i)  # the others are behind the button at its end
        and not inside.contains(bar.tabRect(i).adjusted(0, 1, -1, -1))
    ]


def longer(text: str) -> str:
    """``text`` with a third more: ``Undo`` → ``Undo··``; placeholders stay."""
    return text + "·" * max(1, round(len(text) * 0.3))
