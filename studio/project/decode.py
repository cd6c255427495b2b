"""Bytes of a picture file → pixels. One pure function with limits."""

from __future__ import annotations

import io
from typing import Any

import cv2
import msgspec
import numpy as np
from PIL import Image, ImageCms, UnidentifiedImageError

from studio.project import free_memory, png_rows
from studio.project.errors import DecodeError
from studio.project.headers import Header, HeaderError, kind_of, read_header, upright
from studio.project.tiff import exif_of_tiff

HARD_LIMIT = 1_000_000_000
ASK_LIMIT = 178_000_000
_SIDE_LIMIT = 300_000
_ROWS = 256
_LOOK_FROM = 40_000_000
"""Pixels from which it is asked whether there is memory for them."""


class Decoded(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """A picture as its file holds it.

    ``pixels``: straight RGBA [height, width, 4], uint8 or uint16 (full range), or float32 (0–1, more is allowed), already
    turned upright. ``bits`` per channel of the source. ``icc``: the embedded RGB profile, empty means sRGB.
    ``metadata``: "exif" (TIFF structure, orientation reset to 1) and "xmp". ``ppi`` 0 where the file says nothing.
    """

    pixels: np.ndarray
    bits: int
    icc: bytes = b""
    colour_name: str = "sRGB"
    metadata: dict[str, bytes] = msgspec.field(default_factory=dict)
    ppi: float = 0.0
    format: str = ""
    opaque: bool = True

    @property
    def exif(self) -> bytes:
        return self.metadata.get("exif", b"")


def decode(data: bytes, name: str = "", *, allow_large: bool = False) -> Decoded:
    """The picture in ``data``; ``name`` only for the message. PNG, JPEG, WebP, TIFF, BMP, GIF (first frame), RAW.

    Raises DecodeError: empty, not_a_picture, truncated, damaged, unsupported, too_large (above 1 gigapixel), or
    too_large_confirm (above 178 megapixels unless ``allow_large``), or no_room (more than the memory that is left).
    """
    if not data:
        raise DecodeError("empty", name)
    kind = kind_of(data)
    if kind in (None, "tiff") and (photograph := _photograph(data, name, allow_large)) is not None:
        return photograph
    if kind is None:
        raise DecodeError("not_a_picture", name)
    try:
        header = read_header(data, kind)
        check_size(header, name, allow_large, needed=needed(header))
        check_room(header, name, needed(header))
        if not header.complete and kind != "jpeg":
            raise HeaderError("truncated")
        pixels, icc = pixels_of(data, header)
    except HeaderError as error:
        raise error.of(name) from None
    except _Unsupported as error:
        raise DecodeError("unsupported", name, {"what": str(error)}) from None
    except MemoryError:
        size = {"width": str(header.width), "height": str(header.height)}
        raise DecodeError("too_large", name, size) from None
    exif = exif_of_tiff(data) if kind == "tiff" else header.exif
    return _decoded(pixels, icc, header, exif)


def _photograph(data: bytes, name: str, allow_large: bool) -> Decoded | None:
    """A RAW file developed; None for anything else."""
    from studio.project import raw  # it needs what stands here

    return raw.develop(data, name, allow_large=allow_large) if raw.is_raw(data) else None


class _Unsupported(ValueError):
    pass


def check_size(header: Header, name: str, allow_large: bool, *, needed: float | None = None) -> None:
    """``needed``: bytes of memory; None for what is taken in strips."""
    pixels = header.width * header.height
    size = {"width": str(header.width), "height": str(header.height)}
    if pixels > HARD_LIMIT or max(header.width, header.height) > _SIDE_LIMIT:
        raise DecodeError("too_large", name, size)
    if pixels > ASK_LIMIT and not allow_large:
        memory = pixels * 3 / 2**30 + 1.3 if needed is None else needed / 2**30
        raise DecodeError("too_large_confirm", name, {**size, "memory": f"{memory:.1f}"})


def needed(header: Header) -> int:
    """Bytes, about, that a picture takes which is decoded as a whole and then becomes tiles, measured at 25 megapixels."""
    if header.kind == "webp":
        each = 27  # its decoder keeps several copies
    elif header.floating or header.bits > 16:
        each = 36
    else:
        each = 12 if header.bits <= 8 else 26
    return header.width * header.height * each


def check_room(header: Header, name: str, wanted: int) -> None:
    """Whether there are so many bytes, before a system without memory ends the process. Raises DecodeError."""
    if header.width * header.height < _LOOK_FROM:
        return
    left = free_memory.bytes_left()
    if left is not None and wanted > left:
        size = {"width": str(header.width), "height": str(header.height)}
        memory = {"memory": f"{wanted / 2**30:.1f}", "left": f"{max(left, 0) / 2**30:.1f}"}
        raise DecodeError("no_room", name, {**size, **memory})


def _decoded(pixels: np.ndarray, icc: bytes, header: Header, exif: bytes) -> Decoded:
    metadata = {}
    if exif:
        metadata["exif"] = upright(exif)
    if header.xmp:
        metadata["xmp"] = header.xmp
    opaque = header.channels in (1, 3) and header.kind in ("jpeg", "png", "tiff") and not header.palette
    opaque = opaque or bool(
        (pixels[..., 3] == (1 if pixels.dtype == np.float32 else np.iinfo(pixels.dtype).max)).all()
    )
    return Decoded(
        pixels=turned(pixels, header.orientation),
        bits=header.bits,
        icc=icc,
        colour_name=profile_name(icc),
        metadata=metadata,
        ppi=header.ppi,
        format=header.kind,
        opaque=opaque,
    )


def pixels_of(data: bytes, header: Header) -> tuple[np.ndarray, bytes]:
    """Straight RGBA and the RGB profile that goes with it. Raises HeaderError, _Unsupported."""
    space = header.icc[16:20]
    if header.kind == "jpeg":
        if header.bits != 8:
            raise _Unsupported(f"{header.bits} bits per channel in a JPEG")
        if not header.complete:
            _check_jpeg(data)
        if header.channels == 4 or space not in (b"", b"RGB "):
            return _through_pillow(data, header)
        return _rgba(_opencv(data)), header.icc
    deep = header.kind in ("png", "tiff") and (header.bits > 8 or header.floating)
    if deep:
        if header.palette or header.planar:
            raise _Unsupported("16-bit channels in separate planes, CMYK or Lab")
        return _rgba(_straight(_opencv(data), header)), header.icc if space == b"RGB " else b""
    if space in (b"", b"RGB ") and png_rows.is_plain(data, header):
        return png_rows.pixels(data, header), header.icc
    if data[:4] == b"MM\0+" and not header.palette and space in (b"", b"RGB "):
        from studio.project import tiff_rows  # Pillow does not read this order of bytes

        if tiff_rows.pieces_of(data, header) is None:
            raise _Unsupported("a BigTIFF with the high bytes first")
        return np.concatenate([band.copy() for band in tiff_rows.strips(data, header, 256)]), header.icc
    return _through_pillow(data, header)


def _check_jpeg(data: bytes) -> None:
    """A JPEG without its end mark may still hold every line; Pillow refuses where lines are missing."""
    try:
        opened(data).load()
    except (OSError, SyntaxError, ValueError) as error:
        raise HeaderError("truncated", str(error)) from None


def _opencv(data: bytes) -> np.ndarray:
    """BGR(A) or grey as stored; IMREAD_UNCHANGED leaves the orientation to us."""
    try:
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        raise HeaderError("damaged", error.err or "undecodable") from None
    if pixels is None:
        raise HeaderError("damaged", "its pixels cannot be decoded")
    return pixels


def _straight(pixels: np.ndarray, header: Header) -> np.ndarray:
    """Alpha made straight, floats made float32, 1-is-black grey inverted by the decoder already."""
    if pixels.dtype == np.float64 or pixels.dtype == np.float16:
        pixels = pixels.astype(np.float32)
    if pixels.dtype not in (np.uint8, np.uint16, np.float32):
        raise _Unsupported(f"{pixels.dtype} samples")
    if pixels.dtype == np.float32:
        pixels = np.nan_to_num(pixels, nan=0.0, posinf=65504.0, neginf=0.0)
    if header.premultiplied and pixels.ndim == 3 and pixels.shape[2] == 4:
        top = 1.0 if pixels.dtype == np.float32 else float(np.iinfo(pixels.dtype).max)
        alpha = pixels[..., 3:].astype(np.float32) / top
        colour = pixels[..., :3] / np.maximum(alpha, 1e-6)
        if pixels.dtype != np.float32:
            colour = np.clip(np.rint(colour), 0, top)
        pixels = np.concatenate([colour.astype(pixels.dtype), pixels[..., 3:]], axis=2)
    return pixels


def _rgba(pixels: np.ndarray) -> np.ndarray:
    """OpenCV's channel order and count → RGBA."""
    if pixels.ndim == 2:
        return cv2.cvtColor(pixels, cv2.COLOR_GRAY2RGBA)
    channels = pixels.shape[2]
    if channels == 1:
        return cv2.cvtColor(pixels[..., 0], cv2.COLOR_GRAY2RGBA)
    if channels == 2:
        grey = cv2.cvtColor(np.ascontiguousarray(pixels[..., 0]), cv2.COLOR_GRAY2RGBA)
        grey[..., 3] = pixels[..., 1]
        return grey
    return cv2.cvtColor(pixels, cv2.COLOR_BGR2RGBA if channels == 3 else cv2.COLOR_BGRA2RGBA)


def opened(data: bytes) -> Image.Image:
    # Our own limits were checked before; Pillow's would warn at half of what we allow.
    Image.MAX_IMAGE_PIXELS = None
    return Image.open(io.BytesIO(data))


def _through_pillow(data: bytes, header: Header) -> tuple[np.ndarray, bytes]:
    """8-bit pictures of any mode. Grey and CMYK profiles are converted to sRGB, RGB ones kept."""
    try:
        picture: Image.Image = opened(data)
        if picture.size != (header.width, header.height):
            raise HeaderError("damaged", "its size is contradictory")
        picture.load()
    except UnidentifiedImageError:
        raise HeaderError(
            "truncated" if header.kind in ("gif", "bmp") else "damaged", "unknown structure"
        ) from None
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        kind = "truncated" if "truncated" in str(error) or "EOF" in str(error) else "damaged"
        raise HeaderError(kind, str(error)) from None
    icc = header.icc
    if icc and icc[16:20] != b"RGB ":
        picture, icc = _to_srgb(picture, icc), b""
    if picture.mode in ("I", "F"):
        raise _Unsupported("integer samples of more than 16 bits")
    if picture.mode.startswith("I;16"):
        raise _Unsupported("an unusual 16-bit layout")
    pixels = np.empty((picture.height, picture.width, 4), np.uint8)
    for top in range(0, picture.height, _ROWS):  # converted as a whole it would be in memory four times
        bottom = min(top + _ROWS, picture.height)
        pixels[top:bottom] = np.asarray(picture.crop((0, top, picture.width, bottom)).convert("RGBA"))
    return pixels, icc


def _to_srgb(picture: Image.Image, icc: bytes) -> Image.Image:
    """Grey or CMYK through its own profile; a profile that does not fit the pixels is ignored."""
    mode = {"L": "L", "CMYK": "CMYK", "LAB": "LAB"}.get(picture.mode)
    if mode is None:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        target: Any = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, source, target, outputMode="RGB") or picture
    except (ImageCms.PyCMSError, OSError):
        return picture


def profile_name(icc: bytes) -> str:
    """What a profile calls itself; "sRGB" where there is none."""
    if not icc:
        return "sRGB"
    try:
        return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(icc))).strip() or "ICC"
    except (ImageCms.PyCMSError, OSError, ValueError):
        return "ICC"


def turned(pixels: np.ndarray, orientation: int) -> np.ndarray:
    """``pixels`` upright, from an EXIF orientation 1–8."""
    if orientation in (5, 6, 7, 8):
        pixels = pixels.transpose(1, 0, 2)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)
