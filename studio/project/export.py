"""A flattened picture → a file: PNG, JPEG, TIFF, WebP."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from studio.document.artwork import Artwork, ColourSpace
from studio.project import atomic, export_profile
from studio.project.atomic import AGAIN, At
from studio.project.errors import ExportError
from studio.project.jpeg_bands import jpeg_parts
from studio.project.options import ExportOptions
from studio.project.png import encode_png, png_parts
from studio.project.tiff import encode_tiff, tiff_parts
from studio.raster.geometry import TILE, Rect
from studio.raster.icc import is_srgb

FORMATS = {
    ".png": "png",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".tif": "tiff",
    ".tiff": "tiff",
    ".webp": "webp",
}
_SIDE = {"jpeg": 65_500, "webp": 16_383, "gif": 65_535}
_PIXELS = 1 << 16
"""Converted at once: what stays in the cache of a processor."""
BAND_PIXELS = 1 << 24
"""Drawn for a file at a time."""


def format_of(path: str | Path) -> str:
    """png, jpeg, tiff or webp from the file's ending. Raises ExportError."""
    try:
        return FORMATS[Path(path).suffix.lower()]
    except KeyError:
        raise ExportError("unknown_format", path) from None


Take = Callable[[Rect, np.ndarray], None]
"""Is given a part of the picture and its premultiplied float32 pixels, from any thread; they are not kept."""
Draw = Callable[[Artwork, Take, Rect], None]
"""Gives to ``Take`` what is in a rectangle of the picture, in parts that do not overlap."""


def export_artwork(
    artwork: Artwork,
    flatten: Callable[[Artwork], np.ndarray],
    path: str | Path,
    options: ExportOptions | None = None,
    draw: Draw | None = None,
) -> None:
    """Writes what the artist sees. ``flatten`` gives float32 premultiplied [h, w, 4] (the renderer's). ``draw``: gives the same
    band by band, where that is possible; then no more than a band is in memory as floats, and nothing more at all of a
    PNG, TIFF or JPEG. Raises ExportError."""
    options = options or ExportOptions()
    kind = format_of(path)
    if options.bits == 0:
        options = ExportOptions(**{**_plain(options), "bits": 16 if artwork.precision == "float32" else 8})
    if draw is None:
        export_pixels(
            flatten(artwork),
            path,
            options,
            colour_space=artwork.colour_space,
            ppi=artwork.ppi,
            metadata=artwork.metadata,
        )
        return
    check_size(artwork.height, artwork.width, kind, str(path))
    own = artwork.colour_space.icc
    icc = b"" if options.profile == "none" else export_profile.target(options, own)
    numbers = _as_numbers(kind, options, icc)
    blocks = _blocks(options, icc, artwork.ppi, artwork.metadata)
    atomic.write(path, _drawn(artwork, draw, kind, options, numbers, blocks))


def _plain(options: ExportOptions) -> dict[str, Any]:
    return {name: getattr(options, name) for name in options.__struct_fields__}


def export_pixels(
    pixels: np.ndarray,
    path: str | Path,
    options: ExportOptions | None = None,
    *,
    colour_space: ColourSpace | None = None,
    ppi: float = 0.0,
    metadata: dict[str, bytes] | None = None,
) -> None:
    """Writes float32 premultiplied [h, w, 4] in the format of the ending; the old file stays until the new one is whole.

    Raises ExportError: unknown_format, too_large_for_format, disk_full, read_only, no_permission, not_written.
    """
    parts = encode(
        pixels, format_of(path), options or ExportOptions(), colour_space, ppi, metadata, str(path)
    )
    atomic.write(path, parts)


def encode(
    pixels: np.ndarray,
    kind: str,
    options: ExportOptions,
    colour_space: ColourSpace | None = None,
    ppi: float = 0.0,
    metadata: dict[str, bytes] | None = None,
    name: str = "",
) -> list[bytes]:
    """The file's bytes in parts; ``kind`` is png, jpeg, tiff or webp. Raises ExportError."""
    check_size(pixels.shape[0], pixels.shape[1], kind, name)
    icc = colour_space.icc if colour_space else b""
    pixels = export_profile.converted(pixels, icc, options)
    icc = b"" if options.profile == "none" else export_profile.target(options, icc)
    straight = straight_pixels(pixels, *_as_numbers(kind, options, icc))
    return _file(straight, kind, options, _blocks(options, icc, ppi, metadata))


def check_size(height: int, width: int, kind: str, name: str) -> None:
    """Raises ExportError for a side, in pixels, that a file of this kind cannot say."""
    limit = _SIDE.get(kind, 1 << 31)
    if max(height, width) > limit:
        raise ExportError("too_large_for_format", name, {"format": kind.upper(), "limit": str(limit)})


def _as_numbers(
    kind: str, options: ExportOptions, icc: bytes
) -> tuple[int, tuple[float, float, float] | None]:
    """Bits of a channel, and what is laid under transparency where the format has none."""
    deep = options.bits == 16 and kind in ("png", "tiff")
    return 16 if deep else 8, _under(options, icc) if kind == "jpeg" else None


