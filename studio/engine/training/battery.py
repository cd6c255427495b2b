"""Whether this computer runs on its battery, asked of the system, and a run that waits for the mains.

Linux: the kernel's ABI, Documentation/ABI/testing/sysfs-class-power. Windows: GetSystemPowerStatus. macOS: ``pmset -g batt``.
"""

from __future__ import annotations

import contextlib
import ctypes
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path

from studio.messages.event import Event
from studio.messages.events import Progress
from studio.messages.training import ON_BATTERY

SUPPLIES = Path("/sys/class/power_supply")
EVERY = 20.0
"""Seconds between two looks while it learns."""
NAP = 0.5
"""Seconds of one step of waiting, so that it can be stopped."""


def on_battery() -> bool:
    """True only where the system says so: a computer without battery, and one that does not tell, are at the mains."""
    if sys.platform == "win32":
        return _windows()
    if sys.platform == "darwin":
        return _macos()
    return _linux(SUPPLIES)


def _linux(supplies: Path) -> bool:
    """No mains or USB supply is on line, and a battery of the computer discharges; batteries of mice and pens do not count."""
    discharging = False
    with contextlib.suppress(OSError):
        for supply in supplies.iterdir():
            kind = _said(supply, "type")
            if kind in ("Mains", "USB") and _said(supply, "online") == "1":
                return False
            if kind == "Battery" and _said(supply, "scope") != "Device":
                discharging |= _said(supply, "status") == "Discharging"
    return discharging


def _said(supply: Path, name: str) -> str:
    try:
        return (supply / name).read_text().strip()
    except (OSError, UnicodeDecodeError):
        return ""


class _PowerStatus(ctypes.Structure):
    """SYSTEM_POWER_STATUS of winbase.h."""

    _fields_ = (
        ("line", ctypes.c_ubyte),
        ("battery", ctypes.c_ubyte),
        ("percent", ctypes.c_ubyte),
        ("saver", ctypes.c_ubyte),
        ("seconds", ctypes.c_uint32),
        ("full_seconds", ctypes.c_uint32),
    )


def _windows() -> bool:
    """ACLineStatus 0 is off line, 255 unknown."""
    status = _PowerStatus()
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    return bool(kernel.GetSystemPowerStatus(ctypes.byref(status))) and status.line == 0


def _macos() -> bool:
    try:
        said = subprocess.run(
            ("pmset", "-g", "batt"), capture_output=True, text=True, timeout=5, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return False
    return "'Battery Power'" in said


def at_mains(
    events: Generator[Event, None, None],
    asked: Callable[[], bool] = on_battery,
    *,
    every: float = EVERY,
    nap: float = NAP,
) -> Generator[Event, None, None]:
    """The same events; while ``asked`` says battery nothing is worked on, and Progress with ON_BATTERY is told instead."""
    last, looked = Progress(done=0, total=0), time.monotonic() - every
    with contextlib.closing(events):
        for event in events:
            yield event
            last = event if isinstance(event, Progress) else last
            if time.monotonic() - looked < every:
                continue
            while asked():
                yield Progress(done=last.done, total=last.total, text=ON_BATTERY, stage=last.stage)
                time.sleep(nap)
            looked = time.monotonic()
