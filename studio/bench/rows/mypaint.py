"""libmypaint, driven through its C interface: what another brush engine does with the same path on the same machine.

``apt-get install libmypaint-1.5-1`` (ISC licence); only the benchmark looks for it.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import math
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

_NAMES = ("libmypaint-1.5.so.1", "libmypaint.so.0", "libmypaint-1.5.dylib")
_SECONDS = 0.005
_DRAW = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, *[ctypes.c_float] * 13)
"""``draw_dab``: surface, x, y, radius, red, green, blue, opaque, hardness, alpha eraser, aspect ratio, angle, lock alpha,
colorize."""
Place = tuple[float, float, float]


class _Rectangle(ctypes.Structure):
    _fields_ = (("x", ctypes.c_int), ("y", ctypes.c_int), ("width", ctypes.c_int), ("height", ctypes.c_int))


def library() -> ctypes.CDLL | None:
    """The library, or None where it is not installed."""
    for name in (*_NAMES, ctypes.util.find_library("mypaint") or ""):
        try:
            if name:
                return _declared(ctypes.CDLL(name))
        except OSError:
            continue
    return None


def _declared(found: ctypes.CDLL) -> ctypes.CDLL:
    pointer, real = ctypes.c_void_p, ctypes.c_float
    found.mypaint_brush_new.restype = pointer
    found.mypaint_fixed_tiled_surface_new.restype = pointer
    found.mypaint_fixed_tiled_surface_interface.restype = pointer
    found.mypaint_fixed_tiled_surface_interface.argtypes = [pointer]
    found.mypaint_surface_unref.argtypes = [pointer]
    found.mypaint_brush_unref.argtypes = [pointer]
    found.mypaint_brush_from_defaults.argtypes = [pointer]
    found.mypaint_brush_new_stroke.argtypes = [pointer]
    found.mypaint_brush_set_base_value.argtypes = [pointer, ctypes.c_int, real]
    found.mypaint_brush_setting_from_cname.argtypes = [ctypes.c_char_p]
    found.mypaint_brush_stroke_to.argtypes = [pointer, pointer, *[real] * 5, ctypes.c_double]
    found.mypaint_surface_begin_atomic.argtypes = [pointer]
    found.mypaint_surface_end_atomic.argtypes = [pointer, pointer]
    return found


def seconds(
    library: ctypes.CDLL,
    places: Sequence[Place],
    *,
    side: int,
    radius: float,
    spacing: float,
    hardness: float,
    opaque: float,
) -> float:
    """Processor seconds for the stroke through ``places`` (x, y, pressure), each an event of its own.

    ``spacing`` as a fraction of the diameter; pressure drives how opaque a dab is, as in libmypaint's default brush.
    """
    with _surface(library, side) as surface, _brush(library, radius, spacing, hardness, opaque) as brush:
        began = time.thread_time()
        _stroke(library, brush, surface, places)
        return time.thread_time() - began


def count(
    library: ctypes.CDLL,
    places: Sequence[Place],
    *,
    side: int,
    radius: float,
    spacing: float,
    hardness: float,
    opaque: float,
) -> int:
    """How many dabs that stroke has: the surface's own way of drawing one, its first member, is exchanged for counting."""
    found = 0

    def counted(*_values: object) -> int:
        nonlocal found
        found += 1
        return 1

    with _surface(library, side) as surface, _brush(library, radius, spacing, hardness, opaque) as brush:
        kept = _DRAW(counted)
        slot = ctypes.cast(surface, ctypes.POINTER(ctypes.c_void_p))
        before, slot[0] = slot[0], ctypes.cast(kept, ctypes.c_void_p).value
        try:
            _stroke(library, brush, surface, places)
        finally:
            slot[0] = before
    return found


@contextmanager
def _surface(library: ctypes.CDLL, side: int) -> Iterator[int]:
    surface = library.mypaint_fixed_tiled_surface_interface(
        library.mypaint_fixed_tiled_surface_new(side, side)
    )
    try:
        yield surface
    finally:
        library.mypaint_surface_unref(surface)


@contextmanager
def _brush(
    library: ctypes.CDLL, radius: float, spacing: float, hardness: float, opaque: float
) -> Iterator[int]:
    brush = library.mypaint_brush_new()
    library.mypaint_brush_from_defaults(brush)
    values = {
        b"radius_logarithmic": math.log(radius),
        b"hardness": hardness,
        b"opaque": opaque,
        b"opaque_linearize": 0.0,
        b"dabs_per_actual_radius": 1 / (2 * spacing),
        b"dabs_per_basic_radius": 0.0,
        b"dabs_per_second": 0.0,
    }
    for name, value in values.items():
        library.mypaint_brush_set_base_value(brush, library.mypaint_brush_setting_from_cname(name), value)
    library.mypaint_brush_new_stroke(brush)
    try:
        yield brush
    finally:
        library.mypaint_brush_unref(brush)


def _stroke(library: ctypes.CDLL, brush: int, surface: int, places: Sequence[Place]) -> None:
    changed = _Rectangle()
    for x, y, pressure in places:
        library.mypaint_surface_begin_atomic(surface)
        library.mypaint_brush_stroke_to(brush, surface, x, y, pressure, 0.0, 0.0, _SECONDS)
        library.mypaint_surface_end_atomic(surface, ctypes.byref(changed))
