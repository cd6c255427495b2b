"""A walk through all that the window can show: workspaces, panels, tools, menus, dialogs. What is seen on it is tested elsewhere."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from studio import ui
from studio.document import edits
from studio.document.layer import Derived
from studio.filters import FILTERS
from studio.messages.models import Slider
from studio.project.recovery import Recoverable
from studio.raster.surface import Surface
from studio.synthesis.collage import Collage
from studio.synthesis.fills import FILL_KINDS
from studio.ui.arrangement import PANEL_TITLES, WORKSPACES
from studio.ui.canvas.surround import surround_menu
from studio.ui.dialogs.assemble import FolderDialog
from studio.ui.dialogs.augmentation import AugmentationDialog
from studio.ui.dialogs.brush_editor import BrushEditor
from studio.ui.dialogs.decision import DecisionDialog
from studio.ui.dialogs.direction_name import DirectionNameDialog
from studio.ui.dialogs.effects import EffectsDialog
from studio.ui.dialogs.encode import EncodeDialog
from studio.ui.dialogs.examples import ExamplesDialog
from studio.ui.dialogs.find_in_model import FindDialog
from studio.ui.dialogs.folder_map import FolderMapDialog
from studio.ui.dialogs.frame import Frame
from studio.ui.dialogs.recovery import RecoveryDialog
from studio.ui.dialogs.taste import TasteDialog
from studio.ui.dialogs.wall import WallDialog
from studio.ui.panels import layer_menus
from studio.ui.panels.colour import PAGES, ColourPanel
from studio.ui.panels.layers import LayersPanel
from studio.ui.widgets.colour_sliders import MODELS
from studio.ui.widgets.font_chooser import FontField
from studio.ui.widgets.option_fields import OptionFields
from studio.workspace.actions import all_actions
from studio.workspace.folder_layers import Made, Source
from studio.workspace.tools.registry import ALL
from tests.ui.windows import Opened

Stop = tuple[str, QWidget]
PLAIN = ("about", "palette", "brush-popup")
"""Actions that open something although no … stands behind their title."""


def dialog_classes() -> set[type[QDialog]]:
    """Every dialog of the window, from all its modules."""
    folder = Path(ui.__file__).parent
    for path in folder.rglob("*.py"):
        name = ".".join(("studio.ui", *path.relative_to(folder).with_suffix("").parts))
        importlib.import_module(name.removesuffix(".__init__"))
    found, waiting = set(), [QDialog]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if kind.__module__.startswith("studio.ui") and kind not in (Frame, FolderDialog):
                found.add(kind)
    return found


class Walk:
    """Goes once through everything; ``seen`` are the dialogs that were open on the way."""

    def __init__(self, opened: Opened) -> None:
        self._opened, self._studio, self._window = opened, opened.studio, opened.window
        self.seen: set[type] = set()

    def __iter__(self) -> Iterator[Stop]:
        for part in (self._empty, self._workspaces, self._panels, self._tools, self._menus, self._dialogs):
            yield from part()

    # ── the window ───────────────────────────────────────────────────────────────────────────────────────────────────
    def _empty(self) -> Iterator[Stop]:
        for workspace in WORKSPACES:
            yield self._workspace(workspace, "without a picture")

    def _workspace(self, workspace: str, state: str) -> Stop:
        self._window.enter(workspace)
        self._opened.pump()
        return f"{workspace} {state}", self._window

    def _paint(self) -> None:
        """A picture with a layer of each sort; its size has five digits."""
        studio, run = self._studio, self._window.actions_.run
        studio.new_picture(10000, 20)
        self._opened.pump()
        for action in (
            "new-layer", "add-mask", "fill-layer-gradient", "clipping", "lock-alpha", "new-group", "new-layer",
            "fill-reference", "filter-layer-gaussian-blur", "select-all",
        ):  # fmt: skip
            run(action)
            self._opened.pump(2)
        studio.layers.choose(studio.current.document.committed.layers[0].id)  # type: ignore[union-attr]
        self._opened.pump()

    def _workspaces(self) -> Iterator[Stop]:
        self._paint()
        for workspace in WORKSPACES:
            yield self._workspace(workspace, "with a picture")

    def _panels(self) -> Iterator[Stop]:
        self._window.enter("paint")
        for name in PANEL_TITLES:
            panel = self._window.docks.show_panel(name)
            self._opened.pump(3)
            yield f"panel {name}", self._window
            if isinstance(panel, ColourPanel):
                yield from self._colours(panel)
            if isinstance(panel, LayersPanel):
                panel.buttons["search"].setChecked(True)
                yield "panel layers, search", self._window
                panel.buttons["search"].setChecked(False)
        self._window.docks.reset()
        self._opened.pump()

    def _colours(self, panel: ColourPanel) -> Iterator[Stop]:
        for page in PAGES:
            panel.pages.choose(page)
            for model in MODELS if page == "sliders" else ():
                panel.sliders.set_model(model)
                yield f"panel colour {model}", panel
            yield f"panel colour {page}", panel
        panel.pages.choose(PAGES[0])

    def _tools(self) -> Iterator[Stop]:
        for kind in ALL:
            self._studio.painting.choose_tool(kind.name)
            self._opened.pump(2)
            yield f"tool {kind.name}", self._window.options
            fields = self._window.options.fields
            if isinstance(fields, OptionFields):
                fields._show_all()
                yield from self._popped(f"tool {kind.name}, all options")
            elif fields is not None:
                field = fields.findChild(FontField)
                assert field is not None
                field.open()
                yield from self._popped("fonts")
            self._studio.settle()
        self._studio.painting.choose_tool("brush")

    # ── menus ────────────────────────────────────────────────────────────────────────────────────────────────────────
    def _menus(self) -> Iterator[Stop]:
        self._window.menu_line.fill()
        for path, menu in self._window.menu_line._menus.items():
            yield f"menu {path}", menu
        panel = self._window.docks.show_panel("layers")
        assert isinstance(panel, LayersPanel)
        menus = {
            "layer": layer_menus.layer_menu(panel, self._studio),
            "locks": panel.lock_menu(),
            "adjustments": panel.adjustment_menu(),
            "narrowing": panel.narrowing_menu(),
            "panels": self._window.docks.open_menu(),
            "surround": surround_menu(self._window, "", "#404040", lambda _colour: None),
        }
        for name, menu in menus.items():
            assert menu is not None
            for one in (menu, *(item.menu() for item in menu.actions() if item.menu())):
                yield f"menu of {name}", one
            menu.deleteLater()
        self._opened.pump()

    # ── dialogs ──────────────────────────────────────────────────────────────────────────────────────────────────────
    def _dialogs(self) -> Iterator[Stop]:
        studio, window = self._studio, self._window
        for action in all_actions():
            if action.title.endswith("…") or action.id in PLAIN:
                if window.actions_.run(action.id):  # to train on a folder leads to a panel
                    yield from self._popped(f"dialog of {action.id}")
        studio.selecting.save("A 1")
        assert window.actions_.run("saved-selections")
        yield from self._popped("saved selections")
        items = [Recoverable(path=Path("x"), title="A 1", time=1.7e9)]
        direction = Slider(name="pca-1", title="A 1", title_zh="A 1")
        for dialog in (
            RecoveryDialog(studio, items, window),
            DecisionDialog("A 1", "A 1", (), window),
            DirectionNameDialog(studio, direction, window),
            WallDialog(studio, window),
            TasteDialog(studio, window),
            ExamplesDialog(studio, window),
            FindDialog(studio, window),
            EncodeDialog(studio, window),
            FolderMapDialog(studio, window),
            AugmentationDialog(studio, window),
        ):
            dialog.open()
            yield from self._popped(type(dialog).__name__)
        yield from self._effects()
        below = [layer.id for layer in studio.current.document.committed.layers[:2]]  # type: ignore[union-attr]
        studio.layers.choose_several(tuple(below), below[1])
        assert window.actions_.run("fuse")
        yield from self._popped("fuse")
        assert window.actions_.run("stitch-panorama")
        yield from self._popped("panorama")
        studio.layers.choose(studio.current.document.committed.layers[0].id)  # type: ignore[union-attr]
        assert window.actions_.run("layer-size")
        yield from self._popped("layer size")
        assert window.actions_.run("feature-map")
        yield from self._popped("feature map")
        for kind in FILTERS.values():
            studio.layers.choose(studio.current.document.committed.layers[0].id)  # type: ignore[union-attr]
            if window.actions_.run(f"filter-{kind.name}"):
                yield from self._popped(f"filter {kind.name}")
        studio.new_picture(48, 32)
        for name in FILL_KINDS:
            studio.fill_layers.add(name)
            self._opened.pump(2)
            if window.actions_.run("edit-fill-layer"):
                yield from self._popped(f"fill layer {name}")
            if name == "perlin" and window.actions_.run("write-loop"):
                yield from self._popped("a pattern as a loop")
            studio.undo()  # each below the next would be drawn again and again
        # a layer of a folder that is gone: its dialog says so
        source = Source("collage", Path("/照片"), Collage())
        made = source.stored(Made(Surface(), 8, 8, ()))
        artwork = self._studio.current.document.committed  # type: ignore[union-attr]
        layer = Derived(name="Collage", recipe=made, surface=Surface(dtype=artwork.dtype))
        self._studio.current.document.commit("New", edits.add_layer(artwork, layer))  # type: ignore[union-attr]
        self._opened.pump(2)
        if window.actions_.run("edit-fill-layer"):
            yield from self._popped("a layer of a folder")
        studio.undo()

    def _effects(self) -> Iterator[Stop]:
        layer = self._studio.layers.active
        assert layer is not None
        dialog = EffectsDialog(self._studio, (layer.id,), self._window)
        dialog.open()
        for row in dialog.rows:
            row.click()
            self._opened.pump(2)
            yield f"effects {row.text()}", dialog
        yield from self._popped("effects")

    def _popped(self, name: str) -> Iterator[Stop]:
        """What stands over the window now, page by page; then it is closed."""
        self._opened.pump(3)
        over = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not self._window]
        for one in over:
            self.seen.add(type(one))
            if isinstance(one, BrushEditor):
                for row in range(one.sections.count()):
                    one.sections.setCurrentRow(row)
                    self._opened.pump(2)
                    yield f"{name}, {one.sections.item(row).text()}", one
            elif not isinstance(one, QFileDialog):
                yield name, one
            one.close()
        self._opened.pump(2)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
