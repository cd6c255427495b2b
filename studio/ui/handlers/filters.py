"""What the window carries out for filters: the panel's search, and the dialog in which one is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication

from studio.ui.bind import bind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QFileDialog

    from studio.ui.main_window import MainWindow
    from studio.ui.panels.filters import FiltersPanel
    from studio.workspace.filter_trial import FilterTrial


def handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Handler by the name that actions give in ``ui``."""
    return {
        "find_filter": lambda: _find(window),
        "filter_recipe_save": lambda: _save_recipe(window),
        "filter_recipe_open": lambda: _open_recipe(window),
        "filter_batch": lambda: open_batch(window),
        "feature_map": lambda: _feature_map(window),
    }


def attend(window: MainWindow) -> None:
    """Opens the dialog of each filter that is tried from now on."""
    bind(window, window.studio.filtering.trial_opened, lambda trial: _try(window, trial))


def _find(window: MainWindow) -> None:
    panel = cast("FiltersPanel", window.docks.show_panel("filters"))
    panel.find()


def _recipe_dialog(window: MainWindow, title: str) -> QFileDialog:
    from PySide6.QtWidgets import QFileDialog

    kinds = QCoreApplication.translate("Filter", "Filter recipes (*.json)")
    dialog = QFileDialog(window, title, "", kinds)
    dialog.setDefaultSuffix("json")
    return dialog


def _save_recipe(window: MainWindow) -> None:
    dialog = _recipe_dialog(window, QCoreApplication.translate("Filter", "Save filters as a recipe"))
    dialog.setAcceptMode(dialog.AcceptMode.AcceptSave)
    dialog.fileSelected.connect(window.studio.filtering.stacks.save)
    dialog.open()


def _open_recipe(window: MainWindow) -> None:
    dialog = _recipe_dialog(window, QCoreApplication.translate("Filter", "Add filters of a recipe"))
    dialog.fileSelected.connect(window.studio.filtering.stacks.open)
    dialog.open()


def open_batch(window: MainWindow, folder: Path | None = None) -> None:
    """Asks for recipe and folders; ``folder``: of pictures, which was dropped on the filters."""
    from studio.ui.dialogs.filter_batch import FilterBatchDialog

    FilterBatchDialog(window.studio, window, folder).open()


def _feature_map(window: MainWindow) -> None:
    """With the kernel of the selected filter layer, if that is one."""
    from studio.filters.convolution import Convolution
    from studio.ui.dialogs.feature_map import FeatureMapDialog

    if window.studio.current is None:
        return
    window.studio.settle()
    layer, kernel = window.studio.filtering.target, ""
    if layer is not None and layer.recipe.name == "convolution":
        values = window.studio.filtering.parameters(layer)
        kernel = values.kernel if isinstance(values, Convolution) else ""
    FeatureMapDialog(window.studio, window, kernel).open()


def _try(window: MainWindow, trial: FilterTrial) -> None:
    from studio.ui.dialogs.filter import FilterDialog

    FilterDialog(window.studio, trial, window).stand_beside(window.canvas)
