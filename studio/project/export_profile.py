"""The colour profile that an exported picture gets: as it is, a colour space by name, or the one in an ICC file."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np

from studio.project import profiles
from studio.project.errors import ExportError
from studio.project.options import ExportOptions
from studio.raster.colour import premultiply, unpremultiply
from studio.raster.icc import is_matrix
from studio.raster.strips import row_strips, side_by_side

LARGEST = 16 << 20
"""Bytes of a profile: JPEG holds no more."""
_ROWS = 64
"""Converted at once."""
_HEADER = 132
_SPACES = {b"CMYK": "CMYK", b"GRAY": "grey", b"Lab ": "Lab", b"XYZ ": "XYZ"}
_COLUMNS = (b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC")


def read_profile(path: str | Path) -> bytes:
    """The profile in an ICC file. Raises ExportError, whose sentence names the file, for what a picture cannot be made in."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise ExportError("missing", path) from None
    except IsADirectoryError:
        raise ExportError("not_a_profile", path) from None
    except PermissionError:
        raise ExportError("no_permission", path) from None
    except OSError as error:
        raise ExportError("unreadable", path, {"reason": error.strerror or str(error)}) from None
    check_profile(data, path)
    return data


def check_profile(data: bytes, name: str | Path) -> None:
    """Nothing for a whole RGB profile that colours can be converted into; else raises ExportError."""
    if len(data) < _HEADER or data[36:40] != b"acsp":
        raise ExportError("not_a_profile", name)
    if len(data) > LARGEST:
        raise ExportError("profile_too_large", name)
    if int.from_bytes(data[:4]) > len(data):
        raise ExportError("truncated", name)
    if data[12:16] in (b"link", b"abst", b"nmcl"):
        raise ExportError("profile_one_way", name)
    space = data[16:20]
    if space != b"RGB ":
        words = _SPACES.get(space) or space.decode("latin-1").strip()
        raise ExportError("profile_not_rgb", name, {"space": words})
    tags = _tags(data)
    if not (b"B2A0" in tags or all(column in tags for column in _COLUMNS)):
        raise ExportError("profile_one_way", name)


def _tags(data: bytes) -> set[bytes]:
    count = min(int.from_bytes(data[128:132]), 1000)
    return {data[at : at + 4] for at in range(_HEADER, min(_HEADER + 12 * count, len(data) - 11), 12)}


def target(options: ExportOptions, own: bytes) -> bytes:
    """The profile (empty: sRGB) whose numbers the file holds, for a picture whose own is ``own``. Raises ExportError."""
    if options.profile in ("keep", "none"):
        return own
    if options.profile == "file":
        check_profile(options.icc, options.icc_name)
        return options.icc
    return profiles.space(options.profile).icc


def by_table(options: ExportOptions, own: bytes) -> bool:
    """Whether intent and black point say anything: colours go through a table, which LittleCMS reads, in 8 bits."""
    wanted = target(options, own)
    return wanted != own and not (is_matrix(own) and is_matrix(wanted))


def converted(pixels: np.ndarray, own: bytes, options: ExportOptions) -> np.ndarray:
    """Premultiplied float32 [h, w, 4] in the numbers of the wanted profile. Raises ExportError.

    Between matrix profiles colours are computed in float (they have one rendering: relative to their whites). A table goes
    through LittleCMS with the options' intent and black point.
    """
    wanted = target(options, own)
    if wanted == own:
        return pixels
    out = np.empty(pixels.shape, np.float32)
    if not by_table(options, own):

        def convert(rows: slice) -> None:
            out[rows] = profiles.pixels_alike(pixels[rows], own, wanted, quick=options.bits != 16)

        side_by_side(convert, row_strips(pixels.shape, _ROWS * pixels.shape[1]))
        return out
    change = _transform(own, wanted, options)
    for top in range(0, pixels.shape[0], _ROWS):
        straight = unpremultiply(pixels[top : top + _ROWS])
        straight[..., :3] = _through(straight[..., :3], change)
        out[top : top + _ROWS] = premultiply(straight)
    return out


def background(colour: tuple[float, float, float], own: bytes, options: ExportOptions) -> np.ndarray:
    """What lies under transparency, an sRGB colour, in the wanted profile's numbers; float64 [3]."""
    wanted = target(options, own)
    straight = np.array(colour, np.float64)
    if is_matrix(wanted) or options.profile in ("keep", "none"):
        return profiles.alike(straight, b"", wanted)
    return _through(straight.astype(np.float32)[None, None], _transform(b"", wanted, options))[0, 0].astype(
        float
    )


def _transform(own: bytes, wanted: bytes, options: ExportOptions) -> Any:
    from PIL import ImageCms  # not loaded before a profile asks for it

    intents = {
        "relative": ImageCms.Intent.RELATIVE_COLORIMETRIC, "perceptual": ImageCms.Intent.PERCEPTUAL,
        "saturation": ImageCms.Intent.SATURATION, "absolute": ImageCms.Intent.ABSOLUTE_COLORIMETRIC,
    }  # fmt: skip
    flags = ImageCms.Flags.HIGHRESPRECALC
    if options.black_point:
        flags |= ImageCms.Flags.BLACKPOINTCOMPENSATION
    try:
        first, second = (
            ImageCms.ImageCmsProfile(io.BytesIO(icc)) if icc else ImageCms.createProfile("sRGB")
            for icc in (own, wanted)
        )
        return ImageCms.buildTransform(first, second, "RGB", "RGB", intents[options.intent], flags)
    except (ImageCms.PyCMSError, OSError, ValueError):
        raise ExportError("profile_not_usable", options.icc_name or options.profile) from None


def _through(straight: np.ndarray, change: Any) -> np.ndarray:
    from PIL import Image, ImageCms

    eight = np.round(np.clip(straight, 0, 1) * 255).astype(np.uint8)
    found = ImageCms.applyTransform(Image.fromarray(np.ascontiguousarray(eight)), change)
    return np.asarray(found, np.float32) * np.float32(1 / 255)
