"""Menus of the Layers panel: what can be done to a layer, its locks and label, and what the list is narrowed to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from studio.filters.catalogue import ADJUSTMENTS, GROUPS, LISTED, Group
from studio.ui import theme
from studio.ui.panels import commands
from studio.ui.panels.layer_rows import KINDS, Narrowing
from studio.workspace.actions.layer import LABELS
from studio.workspace.layers import NO_ALPHA_TO_LOCK, Lock
from studio.workspace.studio import Studio

LOCKS: tuple[Lock, ...] = ("all", "alpha", "position")


def layer_menu(widget: QWidget, studio: Studio) -> QMenu:
    """What can be done to the selected layers."""
    menu = commands.menu_of(
        widget, studio, "new-layer", "new-group", "group", "ungroup", "clipping", "link-layers",
        "unlink-layers", "", "rename-layer", "duplicate",
        "delete-layer", "layer-visible", "layer-solo", "select-layer-pixels", "", "merge-down", "merge-visible",
        "stamp-visible", "",
    )  # fmt: skip
    masks = (
        "add-mask", "mask-from-selection", "mask-hide-selection", "", "edit-mask", "show-mask", "disable-mask", "",
        "invert-mask", "apply-mask", "delete-mask",
    )  # fmt: skip
    effects = ("effects", "", "copy-effects", "paste-effects", "clear-effects")
    for title, names in (
        (QCoreApplication.translate("menus", "Layer mask"), masks),
        (QCoreApplication.translate("menus", "Effects"), effects),
    ):
        inner = commands.menu_of(widget, studio, *names)
        inner.setTitle(title)
        menu.addMenu(inner)
    menu.addMenu(_locks_and_labels(widget, studio))
    return menu


def _locks_and_labels(widget: QWidget, studio: Studio) -> QMenu:
    menu = commands.menu_of(widget, studio, *(f"lock-{lock}" for lock in LOCKS), "")
    menu.setTitle(QCoreApplication.translate("menus", "Lock and label"))
    for number in range(len(LABELS)):
        action = menu.addAction(commands.words(f"label-{number}"))
        active = studio.layers.active
        action.setCheckable(True)
        action.setChecked(active is not None and active.label == number)
        action.setIcon(label_icon(number, action.isChecked()))
        action.triggered.connect(
            lambda _checked=False, number=number: commands.press(widget, studio, f"label-{number}")
        )
    return menu


def label_icon(number: int, chosen: bool = False) -> QIcon:
    """A dot in the colour of a label; an empty ring for none. A ring around it says that it is chosen: beside an icon no
    tick is drawn."""
    look, image = theme.current(), QPixmap(16, 16)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if number:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(f"label_{number}"))
    else:
        painter.setPen(look.colour("border"))
    painter.drawEllipse(QRectF(4, 4, 8, 8) if chosen else QRectF(3, 3, 10, 10))
    if chosen:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("text"), 1.5))
        painter.drawEllipse(QRectF(1.25, 1.25, 13.5, 13.5))
    painter.end()
    return QIcon(image)


def adjustment_menu(widget: QWidget, studio: Studio) -> QMenu:
    """New adjustment and filter layers, family by family; a family's menu is filled when it opens."""
    menu = QMenu(widget)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    present = {one.group for one in LISTED.values()}
    for adjusts in (True, False):
        if not adjusts:
            menu.addSeparator()
        for group, title in GROUPS.items():
            if (group in ADJUSTMENTS) == adjusts and group in present:
                inner = menu.addMenu(QCoreApplication.translate("menus", title))
                inner.setObjectName(group)
                inner.aboutToShow.connect(partial(_fill_family, inner, widget, studio, group))
    return menu


def _fill_family(menu: QMenu, widget: QWidget, studio: Studio, group: Group) -> None:
    if menu.actions():
        return
    for one in LISTED.values():
        if one.group == group:
            item = menu.addAction(QCoreApplication.translate("recipe", one.title))
            item.setObjectName(one.name)
            item.triggered.connect(partial(commands.press, widget, studio, f"filter-layer-{one.name}"))


def lock_menu(widget: QWidget, studio: Studio) -> QMenu:
    """The locks of the selected layers as switches."""
    menu = QMenu(widget)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setToolTipsVisible(True)
    active = studio.layers.active
    for lock in LOCKS:
        item = menu.addAction(commands.words(f"lock-{lock}"))
        item.setCheckable(True)
        item.setChecked(active is not None and getattr(active.locks, lock))
        item.setObjectName(lock)
        item.setEnabled(studio.layers.can_lock(lock))
        item.setToolTip("" if item.isEnabled() else QCoreApplication.translate("notices", NO_ALPHA_TO_LOCK))
        item.triggered.connect(_switching(studio, lock))
    return menu


def _switching(studio: Studio, lock: Lock) -> Callable[[], None]:
    return lambda: studio.layers.toggle_lock(lock)


def narrowing_menu(widget: QWidget, now: Narrowing, take: Callable[[Narrowing], None]) -> QMenu:
    """Kinds and labels to which the list can be narrowed; ``take`` gets what was chosen."""
    menu = QMenu(widget)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for key, (_, title) in KINDS.items():
        item = menu.addAction(QCoreApplication.translate("LayersPanel", title))
        item.setCheckable(True)
        item.setChecked(key in now.kinds)
        item.setObjectName(key)
        item.triggered.connect(lambda _checked=False, key=key: take(replace(now, kinds=now.kinds ^ {key})))
    menu.addSeparator()
    for number in range(len(LABELS)):
        chosen = number in now.labels
        item = menu.addAction(
            label_icon(number, chosen), QCoreApplication.translate("actions", LABELS[number])
        )
        item.setCheckable(True)
        item.setChecked(chosen)
        item.setObjectName(f"label-{number}")
        item.triggered.connect(
            lambda _checked=False, number=number: take(replace(now, labels=now.labels ^ {number}))
        )
    menu.addSeparator()
    item = menu.addAction(QCoreApplication.translate("LayersPanel", "Show all layers"))
    item.setObjectName("everything")
    item.triggered.connect(lambda: take(Narrowing()))
    return menu
