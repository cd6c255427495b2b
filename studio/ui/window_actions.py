"""What the window itself carries out of the list of actions: dialogs, view, workspaces, keyboard regions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.messages.models import GIFT
from studio.ui import language, theme

if TYPE_CHECKING:
    from studio.ui.main_window import MainWindow

ROTATE_DEGREES = 15.0
FIRST_PICTURE = (1536, 1024)


class WindowActions:
    """The handlers that actions name in ``ui``. Dialogs are loaded when they are first wanted."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._studio = window.studio
        self._palette: QWidget | None = None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Handler by name, as :mod:`studio.workspace.actions` uses it."""
        window, canvas = self._window, self._window.canvas
        return {
            "new": self.new,
            "open": self.open,
            "unsaved": self.unsaved,
            "save": self.save,
            "save_as": self.save_as,
            "export": self.export,
            "export_layer": self.export_layer,
            "export_masks": self.export_masks,
            "close": self.close,
            "quit": window.close,
            "settings": self.settings,
            "shortcuts": self.shortcuts,
            "palette": self.palette,
            "train": self.train,
            "import_model": self.import_model,
            "film_variants": self.film_variants,
            "export_model": self.export_model,
            "wall": self.wall,
            "taste": self.taste,
            "find_in_model": self.find_in_model,
            "examples": self.examples,
            "zoom_fit": canvas.fit,
            "zoom_one": canvas.actual_pixels,
            "zoom_in": lambda: canvas.zoom_step(1),
            "zoom_out": lambda: canvas.zoom_step(-1),
            "rotate_left": lambda: canvas.rotate_by(-ROTATE_DEGREES),
            "rotate_right": lambda: canvas.rotate_by(ROTATE_DEGREES),
            "rotate_reset": lambda: canvas.rotate_by(0.0),
            "before": lambda: self.show_before(self._studio.current is not None and not self._before_shown()),
            "judge": lambda: canvas.judge(not canvas.judging),
            "hide_panels": self.hide_panels,
            "full_screen": self.full_screen,
            "workspace_paint": lambda: window.enter("paint"),
            "workspace_generate": lambda: window.enter("generate"),
            "workspace_photo": lambda: window.enter("photo"),
            "workspace_train": lambda: window.enter("train"),
            "reset_workspace": self.reset_workspace,
            "next_region": self.next_region,
            "language": self.other_language,
            "start_page": lambda: self._studio.choose(None),
            "about": self.about,
        }

    # ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────
    def new(self) -> None:
        from studio.ui.dialogs.new_picture import NewPictureDialog

        dialog = NewPictureDialog(self._studio, self._window)
        dialog.open()

    def unsaved(self) -> None:
        """The pictures that only journals have: restored, or deleted for good."""

        def found(items: list) -> None:
            from studio.ui.dialogs.recovery import RecoveryDialog

            RecoveryDialog(self._studio, items, self._window).open()

        self._studio.filing.recoverable(found)

    def open(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        from studio.ui.dialogs.files import picture_filter

        title = QCoreApplication.translate("Files", "Open")
        dialog = QFileDialog(self._window, title, self.folder(), picture_filter())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda paths: [self._studio.open(path) for path in paths])
        dialog.open()

    def save(self) -> None:
        picture = self._studio.current
        if picture is not None and picture.path.endswith(".danqing"):
            self._studio.filing.save(picture, picture.path, only_if_unchanged=True)
        elif picture is not None:
            self.save_as()

    def save_as(self) -> None:
        from studio.ui.dialogs.files import ask_where_to_save

        ask_where_to_save(self._studio, self._window, self.folder())

    def export(self) -> None:
        from studio.ui.dialogs.export import ExportDialog

        if self._studio.current is not None:
            ExportDialog(self._studio, self._studio.current, self.folder(), self._window).open()

    def export_layer(self) -> None:
        from studio.ui.dialogs.export import ExportDialog

        picture, layer = self._studio.current, self._studio.layers.active
        if picture is not None and layer is not None:
            ExportDialog(self._studio, picture, self.folder(), self._window, layer).open()

    def export_masks(self) -> None:
        from studio.workspace import layer_sets

        picture = self._studio.current
        if picture is None:
            return
        title = QCoreApplication.translate("Export", "Folder of a labelled set, new or begun")
        dialog = QFileDialog(self._window, title, self.folder())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda folder: layer_sets.add(self._studio, picture, Path(folder)))
        dialog.open()

    def close(self) -> None:
        if self._studio.current is not None:
            self._studio.close(self._studio.current)

    def folder(self) -> str:
        picture = self._studio.current
        if picture is not None and picture.path:
            return str(Path(picture.path).parent)
        recent = self._studio.settings.recent
        if recent:
            return str(Path(recent[0]).parent)
        return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)

    # ── dialogs ──────────────────────────────────────────────────────────────────────────────────────────────────────
    def settings(self) -> None:
        from studio.ui.dialogs.settings import SettingsDialog

        SettingsDialog(self._studio, self._window, self._window.actions_).open()

    def shortcuts(self) -> None:
        from studio.ui.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self._studio, self._window.actions_, self._window).open()

    def palette(self) -> None:
        from studio.ui.palette import CommandPalette

        palette = CommandPalette(self._window.actions_, self._window)
        palette.finished.connect(lambda: self._window.canvas.setFocus(Qt.FocusReason.OtherFocusReason))
        palette.open()

    def about(self) -> None:
        from studio.ui.dialogs.about import AboutDialog

        AboutDialog(self._window).open()

    def train(self) -> None:
        self._window.enter("train")
        self._window.docks.show_panel("training")

    def train_on(self, folder: str) -> None:
        """A folder of pictures was dropped: the training panel takes it."""
        self._window.enter("train")
        panel = self._window.docks.show_panel("training")
        take = getattr(panel, "take_folder", None)
        if take is not None:
            take(folder)

    def import_model(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        title = QCoreApplication.translate("Files", "Import model")
        kinds = QCoreApplication.translate("Files", "Models") + f" (*.safetensors *{GIFT})"
        dialog = QFileDialog(self._window, title, self.folder(), kinds)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._studio.open)
        dialog.open()

    def export_model(self) -> None:
        """The model that the Generate panel shows."""
        from studio.ui.dialogs.export_model import ask_export

        entry = self._studio.generating.model
        if entry is not None:
            ask_export(self._window, self._studio, entry)

    def wall(self) -> None:
        """Nine pictures around the shown one, beside the canvas."""
        from studio.ui.dialogs.wall import WallDialog

        WallDialog(self._studio, self._window).show()

    def taste(self) -> None:
        """Nine pictures to mark, beside the canvas, and nine that follow."""
        from studio.ui.dialogs.taste import TasteDialog

        TasteDialog(self._studio, self._window).show()

    def examples(self) -> None:
        """Which of the layer's pictures are as wanted: a slider is learnt from them."""
        from studio.ui.dialogs.examples import ExamplesDialog

        ExamplesDialog(self._studio, self._window).open()

    def find_in_model(self) -> None:
        """Looks for the active layer in the model; the film of the search, of which any picture can be used."""
        from studio.ui.dialogs.find_in_model import FindDialog

        FindDialog(self._studio, self._window).show()

    def film_variants(self) -> None:
        """Where the film of a layer's variations goes to: a file by its ending."""
        from studio.ui.dialogs.film_file import ask_film
        from studio.workspace import interpolating

        layer = self._studio.generating.target
        if layer is None:
            return
        title = QCoreApplication.translate("Files", "Film from variation to variation")
        place = Path(self.folder()) / layer.name.replace("/", "-")
        ask_film(self._window, title, place, lambda path: interpolating.write(self._studio, path))

    def first_picture(self) -> None:
        """From the start page to the first generated picture: a picture to hold it, the workspace, one press."""
        studio = self._studio
        if studio.current is None:
            studio.new_picture(*FIRST_PICTURE)
        self._window.enter("generate")
        self._window.docks.show_panel("generate")
        self._window.actions_.run("generate")

    # ── look ─────────────────────────────────────────────────────────────────────────────────────────────────────────
    def other_language(self) -> None:
        self._studio.change_settings(language="en" if language.spoken().startswith("zh") else "zh_CN")

    def other_theme(self) -> None:
        self._studio.change_settings(theme="light" if theme.current().dark else "dark")

    def hide_panels(self) -> None:
        hidden = self._window.docks.toggle_all()
        self._window.tools_holder.setVisible(not hidden)
        words = QCoreApplication.translate("Window", "Tab brings the panels back")
        self._window.status.set_message(words if hidden else "")

    def reset_workspace(self) -> None:
        self._window.docks.reset()

    def full_screen(self) -> None:
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _before_shown(self) -> bool:
        picture = self._studio.current
        return picture is not None and picture.document.preview_owner == "hover"

    def show_before(self, shown: bool) -> None:
        """The picture without its active layer, or without the filter that is tried, for as long as the key is held."""
        from studio.document import edits

        picture = self._studio.current
        if picture is None or picture.document.gesture_open:
            return
        if (trial := self._studio.filtering.trial) is not None:
            trial.hold_before(shown)
            return
        document = picture.document
        active = document.committed.active
        if shown and active and document.preview_owner is None:
            document.preview("hover", edits.set_visible(document.committed, active, False))
        elif not shown and document.preview_owner == "hover":
            document.revert("hover")

    # ── keyboard regions ─────────────────────────────────────────────────────────────────────────────────────────────
    def next_region(self) -> None:
        """Moves the keyboard from region to region: canvas, options, tools, panels, status."""
        regions = [region for region in self._regions() if region.isVisible() and _first(region) is not None]
        focus = self._window.focusWidget()
        here = next(
            (
                i
                for i, region in enumerate(regions)
                if focus and (region is focus or region.isAncestorOf(focus))
            ),
            -1,
        )
        target = _first(regions[(here + 1) % len(regions)]) if regions else None
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def _regions(self) -> list[QWidget]:
        window = self._window
        docks = [dock.widget() for dock in window.docks.docks.values() if dock.widget() is not None]
        shown = [panel for panel in docks if not panel.visibleRegion().isEmpty()]
        return [window.canvas, window.options, window.tools, *shown, window.status]


def _first(region: QWidget) -> QWidget | None:
    """The first widget of a region that can take the keyboard."""
    candidates = [region, *region.findChildren(QWidget)]
    wanted = Qt.FocusPolicy.TabFocus.value
    return next(
        (
            one
            for one in candidates
            if one.focusPolicy().value & wanted and one.isVisible() and one.isEnabled()
        ),
        None,
    )
