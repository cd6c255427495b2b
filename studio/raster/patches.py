"""Patches, seams and soap films, compiled: the arrays are checked here, the work is done in ``patches.c``.

A picture is float32 [h, w, 4] in one piece. Places are int32 [n, 2], (x, y) in pixels, row by row.
"""

from __future__ import annotations

import ctypes
from functools import cache

import numpy as np

from studio.raster.native import library

MIRROR_ACROSS, MIRROR_DOWN = 1, 2


@cache
def _patches() -> ctypes.CDLL:
    found = library("patches")
    pointer, number = ctypes.c_void_p, ctypes.c_int32
    found.danqing_match.argtypes = [
        pointer, pointer, number, number, number, pointer, pointer, pointer, pointer, number, number, number, number,
        ctypes.c_uint64, number,
    ]  # fmt: skip
    found.danqing_vote.argtypes = [
        pointer, number, number, number, pointer, number, pointer, pointer, pointer, pointer,
    ]  # fmt: skip
    found.danqing_seam.argtypes = [pointer, pointer, pointer, number, number, number, pointer]
    found.danqing_film.argtypes = [pointer, number, number, pointer, number, number, ctypes.c_float]
    found.danqing_close.argtypes = [pointer, number, number, number, pointer]
    for name in ("match", "vote", "seam", "close", "film"):
        getattr(found, f"danqing_{name}").restype = None
    return found


def _address(array: np.ndarray, dtype: type, shape: tuple[int, ...]) -> int:
    """Raises ValueError where the array is not what the compiled part reads."""
    if array.dtype != dtype or array.shape != shape or not array.flags.c_contiguous:
        raise ValueError(f"{array.shape} {array.dtype} is not {shape} {np.dtype(dtype)} in one piece")
    address = array.__array_interface__["data"][0]
    if shape[-1:] == (4,) and address % 16:
        raise ValueError("the pixels must lie at a multiple of 16 bytes")
    return address


def aligned(shape: tuple[int, ...]) -> np.ndarray:
    """Zeros, float32, at a multiple of 16 bytes: what the functions here take as a picture."""
    count = int(np.prod(shape))
    memory = np.zeros(count + 4, np.float32)
    first = (-memory.__array_interface__["data"][0] % 16) // 4
    return memory[first : first + count].reshape(shape)


def places_of(mask: np.ndarray) -> np.ndarray:
    """The places where the mask [h, w] is true, row by row: int32 [n, 2]."""
    rows, columns = np.nonzero(mask)
    return np.ascontiguousarray(np.stack((columns, rows), 1).astype(np.int32))


def match(
    pixels: np.ndarray,
    sources: np.ndarray,
    radius: int,
    places: np.ndarray,
    numbers: np.ndarray,
    found: np.ndarray,
    costs: np.ndarray,
    part: tuple[int, int],
    *,
    mirrors: int,
    reach: int,
    seed: int,
    fresh: bool,
) -> None:
    """One pass of PatchMatch over the targets ``part`` = (first, end), or backwards (end, first), in place.

    ``sources`` uint8 [h, w]: 1 at the middle of each patch that may be taken; such a patch lies inside the picture.
    ``numbers`` int32 [h, w]: the number of the target there, or −1. ``found`` int32 [n, 3]: source x, y and mirror of each
    target; ``costs`` float32 [n]: their sums of squared differences. ``fresh``: costs are computed anew first.
    """
    height, width = pixels.shape[:2]
    count = len(places)
    _patches().danqing_match(
        _address(pixels, np.float32, (height, width, 4)), _address(sources, np.uint8, (height, width)), width, height,
        radius, _address(places, np.int32, (count, 2)), _address(numbers, np.int32, (height, width)),
        _address(found, np.int32, (count, 3)), _address(costs, np.float32, (count,)), *part, mirrors, reach,
        seed & 0xFFFFFFFFFFFFFFFF, fresh,
    )  # fmt: skip


def vote(
    pixels: np.ndarray,
    radius: int,
    hole: np.ndarray,
    numbers: np.ndarray,
    found: np.ndarray,
    weights: np.ndarray,
) -> np.ndarray:
    """For each place of ``hole`` [n, 2] the mean of what the patches over it say, by ``weights`` float32 > 0: [n, 4]."""
    height, width = pixels.shape[:2]
    result = aligned((len(hole), 4))
    _patches().danqing_vote(
        _address(pixels, np.float32, (height, width, 4)), width, height, radius,
        _address(hole, np.int32, (len(hole), 2)), len(hole), _address(numbers, np.int32, (height, width)),
        _address(found, np.int32, (len(weights), 3)), _address(weights, np.float32, (len(weights),)),
        _address(result, np.float32, (len(hole), 4)),
    )  # fmt: skip
    return result


def seam(grey: np.ndarray, bias: np.ndarray, sums: np.ndarray, width: int) -> np.ndarray:
    """The column, in each row, of the seam of least forward energy within the first ``width`` columns: int32 [h]."""
    height, stride = grey.shape
    result = np.empty(height, np.int32)
    _patches().danqing_seam(
        _address(grey, np.float32, (height, stride)), _address(bias, np.float32, (height, stride)),
        _address(sums, np.float32, (height, stride)), width, height, stride, _address(result, np.int32, (height,)),
    )  # fmt: skip
    return result


def close(plane: np.ndarray, seam: np.ndarray, width: int) -> None:
    """Takes the seam out of the first ``width`` columns of ``plane`` [h, w], float32 or int32, in place."""
    height, stride = plane.shape
    kind = np.int32 if plane.dtype == np.int32 else np.float32
    columns = _address(seam, np.int32, (height,))
    _patches().danqing_close(_address(plane, kind, (height, stride)), width, height, stride, columns)


def film(values: np.ndarray, places: np.ndarray, sweeps: int, pull: float) -> None:
    """``sweeps`` of over-relaxation, in place: ``values`` [h, w, 4] at ``places`` towards their neighbours' mean."""
    height, width = values.shape[:2]
    _patches().danqing_film(
        _address(values, np.float32, (height, width, 4)), width, height,
        _address(places, np.int32, (len(places), 2)), len(places), sweeps, pull,
    )  # fmt: skip
