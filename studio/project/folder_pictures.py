"""The pictures of a folder one by one, as small as they are needed; those that cannot be opened are named and left out."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

import cv2
import msgspec
import numpy as np

from studio.document.artwork import Artwork
from studio.project.decoded import check_size, turned
from studio.project.errors import DecodeError
from studio.project.filter_batch import EXPECTED, pictures_in
from studio.project.headers import HeaderError, kind_of, read_header
from studio.project.load import open_any, read_bytes
from studio.project.profiles import pixels_alike

Flatten = Callable[[Artwork], np.ndarray]
_REDUCED = {2: cv2.IMREAD_REDUCED_COLOR_2, 4: cv2.IMREAD_REDUCED_COLOR_4, 8: cv2.IMREAD_REDUCED_COLOR_8}
"""How OpenCV is asked to decode a JPEG so many times smaller."""


class Met(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """One file: premultiplied float32 [h, w, 4] in sRGB, or why there is none; ``done`` of ``total`` files."""

    path: Path
    pixels: np.ndarray | None = None
    error: BaseException | None = None
    done: int
    total: int


def files_of(folder: str | Path, without: Sequence[str | Path] = ()) -> list[Path]:
    """The pictures in a folder and in those inside it, by name. Raises DecodeError where there is no such folder."""
    folder = Path(folder)
    if not folder.is_dir():
        raise DecodeError("missing", str(folder))
    left_out = {os.path.realpath(one) for one in without}
    return [path for path in pictures_in(folder) if os.path.realpath(path) not in left_out]


def opened(
    files: Sequence[Path], flatten: Flatten, longest: int, *, allow_large: bool = False, glance: bool = False
) -> Generator[Met, None, None]:
    """Each file's picture with sides of at most ``longest`` pixels; never larger than it is.

    ``glance``: for copies that are only compared; a JPEG is then decoded as small as its format allows, an eighth at most,
    which takes a tenth of the time.
    """
    for number, path in enumerate(files):
        try:
            pixels = _glanced(path, longest) if glance else None
            if pixels is None:
                artwork = open_any(path, allow_large=allow_large)
                pixels = reduced(flatten(artwork), longest)
                if artwork.colour_space.icc:
                    pixels = pixels_alike(pixels, artwork.colour_space.icc, b"", quick=True)
        except EXPECTED as error:
            yield Met(path=path, error=error, done=number + 1, total=len(files))
            continue
        yield Met(path=path, pixels=pixels, done=number + 1, total=len(files))


def _glanced(path: Path, longest: int) -> np.ndarray | None:
    """A JPEG of plain RGB or grey made smaller while it is decoded; None for whatever else, which is opened as always."""
    data = read_bytes(path)
    if kind_of(data) != "jpeg":
        return None
    try:
        header = read_header(data, "jpeg")
    except HeaderError as error:
        raise error.of(str(path)) from None
    part = max((one for one in _REDUCED if max(header.width, header.height) >= one * longest), default=1)
    plain = header.bits == 8 and header.channels in (1, 3) and header.icc[16:20] in (b"", b"RGB ")
    if part == 1 or not plain or not header.complete:
        return None
    check_size(header, str(path), True)
    bgr = cv2.imdecode(np.frombuffer(data, np.uint8), _REDUCED[part] | cv2.IMREAD_IGNORE_ORIENTATION)
    if bgr is None:
        return None
    rgba = cv2.cvtColor(turned(bgr, header.orientation), cv2.COLOR_BGR2RGBA)
    pixels = reduced(rgba.astype(np.float32) / 255, longest)
    return pixels_alike(pixels, header.icc, b"", quick=True) if header.icc else pixels


def reduced(pixels: np.ndarray, longest: int) -> np.ndarray:
    height, width = pixels.shape[:2]
    share = longest / max(height, width)
    if share >= 1:
        return pixels
    size = max(1, round(width * share)), max(1, round(height * share))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).reshape(size[1], size[0], 4)
