"""What dabs of wet brushes do with the pixels under them, by ``wet.c``. Arrays are float32; what is written must be writable."""

from __future__ import annotations

import ctypes
from functools import cache

import numpy as np

from studio.raster import native


@cache
def _library() -> ctypes.CDLL:
    found = native.library("wet")
    pointer, number, single = ctypes.c_void_p, ctypes.c_int32, ctypes.c_float
    plane = [pointer, ctypes.c_ssize_t]
    found.danqing_on_ground.argtypes = [
        *plane, *plane, number, number, single, single, single, pointer, *[number] * 4,
    ]  # fmt: skip
    found.danqing_take_up.argtypes = [*plane * 5, number, number, single, pointer]
    found.danqing_lay_paint.argtypes = [*plane * 3, number, number, single, pointer, *plane * 2, single]
    found.danqing_towards.argtypes = [*plane * 4, number, number, number, single, number]
    found.danqing_smear.argtypes = [*plane * 4, *[number] * 8, single, number]
    found.danqing_lay_wet.argtypes = [*plane * 5, number, number, number]
    found.danqing_oval.argtypes = [pointer, number, number, *[single] * 7]
    found.danqing_settle.argtypes = [*plane * 2, number, number, number]
    for name in ("on_ground", "take_up", "lay_paint", "towards", "smear", "lay_wet", "oval"):
        getattr(found, f"danqing_{name}").restype = None
    found.danqing_settle.restype = number
    return found


def on_ground(
    cover: np.ndarray, level: float, gain: float, loss: float, heights: np.ndarray, corner: tuple[int, int]
) -> np.ndarray:
    """float32 [h, w]: ``cover`` · ``level`` · ``gain`` − ``loss`` · height, cut to 0–1. ``heights`` [tall, wide] repeat; the
    first pixel stands at (column, row) ``corner`` of them."""
    height, width = cover.shape
    target = np.empty((height, width), np.float32)
    tall, wide = heights.shape
    heights = np.ascontiguousarray(heights, np.float32)
    _library().danqing_on_ground(
        *_plane(cover, 1, cover.shape), *_plane(target, 1, cover.shape), width, height, level, gain, loss,
        heights.__array_interface__["data"][0], wide, tall, corner[0] % wide, corner[1] % tall,
    )  # fmt: skip
    return target


def take_up(
    weight: np.ndarray,
    level: float,
    covered: np.ndarray,
    paint: np.ndarray,
    before: np.ndarray,
    around: np.ndarray | None,
    sums: np.ndarray,
) -> None:
    """Adds to ``sums`` (float64 [5]) the sum of ``weight`` [h, w] · ``level`` and by it the pixels that a brush takes up.

    Half of them is what lay there before the stroke, ``before`` [h, w, 4]: else dabs that overlap would see little but
    themselves, and how much is mixed in would hang on the spacing. The other half is this as far as nothing is
    ``covered`` [h, w], and ``paint`` [h, w, 4]. ``around`` [h, w, 4]: what the picture shows around the layer, to be seen
    where that is transparent.
    """
    height, width = weight.shape
    pixels = height, width, 4
    _library().danqing_take_up(
        *_plane(weight, 1, weight.shape), *_plane(covered, 1, weight.shape), *_plane(paint, 4, pixels),
        *_plane(before, 4, pixels), *_plane(around, 4, pixels), width, height, level,
        sums.__array_interface__["data"][0],
    )  # fmt: skip


def lay_paint(
    weight: np.ndarray,
    covered: np.ndarray | None,
    paint: np.ndarray,
    flow: float,
    part: np.ndarray,
    printed: tuple[np.ndarray, np.ndarray, float] | None = None,
) -> None:
    """Lays a dab over those before, in place: with w = ``weight`` · ``flow``, ``paint`` [h, w, 4] · (1 − w) + w · ``part`` [4],
    and ``covered`` [h, w] · (1 − w) + w.

    ``printed``: the premultiplied colours of a tip [h, w, 4], its cover [h, w], and how much of them is added.
    """
    height, width = weight.shape
    colours, cover, own = (None, None, 0.0) if printed is None else printed
    part = np.ascontiguousarray(part, np.float32)
    _library().danqing_lay_paint(
        *_plane(weight, 1, weight.shape), *_plane(covered, 1, weight.shape, written=True),
        *_plane(paint, 4, (height, width, 4), written=True), width, height, flow,
        part.__array_interface__["data"][0], *_plane(colours, 4, (height, width, 4)),
        *_plane(cover, 1, weight.shape), own,
    )  # fmt: skip


