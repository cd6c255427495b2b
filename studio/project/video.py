"""A video file from frames, in what the encoders of this machine's OpenCV really write: that is found out, not believed.

H.264 plays everywhere, but its free encoder is under a licence that Danqing does not ship; where the system has one of its own
(Media Foundation, AVFoundation, a chip) it is used. Of WebM, VP8 is written: at the bit rate that OpenCV sets, VP9 looks
the same and takes five times as long (1080 × 1350: 3.6 against 17 frames a second on two cores).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Literal

import cv2
import msgspec
import numpy as np

from studio.project import atomic
from studio.project.errors import ExportError, write_failure

CodingName = Literal["h264", "vp8", "vp9", "mpeg4"]
_PROBED = 64
"""Pixels a side of the two frames that are tried."""
_SHADES = (40, 200)
_ALIKE = 24
"""By how much of 255 a frame of one colour may come back changed."""


class Coding(msgspec.Struct, frozen=True):
    """``code``: what OpenCV calls it; ``backend``: which part of OpenCV writes it."""

    name: CodingName
    suffix: str
    code: str
    backend: int


CODINGS = (
    Coding("h264", ".mp4", "avc1", cv2.CAP_FFMPEG),
    Coding("h264", ".mp4", "H264", cv2.CAP_MSMF),
    Coding("h264", ".mp4", "avc1", cv2.CAP_AVFOUNDATION),
    Coding("vp8", ".webm", "VP80", cv2.CAP_FFMPEG),
    Coding("vp9", ".webm", "VP90", cv2.CAP_FFMPEG),
    Coding("mpeg4", ".mp4", "mp4v", cv2.CAP_FFMPEG),
)
"""The best first; of one name and ending the first that works is taken."""


@cache
def usable() -> tuple[Coding, ...]:
    """The codings in which two frames could be written here and read back, the best first; one for each ending and name."""
    found: list[Coding] = []
    with tempfile.TemporaryDirectory(prefix="danqing-video") as folder:
        for coding in CODINGS:
            known = any(one.name == coding.name for one in found)
            slower = coding.name == "vp9" and any(one.name == "vp8" for one in found)
            if not known and not slower and _works(coding, Path(folder) / f"two{coding.suffix}"):
                found.append(coding)
    return tuple(found)


def _works(coding: Coding, path: Path) -> bool:
    with suppress(OSError):
        path.unlink(missing_ok=True)
    with _quietly():
        writer = _writer(coding, path, _PROBED, _PROBED, 10)
        try:
            if not writer.isOpened():
                return False
            for shade in _SHADES:
                writer.write(np.full((_PROBED, _PROBED, 3), shade, np.uint8))
        except cv2.error:
            return False
        finally:
            writer.release()
        return _read_back(path) == len(_SHADES)


def _read_back(path: Path) -> int:
    """How many frames come back as they went in."""
    film, count = cv2.VideoCapture(str(path)), 0
    try:
        for shade in _SHADES:
            there, frame = film.read()
            if not there or abs(float(frame.mean()) - shade) > _ALIKE:
                break
            count += 1
    finally:
        film.release()
    return count


@contextmanager
def _quietly() -> Iterator[None]:
    """Encoders that are not there are no news for the terminal."""
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    before = cv2.utils.logging.getLogLevel()
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    try:
        yield
    finally:
        cv2.utils.logging.setLogLevel(before)


def _writer(coding: Coding, path: Path, width: int, height: int, rate: int) -> cv2.VideoWriter:
    code = cv2.VideoWriter.fourcc(*coding.code)
    return cv2.VideoWriter(str(path), coding.backend, code, float(rate), (width, height))


def coding_for(path: str | Path, wanted: CodingName | None = None) -> Coding:
    """The coding for a file's ending: the ``wanted`` one if it is usable there, else the best. Raises ExportError."""
    suffix = Path(path).suffix.lower()
    fitting = [one for one in usable() if one.suffix == suffix]
    if not fitting:
        raise ExportError("unknown_video_format", path)
    return next((one for one in fitting if one.name == wanted), fitting[0])


def write_video(
    path: str | Path,
    frames: Iterable[np.ndarray],
    width: int,
    height: int,
    rate: int,
    wanted: CodingName | None = None,
) -> Iterator[int]:
    """Writes uint8 RGB frames [height, width, 3]; yields how many are written. The file appears when it is whole.

    Width and height are even. Raises ExportError; closing the generator leaves what stood at ``path``.
    """
    coding = coding_for(path, wanted)
    temporary = Path(f"{atomic.beside(path)}{coding.suffix}")
    writer = _writer(coding, temporary, width, height, rate)
    try:
        if not writer.isOpened():
            raise ExportError("not_written", path, {"reason": coding.code})
        for number, frame in enumerate(frames):
            writer.write(cv2.cvtColor(frame, cv2.COLOR_RGB2BGR))
            yield number + 1
        writer.release()
        if not temporary.stat().st_size:
            raise ExportError("disk_full", path)
        os.replace(temporary, path)
    except OSError as error:
        raise write_failure(error, path) from None
    finally:
        writer.release()
        temporary.unlink(missing_ok=True)
