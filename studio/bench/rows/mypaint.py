"""libmypaint, driven through its C interface: what another brush engine does with the same path on the same machine.

``apt-get install libmypaint-1.5-1`` (ISC licence); only the benchmark looks for it.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import math
import time
from collections.abc import Sequence

_NAMES = ("libmypaint-1.5.so.1", "libmypaint.so.0", "libmypaint-1.5.dylib")
_SECONDS = 0.005


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
    places: Sequence[tuple[float, float, float]],
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
    whole = library.mypaint_fixed_tiled_surface_new(side, side)
    surface = library.mypaint_fixed_tiled_surface_interface(whole)
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
    changed = _Rectangle()
    began = time.thread_time()
    for x, y, pressure in places:
        library.mypaint_surface_begin_atomic(surface)
        library.mypaint_brush_stroke_to(brush, surface, x, y, pressure, 0.0, 0.0, _SECONDS)
        library.mypaint_surface_end_atomic(surface, ctypes.byref(changed))
    took = time.thread_time() - began
    library.mypaint_brush_unref(brush)
    library.mypaint_surface_unref(surface)
    return took