def towards(
    pixels: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray,
    rate: float,
    *,
    keeps_alpha: bool = False,
    carried: np.ndarray | None = None,
) -> None:
    """Takes ``pixels`` [h, w, 1 or 4] towards ``target``, in place, by ``weight`` [h, w] · ``rate``; they stay exactly themselves
    where that is 0. With ``keeps_alpha`` new colours are laid into the alpha that was there; ``carried`` gets the new
    pixels as they are before that, and may be the target."""
    height, width, channels = pixels.shape
    if channels not in (1, 4):
        raise ValueError(f"pixels of {channels} channels are not painted on")
    _library().danqing_towards(
        *_plane(pixels, channels, pixels.shape, written=True), *_plane(target, channels, pixels.shape),
        *_plane(weight, 1, (height, width)), *_plane(carried, channels, pixels.shape, written=True),
        width, height, channels, rate, keeps_alpha,
    )  # fmt: skip


def smear(
    pixels: np.ndarray,
    weight: np.ndarray,
    rate: float,
    held: np.ndarray,
    carried: np.ndarray,
    where: tuple[slice, slice],
    *,
    keeps_alpha: bool = False,
) -> None:
    """As :func:`towards` with pixels [h, w, 4], where the target is ``held`` [tall, wide, 4] stretched linearly to the size of
    ``carried`` [rows, columns, 4]: its part ``where``, which gets the new pixels."""
    height, width = weight.shape
    kept, shape = carried[where], (height, width, 4)
    _library().danqing_smear(
        *_plane(pixels, 4, shape, written=True), *_plane(weight, 1, weight.shape), *_plane(held, 4, held.shape),
        *_plane(kept, 4, shape, written=True), width, height, held.shape[1], held.shape[0], carried.shape[1],
        carried.shape[0], where[1].start, where[0].start, rate, keeps_alpha,
    )  # fmt: skip


def lay_wet(
    target: np.ndarray, old: np.ndarray | None, cover: np.ndarray, covered: np.ndarray, paint: np.ndarray
) -> None:
    """``target`` = ``old`` · (1 − ``cover``) + ``paint`` · ``cover`` / ``covered``, in float32 and then rounded.

    ``target`` and ``old`` [h, w, 4] of one type, float16 or float32; None is transparent.
    """
    height, width = cover.shape
    if old is not None and old.dtype != target.dtype:
        raise ValueError(f"paint cannot be laid on {old.dtype} as {target.dtype}")
    pixels = height, width, 4
    _library().danqing_lay_wet(
        *_plane(target, 4, pixels, target.itemsize, written=True), *_plane(old, 4, pixels, target.itemsize),
        *_plane(cover, 1, cover.shape), *_plane(covered, 1, cover.shape), *_plane(paint, 4, pixels),
        width, height, target.itemsize == 2,
    )  # fmt: skip


def settle(target: np.ndarray, values: np.ndarray) -> bool:
    """Rounds ``values``, float32 [h, w] or [h, w, 4], into ``target`` of float16 or float32; whether that differs now."""
    height, width = target.shape[:2]
    channels = 4 if target.ndim == 3 else 1
    return bool(
        _library().danqing_settle(
            *_plane(target, channels, target.shape, target.itemsize, written=True), *_plane(values, channels, target.shape),
            channels * width, height, target.itemsize == 2,
        )
    )  # fmt: skip


def oval(
    size: tuple[int, int],
    corner: tuple[float, float],
    turn: tuple[float, float],
    flat: float,
    full: float,
    soft: float,
) -> np.ndarray:
    """float32 [h, w] of ``size``: a round print of radius ``full``, flattened to ``flat`` and turned (cosine, sine); ``soft``
    pixels wide is its edge. ``corner``: (x, y) of the first pixel's middle from the dab's."""
    target = np.empty(size, np.float32)
    _library().danqing_oval(
        target.__array_interface__["data"][0], size[1], size[0], *corner, *turn, flat, full, soft
    )
    return target


def _plane(
    array: np.ndarray | None, channels: int, shape: tuple[int, ...], size: int = 4, *, written: bool = False
) -> tuple[int, int]:
    """(address of the first pixel, bytes of a row); zeros for None. Raises ValueError where it does not fit."""
    if array is None:
        return 0, 0
    if array.shape[2:] == (1,):
        array, shape = array[..., 0], shape[:2]
    if array.shape != shape or array.itemsize != size or (written and not array.flags.writeable):
        raise ValueError(f"{array.shape} {array.dtype} cannot be painted on or from as {shape}")
    return native.start(array, channels * size), array.strides[0]
