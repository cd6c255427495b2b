"""The event loop under load: the longest time between two deliveries of a 1 ms precise timer, while the artist paints
and the studio generates, trains, saves and filters."""

from __future__ import annotations

import itertools
import math
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from studio.bench.figures import Figure, figure
from studio.bench.rows.generate import ready, usable
from studio.bench.window import Window, display_note

WHAT = "event-loop gap during painting while generating, training, saving, filtering"
TARGET = {"p99": 16.0, "max": 60.0}


class Gaps:
    """Milliseconds between deliveries of a 1 ms precise timer."""

    def __init__(self) -> None:
        self.found: list[float] = []
        self._last = time.perf_counter()
        self.timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=1)
        self.timer.timeout.connect(self._tick)
        self.timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.found.append(1000 * (now - self._last))
        self._last = now


class Hand:
    """Strokes with the mouse at 125 samples per second: 40 samples, then a pause of 5."""

    def __init__(self, window: Window) -> None:
        self._canvas = window.canvas
        self._numbers = itertools.count()
        self.strokes = 0
        self.timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=8)
        self.timer.timeout.connect(self._sample)
        self.timer.start()

    def _sample(self) -> None:
        number = next(self._numbers)
        index, angle = number % 45, number * 0.05
        x = self._canvas.width() * (0.5 + 0.25 * math.cos(angle))
        y = self._canvas.height() * (0.5 + 0.3 * math.sin(1.3 * angle))
        place = QPoint(round(x), round(y))
        if index == 0:
            QTest.mousePress(self._canvas, Qt.MouseButton.LeftButton, pos=place)
        elif index < 40:
            QTest.mouseMove(self._canvas, place)
        elif index == 40:
            QTest.mouseRelease(self._canvas, Qt.MouseButton.LeftButton, pos=place)
            self.strokes += 1


def measure(quick: bool = False) -> list[Figure]:
    seconds = 3 if quick else 30
    window = Window(with_engine=True)
    entry, studio = usable(), window.studio
    if entry is not None:
        ready(window, entry)
    studio.new_picture(2048, 1536)
    window.wait(window.shown)
    studio.painting.choose_tool("brush")
    studio.painting.change_brush(size=40.0)
    with tempfile.TemporaryDirectory() as folder:
        others = Others(window, Path(folder))
        if entry is not None:
            studio.training.start("shanshui-gan", name="bench", steps=100_000)
            window.wait(lambda: bool(studio.training.state and studio.training.state.step >= 1), 120)
        hand, gaps = Hand(window), Gaps()
        others.timer.start()
        window.rest(seconds)
        for timer in (gaps.timer, hand.timer, others.timer):
            timer.stop()
        state = studio.training.state
        if entry is not None and (state is None or not state.running or state.problem):
            raise RuntimeError("the training ended while it was measured beside")
        studio.training.stop()
        window.rest(1.0)
    did = ", ".join(f"{count} × {name}" for name, count in others.done.items())
    engine = "" if entry is not None else "without a model: neither generating nor training; "
    note = f"{engine}{hand.strokes} strokes, {did}, {display_note()}"
    return [figure(WHAT, "ms", gaps.found[1:], TARGET, note)]


class Others:
    """What else happens: each second one of generate, save, filter, in turn."""

    def __init__(self, window: Window, folder: Path) -> None:
        self._studio = window.studio
        self._folder = folder
        self._turn = itertools.cycle(("generate", "save", "filter"))
        self.done = {"generate": 0, "save": 0, "filter": 0}
        self.timer = QTimer(interval=1000)
        self.timer.timeout.connect(self._next)

    def _next(self) -> None:
        what, studio = next(self._turn), self._studio
        picture = studio.current
        if picture is None:
            return
        if what == "generate" and studio.generating.model is not None and not studio.generating.running:
            studio.generating.generate(new_layer=not self.done["generate"])
        elif what == "save":
            studio.filing.save(picture, str(self._folder / "bench.danqing"))
        elif what == "filter" and not self.done["filter"]:
            picture.document.when_idle(lambda: studio.filtering.add_layer("gaussian-noise", {"sigma": 0.03}))
        elif what == "filter":
            picture.document.when_idle(lambda: studio.filtering.apply("gaussian-blur", {"sigma": 3.0}))
        self.done[what] += 1
