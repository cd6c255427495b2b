"""Tips from pictures: from files, and from the picture that is open."""

from __future__ import annotations

import math
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from studio.document.artwork import SRGB, Artwork
from studio.jobs.job import JobFailed, JobFinished
from studio.project.brushes.preset import tip_of
from studio.project.errors import DecodeError, ProjectError, read_failure
from studio.raster.brush import Brush
from studio.raster.colour import to_straight8
from studio.raster.geometry import Rect
from studio.raster.selecting.combining import extent
from studio.raster.tip import Tip
from studio.recipe import QT_TRANSLATE_NOOP
from studio.render.renderer import Renderer
from studio.workspace import colours, notices
from studio.workspace.notices import Notice

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

MOST_TIPS = 64
LONGEST_SIDE = 1024
"""Pixels: a tip from a larger picture is made smaller, so that its dabs stay quick."""
FAINTEST = 8
NOTHING_DARK = QT_TRANSLATE_NOOP(
    "notices", "There is nothing to make a brush of: the place is empty or white. Paint something dark first."
)
DEFINED = QT_TRANSLATE_NOOP("notices", "The brush “{title}” was made of the picture.")


def coverage_of(straight: np.ndarray) -> np.ndarray:
    """uint8 [h, w] of straight RGBA uint8: dark covers, white and transparent do not; cut to what covers.

    A picture that is all white on nothing covers by its alpha. Empty [0, 0] where nothing covers.
    """
    values = straight.astype(np.float32)
    luma = values[..., 0] * 0.2126 + values[..., 1] * 0.7152 + values[..., 2] * 0.0722
    cover = values[..., 3] * (255 - luma) / 255
    if cover.max(initial=0) < FAINTEST and values[..., 3].min(initial=255) < FAINTEST:
        cover = values[..., 3]
    found = np.round(cover).astype(np.uint8)
    rows, columns = (np.flatnonzero((found >= FAINTEST).any(axis)) for axis in (1, 0))
    if not rows.size:
        return np.zeros((0, 0), np.uint8)
    return np.ascontiguousarray(found[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])


def read_tips(files: tuple[str, ...]) -> Generator[None, None, tuple[list[Tip], list[ProjectError]]]:
    """Work for the files lane: the tips of picture files, and what could not be read."""
    tips: list[Tip] = []
    failed: list[ProjectError] = []
    for file in files[:MOST_TIPS]:
        yield
        try:
            from studio.project.decode import decode  # Pillow is not loaded before it is wanted

            pixels = decode(Path(file).read_bytes(), file).pixels
        except OSError as error:
            failed.append(read_failure(error, file))
            continue
        except DecodeError as error:
            failed.append(error)
            continue
        cover = coverage_of(_eight_bit(pixels))
        if cover.size:
            tips.append(tip_of(cover))
    return tips, failed


def _eight_bit(pixels: np.ndarray) -> np.ndarray:
    if pixels.dtype == np.uint8:
        return pixels
    scale = 1.0 if pixels.dtype.kind == "f" else float(np.iinfo(pixels.dtype).max)
    return np.round(np.clip(pixels / scale, 0, 1) * 255).astype(np.uint8)


def take_tips(studio: Studio, files: tuple[str, ...]) -> None:
    """The brush in the hand prints the pictures of ``files``."""

    def arrived(event: object) -> None:
        if not isinstance(event, JobFinished):
            return
        tips, failed = event.result
        for error in failed:
            arguments = {"file": Path(error.file).name, "reason": studio.filing.sentence(error)}
            studio.tell(Notice(kind="error", text=notices.NOT_IMPORTED, arguments=arguments))
        if tips:
            studio.painting.change_brush(tip="image", tips=tuple(tips))
        elif not failed:
            studio.tell(Notice(kind="warn", text=NOTHING_DARK))

    studio.files_lane.submit(lambda: read_tips(files), label="tips", on_event=arrived)


def read_texture(file: str) -> Generator[None, None, Tip]:
    """Work for the files lane: a texture whose light parts take paint first. Raises DecodeError."""
    yield
    try:
        data = Path(file).read_bytes()
    except OSError as error:
        raise read_failure(error, file) from None
    from studio.project.decode import decode

    values = _eight_bit(decode(data, file).pixels).astype(np.float32)
    luma = values[..., 0] * 0.2126 + values[..., 1] * 0.7152 + values[..., 2] * 0.0722
    return tip_of(np.round(luma * values[..., 3] / 255).astype(np.uint8))


def take_texture(studio: Studio, file: str) -> None:
    """The brush in the hand paints on the picture of ``file``."""

    def arrived(event: object) -> None:
        if isinstance(event, JobFailed):
            arguments = {"file": Path(file).name, "reason": studio.filing.sentence(event.error)}
            studio.tell(Notice(kind="error", text=notices.NOT_IMPORTED, arguments=arguments))
        elif isinstance(event, JobFinished):
            studio.painting.change_brush(texture="image", texture_image=event.result)

    studio.files_lane.submit(lambda: read_texture(file), label="texture", on_event=arrived)


def define_brush(studio: Studio) -> None:
    """A new preset that prints what is in the selection, or the whole picture; it is taken into the hand."""
    picture = studio.current
    if picture is None:
        return
    artwork, renderer, title = picture.document.artwork, picture.renderer, picture.title

    def arrived(event: object) -> None:
        if isinstance(event, JobFailed):
            reason = studio.filing.sentence(event.error)
            studio.tell(Notice(kind="error", text=notices.NOT_PAINTED, arguments={"reason": reason}))
        elif isinstance(event, JobFinished) and event.result is None:
            studio.tell(Notice(kind="warn", text=NOTHING_DARK))
        elif isinstance(event, JobFinished):
            _defined(studio, event.result, title)

    studio.render_lane.submit(lambda: _tip_of_picture(artwork, renderer), label="tip", on_event=arrived)


def _tip_of_picture(artwork: Artwork, renderer: Renderer) -> Generator[None, None, Tip | None]:
    selection = artwork.selection
    rect = artwork.rect if selection is None else extent(selection).intersect(artwork.rect)
    if rect.empty:
        return None
    level = max(0, math.ceil(math.log2(max(rect.width, rect.height) / LONGEST_SIDE)))
    yield
    part = Rect(rect.left >> level, rect.top >> level, -(-rect.right >> level), -(-rect.bottom >> level))
    pixels = renderer.compose(artwork, part, level)
    yield
    if selection is not None and level == 0:
        pixels = pixels * selection.read(rect).astype(np.float32)[..., None]
    cover = coverage_of(to_straight8(colours.pixels_between(pixels, artwork.colour_space, SRGB, quick=True)))
    return tip_of(cover) if cover.size else None


def _defined(studio: Studio, tip: Tip, title: str) -> None:
    size = float(min(max(tip.width, tip.height), 500))
    brush = Brush(tip="image", tips=(tip,), size=size, hardness=1.0, spacing=0.25)
    studio.painting.take_brush(studio.brushes.tool_of(brush), brush)
    preset = studio.brushes.save_as(title)
    studio.tell(Notice(kind="done", text=DEFINED, arguments={"title": preset.title}))
