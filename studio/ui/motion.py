"""Whether things may move by themselves: not where the artist, or the system, asks for less of it."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication

from studio.settings import Settings

_CLIENT_AREA_ANIMATION = 0x1042
"""Windows' SPI_GETCLIENTAREAANIMATION."""


def reduced(settings: Settings) -> bool:
    """True where the settings say so, or what the system tells: a caret that does not blink, animations switched off."""
    if settings.motion == "reduced" or QGuiApplication.styleHints().cursorFlashTime() <= 0:
        return True
    if sys.platform == "win32":
        return not _windows_animates()
    if sys.platform == "darwin":
        return QSettings("apple.com", "universalaccess").value("reduceMotion") in (True, 1, "1", "true")
    return _plasma_is_still(Path.home() / ".config" / "kdeglobals")


def _plasma_is_still(file: Path) -> bool:
    """Plasma's speed of animations, the leftmost of which is none."""
    if not file.is_file():
        return False
    found = QSettings(str(file), QSettings.Format.IniFormat).value("KDE/AnimationDurationFactor")
    try:
        return found is not None and float(str(found)) <= 0
    except ValueError:
        return False


def _windows_animates() -> bool:
    import ctypes

    on = ctypes.c_int(1)
    ctypes.windll.user32.SystemParametersInfoW(_CLIENT_AREA_ANIMATION, 0, ctypes.byref(on), 0)  # type: ignore[attr-defined]
    return bool(on.value)
