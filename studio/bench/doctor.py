"""What Danqing finds on this computer: versions, device, resources, disk, system libraries; and what to do."""

from __future__ import annotations

import ctypes
import importlib.metadata
import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from typing import NamedTuple

from studio import __version__, paths
from studio.recipe import QT_TRANSLATE_NOOP

PACKAGES = (
    "PySide6-Essentials", "numpy", "skia-python", "opencv-contrib-python-headless", "Pillow", "msgspec", "zstandard",
)  # fmt: skip
LIBRARIES = {
    # what the window needs on Linux: library → (apt, dnf)
    "libGL.so.1": ("libgl1", "mesa-libGL"),
    "libEGL.so.1": ("libegl1", "mesa-libEGL"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
}
LOW_DISK = 2 << 30


class Finding(NamedTuple):
    """One line: ``text`` and ``remedy`` are source texts of context ``doctor``."""

    well: bool
    text: str
    arguments: dict[str, str]
    remedy: str = ""


def findings() -> Iterator[Finding]:
    yield _versions()
    yield from _packages()
    yield _engine()
    yield from _resources()
    yield _models()
    yield from _disk()
    yield from _libraries()


def _versions() -> Finding:
    values = {
        "danqing": __version__,
        "python": platform.python_version(),
        "system": platform.platform(terse=True),
    }
    return Finding(True, QT_TRANSLATE_NOOP("doctor", "Danqing {danqing}, Python {python}, {system}"), values)


def _packages() -> Iterator[Finding]:
    found = []
    for name in PACKAGES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            text = QT_TRANSLATE_NOOP("doctor", "The package {package} is missing.")
            remedy = QT_TRANSLATE_NOOP(
                "doctor", "Run: python3 packaging/dev.py setup, or: pip install {package}"
            )
            yield Finding(False, text, {"package": name}, remedy)
    yield Finding(True, "{packages}", {"packages": ", ".join(found)})


def _engine() -> Finding:
    if importlib.util.find_spec("torch") is None or importlib.util.find_spec("safetensors") is None:
        text = QT_TRANSLATE_NOOP(
            "doctor", "The engine is not installed, so nothing can be generated or trained."
        )
        return Finding(False, text, {}, QT_TRANSLATE_NOOP("doctor", 'Run: pip install "danqing[engine]"'))
    from studio.engine import devices

    device = devices.describe(devices.choose())
    values = {
        "version": importlib.metadata.version("torch"),
        "device": device.device,
        "name": device.device_name,
        "memory": f"{device.memory / 2**30:.1f}",
    }
    return Finding(
        True,
        QT_TRANSLATE_NOOP("doctor", "Engine: torch {version} on {device} ({name}, {memory} GiB)"),
        values,
    )


def _resources() -> Iterator[Finding]:
    try:
        folder = paths.resources()
    except FileNotFoundError as error:
        yield Finding(False, "{error}", {"error": str(error)})
        return
    missing = [
        name for name in ("icons", "themes", "translations", "recipes") if not (folder / name).is_dir()
    ]
    values = {"folder": os.fspath(folder), "missing": ", ".join(missing)}
    if missing:
        text = QT_TRANSLATE_NOOP("doctor", "In {folder} are missing: {missing}.")
        yield Finding(False, text, values, QT_TRANSLATE_NOOP("doctor", "Install Danqing again."))
    else:
        yield Finding(True, QT_TRANSLATE_NOOP("doctor", "Resources: {folder}"), values)


def _models() -> Finding:
    from studio.engine.library.catalog import Catalog

    entries = Catalog().entries()
    shipped = [entry.card.name for entry in entries if entry.embedded and not entry.problem]
    values = {"models": ", ".join(entry.card.name for entry in entries if not entry.problem)}
    if not shipped:
        text = QT_TRANSLATE_NOOP("doctor", "The model that comes with Danqing is missing or damaged.")
        remedy = QT_TRANSLATE_NOOP(
            "doctor", "Install Danqing again, or import a model: danqing models import FILE"
        )
        return Finding(False, text, values, remedy)
    return Finding(True, QT_TRANSLATE_NOOP("doctor", "Models: {models}"), values)


def _disk() -> Iterator[Finding]:
    folder = paths.state()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    values = {"folder": os.fspath(paths.state()), "free": f"{free / 2**30:.1f}"}
    if not os.access(folder, os.W_OK):
        text = QT_TRANSLATE_NOOP("doctor", "Danqing may not write to {folder}, where it keeps every step.")
        remedy = QT_TRANSLATE_NOOP("doctor", "Change its permissions, or set DANQING_HOME to another folder.")
        yield Finding(False, text, values, remedy)
    elif free < LOW_DISK:
        text = QT_TRANSLATE_NOOP("doctor", "Only {free} GiB are free where every step is kept ({folder}).")
        yield Finding(False, text, values, QT_TRANSLATE_NOOP("doctor", "Free some space."))
    else:
        yield Finding(True, QT_TRANSLATE_NOOP("doctor", "{free} GiB free in {folder}"), values)


def _libraries() -> Iterator[Finding]:
    if not sys.platform.startswith("linux"):
        return
    missing = [name for name in LIBRARIES if not _loads(name)]
    if not missing:
        return
    apt = shutil.which("dnf") is None
    packages = " ".join(dict.fromkeys(LIBRARIES[name][0 if apt else 1] for name in missing))
    command = f"sudo apt-get install -y {packages}" if apt else f"sudo dnf install -y {packages}"
    values = {"libraries": ", ".join(missing), "command": command}
    text = QT_TRANSLATE_NOOP("doctor", "System libraries are missing: {libraries}")
    yield Finding(False, text, values, QT_TRANSLATE_NOOP("doctor", "Run: {command}"))


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
