"""A video file from frames: MP4 (MPEG-4 part 2) or WebM (VP8), as the FFmpeg inside OpenCV writes them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import cv2
import numpy as np

from studio.project import atomic
from studio.project.errors import ExportError, write_failure

CODECS = {".mp4": "mp4v", ".webm": "VP80"}
"""Ending → what OpenCV calls the codec."""


def write_video(
    path: str | Path, frames: Iterable[np.ndarray], width: int, height: int, rate: int
) -> Iterator[int]:
    """Writes uint8 RGB frames [height, width, 3]; yields how many are written. The file appears when it is whole.

    Width and height are even. Raises ExportError; closing the generator leaves what stood at ``path``.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in CODECS:
        raise ExportError("unknown_video_format", path)
    temporary = Path(f"{atomic.beside(path)}{suffix}")
    code = cv2.VideoWriter.fourcc(*CODECS[suffix])
    writer = cv2.VideoWriter(str(temporary), cv2.CAP_FFMPEG, code, float(rate), (width, height))
    try:
        if not writer.isOpened():
            raise ExportError("not_written", path, {"reason": CODECS[suffix]})
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