def _blocks(
    options: ExportOptions, icc: bytes, ppi: float, metadata: dict[str, bytes] | None
) -> dict[str, Any]:
    kept = dict(metadata or {}) if options.metadata else {}
    return {"icc": icc, "exif": kept.get("exif", b""), "xmp": kept.get("xmp", b""), "ppi": ppi}


def _drawn(
    artwork: Artwork,
    draw: Draw,
    kind: str,
    options: ExportOptions,
    numbers: tuple[int, tuple[float, float, float] | None],
    blocks: dict[str, Any],
) -> Iterable[bytes | At]:
    """The parts of the file, each made when it is asked for."""
    if kind == "jpeg":
        bands = (band.pixels(3) for _, band in _bands(artwork, draw, options, numbers))
        first = next(bands)
        if len(first) == artwork.height:
            return _file(first, kind, options, blocks)
        save = _band_saved(options, blocks)
        return jpeg_parts(artwork.height, chain((first,), bands), save)
    if kind not in ("png", "tiff"):
        whole = Straight(artwork.width, artwork.height, *numbers)
        for top, band in _bands(artwork, draw, options, numbers):
            whole.put(top, band)
        return _file(whole.pixels(), kind, options, blocks)

    def parts(channels: int, bands: Iterable[tuple[int, Straight]]) -> Iterator[bytes | At]:
        shape = artwork.height, artwork.width, channels
        straight = (_with_channels(band, channels) for _, band in bands)
        dtype = np.dtype(np.uint8 if numbers[0] == 8 else np.uint16)
        if kind == "png":
            return png_parts(shape, dtype, straight, marked=options.profile != "none", **blocks)
        return tiff_parts(shape, dtype, straight, **blocks)

    bands = _bands(artwork, draw, options, numbers)
    first = next(bands)
    if not first[1].opaque:
        return parts(4, chain((first,), bands))
    return _opaque_or(
        parts(3, chain((first,), bands)), lambda: parts(4, _bands(artwork, draw, options, numbers))
    )


class _SeenThrough(Exception):
    """A band is not opaque in a file that was begun without alpha."""


def _opaque_or(
    parts: Iterable[bytes | At], again: Callable[[], Iterable[bytes | At]]
) -> Iterator[bytes | At]:
    """``parts``; where a later band turns out to be seen through, the file begins again with alpha."""
    try:
        yield from parts
    except _SeenThrough:
        yield AGAIN
        yield from again()


def _with_channels(band: Straight, channels: int) -> np.ndarray:
    if channels == 3 and not band.opaque:
        raise _SeenThrough
    return band.pixels(channels)


