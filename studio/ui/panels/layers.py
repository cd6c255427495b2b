"""The Layers panel: blend mode and opacity on top, the list, and what can be done to it at the foot."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from studio.document import tree
from studio.document.layer import Fill, Group, Layer, Shape, Text, children_of
from studio.raster.blend import BLEND_MODES
from studio.ui.bind import bind
from studio.ui.keys import mode_of_keys
from studio.ui.language import Retranslated
from studio.ui.panels import commands, layer_menus
from studio.ui.panels.adjustment_strip import AdjustmentStrip
from studio.ui.panels.following import Follower
from studio.ui.panels.layer_painter import THUMB
from studio.ui.panels.layer_rows import LayerRows, Narrowing
from studio.ui.panels.layer_view import ALT, CONTROL, SHIFT, LayerView
from studio.ui.panels.thumbnails import MASK, Thumbnails
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.cards import EmptyState
from studio.ui.widgets.rows import ChoiceBox
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace.filter_trial import OWNER as FILTER_TRIAL
from studio.workspace.folder_layers import source_of
from studio.workspace.studio import Studio

PASS_THROUGH = "pass-through"
ROOM = 336
"""Height from which on the icons of adjustments leave six layers to be seen."""
OWN = ("adjust", "lock", "search")
"""Buttons at the foot that open something of the panel's own; the others press the action of their name."""
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
    """The layer tree of the current picture. What is selected in the list are the artwork's chosen layers."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
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
        self.search = QLineEdit()
        self.narrow = IconButton("sliders-horizontal")
        self.finder = QWidget()
        self.strip = AdjustmentStrip(studio)
        self.buttons = {
            "new-layer": IconButton("plus"),
            "new-group": IconButton("folder-plus"),
            "add-mask": IconButton("layer-mask"),
            "effects": IconButton("layer-effects"),
            "adjust": IconButton("contrast"),
            "generate-new": IconButton("sparkles"),
            "search": IconButton("search"),
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
            if name == "search":
                foot.addStretch(1)
            foot.addWidget(button)
        line = QHBoxLayout(self.finder)
        line.setContentsMargins(8, 0, 8, 4)
        line.setSpacing(4)
        self.search.setClearButtonEnabled(True)
        line.addWidget(self.search, 1)
        line.addWidget(self.narrow)
        self.finder.hide()
        self.strip.hide()
        self.buttons["search"].setCheckable(True)
        middle = QVBoxLayout()
        middle.setContentsMargins(8, 0, 8, 0)
        middle.addWidget(self.view, 1)
        middle.addWidget(self.empty, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.strip)
        column.addWidget(self.finder)
        column.addLayout(middle, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        layers, view = self._studio.layers, self.view
        self.mode.activated.connect(self._mode_chosen)
        self.opacity.value_changed.connect(lambda value: layers.set_opacity(value, live=True))
        self.opacity.released.connect(lambda _value: layers.release())
        view.chosen.connect(self.choose)
        view.several_chosen.connect(layers.choose_several)
        view.part_pressed.connect(self.press_part)
        view.written.connect(lambda: commands.keyboard_back(self))
        view.eyes_changed.connect(layers.show_several)
        view.locks_changed.connect(layers.lock_several)
        view.solo_wanted.connect(layers.solo)
        view.fold_wanted.connect(layers.collapse)
        view.clip_wanted.connect(layers.clip)
        view.moved.connect(self.move_to)
        view.delete_wanted.connect(lambda: commands.press(self, self._studio, "delete-layer"))
        view.locate_wanted.connect(lambda: commands.press(self, self._studio, "import-model"))
        view.effects_wanted.connect(lambda _layer: commands.press(self, self._studio, "effects"))
        view.opened.connect(lambda layer: commands.press(self, self._studio, _opening(layer)))
        view.image_wanted.connect(self._want_image)
        view.mask_wanted.connect(self._want_mask)
        view.customContextMenuRequested.connect(self._open_menu)
        self.rows.renamed.connect(layers.rename)
        self.thumbnails.ready.connect(self._image_ready)
        for name, button in self.buttons.items():
            if name not in OWN:
                button.clicked.connect(
                    lambda _checked=False, key=name: commands.press(self, self._studio, key)
                )
        self.buttons["lock"].clicked.connect(self._open_locks)
        self.buttons["adjust"].clicked.connect(self._open_adjustments)
        self.buttons["search"].toggled.connect(self._show_finder)
        self.search.textChanged.connect(
            lambda words: self.narrow_to(replace(self.rows.narrowing, words=words))
        )
        self.search.installEventFilter(self)
        self.narrow.clicked.connect(self._open_narrowing)
        bind(self, self._studio.current_changed, lambda _picture: self.buttons["search"].setChecked(False))
        self.empty.triggered.connect(lambda: commands.press(self, self._studio, "new"))

    # ── what it does ─────────────────────────────────────────────────────────────────────────────────────────────────
    def choose(self, layer_id: str, how: str = "only") -> None:
        """A row was pressed: ``only``, ``toggle`` or ``range``."""
        order = tuple(row.layer.id for row in self.rows.rows)
        self._studio.layers.choose(layer_id, how, order)  # type: ignore[arg-type]

    def press_part(self, layer_id: str, part: str, keys: Qt.KeyboardModifier) -> None:
        """A thumbnail was pressed: what is painted on, or with keys: seen alone, off and on, as selection."""
        masking, mask = self._studio.masking, part == "mask"
        if part == "effects":
            self._studio.effects.toggle(layer_id)
            return
        if keys & CONTROL:
            selecting = self._studio.selecting
            (selecting.from_mask if mask else selecting.from_layer)(layer_id, mode_of_keys(keys))
        elif keys & ALT and mask:
            masking.show_alone(layer_id)
        elif keys & ALT:
            self._studio.layers.solo(layer_id)
        elif keys & SHIFT and mask:
            masking.toggle(layer_id)
        elif not keys:
            masking.edit(layer_id, mask)

    def _mode_chosen(self, index: int) -> None:
        layer, key = self._studio.layers.active, self.mode.itemData(index)
        if layer is None or not key:
            return
        if isinstance(layer, Group) and (key == PASS_THROUGH or layer.pass_through):
            mode = "normal" if key == PASS_THROUGH else key
            self._studio.layers.set(layer.id, mode=mode, pass_through=key == PASS_THROUGH)
        else:
            self._studio.layers.set_mode(key)

    def move_to(self, layer_ids: tuple[str, ...], row: int, where: str) -> None:
        """Moves layers to where they were dropped: above or below a row, into a group, to the very bottom."""
        picture = self._studio.current
        if picture is None or not 0 <= row < len(self.rows.rows):
            return
        artwork, onto = picture.document.artwork, self.rows.rows[row].layer
        if where == "bottom":
            self._studio.layers.move_several(layer_ids, "", 0)
            return
        if where == "into":
            if onto.id not in layer_ids:
                self._studio.layers.move_several(layer_ids, onto.id, len(children_of(onto)))
            return
        parent = tree.parent_of(artwork, onto.id)
        _, index = tree.siblings_of(artwork, onto.id)
        place = index + 1 if where == "above" else index
        self._studio.layers.move_several(layer_ids, parent.id if parent else "", place)

    def rename(self) -> None:
        """Opens the field of the active layer's name."""
        layer = self._studio.layers.active
        number = self.rows.row_of(layer.id) if layer is not None else -1
        if number >= 0:
            self.view.scrollTo(self.rows.index(number))
            self.view.edit(self.rows.index(number))

    # ── menus and the finder ─────────────────────────────────────────────────────────────────────────────────────────
    def _open_menu(self, place: QPoint) -> None:
        layer_menus.layer_menu(self, self._studio).popup(self.view.viewport().mapToGlobal(place))

    def _open_locks(self) -> None:
        menu = self.lock_menu()
        if menu is not None:
            button = self.buttons["lock"]
            menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _open_adjustments(self) -> None:
        menu = self.adjustment_menu()
        menu.popup(self.buttons["adjust"].mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def keep_strip(self, wanted: bool) -> None:
        """The icons stand above the layers where there is room for them and six layers, or never."""
        self._studio.change_settings(adjustment_strip=wanted)
        self._fit_strip()

    def _fit_strip(self) -> None:
        self.strip.setVisible(self._studio.settings.adjustment_strip and self.height() >= ROOM)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_strip()

    def adjustment_menu(self) -> QMenu:
        """Every adjustment and filter as a new layer; whether some of them stand as icons above the layers."""
        menu = layer_menus.adjustment_menu(self, self._studio)
        menu.addSeparator()
        shown = menu.addAction(QCoreApplication.translate("LayersPanel", "Icons above the layers"))
        shown.setObjectName("strip")
        shown.setCheckable(True)
        shown.setChecked(self._studio.settings.adjustment_strip)
        shown.toggled.connect(self.keep_strip)
        return menu

    def lock_menu(self) -> QMenu | None:
        """The locks of the selected layers as switches; None without a layer."""
        return layer_menus.lock_menu(self, self._studio) if self._studio.layers.active is not None else None

    def narrow_to(self, narrowing: Narrowing) -> None:
        """Shows only some of the layers."""
        self.rows.narrowing = narrowing
        self.narrow.setChecked(bool(narrowing.kinds or narrowing.labels))
        self.refresh()

    def narrowing_menu(self) -> QMenu:
        return layer_menus.narrowing_menu(self, self.rows.narrowing, self._take_narrowing)

    def _take_narrowing(self, narrowing: Narrowing) -> None:
        if not narrowing:
            self.search.clear()
        self.narrow_to(narrowing)

    def _open_narrowing(self) -> None:
        menu = self.narrowing_menu()
        menu.popup(self.narrow.mapToGlobal(QPoint(0, self.narrow.height())))

    def find(self) -> None:
        """Shows the field that layers are found by, and gives it the keyboard."""
        if self.buttons["search"].isChecked():
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.buttons["search"].setChecked(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape ends finding, Enter with the first layer found: all are there again, and the keyboard is the canvas' own."""
        kinds = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        keys = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (isinstance(event, QKeyEvent) and event.type() in kinds and event.key() in keys):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress:
            rows = self.rows.rows
            first = (
                rows[0].layer.id if rows and self.search.text() and event.key() != Qt.Key.Key_Escape else ""
            )
            self.buttons["search"].setChecked(False)
            if first:
                self.choose(first)
            commands.keyboard_back(self)
        event.accept()
        return True

    def _show_finder(self, shown: bool) -> None:
        self.finder.setVisible(shown)
        if shown:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._take_narrowing(Narrowing())

    # ── what it shows ────────────────────────────────────────────────────────────────────────────────────────────────
    def refresh(self) -> None:
        """The rows that changed, the active layer's mode and opacity."""
        picture = self._studio.current
        artwork = None
        if picture is not None:  # a filter that is tried is not there yet, whatever it is shown by
            document = picture.document
            tried = document.preview_owner == FILTER_TRIAL
            artwork = document.committed if tried else document.artwork
        models = frozenset(entry.card.name for entry in self._studio.generating.models if not entry.problem)
        self.view.setVisible(picture is not None)
        self.empty.setVisible(picture is None)
        self.rows.show_artwork(artwork, models)
        active = artwork.active_layer if artwork is not None else None
        chosen = artwork.chosen if artwork is not None else ()
        numbers = [number for layer in chosen if (number := self.rows.row_of(layer.id)) >= 0]
        self.view.show_selected(numbers, self.rows.row_of(active.id) if active is not None else -1)
        for widget in (self.mode, self.opacity):
            widget.setEnabled(active is not None)
        for name, button in self.buttons.items():
            needed = active if name in ("add-mask", "effects", "lock", "delete-layer") else picture
            button.setEnabled(needed is not None)
        self.strip.setEnabled(picture is not None)
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

    def _want_mask(self, layer: Layer) -> None:
        picture = self._studio.current
        if picture is not None and not picture.document.gesture_open:
            image = self.thumbnails.of_mask(picture.renderer, picture.document.artwork, layer)
            self.view.masks[layer.id] = image

    def _image_ready(self, key: str) -> None:
        number = self.rows.row_of(key.removesuffix(MASK))
        if number >= 0:
            self.rows.tell(number)

    def retranslate(self) -> None:
        self.view.setAccessibleName(QCoreApplication.translate("LayersPanel", "Layers"))
        self.mode.setAccessibleName(QCoreApplication.translate("LayersPanel", "Blend mode"))
        self.mode.setToolTip(self.mode.accessibleName())
        self.opacity.set_title(QCoreApplication.translate("LayersPanel", "Opacity"))
        self.opacity.setToolTip(QCoreApplication.translate("LayersPanel", "Opacity of the layer"))
        for name, button in self.buttons.items():
            if name not in OWN:
                button.set_name(commands.words(name), commands.shortcut(name, self))
        find = commands.shortcut("find-layers", self)
        self.buttons["search"].set_name(QCoreApplication.translate("LayersPanel", "Find layers"), find)
        self.narrow.set_name(QCoreApplication.translate("LayersPanel", "Kinds and labels to show"))
        self.search.setAccessibleName(QCoreApplication.translate("LayersPanel", "Find layers by name"))
        self.search.setPlaceholderText(QCoreApplication.translate("LayersPanel", "Name"))
        self.buttons["lock"].set_name(QCoreApplication.translate("LayersPanel", "Locks of the layer"))
        self.buttons["adjust"].set_name(
            QCoreApplication.translate("LayersPanel", "New adjustment or filter layer")
        )
        self.strip.retranslate(QCoreApplication.translate("LayersPanel", "All adjustment and filter layers"))
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
        if self.view.isVisible():
            self.view.viewport().update()


def _opening(layer: Layer) -> str:
    """The action that a double click on a layer's thumbnail means."""
    if isinstance(layer, Text):
        return "edit-text"
    if isinstance(layer, Shape):
        return "edit-shape"
    return "edit-fill-layer" if isinstance(layer, Fill) or source_of(layer) is not None else "effects"
