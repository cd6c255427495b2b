"""How much memory this process may still take."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path


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
