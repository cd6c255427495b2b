"""The largest canvas, 30 000 × 30 000: new, a stroke across it, zoomed, all of it selected, feathered and filled, saved.

Takes more than a minute and gibibytes of memory, so that it is measured only by its name.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from studio.bench.figures import Figure, figure
from studio.bench.one import peak_memory
from studio.bench.window import Window, display_note
from studio.workspace.tools import Pointer

SIDE = 30_000
MEMORY = 4096.0
"""MiB that all of it may take."""
LIMIT = 600.0
ZOOMS = (0.1, 1.0, 4.0, 0.5)
BRUSH = 300.0
FEATHER = 200.0
COLOUR = (0.18, 0.44, 0.69)


def measure(quick: bool = False) -> list[Figure]:
    side = SIDE // 10 if quick else SIDE
    window = Window()
    studio = window.studio
    with tempfile.TemporaryDirectory() as folder:
        found = [
            _timed("new picture to shown at fit zoom", window, lambda: studio.new_picture(side, side)),
            _timed(f"a stroke of {BRUSH:g} px across it, to shown", window, lambda: _stroke(window, side)),
            _zooms(window),
            _timed("all of it selected", window, studio.selecting.all),
            _timed(
                f"feathered by {FEATHER:g} px", window, lambda: studio.selecting.change("feather", FEATHER)
            ),
            _timed("filled", window, lambda: studio.selecting.fill(COLOUR)),
            _save(window, Path(folder) / "large.danqing"),
        ]
    memory = figure("peak memory of all that", "MiB", [peak_memory()], {"max": MEMORY})
    return [figure(f"{side}²: {what}", "s", seconds, None, display_note()) for what, seconds in found] + [
        memory
    ]


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


def _stroke(window: Window, side: int) -> None:
    """Corner to corner in a hundred samples, each handled before the next is sent."""
    studio, picture = window.studio, window.studio.current
    assert picture is not None
    studio.painting.choose_tool("brush")
    studio.painting.change_brush(size=BRUSH)
    gesture = studio.painting.begin(picture, Pointer(0.0, 0.0, t=0.0), "brush")
    assert gesture is not None
    for step in range(1, 101):
        gesture.send(Pointer(side * step / 100, side * step / 100, t=step / 60))
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