def _bands(
    artwork: Artwork,
    draw: Draw,
    options: ExportOptions,
    numbers: tuple[int, tuple[float, float, float] | None],
) -> Iterator[tuple[int, Straight]]:
    """(first row, pixels of the file) from top to bottom, about BAND_PIXELS at a time."""
    width, own = artwork.width, artwork.colour_space.icc
    rows = max(TILE, BAND_PIXELS // width // TILE * TILE)
    same = export_profile.target(options, own) == own
    for top in range(0, artwork.height, rows):
        part = Rect(0, top, width, min(top + rows, artwork.height))
        straight = Straight(width, part.height, *numbers)
        if same:
            draw(artwork, _lower(straight.take, top), part)
        else:
            floats = np.empty((part.height, width, 4), np.float32)
            draw(artwork, _lower(_into(floats), top), part)
            straight.take(Rect(0, 0, width, part.height), export_profile.converted(floats, own, options))
        yield top, straight


def _lower(take: Take, top: int) -> Take:
    return lambda part, pixels: take(part.move(0, -top), pixels)


def _into(floats: np.ndarray) -> Take:
    def take(part: Rect, pixels: np.ndarray) -> None:
        floats[part.top : part.bottom, part.left : part.right] = pixels

    return take


def _file(straight: np.ndarray, kind: str, options: ExportOptions, blocks: dict[str, Any]) -> list[bytes]:
    if kind == "png":
        return encode_png(straight, marked=options.profile != "none", **blocks)
    if kind == "tiff":
        return encode_tiff(straight, **blocks)
    return [_through_pillow(straight, kind, options, blocks)]


def _under(options: ExportOptions, icc: bytes) -> tuple[float, float, float]:
    """What is laid under transparency, an sRGB colour, in the file's numbers."""
    if is_srgb(icc):
        return options.background
    red, green, blue = (float(part) for part in export_profile.background(options.background, icc, options))
    return red, green, blue


def straight_pixels(
    pixels: np.ndarray, bits: int = 8, background: tuple[float, float, float] | None = None
) -> np.ndarray:
    """Premultiplied float32 [h, w, 4] → straight RGB or (where anything is transparent) RGBA of 8 or 16 bits.

    ``background``: laid under the picture, which then has no alpha. Rounded to nearest; exact for pixels that came from
    8 bits through half floats and from 16 bits through floats.
    """
    height, width = pixels.shape[:2]
    straight = Straight(width, height, bits, background)
    rows = max(1, _PIXELS // max(1, width))

    def convert(top: int) -> None:
        strip = pixels[top : top + rows]
        straight.take(Rect.of(0, top, width, len(strip)), strip)

    with ThreadPoolExecutor(min(8, os.cpu_count() or 1)) as pool:
        for _ in pool.map(convert, range(0, height, rows)):
            pass
    return straight.pixels()


class Straight:
    """The pixels of a file, taken from premultiplied parts in any order and from any thread: see :func:`straight_pixels`."""

    def __init__(
        self, width: int, height: int, bits: int = 8, background: tuple[float, float, float] | None = None
    ) -> None:
        self._top = np.float32((1 << bits) - 1)
        # what is rounded to opaque: sums of blending end a little below 1
        self._full = np.float32(1 - 0.5 / float(self._top))
        self._under = None if background is None else np.asarray(background, np.float32)
        self._out = np.empty((height, width, 4), np.uint8 if bits == 8 else np.uint16)
        self._opaque = True

    def take(self, part: Rect, premultiplied: np.ndarray) -> None:
        """The pixels of ``part``, float [h, w, 4]; a few rows at a time."""
        target = self._out[part.top : part.bottom, part.left : part.right]
        rows = max(1, _PIXELS // max(1, part.width))
        for top in range(0, part.height, rows):
            self._convert(premultiplied[top : top + rows], target[top : top + rows])

    def _convert(self, premultiplied: np.ndarray, target: np.ndarray) -> None:
        pixels = np.asarray(premultiplied, np.float32)
        alpha = pixels[..., 3:]
        # a pixel that is rounded to opaque is so wherever it lies
        solid = alpha >= self._full
        if bool(solid.all()):
            values = np.array(pixels)
        elif self._under is not None:
            through = np.where(solid, np.float32(0), 1 - alpha)
            values = np.concatenate([pixels[..., :3] + self._under * through, np.ones_like(alpha)], axis=2)
        else:
            self._opaque = False
            divisor = np.where(solid, np.float32(1), alpha)
            colour = np.divide(pixels[..., :3], divisor, out=np.zeros_like(pixels[..., :3]), where=alpha > 0)
            values = np.concatenate([colour, alpha], axis=2)
        np.clip(values, 0.0, 1.0, out=values)
        values *= self._top
        np.rint(values, out=values)
        target[...] = values

    def put(self, top: int, band: Straight) -> None:
        """Rows from ``top`` on that were taken elsewhere."""
        self._out[top : top + len(band._out)] = band._out
        self._opaque = self._opaque and band._opaque

    @property
    def opaque(self) -> bool:
        """Whether nothing of what was taken is seen through."""
        return self._opaque

    def pixels(self, channels: int = 0) -> np.ndarray:
        """RGB, or RGBA where anything was transparent, or as many ``channels`` as are asked for."""
        if (channels or (3 if self._opaque else 4)) == 4:
            return self._out
        return cv2.cvtColor(self._out, cv2.COLOR_RGBA2RGB) if self._out.size else self._out[..., :3]


def _band_saved(options: ExportOptions, blocks: dict[str, Any]) -> Callable[[np.ndarray, bool], bytes]:
    bare = {name: type(value)() for name, value in blocks.items()}

    def save(band: np.ndarray, first: bool) -> bytes:
        return _through_pillow(band, "jpeg", options, blocks if first else bare, restart_marker_rows=1)

    return save


def _through_pillow(
    straight: np.ndarray, kind: str, options: ExportOptions, blocks: dict[str, Any], **more: Any
) -> bytes:
    picture = Image.fromarray(straight)
    more["quality"] = options.quality
    if blocks["icc"]:
        more["icc_profile"] = blocks["icc"]
    if blocks["exif"]:
        more["exif"] = b"Exif\0\0" + blocks["exif"]
    if blocks["xmp"]:
        more["xmp"] = blocks["xmp"]
    if kind == "jpeg":
        more["subsampling"] = "4:4:4" if options.quality >= 90 else "4:2:0"
        if blocks["ppi"]:
            more["dpi"] = (blocks["ppi"], blocks["ppi"])
    else:
        more |= {"lossless": options.lossless, "exact": True, "method": 4}
        if blocks["ppi"]:
            more["exif"] = b"Exif\0\0" + with_ppi(blocks["exif"], blocks["ppi"])
    out = io.BytesIO()
    picture.save(out, "JPEG" if kind == "jpeg" else "WEBP", **more)
    return out.getvalue()


def with_ppi(exif: bytes, ppi: float) -> bytes:
    """An EXIF block that also says the density; WebP has no other place for it."""
    block = Image.Exif()
    if exif:
        block.load(exif)
    block[282], block[283], block[296] = ppi, ppi, 2
    return block.tobytes().removeprefix(b"Exif\0\0")
