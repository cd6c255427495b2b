"""Nothing is lost: the studio is killed 1.1 s after a stroke, again and again, and every stroke is there."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np

from studio.project import recovery
from studio.project.journal import Journal
from studio.raster.geometry import Rect
from studio.render.renderer import Renderer
from tests.flows.painter import SIZE

ROUNDS = 30 if os.environ.get("DANQING_LONG_TESTS") else 3
AFTER_STROKE = 1.1
"""What is promised: a committed step is on disk within this time. Not a bound on speed, but the moment of the kill."""
PAINTER = Path(__file__).with_name("painter.py")


def paint_and_kill(number: int) -> None:
    root = PAINTER.parent.parent.parent
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(root)}
    command = [sys.executable, str(PAINTER), str(number)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        time.sleep(AFTER_STROKE)
        process.kill()
    assert line.strip() == f"painted {number}"


def strokes_shown(png: bytes) -> set[int]:
    """The strokes that a small image of the picture shows; raises where there is none."""
    assert png.startswith(b"\x89PNG"), "recovery has no image of the picture"
    image = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    scale = len(image) / SIZE
    middle = {number: round((10 + number * 20) * scale) for number in range(ROUNDS)}
    column = image[:, round(100 * scale)].min(-1)
    return {number for number, row in middle.items() if column[row - 2 : row + 3].min() < 128}


def test_every_stroke_survives_a_kill(home: Path):
    for number in range(ROUNDS):
        paint_and_kill(number)
        (left,) = recovery.list_journals()
        assert left.steps == number + 2, "the new picture and each stroke are a step"
        assert left.modified and not left.problem
    # the image that recovery shows is made in the background, so that the last stroke alone may be missing in it
    assert strokes_shown(left.thumbnail) >= set(range(ROUNDS - 1))
    journal = Journal.open(left.path)
    artwork, report = journal.artwork()
    labels = [entry.label for entry in journal.entries]
    assert not report
    assert labels.count("Paint") == ROUNDS
    renderer = Renderer()
    for number in range(ROUNDS):
        pixels = renderer.compose(artwork, Rect(100, 10 + number * 20, 101, 11 + number * 20))
        assert pixels[0, 0, :3].max() < 0.5, f"stroke {number} is lost"
    journal.close()
