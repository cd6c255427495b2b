"""When memory runs short: history and caches give theirs back first, and the artist is told once."""

from __future__ import annotations

import ctypes
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from studio.jobs.job import Priority
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import file_work
from studio.workspace.notices import Notice

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

MIB = 1 << 20
SHORT = 768 * MIB
"""Bytes left below which the studio makes room."""
ROOMY = 2 * SHORT
"""Bytes left above which history and caches have their usual budgets again."""
LOOK_SECONDS = 1.0
TIGHT_HISTORY = 64 * MIB
TIGHT_CACHE = 96 * MIB
ASIDE_CACHE = 16 * MIB
"""For a picture that is not shown."""
RUNS_SHORT = QT_TRANSLATE_NOOP(
    "notices",
    "Memory runs short: earlier steps are now read from the journal when you undo. Close other pictures or programs.",
)

Meter = Callable[[], int | None]
"""Bytes that the process may still take; None where the system does not tell."""


class Memory:
    """Looks at most once a second, while pictures change, at how much is left. UI thread.

    Steps that the journal has not written yet, and what is shown, always stay.
    """

    def __init__(self, studio: Studio, meter: Meter | None = None) -> None:
        self._studio = studio
        self.meter: Meter = meter or bytes_left
        self.short = False
        self._looked = float("-inf")
        self._told = False

    def look(self) -> None:
        """Makes room where little is left; gives the usual budgets back where there is much again. Costs 0.1 ms a second."""
        now = time.monotonic()
        if now - self._looked < LOOK_SECONDS:
            return
        self._looked = now
        left = self.meter()
        if left is None:
            return
        if left < SHORT:
            self.make_room()
        elif self.short and left > ROOMY:
            self._widen()

    def ran_out(self) -> None:
        """Something could not have the memory that it asked for."""
        self.make_room()

    def make_room(self) -> None:
        """Earlier steps and kept tiles leave the memory, those of the shown picture last; said once."""
        self.short = True
        for picture in self._studio.pictures:
            self._tighten(picture)
        if not self._told:
            self._told = True
            self._studio.tell(Notice(kind="warn", text=RUNS_SHORT))

    def begin(self, picture: Picture) -> None:
        """A picture that is opened while memory is short has small budgets from the start."""
        if self.short:
            self._tighten(picture)

    def _tighten(self, picture: Picture) -> None:
        shown = picture is self._studio.current
        picture.document.set_budget(TIGHT_HISTORY)
        picture.tile_budget = TIGHT_HISTORY
        picture.renderer.set_budget(TIGHT_CACHE if shown else ASIDE_CACHE)
        if picture.journal is not None:
            self._studio.files_lane.submit(
                partial(file_work.evicted, picture, shown),
                label="memory",
                priority=Priority.normal,
                replace=f"memory{id(picture)}",
            )

    def _widen(self) -> None:
        self.short = False
        settings = self._studio.settings
        for picture in self._studio.pictures:
            picture.document.set_budget(settings.history_budget)
            picture.tile_budget = settings.history_budget
            picture.renderer.set_budget(settings.cache_budget)


def bytes_left() -> int | None:
    """What this process may still take: the system's free memory, less where a container or a limit allows less."""
    if sys.platform == "win32":
        return _left_on_windows()
    if sys.platform == "darwin":
        return _left_on_mac()
    found = [left for left in (_left_on_linux(), _left_in_container(), _left_of_limit()) if left is not None]
    return min(found, default=None)


def _left_on_linux(file: str = "/proc/meminfo") -> int | None:
    """``MemAvailable``: what can be had without swapping, caches counted in (kernel 3.14 and later)."""
    for line in _text(file).splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return None


def _left_in_container(folder: str = "/sys/fs/cgroup") -> int | None:
    """Limit less use of control group version 2; pages of files, which the kernel takes back, do not count as used."""
    limit, used = _text(f"{folder}/memory.max").strip(), _text(f"{folder}/memory.current").strip()
    if not limit.isdigit() or not used.isdigit():
        return None
    counts = dict(line.split() for line in _text(f"{folder}/memory.stat").splitlines())
    return int(limit) - int(used) + int(counts.get("inactive_file", 0)) + int(counts.get("active_file", 0))


def _left_of_limit() -> int | None:
    """What ``ulimit -v`` leaves of the address space."""
    import resource

    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    pages = _text("/proc/self/statm").split()
    if limit == resource.RLIM_INFINITY or not pages:
        return None
    return limit - int(pages[0]) * resource.getpagesize()


def _text(file: str) -> str:
    try:
        return Path(file).read_text()
    except OSError:
        return ""


class _Status(ctypes.Structure):
    """MEMORYSTATUSEX of the Windows API."""

    _fields_ = [
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        *((name, ctypes.c_uint64) for name in ("physical", "free", "commit", "commit_left", "virtual", "virtual_left", "extended")),
    ]  # fmt: skip


def _left_on_windows() -> int | None:
    """Free memory, or what may still be committed (the page file is full) where that is less."""
    status = _Status(length=ctypes.sizeof(_Status))
    library = getattr(ctypes, "windll", None)
    if library is None or not library.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return None
    return min(status.free, status.commit_left)


def _left_on_mac() -> int | None:
    """The share that the system calls free (``kern.memorystatus_level``, percent) of the memory that is built in."""
    library = ctypes.CDLL(None)
    level, size = ctypes.c_int32(), ctypes.c_uint64()
    for name, value in ((b"kern.memorystatus_level", level), (b"hw.memsize", size)):
        length = ctypes.c_size_t(ctypes.sizeof(value))
        if library.sysctlbyname(name, ctypes.byref(value), ctypes.byref(length), None, 0) != 0:
            return None
    return size.value * level.value // 100
