"""What surrounds the picture and what shows through it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from studio.ui import theme

CHECKER = 8


def surrounds() -> dict[str, str]:
    """Name → colour as the settings keep it; "" is the theme's own."""
    dark, light = theme.load("dark").tokens, theme.load("light").tokens
    return {
        "theme": "",
        "black": dark.ink_dark,
        "dark": dark.surround,
        "middle": dark.judge,
        "light": light.surround,
    }


def surround_menu(parent: QWidget, chosen: str, shown: str, choose: Callable[[str], None]) -> QMenu:
    """The surrounds to choose from, and a colour of the artist's own. It deletes itself when it closes."""
    titles = {
        "theme": QCoreApplication.translate("Canvas", "The theme's surround"),
        "black": QCoreApplication.translate("Canvas", "Black"),
        "dark": QCoreApplication.translate("Canvas", "Dark grey"),
        "middle": QCoreApplication.translate("Canvas", "Mid grey"),
        "light": QCoreApplication.translate("Canvas", "Light grey"),
    }
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for name, colour in surrounds().items():
        action = menu.addAction(titles[name])
        action.setCheckable(True)
        action.setChecked(chosen.lower() == colour.lower())
        action.triggered.connect(lambda _on, colour=colour: choose(colour))
    menu.addSeparator()
    other = menu.addAction(QCoreApplication.translate("Canvas", "Another colour…"))
    other.triggered.connect(lambda: ask_surround(parent, chosen, shown, choose))
    return menu


def ask_surround(parent: QWidget, chosen: str, shown: str, choose: Callable[[str], None]) -> None:
    """Asks for a colour, beginning with the one that is ``shown``; nothing waits for the answer."""
    from studio.ui.dialogs.surround import SurroundDialog

    SurroundDialog(shown, chosen, choose, parent).open()


def checkerboard(name: str) -> QPixmap:
    """Two quiet greys in squares of 8 pixels, for transparent parts."""
    tokens = theme.load(name).tokens
    board = QPixmap(2 * CHECKER, 2 * CHECKER)
    board.fill(QColor(tokens.checker_dark))
    painter = QPainter(board)
    for x, y in ((0, 0), (CHECKER, CHECKER)):
        painter.fillRect(x, y, CHECKER, CHECKER, QColor(tokens.checker_light))
    painter.end()
    return board
