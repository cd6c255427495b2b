"""What surrounds the picture and what shows through it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QColorDialog, QMenu, QWidget

from studio.ui import theme

CHECKER = 8


def surround_menu(parent: QWidget, chosen: str, shown: str, choose: Callable[[str], None]) -> QMenu:
    """Black, dark, mid, light, the theme's own ("" in the settings), or a colour of the artist's."""
    translate = QCoreApplication.translate
    dark, light = theme.load("dark").tokens, theme.load("light").tokens
    choices = (
        ("", translate("Canvas", "The theme's surround")),
        (dark.ink_dark, translate("Canvas", "Black")),
        (dark.surround, translate("Canvas", "Dark grey")),
        (dark.judge, translate("Canvas", "Mid grey")),
        (light.surround, translate("Canvas", "Light grey")),
    )
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for colour, title in choices:
        action = menu.addAction(title)
        action.setCheckable(True)
        action.setChecked(chosen.lower() == colour.lower())
        action.triggered.connect(lambda _on, colour=colour: choose(colour))
    menu.addSeparator()
    menu.addAction(translate("Canvas", "Another colour…")).triggered.connect(
        lambda: _ask(parent, shown, choose)
    )
    return menu


def _ask(parent: QWidget, shown: str, choose: Callable[[str], None]) -> None:
    colour = QColorDialog.getColor(QColor(shown), parent)
    if colour.isValid():
        choose(colour.name())


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
