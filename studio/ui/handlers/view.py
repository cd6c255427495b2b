"""The View menu's own handlers: mirror, second view, colours, guides and grid."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog

from studio.ui.canvas.surround import ask_surround, surrounds
from studio.workspace.viewing import PROOF

if TYPE_CHECKING:
    from studio.ui.main_window import MainWindow


def handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Handler by the name that actions give in ``ui``."""
    canvas, viewing = window.canvas, window.studio.viewing
    return {
        "mirror_view": canvas.mirror,
        "zoom_selection": canvas.zoom_to_selection,
        "second_view": lambda: window.docks.toggle("second-view"),
        "navigator": lambda: window.docks.toggle("navigator"),
        **{f"zoom_{times}": partial(canvas.zoom_to, float(times)) for times in (2, 4, 8)},
        **{
            f"surround_{name}": partial(canvas.choose_surround, colour)
            for name, colour in surrounds().items()
        },
        "surround_other": lambda: _surround(window),
        "soft_proof": lambda: _proof(window),
        "proof_profile": lambda: _choose_profile(window, "proof_profile"),
        "display_profile": lambda: _choose_profile(window, "display_profile"),
        "display_srgb": lambda: viewing.change(display_profile="", display_auto=False),
        "display_auto": lambda: viewing.change(display_profile="", display_auto=True),
        "guides_dialog": lambda: _guides(window),
    }


def _surround(window: MainWindow) -> None:
    canvas = window.canvas
    ask_surround(window, window.studio.settings.surround, canvas.surround(), canvas.choose_surround)


def states(window: MainWindow) -> dict[str, Callable[[], bool]]:
    """By the name of a handler: whether the window has on what it switches."""
    found = {name.replace("-", "_"): partial(_seen, window, name) for name in ("second-view", "navigator")}
    return found | {
        f"surround_{name}": partial(_surrounds, window, colour) for name, colour in surrounds().items()
    }


def _seen(window: MainWindow, name: str) -> bool:
    return window.docks.is_seen(name)


def _surrounds(window: MainWindow, colour: str) -> bool:
    return window.studio.settings.surround.lower() == colour.lower()


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
