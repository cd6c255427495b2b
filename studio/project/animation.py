"""Frames as a file that plays: animated WebP, PNG and GIF, a video, or numbered PNG files."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import numpy as np

from studio import recipe
from studio.project import atomic
from studio.project.errors import ExportError, write_failure
from studio.project.export import check_size
from studio.project.png import encode_png
from studio.project.video import write_video
from studio.raster.later import Later
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError
from studio.synthesis import MAKERS, looping

Image = Later("PIL.Image")
ANIMATED = (".webp", ".apng", ".gif")
VIDEOS = (".mp4", ".webm")
QUALITY = 90
MOST_PIXELS = 1 << 26
NO_FRAMES = QT_TRANSLATE_NOOP(
    "recipe",
    "{frames} frames of {width} × {height} are not possible: at least 1 frame, at most 67 megapixels each",
)
_WAIT = 0.02


class _Stopped(Exception):
    """Nobody waits for the file any more."""


def write_animation(
    path: str | Path, frames: Iterable[np.ndarray], width: int, height: int, rate: int
) -> Generator[int, None, None]:
    """Writes uint8 RGB frames [height, width, 3], played ``rate`` a second without end; yields how many are written.

    By the ending: ``.webp``, ``.apng`` and ``.gif`` are one file, ``.mp4`` and ``.webm`` a video (its sides have to be even), ``.png``
    files with a number before the ending. A file appears when it is whole; closing the generator leaves what stood there,
    of numbered files those that were written go. Raises ExportError.
    """
    ending = Path(path).suffix.lower()
    if ending in VIDEOS:
        yield from write_video(path, frames, width, height, rate)
    elif ending in ANIMATED:
        check_size(height, width, ending[1:], str(path))
        yield from _in_one(path, frames, rate, ending)
    elif ending == ".png":
        yield from _numbered(Path(path), frames)
    else:
        raise ExportError("unknown_animation_format", path)


def turned(
    name: str, width: int, height: int, parameters: dict[str, Any], frames: int, seed: int = 0
) -> Iterator[np.ndarray]:
    """The frames of one turn along a rule's third axis. Raises RecipeError for a rule that has none, and for values or
    sizes that are not possible."""
    able = [one.name for one in MAKERS.values() if looping.has_time(one.parameters)]
    if name not in able:
        raise RecipeError(looping.NO_TIME, name=name, known=", ".join(able))
    maker, values = MAKERS[name], recipe.from_plain(MAKERS[name].parameters, parameters)
    if frames < 1 or width < 1 or height < 1 or width * height > MOST_PIXELS:
        raise RecipeError(NO_FRAMES, width=width, height=height, frames=frames)
    return (frame_of(maker.make(width, height, one, seed)) for one in looping.turn(values, frames))


def frame_of(straight: np.ndarray) -> np.ndarray:
    """Straight encoded float32 RGBA [h, w, 4] over white as uint8 RGB."""
    alpha = np.clip(straight[..., 3:], 0, 1)
    return np.rint(255 * np.clip(straight[..., :3] * alpha + 1 - alpha, 0, 1)).astype(np.uint8)


def over_white(codes: np.ndarray) -> np.ndarray:
    """Straight uint8 RGB or RGBA [h, w, 3 or 4] as uint8 RGB."""
    return codes if codes.shape[2] == 3 else frame_of(codes.astype(np.float32) / 255)


def numbered(path: Path, number: int) -> Path:
    """``name-0001.png`` for the first of ``name.png``."""
    return path.with_name(f"{path.stem}-{number:04}{path.suffix}")


def _numbered(path: Path, frames: Iterable[np.ndarray]) -> Iterator[int]:
    written: list[Path] = []
    whole = False
    try:
        for number, frame in enumerate(frames, 1):
            there = numbered(path, number)
            new = not there.exists()
            atomic.write(there, encode_png(frame))
            if new:
                written.append(there)
            yield number
        whole = True
    finally:
        for one in [] if whole else written:
            one.unlink(missing_ok=True)


def _in_one(path: str | Path, frames: Iterable[np.ndarray], rate: int, ending: str) -> Iterator[int]:
    """Pillow writes beside, so that the caller is told and can stop it. Of a GIF it takes frames as it needs them; those of
    the others it holds all before it begins to write."""
    temporary = Path(f"{atomic.beside(path)}{ending}")
    stop, told = threading.Event(), [0]
    with ThreadPoolExecutor(1, thread_name_prefix="animation") as beside:
        future = beside.submit(_saved, temporary, frames, rate, ending, stop, told)
        try:
            said = 0
            while not future.done():
                wait((future,), timeout=_WAIT)
                if told[0] != said:
                    said = told[0]
                    yield said
            future.result()
            if Path(path).is_dir():
                raise ExportError("directory", path)
            atomic.replace(temporary, path)
            yield told[0]
        except OSError as error:
            raise write_failure(error, path) from None
        finally:
            stop.set()
            wait((future,))
            temporary.unlink(missing_ok=True)


def _saved(
    path: Path, frames: Iterable[np.ndarray], rate: int, ending: str, stop: threading.Event, told: list[int]
) -> None:
    def pictures() -> Iterator[object]:
        for number, frame in enumerate(frames, 1):
            if stop.is_set():
                raise _Stopped
            picture = Image.fromarray(frame)
            yield picture.quantize(256) if ending == ".gif" else picture
            told[0] = number

    rest = pictures()
    first = next(rest, None)
    if first is None:
        raise ValueError("an animation needs a frame")
    _save(path, first, rest, _duration(rate, ending), ending)


def _save(path: Path, first: object, rest: Iterable[object], duration: int, ending: str) -> None:
    rest = list(rest) if ending == ".apng" else rest  # Pillow goes twice over those of a PNG
    options: dict[str, object] = {"save_all": True, "append_images": rest, "duration": duration, "loop": 0}
    if ending == ".webp":
        options |= {"quality": QUALITY, "method": 2}
    elif ending == ".apng":
        options |= {"format": "PNG"}
    else:
        options |= {"optimize": False, "disposal": 1}
    first.save(path, **options)  # type: ignore[attr-defined]


def _duration(rate: int, ending: str) -> int:
    """Milliseconds of a frame; a GIF counts in hundredths of a second."""
    return max(2, round(100 / rate)) * 10 if ending == ".gif" else max(1, round(1000 / rate))
