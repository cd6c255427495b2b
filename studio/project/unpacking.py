"""The bytes of a whole picture whose header was read → straight RGBA, through OpenCV where channels are deep, else through Pillow."""

from __future__ import annotations

import io
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageCms, UnidentifiedImageError

from studio.project import png_rows
from studio.project.headers import Header, HeaderError

_ROWS = 256


class Unsupported(ValueError):
    """A kind of pixels that nothing here unpacks; says which."""


def pixels_of(data: bytes, header: Header) -> tuple[np.ndarray, bytes]:
    """Straight RGBA and the RGB profile that goes with it. Raises HeaderError, Unsupported."""
    space = header.icc[16:20]
    if header.kind == "jpeg":
        if header.bits != 8:
            raise Unsupported(f"{header.bits} bits per channel in a JPEG")
        if not header.complete:
            _check_jpeg(data)
        if header.channels == 4 or space not in (b"", b"RGB "):
            return _through_pillow(data, header)
        return _rgba(_opencv(data)), header.icc
    deep = header.kind in ("png", "tiff") and (header.bits > 8 or header.floating)
    if deep:
        if header.palette or header.planar:
            raise Unsupported("16-bit channels in separate planes, CMYK or Lab")
        return _rgba(_straight(_opencv(data), header)), header.icc if space == b"RGB " else b""
    if space in (b"", b"RGB ") and png_rows.is_plain(data, header):
        return png_rows.pixels(data, header), header.icc
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
        raise Unsupported(f"{pixels.dtype} samples")
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
        raise Unsupported("integer samples of more than 16 bits")
    if picture.mode.startswith("I;16"):
        raise Unsupported("an unusual 16-bit layout")
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
