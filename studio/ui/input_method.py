"""Which way words come in from an input method (Pinyin and others) where Qt itself would find none.

Qt's own builds speak to IBus; the plugin for fcitx comes only with a distribution's Qt. fcitx5 answers as IBus too, on
the session bus (the portal), so an artist whose desktop says ``fcitx`` can write Chinese here as anywhere else.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path


def choose(environment: MutableMapping[str, str], plugins: Path) -> None:
    """Changes ``environment`` before the application is made; ``plugins`` is Qt's folder of plugins."""
    if any((plugins / "platforminputcontexts").glob("*fcitx*")):
        return
    named = environment.get("QT_IM_MODULES") or environment.get("QT_IM_MODULE", "")
    by_display = not named and "fcitx" in environment.get("XMODIFIERS", "")
    if "fcitx" in named or (by_display and not environment.get("WAYLAND_DISPLAY")):
        environment.pop("QT_IM_MODULES", None)
        environment["QT_IM_MODULE"] = "ibus"
        environment["IBUS_USE_PORTAL"] = "1"
