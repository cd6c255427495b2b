"""A studio without threads and torch: lanes run in the test's own turn, the engine answers with gradients."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from studio.jobs.job import Priority
from studio.jobs.lane import Lane
from studio.messages.events import Checkpoint, Evaluated, Event, Failed, Finished, Picture, Progress, Sample
from studio.messages.models import ModelCard, ModelEntry, Slider
from studio.messages.pixels import Pixels
from studio.messages.requests import Evaluate, Generate, Request, Train
from studio.settings import Settings
from studio.workspace.studio import Studio

NATIVE = 64


class FakeEngine:
    """Answers a Generate with one gradient per seed, a Train with three steps; at once, or when :meth:`answer` is called."""

    device = None

    def __init__(self, at_once: bool = True) -> None:
        self.at_once = at_once
        self.requests: list[Request] = []
        self.cancelled: list[int] = []
        self.paused: list[int] = []
        self._numbers = itertools.count(1)
        self._waiting: list[tuple[int, Request, Callable[[Event], None]]] = []

    @property
    def running(self) -> tuple[int, ...]:
        return tuple(job for job, _, _ in self._waiting)

    def start(self) -> None:
        """Nothing to warm up."""

    def submit(
        self,
        request: Request,
        *,
        priority: Priority = Priority.normal,
        replace: str | None = None,
        on_event: Callable[[Event], None],
    ) -> int:
        job = next(self._numbers)
        self.requests.append(request)
        self._waiting.append((job, request, on_event))
        if self.at_once:
            self.answer()
        return job

    def answer(self, pictures: int = 1000) -> None:
        """Ends what waits; of a Generate at most ``pictures`` seeds, then it keeps running."""
        waiting, self._waiting = self._waiting, []
        for job, request, on_event in waiting:
            if isinstance(request, Generate):
                self._generate(job, request, on_event, pictures)
            elif isinstance(request, Train):
                self._train(job, request, on_event)
            elif isinstance(request, Evaluate):
                on_event(Progress(job=job, done=1, total=request.count))
                on_event(report(job=job, count=request.count))
                on_event(Finished(job=job))
            else:
                on_event(Finished(job=job))

    def _generate(
        self, job: int, request: Generate, on_event: Callable[[Event], None], pictures: int
    ) -> None:
        side = NATIVE // 2 if request.quick else NATIVE
        for index, seed in enumerate(request.seeds[:pictures]):
            times = 0 if request.quick else request.detail
            pixels = Pixels.of(gradient(seed, request.sliders, side * 4**times))
            grain = "0123456789abcdef" if times else ""
            on_event(
                Picture(
                    job=job,
                    index=index,
                    seed=seed,
                    pixels=pixels,
                    real_size=side,
                    detail=times,
                    detail_digest=grain,
                )
            )
        if pictures < len(request.seeds):
            on_event(Progress(job=job, done=1, total=2))
            self._waiting.append((job, request, on_event))
        else:
            on_event(Finished(job=job, seconds=0.1))

    def _train(self, job: int, request: Train, on_event: Callable[[Event], None]) -> None:
        for step in range(60):
            on_event(
                Progress(
                    job=job,
                    done=step,
                    total=100,
                    seconds_left=100.0 - step,
                    values={"loss": 1 / (step + 1) + step % 3 * 0.1},
                )
            )
        grid = np.concatenate([gradient(seed, {}, 32) for seed in range(4)], axis=1)
        on_event(Sample(job=job, step=60, pixels=Pixels.of(np.concatenate([grid, grid[:, ::-1]], axis=0))))
        on_event(Checkpoint(job=job, step=60, path=f"{request.run}/step-60.safetensors"))
        self._waiting.append((job, request, on_event))

    def cancel(self, job: int) -> None:
        self.cancelled.append(job)
        for number, _, on_event in [one for one in self._waiting if one[0] == job]:
            on_event(Failed(job=number, kind="cancelled"))
        self._waiting = [one for one in self._waiting if one[0] != job]

    def pause(self, job: int) -> None:
        self.paused.append(job)

    def resume(self, job: int) -> None:
        self.paused.remove(job)

    def close(self) -> None:
        self._waiting.clear()


def gradient(seed: int, sliders: dict[str, float], side: int) -> np.ndarray:
    """uint8 [side, side, 3]: hills whose colour follows the seed and whose light follows the sliders."""
    y, x = np.mgrid[0:side, 0:side].astype(np.float64) / side
    light = 0.15 * sum(sliders.values())
    sky = np.ones((side, side, 1)) * np.array([0.75 + 0.1 * np.sin(seed), 0.8, 0.78 + 0.1 * np.cos(seed)])
    for level in range(3):
        ridge = 0.35 + 0.2 * level + 0.12 * np.sin(6 * x + seed * 1.3 + level * 2.1)
        shade = np.array([0.5, 0.62, 0.6]) * (1 - 0.28 * level)
        sky = np.where((y > ridge)[..., None], shade, sky)
    return (np.clip(sky + light, 0, 1) * 255).astype(np.uint8)


def report(**fields: Any) -> Evaluated:
    """What was measured of a model."""
    pixels = np.concatenate([gradient(seed, {}, 32) for seed in range(4)], axis=1)
    known: dict[str, Any] = {
        "name": "ink", "step": 60, "count": 256, "real": 420, "variety": 0.83, "distance": 9.25, "distance_of_halves": 3.1,
        "precision": 0.71, "recall": 0.64, "kernel_distance": 0.021, "density": 0.9, "coverage": 0.58, "copies": 0.04, "pixels": Pixels.of(np.concatenate([pixels, pixels])),
    }  # fmt: skip
    return Evaluated(**{**known, **fields})


def preview() -> bytes:
    """A PNG of four small pictures."""
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for index in range(4):
        painter.fillRect(
            index % 2 * 32, index // 2 * 32, 32, 32, QColor(60 + 40 * index, 90 + 20 * index, 100)
        )
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.scaled(64, 64, Qt.AspectRatioMode.KeepAspectRatio).save(buffer, "PNG")  # type: ignore[arg-type]
    return bytes(data.data())


def model(name: str = "shanshui-gan", **fields: Any) -> ModelEntry:
    """An entry as the catalogue lists it."""
    words = (
        ("mist", "Mist", "雾气"),
        ("ridge", "Ridge height", "山势"),
        ("season", "Season", "季节"),
        ("night", "Night", "昼夜"),
        ("water", "Water", "水面"),
        ("trees", "Trees", "林木"),
    )
    card = ModelCard(
        name=name,
        title="Shan-shui",
        title_zh="山水",
        kind="gan",
        size=NATIVE,
        learned_size=256,
        sliders=tuple(Slider(name=one, title=title, title_zh=chinese) for one, title, chinese in words),
        pinned=("mist", "ridge", "season", "night"),
        abilities=("generate", "variety", "explore", "bands"),
    )
    entry = {
        "card": card,
        "path": f"/models/{name}.safetensors",
        "digest": "0" * 64,
        "bytes": 1,
        "embedded": True,
    }
    return ModelEntry(**{**entry, **fields})


def studio(
    engine: FakeEngine | None = None, models: tuple[ModelEntry, ...] | None = None, translate: Any = None
) -> Studio:
    """A studio whose lanes are run by :func:`settle`."""
    render, files = Lane("render"), Lane("files")
    entries = (model(preview=preview()),) if models is None else models
    words = {"translate": translate} if translate else {}
    made = Studio(
        Settings(language="en"),
        render_lane=render,
        files_lane=files,
        engine=engine,
        catalogue=lambda: entries,
        **words,
    )
    made.refresh_models()
    files.drain()
    return made


def settle(made: Studio) -> None:
    """Runs what waits on the lanes, then the window's turn, until both are quiet."""
    from PySide6.QtWidgets import QApplication

    for _ in range(20):
        steps = made.files_lane.drain() + made.render_lane.drain()
        QApplication.processEvents()
        if not steps:
            break
    QApplication.processEvents()


def close(made: Studio) -> None:
    """Ends the studio: pictures closed, journals written."""
    for picture in list(made.pictures):
        made.close(picture)
    settle(made)


def folder_of_pictures(folder: Path, count: int) -> Path:
    """A folder with so many small PNG files, one level down."""
    inner = folder / "ink"
    inner.mkdir()
    for number in range(count):
        (inner / f"{number}.png").write_bytes(preview())
    (inner / "notes.txt").write_text("not a picture")
    return folder
