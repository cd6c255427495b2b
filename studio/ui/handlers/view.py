"""The View menu's own handlers: mirror, second view, colours, guides and grid."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog

from studio.workspace.viewing import PROOF

if TYPE_CHECKING:
    from studio.ui.main_window import MainWindow


def handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Handler by the name that actions give in ``ui``."""
    canvas, viewing = window.canvas, window.studio.viewing
    return {
        "mirror_view": canvas.mirror,
        "zoom_selection": canvas.zoom_to_selection,
        "second_view": lambda: _toggle(window, "second-view"),
        "navigator": lambda: _toggle(window, "navigator"),
        "soft_proof": lambda: _proof(window),
        "proof_profile": lambda: _choose_profile(window, "proof_profile"),
        "display_profile": lambda: _choose_profile(window, "display_profile"),
        "display_srgb": lambda: viewing.change(display_profile=""),
        "guides_dialog": lambda: _guides(window),
    }


def _toggle(window: MainWindow, name: str) -> None:
    dock = window.docks[name]
    if dock.isVisible() and not dock.visibleRegion().isEmpty():
        dock.close()
    else:
        window.docks.show_panel(name)


def _proof(window: MainWindow) -> None:
    """Proofs with the profile that was chosen; asks for one first where there is none."""
    viewing = window.studio.viewing
    if viewing.look != PROOF and not viewing.options.proof_profile:
        _choose_profile(window, "proof_profile")
    else:
        viewing.choose_look(PROOF)


def _choose_profile(window: MainWindow, option: str) -> None:
    viewing = window.studio.viewing
    translate = QCoreApplication.translate
    titles = {
        "proof_profile": translate("Viewing", "Profile to proof for"),
        "display_profile": translate("Viewing", "Profile of the screen"),
    }
    kinds = translate("Viewing", "Colour profiles") + " (*.icc *.icm *.ICC *.ICM)"
    dialog = QFileDialog(window, titles[option], "", kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def chosen(path: str) -> None:
        viewing.change(**{option: path})
        if option == "proof_profile" and viewing.look != PROOF:
            viewing.choose_look(PROOF)

    dialog.fileSelected.connect(chosen)
    dialog.open()


def _guides(window: MainWindow) -> None:
    from studio.ui.dialogs.guides import GuidesDialog

    if window.studio.current is not None:
        GuidesDialog(window.studio, window).open()
