"""What the window carries out for panels: each shown or closed, and what is asked of one by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from studio.ui.main_window import MainWindow
    from studio.ui.panels.colour import ColourPanel
    from studio.ui.panels.layers import LayersPanel
    from studio.ui.panels.palettes import PalettesPanel
    from studio.ui.panels.reference import ReferencePanel


def handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Handler by the name that actions give in ``ui``."""
    found: dict[str, Callable[[], object]] = {
        "palette_load": lambda: _palettes(window).ask_load(),
        "palette_save": lambda: _palettes(window).ask_save(),
        "reference_add": lambda: _references(window).ask(),
        "reference_fit": lambda: _fit_references(window),
        "find_layers": lambda: _find_layers(window),
        "colour_wheel": lambda: _colour_page(window, "wheel"),
        "colour_sliders": lambda: _colour_page(window, "sliders"),
        "harmony": lambda: _colour_page(window, "harmony"),
        "key_guide": lambda: _guide(window),
    }
    # The docks are made after the actions: they are looked up at the press.
    return found | {f"panel_{name}": partial(_toggle, window, name) for name in _names()}


def states(window: MainWindow) -> dict[str, Callable[[], bool]]:
    """By the name of a handler: whether its panel is seen."""
    return {f"panel_{name}": partial(_seen, window, name) for name in _names()}


def _names() -> tuple[str, ...]:
    from studio.ui.arrangement import PANEL_TITLES

    return tuple(PANEL_TITLES)


def _toggle(window: MainWindow, name: str) -> None:
    window.docks.toggle(name)


def _seen(window: MainWindow, name: str) -> bool:
    return window.docks.is_seen(name)


def _palettes(window: MainWindow) -> PalettesPanel:
    """The panel, shown: the artist sees which palette is loaded or saved."""
    return cast("PalettesPanel", window.docks.show_panel("palettes"))


def _references(window: MainWindow) -> ReferencePanel:
    return cast("ReferencePanel", window.docks.show_panel("reference"))


def _fit_references(window: MainWindow) -> None:
    _references(window).plane.fit()


def _find_layers(window: MainWindow) -> None:
    panel = cast("LayersPanel", window.docks.show_panel("layers"))
    panel.find()


def _colour_page(window: MainWindow, page: str) -> None:
    panel = cast("ColourPanel", window.docks.show_panel("colour"))
    panel.pages.choose(page)


def _guide(window: MainWindow) -> None:
    from studio.ui.key_guide import KeyGuide

    guide = KeyGuide(window.actions_, window)
    guide.closed.connect(lambda: window.canvas.setFocus(Qt.FocusReason.OtherFocusReason))
    guide.open()
