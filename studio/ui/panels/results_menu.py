"""The menus of the results strip."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from studio.ui import icons
from studio.ui.panels import commands
from studio.workspace.interpolating import request_of

if TYPE_CHECKING:
    from studio.ui.panels.results import ResultsPanel


def of_variation(panel: ResultsPanel, key: str) -> QMenu:
    """What can be done with one variation of the layer."""
    menu, generating, layer = _menu(panel), panel.studio.generating, panel.layer()
    entries = (
        ("export", "download", QCoreApplication.translate("ResultsPanel", "Export this one…"), panel.ask_export),
        (
            "star", "star", QCoreApplication.translate("ResultsPanel", "Star"),
            lambda one: panel.on(one, generating.star),
        ),
        ("layer", "layers", QCoreApplication.translate("ResultsPanel", "As a layer of its own"), panel.take_out),
        ("seed", "lock", QCoreApplication.translate("ResultsPanel", "Keep its seed"), panel.keep_seed),
        (
            "drop", "trash-2", QCoreApplication.translate("ResultsPanel", "Drop"),
            lambda one: panel.on(one, generating.drop),
        ),
    )  # fmt: skip
    for name, icon, words, act in entries:
        _add(menu, name, icon, words, lambda act=act: act(key))
    film = _add(
        menu, "film", "play", commands.words("film-variants"),
        lambda: commands.press(panel, panel.studio, "film-variants"),
    )  # fmt: skip
    film.setEnabled(request_of(generating.target) is not None)
    menu.addSeparator()
    dropped = len(layer.dropped) if layer is not None else 0
    words = QCoreApplication.translate("ResultsPanel", "Restore the last dropped ({count})")
    item = _add(menu, "restore", "inbox", words.format(count=dropped), panel.restore)
    item.setEnabled(dropped > 0)
    return menu


def of_result(panel: ResultsPanel, key: str) -> QMenu:
    """What can be done with one of all results."""
    menu = _menu(panel)
    place = QCoreApplication.translate("ResultsPanel", "Place as layer")
    _add(menu, "place", "layers", place, lambda: panel.take_out(key))
    keep = QCoreApplication.translate("ResultsPanel", "Keep its seed")
    _add(menu, "seed", "lock", keep, lambda: panel.keep_seed(key))
    return menu


def _menu(panel: ResultsPanel) -> QMenu:
    menu = QMenu(panel)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def _add(menu: QMenu, name: str, icon: str, words: str, act: Callable[[], object]) -> QAction:
    item = menu.addAction(icons.icon(icon, 16), words)
    item.setObjectName(name)
    item.triggered.connect(lambda _checked=False: act())
    return item
