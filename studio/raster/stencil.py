"""Steps of a multigrid solver on rows of cells of three values with a border of zero, by ``stencil.c``.

All arrays are float32 in one piece: [height + 2, 3 · (width + 2)]. What the numbers mean says ``synthesis/multigrid.py``.
"""

from __future__ import annotations

import ctypes
from functools import cache

import numpy as np

from studio.raster import native

CELL = 3
"""Values of a cell."""


@cache
def _library() -> ctypes.CDLL:
    found = native.library("stencil")
    pointer, number, real = ctypes.c_void_p, ctypes.c_int32, ctypes.c_float
    found.danqing_residual.argtypes = [*[pointer] * 7, number, number]
    found.danqing_smooth.argtypes = [*[pointer] * 5, real, number, pointer, number, number]
    found.danqing_join.argtypes = [pointer, pointer, pointer, number, number]
    found.danqing_correct.argtypes = [pointer, pointer, pointer, number, number, ctypes.c_ssize_t]
    for name in ("residual", "smooth", "join", "correct"):
        getattr(found, f"danqing_{name}").restype = None
    return found


def _at(shape: tuple[int, ...], *arrays: np.ndarray | None) -> list[int | None]:
    """Addresses of arrays of one shape. Raises ValueError for others."""
    for array in arrays:
        if array is not None and (
            array.shape != shape or array.dtype != np.float32 or not array.flags.c_contiguous
        ):
            raise ValueError(f"{array.shape} {array.dtype} are no rows of {shape} in one piece")
    return [None if array is None else array.__array_interface__["data"][0] for array in arrays]


def residual(
    x: np.ndarray,
    wanted: np.ndarray | None,
    conductance: tuple[np.ndarray, np.ndarray] | None,
    diagonal: np.ndarray,
    inside: np.ndarray,
) -> np.ndarray:
    """``wanted`` (None: zero) plus what the neighbours give less diagonal · x. ``conductance``: to the right and down; where
    it is None each is 1, and the result is times ``inside``."""
    out = np.empty_like(x)
    _library().danqing_residual(
        *_at(x.shape, x, wanted, *(conductance or (None, None)), diagonal, inside, out), *x.shape
    )
    return out


def smoothed(
    x: np.ndarray,
    wanted: np.ndarray,
    conductance: tuple[np.ndarray, np.ndarray] | None,
    inverse: np.ndarray,
    factor: float,
    *,
    divided: bool = False,
) -> np.ndarray:
    """``x`` after one of Jacobi's steps times ``factor``. ``divided``: ``wanted`` is times ``inverse`` already."""
    out = np.empty_like(x)
    *given, target = _at(x.shape, x, wanted, *(conductance or (None, None)), inverse, out)
    _library().danqing_smooth(*given, factor, divided, target, *x.shape)
    return out


def joined(fine: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """Sums of 2 × 2 cells times ``inside`` of the coarse grid; beyond an odd side lies nothing."""
    width, height = fine.shape[1] // CELL - 2, fine.shape[0] - 2
    shape = ((height + 1) // 2 + 2, CELL * ((width + 1) // 2 + 2))
    out = np.empty(shape, np.float32)
    _library().danqing_join(*_at(fine.shape, fine), *_at(shape, out, inside), width, height)
    return out


def correct(x: np.ndarray, cells: np.ndarray, inside: np.ndarray) -> None:
    """Adds ``cells`` [h, w, 3], float32, at least as large as the grid without its border, times ``inside``, in place."""
    width, height = x.shape[1] // CELL - 2, x.shape[0] - 2
    if cells.dtype != np.float32 or cells.shape[2:] != (CELL,) or not cells.flags.c_contiguous:
        raise ValueError(f"{cells.shape} {cells.dtype} are no cells of three values in one piece")
    if cells.shape[0] < height or cells.shape[1] < width:
        raise ValueError(f"{cells.shape} is smaller than {width} × {height}")
    target, weight = _at(x.shape, x, inside)
    _library().danqing_correct(
        target, cells.__array_interface__["data"][0], weight, width, height, CELL * cells.shape[1]
    )
