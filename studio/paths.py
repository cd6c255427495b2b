"""Where things lie: resources (checkout, wheel or frozen application), settings, state, cache, the user's models."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from pathlib import Path

import platformdirs


@lru_cache(maxsize=1)
def _package() -> Path:
    return Path(__file__).resolve().parent


def resources() -> Path:
    """The folder of icons, themes, translations, recipes and models. Raises FileNotFoundError naming where it looked."""
    package = _package()
    # beside an installed package another one may have left a folder of that name: the wheel's own is looked for before
    places = [package / "resources", package.parent / "resources"]
    if frozen := getattr(sys, "_MEIPASS", None):
        places.insert(0, Path(frozen) / "resources")
    for place in places:
        if (place / "themes").is_dir() or (place / "icons").is_dir():
            return place
    looked = ", ".join(str(place) for place in places)
    raise FileNotFoundError(f"Danqing's resources are missing; looked in {looked}. Install Danqing again.")


def _place(name: str, fallback: Path) -> Path:
    home = os.environ.get("DANQING_HOME")
    return Path(home) / name if home else fallback


def config() -> Path:
    """What the artist chose: settings.json, window layout."""
    return _place("config", platformdirs.user_config_path("danqing", appauthor=False))


def state() -> Path:
    """What must survive a crash: journals, logs."""
    return _place("state", platformdirs.user_state_path("danqing", appauthor=False))


def cache() -> Path:
    """What can be made again: thumbnails."""
    return _place("cache", platformdirs.user_cache_path("danqing", appauthor=False))


def data() -> Path:
    """The artist's own models and presets."""
    return _place("data", platformdirs.user_data_path("danqing", appauthor=False))


def journals() -> Path:
    return state() / "journals"


def user_models() -> Path:
    return data() / "models"


def embedded_models() -> Path:
    return resources() / "models"
