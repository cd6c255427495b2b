"""What was measured: one figure per target, as a line and as JSON."""

from __future__ import annotations

import datetime
import importlib.metadata
import os
import platform
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np

from studio import __version__

PACKAGES = ("torch", "numpy", "skia-python", "PySide6-Essentials", "opencv-contrib-python-headless")


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """``target``: the most that p50, p95, p99 or max may be, by name. ``peak_memory``: MiB of the measuring process."""

    row: str = ""
    what: str
    unit: str
    n: int
    p50: float
    p95: float
    p99: float
    max: float
    target: dict[str, float] = {}
    met: bool | None = None
    peak_memory: float = 0.0
    note: str = ""


def figure(
    what: str, unit: str, samples: Sequence[float], target: dict[str, float] | None = None, note: str = ""
) -> Figure:
    """The percentiles of ``samples``; without samples a figure that says only why (``note``)."""
    values = np.asarray(samples, float)
    if not values.size:
        return Figure(what=what, unit=unit, n=0, p50=0, p95=0, p99=0, max=0, target=target or {}, note=note)
    found = {
        "p50": float(np.percentile(values, 50)),
        "p95": float(np.percentile(values, 95)),
        "p99": float(np.percentile(values, 99)),
        "max": float(values.max()),
    }
    rounded = {name: float(f"{value:.4g}") for name, value in found.items()}
    met = all(rounded[name] <= most for name, most in (target or {}).items()) if target else None
    return Figure(
        what=what, unit=unit, n=len(values), p50=rounded["p50"], p95=rounded["p95"], p99=rounded["p99"],
        max=rounded["max"], target=target or {}, met=met, note=note,
    )  # fmt: skip


def line(one: Figure) -> str:
    """One figure for reading."""
    if not one.n:
        return f"{one.row:12} {one.what}: {one.note}"
    values = f"p50 {one.p50:g}  p95 {one.p95:g}  p99 {one.p99:g}  max {one.max:g} {one.unit}  (n {one.n})"
    target = ", ".join(f"{name} ≤ {most:g}" for name, most in one.target.items())
    verdict = "" if one.met is None else f"  [{'met' if one.met else 'MISSED'}: {target}]"
    note = f"  {one.note}" if one.note else ""
    return f"{one.row:12} {one.what}: {values}{verdict}{note}"


def document(measured: Sequence[Figure], *, quick: bool) -> bytes:
    """Machine, date and all figures as JSON."""
    plain = {
        "machine": machine(),
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "quick": quick,
        "figures": [msgspec.to_builtins(one) for one in measured],
    }
    return msgspec.json.format(msgspec.json.encode(plain), indent=1) + b"\n"


def machine() -> dict[str, object]:
    """Processor, cores, memory, system, versions, and how busy it was."""
    versions = {"danqing": __version__, "python": platform.python_version()}
    for name in PACKAGES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": _memory(),
        "system": platform.platform(terse=True),
        "versions": versions,
        "load": [round(value, 2) for value in os.getloadavg()] if hasattr(os, "getloadavg") else [],
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    found = (part.partition(":")[2].strip() for part in lines if part.startswith("model name"))
    return next(found, platform.processor())


def _memory() -> float:
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return 0.0
    return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30, 1)
