"""The Layers panel: blend mode and opacity on top, the list, and what can be done to it at the foot."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from studio.document import tree
from studio.document.layer import Group, Layer
from studio.raster.blend import BLEND_MODES
from studio.ui.language import Retranslated
from studio.ui.panels import commands
from studio.ui.panels.following import Follower
from studio.ui.panels.layer_rows import LayerRows
from studio.ui.panels.layer_view import THUMB, LayerView
from studio.ui.panels.thumbnails import Thumbnails
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.cards import EmptyState
from studio.ui.widgets.rows import ChoiceBox
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace.studio import Studio

PASS_THROUGH = "pass-through"
MODE_GROUPS = (
    ("normal", "dissolve", "behind", "erase"),
    ("darken", "multiply", "color-burn", "linear-burn", "darker-color"),
    ("lighten", "screen", "color-dodge", "add", "lighter-color"),
    ("overlay", "soft-light", "hard-light", "vivid-light", "linear-light", "pin-light", "hard-mix"),
    ("difference", "exclusion", "subtract", "divide"),
    ("hue", "saturation", "color", "luminosity"),
)
"""The order in which painters know them; the Porter-Duff operators stand last."""


def mode_groups() -> tuple[tuple[str, ...], ...]:
    """Every blend mode once, in groups."""
    known = {name for group in MODE_GROUPS for name in group}
    rest = tuple(name for name in BLEND_MODES if name not in known)
    return (*MODE_GROUPS, rest) if rest else MODE_GROUPS


class LayersPanel(Retranslated, QWidget):
    """The layer tree of the current picture. What is selected in the list is the artwork's active layer."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._solo: dict[str, bool] = {}
        self.rows = LayerRows(self)
        self.view = LayerView(self.rows)
        self.thumbnails = Thumbnails(studio, THUMB * 2, self)
        self.mode = ChoiceBox()
        self.opacity = ValueSlider(
            "",
            0.0,
            1.0,
            1.0,
            factor=100.0,
            unit="%",
            decimals=0,
            step=0.01,
            label_width=0,
            value_width=44,
            track_width=56,
        )
        self.empty = EmptyState()
        self.buttons = {
            "new-layer": IconButton("plus"),
            "new-group": IconButton("folder-plus"),
            "add-mask": IconButton("layer-mask"),
            "generate-new": IconButton("sparkles"),
            "lock": IconButton("lock"),
            "delete-layer": IconButton("trash-2"),
        }
        self._arrange()
        self._connect()
        signals = (studio.generating.models_changed,)
        self._follower = Follower(self, studio, self.refresh, *signals, picture=True)
        self.retranslate()

    def _arrange(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(8, 8, 8, 4)
        head.setSpacing(8)
        self.mode.setMinimumWidth(96)
        head.addWidget(self.mode, 1)
        head.addWidget(self.opacity, 2)
        foot.setContentsMargins(8, 2, 8, 4)
        foot.setSpacing(0)
        for name, button in self.buttons.items():
            if name == "lock":
                foot.addStretch(1)
            foot.addWidget(button)
        middle = QVBoxLayout()
        middle.setContentsMargins(8, 0, 8, 0)
        middle.addWidget(self.view, 1)
        middle.addWidget(self.empty, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(middle, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        layers, view = self._studio.layers, self.view
        self.mode.activated.connect(self._mode_chosen)
        self.opacity.value_changed.connect(lambda value: layers.set_opacity(value, live=True))
        self.opacity.released.connect(lambda _value: layers.release())
        view.chosen.connect(layers.choose)
        view.written.connect(lambda: commands.keyboard_back(self))
        view.eyes_changed.connect(layers.show_several)
        view.solo_wanted.connect(self.solo)
        view.fold_wanted.connect(layers.collapse)
        view.moved.connect(self.move_to)
        view.delete_wanted.connect(lambda: commands.press(self, self._studio, "delete-layer"))
        view.locate_wanted.connect(lambda: commands.press(self, self._studio, "import-model"))
        view.image_wanted.connect(self._want_image)
        view.customContextMenuRequested.connect(self._open_menu)
        self.rows.renamed.connect(layers.rename)
        self.thumbnails.ready.connect(self._image_ready)
        for name, button in self.buttons.items():
            if name == "lock":
                button.clicked.connect(self._open_locks)
            else:
                button.clicked.connect(
                    lambda _checked=False, key=name: commands.press(self, self._studio, key)
                )
        self.empty.triggered.connect(lambda: commands.press(self, self._studio, "new"))

    # ── what it does ─────────────────────────────────────────────────────────────────────────────────────────────────
    def _mode_chosen(self, index: int) -> None:
        layer, key = self._studio.layers.active, self.mode.itemData(index)
        if layer is None or not key:
            return
        if isinstance(layer, Group) and (key == PASS_THROUGH or layer.pass_through):
            mode = "normal" if key == PASS_THROUGH else key
            self._studio.layers.set(layer.id, mode=mode, pass_through=key == PASS_THROUGH)
        else:
            self._studio.layers.set_mode(key)

    def solo(self, layer_id: str) -> None:
        """Shows one layer alone; the same again brings the others back."""
        picture = self._studio.current
        if picture is None:
            return
        artwork = picture.document.artwork
        if self._solo and layer_id in self._solo:
            known = {layer.id for layer in artwork.walk()}
            before, self._solo = self._solo, {}
            self._studio.layers.show_several({key: seen for key, seen in before.items() if key in known})
            return
        path = tree.path_to(artwork, layer_id)
        kept = {layer.id for layer in path} | {layer.id for layer in tree.walk(path[-1])}
        self._solo = {layer.id: layer.visible for layer in artwork.walk()}
        around = {layer.id for layer in path}
        wanted = {layer.id: layer.id in around for layer in artwork.walk() if layer.id not in kept - around}
        self._studio.layers.show_several(wanted)

    def move_to(self, layer_id: str, row: int, where: str) -> None:
        """Moves a layer to where it was dropped: above or below a row, into a group, to the very bottom."""
        picture = self._studio.current
        if picture is None or not 0 <= row < len(self.rows.rows):
            return
        layers, onto = self._studio.layers, self.rows.rows[row].layer
        if where == "bottom":
            layers.move(layer_id, into="", index=0)
        elif onto.id == layer_id:
            return
        elif where == "into":
            layers.move(layer_id, into=onto.id)
        elif where == "above":
            layers.move(layer_id, above=onto.id)
        else:
            self._move_below(layer_id, onto)

    def _move_below(self, layer_id: str, onto: Layer) -> None:
        assert self._studio.current is not None
        artwork = self._studio.current.document.artwork
        siblings, index = tree.siblings_of(artwork, onto.id)
        below = [layer for layer in siblings[:index] if layer.id != layer_id]
        if below:
            self._studio.layers.move(layer_id, above=below[-1].id)
        else:
            parent = tree.parent_of(artwork, onto.id)
            self._studio.layers.move(layer_id, into=parent.id if parent else "", index=0)

    def _open_menu(self, place: QPoint) -> None:
        menu = commands.menu_of(
            self, self._studio, "new-layer", "new-group", "group", "", "add-mask", "clipping", "layer-visible", "",
            "duplicate", "layer-up", "layer-down", "", "delete-layer",
        )  # fmt: skip
        menu.popup(self.view.viewport().mapToGlobal(place))

    def _open_locks(self) -> None:
        menu = self.lock_menu()
        if menu is not None:
            button = self.buttons["lock"]
            menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def lock_menu(self) -> QMenu | None:
        """The locks of the active layer as switches."""
        layer = self._studio.layers.active
        if layer is None:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, words, on in (
            ("all", QCoreApplication.translate("LayersPanel", "Lock everything"), layer.locks.all),
            ("alpha", QCoreApplication.translate("LayersPanel", "Lock alpha"), layer.locks.alpha),
            ("position", QCoreApplication.translate("LayersPanel", "Lock position"), layer.locks.position),
        ):
            item = menu.addAction(words)
            item.setCheckable(True)
            item.setChecked(on)
            item.setObjectName(key)
            item.triggered.connect(
                lambda checked, key=key: self._studio.layers.set_lock(layer.id, **{key: bool(checked)})
            )
        return menu

    # ── what it shows ────────────────────────────────────────────────────────────────────────────────────────────────
    def refresh(self) -> None:
        """The rows that changed, the active layer's mode and opacity."""
        picture = self._studio.current
        artwork = picture.document.artwork if picture is not None else None
        models = frozenset(entry.card.name for entry in self._studio.generating.models if not entry.problem)
        self.view.setVisible(picture is not None)
        self.empty.setVisible(picture is None)
        self.rows.show_artwork(artwork, models)
        active = artwork.active_layer if artwork is not None else None
        number = self.rows.row_of(active.id) if active is not None else -1
        if number != self.view.currentIndex().row():
            index = self.rows.index(number)
            self.view.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.view.scrollTo(index)
        for widget in (self.mode, self.opacity):
            widget.setEnabled(active is not None)
        for name, button in self.buttons.items():
            button.setEnabled(
                active is not None if name in ("add-mask", "lock", "delete-layer") else picture is not None
            )
        if active is not None:
            self._show_active(active)
        elif self.mode.currentIndex() < 0:
            self.mode.setCurrentIndex(self.mode.findData("normal"))

    def _show_active(self, layer: Layer) -> None:
        self.opacity.set_value(layer.opacity)
        group = isinstance(layer, Group)
        if (self.mode.findData(PASS_THROUGH) >= 0) != group:
            self._fill_modes(group)
        key = PASS_THROUGH if isinstance(layer, Group) and layer.pass_through else layer.mode
        index = self.mode.findData(key)
        if index != self.mode.currentIndex():
            self.mode.setCurrentIndex(index)

    def _fill_modes(self, group: bool) -> None:
        self.mode.clear()
        if group:
            self.mode.addItem(QCoreApplication.translate("blend", "Pass through"), PASS_THROUGH)
        for names in mode_groups():
            if self.mode.count():
                self.mode.insertSeparator(self.mode.count())
            for name in names:
                self.mode.addItem(QCoreApplication.translate("blend", BLEND_MODES[name].title), name)

    def _want_image(self, layer: Layer) -> None:
        picture = self._studio.current
        if picture is not None and not picture.document.gesture_open:
            image = self.thumbnails.of_layer(picture.renderer, picture.document.artwork, layer)
            self.view.images[layer.id] = image

    def _image_ready(self, layer_id: str) -> None:
        number = self.rows.row_of(layer_id)
        if number >= 0:
            self.rows.tell(number)

    def retranslate(self) -> None:
        self.view.setAccessibleName(QCoreApplication.translate("LayersPanel", "Layers"))
        self.mode.setAccessibleName(QCoreApplication.translate("LayersPanel", "Blend mode"))
        self.mode.setToolTip(self.mode.accessibleName())
        self.opacity.set_title(QCoreApplication.translate("LayersPanel", "Opacity"))
        self.opacity.setToolTip(QCoreApplication.translate("LayersPanel", "Opacity of the layer"))
        for name, button in self.buttons.items():
            if name != "lock":
                button.set_name(commands.words(name), commands.shortcut(name, self))
        self.buttons["lock"].set_name(QCoreApplication.translate("LayersPanel", "Locks of the layer"))
        self.empty.set_texts(
            QCoreApplication.translate(
                "LayersPanel", "The layers of a picture stand here. Start one, or open one."
            ),
            commands.words("new"),
        )
        active = self._studio.layers.active
        self._fill_modes(isinstance(active, Group))
        self.mode.setCurrentIndex(-1)
        self.refresh()
        self.view.viewport().update()
