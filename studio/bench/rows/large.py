"""The largest canvas, 30 000 × 30 000: a PNG of 8 bits opened, a paint layer over it, 20 strokes, saved; and a new one with
a stroke across it, zoomed, all of it selected, feathered and filled, saved.

Takes minutes, gibibytes of memory and of disk, so that it is measured only by its name.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from studio.bench.figures import Figure, figure
from studio.bench.one import peak_memory
from studio.bench.scene import photograph
from studio.bench.window import Window, display_note
from studio.project.png import png_parts
from studio.workspace.tools import Pointer

SIDE = 30_000
MEMORY = 4096.0
"""MiB that all of it may take."""
LIMIT = 600.0
ZOOMS = (0.1, 1.0, 4.0, 0.5)
BRUSH = 300.0
FEATHER = 200.0
COLOUR = (0.18, 0.44, 0.69)
STROKES = 20
BAND = 256
"""Rows of the photograph that are written at once."""


def measure(quick: bool = False) -> list[Figure]:
    side = SIDE // 10 if quick else SIDE
    window = Window()
    with tempfile.TemporaryDirectory() as folder:
        return _opened(window, Path(folder), side) + _new(window, Path(folder), side)


def _opened(window: Window, folder: Path, side: int) -> list[Figure]:
    """A photograph as an artist brings it: what MiB opening, painting and saving it take at most."""
    studio, source = window.studio, folder / "photograph.png"
    with source.open("wb") as file:
        file.writelines(png_parts((side, side, 3), np.dtype(np.uint8), _bands(side), level=0))
    opened = _timed(
        "PNG of 8 bits opened, to shown at fit zoom",
        window,
        lambda: studio.filing.open(str(source), allow_large=True),
    )
    studio.layers.add_paint()

    def paint() -> None:
        for number in range(STROKES):
            _stroke(window, side, side * number // STROKES)
            window.rest(0.5)  # the hand goes back to the top

    found = [
        opened,
        _timed(f"{STROKES} strokes of {BRUSH:g} px on a layer over it, to shown", window, paint),
        _save(window, folder / "photograph.danqing"),
    ]
    figures = _figures(side, found)
    figures.append(
        figure("peak memory of opening, a layer, strokes and saving", "MiB", [peak_memory()], {"max": MEMORY})
    )
    assert studio.current is not None
    studio.close(studio.current)
    return figures


def _bands(side: int) -> Iterator[np.ndarray]:
    """Rows of a photograph whose tiles all differ."""
    piece = photograph(2048, 2048)
    wide = np.tile(piece, (1, -(-side // 2048) + 1, 1))
    for number, top in enumerate(range(0, side, BAND)):
        left, first = number * 397 % 2048, number * 613 % (2048 - BAND)
        yield np.ascontiguousarray(wide[first : first + min(BAND, side - top), left : left + side])


def _figures(side: int, found: list[tuple[str, list[float]]]) -> list[Figure]:
    return [figure(f"{side}²: {what}", "s", seconds, None, display_note()) for what, seconds in found]


def _new(window: Window, folder: Path, side: int) -> list[Figure]:
    studio = window.studio
    found = [
        _timed("new picture to shown at fit zoom", window, lambda: studio.new_picture(side, side)),
        _timed(f"a stroke of {BRUSH:g} px across it, to shown", window, lambda: _stroke(window, side)),
        _zooms(window),
        _timed("all of it selected", window, studio.selecting.all),
        _timed(f"feathered by {FEATHER:g} px", window, lambda: studio.selecting.change("feather", FEATHER)),
        _timed("filled", window, lambda: studio.selecting.fill(COLOUR)),
        _save(window, folder / "large.danqing"),
    ]
    memory = figure("peak memory of both", "MiB", [peak_memory()], {"max": MEMORY})
    return [*_figures(side, found), memory]


def _timed(what: str, window: Window, work: Callable[[], object]) -> tuple[str, list[float]]:
    """Until its step is there, nothing more is worked on and the view is complete."""
    before = _steps(window)
    began = time.perf_counter()
    work()
    _settled(window, before)
    return what, [time.perf_counter() - began]


def _steps(window: Window) -> int:
    picture = window.studio.current
    return len(picture.document.history) if picture is not None else 0


def _settled(window: Window, before: int = 0) -> None:
    studio = window.studio

    def done() -> bool:
        picture = studio.current
        idle = picture is not None and picture.document.is_idle() and not studio.jobs.lines
        return idle and _steps(window) > before and window.shown()

    window.wait(done, LIMIT)
    window.canvas.repaint()


def _stroke(window: Window, side: int, left: int = 0) -> None:
    """From the top to the bottom in a hundred samples, each handled before the next is sent; across the picture, or at
    ``left`` leaning less."""
    studio, picture = window.studio, window.studio.current
    assert picture is not None
    studio.painting.choose_tool("brush")
    studio.painting.change_brush(size=BRUSH)
    across = side - left if left == 0 else 0.05 * side
    gesture = studio.painting.begin(picture, Pointer(float(left), 0.0, t=0.0), "brush")
    assert gesture is not None
    for step in range(1, 101):
        gesture.send(Pointer(left + across * step / 100, side * step / 100, t=step / 60))
        window.application.processEvents()
    gesture.finish()


def _zooms(window: Window) -> tuple[str, list[float]]:
    samples = []
    for zoom in ZOOMS:
        began = time.perf_counter()
        window.canvas.zoom_to(zoom)
        window.wait(window.shown, LIMIT)
        window.canvas.repaint()
        samples.append(time.perf_counter() - began)
    window.canvas.fit()
    _settled(window)
    return f"zoomed to {', '.join(f'{zoom:g}' for zoom in ZOOMS)}, each to shown", samples


def _save(window: Window, path: Path) -> tuple[str, list[float]]:
    studio, picture = window.studio, window.studio.current
    assert picture is not None
    began = time.perf_counter()
    studio.filing.save(picture, str(path))
    window.wait(lambda: path.exists() and not studio.jobs.lines, LIMIT)
    return f"saved, {path.stat().st_size / 2**20:.0f} MiB", [time.perf_counter() - began]
