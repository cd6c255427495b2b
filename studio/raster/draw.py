"""The only door between arrays and Skia: surfaces over arrays, images borrowed from arrays.

Skia writes into whatever memory it is given, also into arrays that numpy marks read-only; so every surface of the
project is made here, where a frozen array is refused. No colour space is attached: values are drawn as they are stored.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from studio.raster.later import Later

if TYPE_CHECKING:
    import skia
else:
    skia = Later("skia")

_COLOUR = {np.dtype(np.float16): "kRGBA_F16_ColorType", np.dtype(np.float32): "kRGBA_F32_ColorType"}


def _colour_type(array: np.ndarray) -> skia.ColorType:
    if array.ndim == 2 and array.dtype == np.float16:
        return skia.ColorType.kA16_float_ColorType
    if array.ndim == 3 and array.shape[2] == 4 and array.dtype in _COLOUR:
        return getattr(skia.ColorType, _COLOUR[array.dtype])
    raise ValueError(
        f"pixels must be RGBA float16 or float32, or a float16 mask, not {array.shape} {array.dtype}"
    )


def _rows(array: np.ndarray) -> int:
    """Bytes from row to row. Raises ValueError where a row's pixels do not lie side by side."""
    pixel = array.itemsize * (array.shape[2] if array.ndim == 3 else 1)
    inner = array.strides[1] == pixel and (array.ndim == 2 or array.strides[2] == array.itemsize)
    if not inner or array.strides[0] < pixel * array.shape[1]:
        raise ValueError("the pixels of a row must lie side by side in memory")
    return array.strides[0]


@lru_cache(maxsize=512)
def _info(width: int, height: int, kind: skia.ColorType) -> skia.ImageInfo:
    return skia.ImageInfo.Make(width, height, kind, skia.AlphaType.kPremul_AlphaType)


def surface(array: np.ndarray) -> skia.Surface:
    """A Skia surface that draws into ``array`` [h, w, 4] float16 or float32 (premultiplied), or [h, w] float16 (mask).

    The caller keeps ``array`` alive as long as the surface. Raises ValueError for a read-only array: pixels that were
    ever in an artwork are never written again.
    """
    if not array.flags.writeable:
        raise ValueError("these pixels are frozen; draw on a copy")
    kind = _colour_type(array)
    info = _info(array.shape[1], array.shape[0], kind)
    rows = _rows(array)
    made = skia.Surface.MakeRasterDirect(info, array if array.flags.c_contiguous else _span(array), rows)
    if made is None:
        raise ValueError(f"no drawing surface over {array.shape} {array.dtype}")
    return made


def _span(array: np.ndarray) -> np.ndarray:
    """One flat contiguous run of memory from the first to the last value of a row-strided view."""
    last = array.strides[0] * (array.shape[0] - 1)
    row = array.itemsize * int(np.prod(array.shape[1:]))
    count = (last + row) // array.itemsize
    return np.lib.stride_tricks.as_strided(
        array, shape=(count,), strides=(array.itemsize,), writeable=array.flags.writeable
    )


def image(array: np.ndarray) -> skia.Image:
    """A Skia image that borrows ``array`` (same forms as :func:`surface`, read-only allowed); nothing is copied.

    The caller keeps ``array`` alive and unchanged until the drawing is done. Half floats below 6.1e-5 draw as 0.
    """
    kind = _colour_type(array)
    info = _info(array.shape[1], array.shape[0], kind)
    rows = _rows(array)
    pixmap = skia.Pixmap(info, array if array.flags.c_contiguous else _span(array), rows)
    return skia.Image.MakeFromRaster(pixmap)


@lru_cache(maxsize=512)
def paint(mode: skia.BlendMode, opacity: float = 1.0) -> skia.Paint:
    """A paint that draws with ``mode`` and ``opacity`` 0–1, without smoothing edges. Shared: not to be changed."""
    made = skia.Paint(BlendMode=mode, AntiAlias=False)
    if opacity != 1.0:
        made.setAlphaf(opacity)
    return made


def draw(canvas: skia.Canvas, source: skia.Image, left: int, top: int, pen: skia.Paint) -> None:
    """Draws ``source`` with its corner on (``left``, ``top``), pixel on pixel, cut to the surface.

    Whole images at whole pixels take Skia's sprite path; parts of images (drawImageRect) cost up to twice as much.
    """
    canvas.drawImage(source, left, top, skia.SamplingOptions(), pen)
