"""The menus of the results strip."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from studio.messages.requests import BANDS, Band
from studio.ui import icons
from studio.ui.panels import commands
from studio.workspace.interpolating import shown_way

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
    _add_mixing(panel, menu, key)
    detail = _add(
        menu, "detail", "maximize", commands.words("add-detail"),
        lambda: panel.on(key, lambda index: _add_detail(panel, index)),
    )  # fmt: skip
    detail.setEnabled(generating.real_pixels.can_add)
    film = _add(
        menu, "film", "play", commands.words("film-variants"),
        lambda: commands.press(panel, panel.studio, "film-variants"),
    )  # fmt: skip
    film.setEnabled(shown_way(panel.studio) is not None)
    menu.addSeparator()
    dropped = len(layer.dropped) if layer is not None else 0
    words = QCoreApplication.translate("ResultsPanel", "Restore the last dropped ({count})")
    item = _add(menu, "restore", "inbox", words.format(count=dropped), panel.restore)
    item.setEnabled(dropped > 0)
    return menu


def _add_detail(panel: ResultsPanel, index: int) -> None:
    """To the variation of the menu, which is shown first."""
    panel.studio.generating.choose(index)
    panel.studio.generating.real_pixels.add()


def _add_mixing(panel: ResultsPanel, menu: QMenu, key: str) -> None:
    """With which others it can be mixed, what those that were picked give together, and its place on the pad."""
    layer = panel.layer()
    variants = layer.variants if layer is not None else ()
    numbers = {one.id: number for number, one in enumerate(variants, 1)}
    mixing, picked = panel.studio.exploring.mixing, panel.strip.picked
    together = picked if key in picked else ()
    menu.addSeparator()
    if len(together) == 2:
        words = QCoreApplication.translate("ResultsPanel", "Mix {first} and {second}")
        words = words.format(first=numbers[together[0]], second=numbers[together[1]])
        _add(menu, "mix", "blend", words, lambda: panel.mix(together, (0.5, 0.5)))
    elif len(together) == 3:
        a, b, c = (numbers[one] for one in together)
        words = QCoreApplication.translate("ResultsPanel", "Make {sum}").format(sum=f"{a} − {b} + {c}")
        _add(menu, "arithmetic", "plus", words, lambda: panel.mix(together, (1.0, -1.0, 1.0)))
        words = QCoreApplication.translate("ResultsPanel", "Mix {first} and {second}")
        words = words.format(first=f"{a}, {b}", second=c)
        _add(menu, "mix", "blend", words, lambda: panel.mix(together, (1 / 3, 1 / 3, 1 / 3)))
    others = menu.addMenu(icons.icon("blend", 16), QCoreApplication.translate("ResultsPanel", "Mix with"))
    others.setObjectName("mix-with")
    others.setEnabled(len(variants) > 1)
    for one in variants:
        if one.id != key:
            words = QCoreApplication.translate("ResultsPanel", "Variation {number}")
            item = _add(others, one.id, "", words.format(number=numbers[one.id]),
                        lambda one=one: panel.mix((key, one.id), (0.5, 0.5)))  # fmt: skip
            item.setIcon(panel.small_icon(one.id))
    _add_bands(panel, menu, key)
    pinned = key in mixing.pins
    if pinned:
        words = QCoreApplication.translate("ResultsPanel", "Take off the pad")
    else:
        words = QCoreApplication.translate("ResultsPanel", "Pin to a corner of the pad")
    act = mixing.unpin if pinned else mixing.pin
    _add(menu, "pin", "target", words, lambda: panel.on(key, lambda _index: act(key)))
    menu.addSeparator()


def _add_bands(panel: ResultsPanel, menu: QMenu, key: str) -> None:
    """What of this one the shown picture can take, where the model's layers take styles of their own."""
    entry = panel.studio.generating.model
    if entry is None or "bands" not in entry.card.abilities:
        return
    words = QCoreApplication.translate("ResultsPanel", "Take into the shown one")
    taking = menu.addMenu(icons.icon("download", 16), words)
    taking.setObjectName("take")
    taking.setEnabled(panel.chosen_key() != key)  # the pointer looks at this one, which is not what is shown
    for band in BANDS:
        _add(taking, band, "", band_title(band), lambda band=band: panel.take(key, band))


def band_title(band: Band) -> str:
    """What a band of layers draws."""
    return {
        "coarse": QCoreApplication.translate("ResultsPanel", "Coarse: composition"),
        "middle": QCoreApplication.translate("ResultsPanel", "Middle: shapes"),
        "fine": QCoreApplication.translate("ResultsPanel", "Fine: colour and detail"),
    }[band]


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
    item = menu.addAction(icons.icon(icon, 16), words) if icon else menu.addAction(words)
    item.setObjectName(name)
    item.triggered.connect(lambda _checked=False: act())
    return item
