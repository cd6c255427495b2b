"""Quick select and the magnetic lasso on six photographs against masks drawn by eye (tests/data/select/README.md)."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage
from PIL import Image

from studio.document import edits
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.workspace.tools import Pointer
from tests.workspace.conftest import Bench

PICTURES = Path(skimage.__file__).parent / "data"
MASKS = Path(__file__).parents[1] / "data" / "select"
HANDS = json.loads((MASKS / "hands.json").read_text())
WANTED = 0.9
TREMBLE = 5.0
"""Pixels by which the hand that leads the magnetic lasso is off the line."""


def shown(bench: Bench, name: str) -> np.ndarray:
    """Opens the photograph; bool [h, w]: the true mask of its subject."""
    seen = np.asarray(Image.open(PICTURES / f"{name}.png").convert("RGBA"), np.float32) / 255
    truth = np.asarray(Image.open(MASKS / f"{name}.png"))
    assert truth.dtype == bool and truth.shape == seen.shape[:2]
    height, width = truth.shape
    artwork = edits.from_picture(Surface.from_pixels(seen.astype(np.float16)), width, height, name=name)
    bench.studio.show(artwork, title=name)
    bench.settle()
    return truth


def overlap(found: np.ndarray, truth: np.ndarray) -> float:
    """Intersection over union; soft edges count by their part."""
    found = found.astype(np.float32)
    return float(np.minimum(found, truth).sum() / np.maximum(found, truth).sum())


def selected(bench: Bench, truth: np.ndarray) -> np.ndarray:
    mask = bench.picture.document.artwork.selection
    assert mask is not None, bench.sentences()
    return mask.read(Rect(0, 0, truth.shape[1], truth.shape[0]))


@pytest.mark.parametrize("name", HANDS)
def test_quick_select_finds_the_subject_with_three_marks_at_most(bench: Bench, name: str) -> None:
    truth, hand = shown(bench, name), HANDS[name]
    assert 1 <= len(hand["marks"]) <= 3
    painting = bench.studio.painting
    painting.change_options("quick-select", size=float(hand["size"]))
    painting.choose_tool("quick-select")
    for (x, y), *others in hand["marks"]:
        gesture = painting.begin(bench.picture, Pointer(x, y))
        assert gesture is not None
        for to_x, to_y in others:
            gesture.send(Pointer(to_x, to_y))
        gesture.finish()
        bench.settle()
    assert overlap(selected(bench, truth), truth) >= WANTED


@pytest.mark.parametrize("name", [name for name, hand in HANDS.items() if "hand" in hand])
def test_the_magnetic_lasso_follows_the_subject_better_than_the_hand(bench: Bench, name: str) -> None:
    """Three presses; between them the hand trembles along a coarse outline."""
    truth, corners = shown(bench, name), HANDS[name]["hand"]
    line, presses = _trembling(corners)
    painting = bench.studio.painting
    painting.choose_tool("magnetic")
    for index, (x, y) in enumerate(line):
        if index in presses:
            painting.begin(bench.picture, Pointer(x, y))
        else:
            painting.session.hover(Pointer(x, y))
        bench.settle()
    painting.close_session()
    bench.settle()
    alone = np.zeros(truth.shape, np.uint8)
    cv2.fillPoly(alone, [np.round(line).astype(np.int32)], 1)
    found = overlap(selected(bench, truth), truth)
    assert found >= WANTED and found > overlap(alone, truth)


def _trembling(corners: list[list[float]]) -> tuple[np.ndarray, list[int]]:
    """[n, 2]: places about six pixels apart along the outline, off it by TREMBLE at most, and three that are on it."""
    places = []
    for (x, y), (to_x, to_y) in pairwise([*corners, corners[0]]):
        steps = max(1, round(np.hypot(to_x - x, to_y - y) / 6))
        places += [(x + (to_x - x) * step / steps, y + (to_y - y) * step / steps) for step in range(steps)]
    turns = np.arange(len(places))
    off = TREMBLE * np.stack([np.sin(turns / 2.9), np.cos(turns / 3.7)], 1)
    presses = [len(places) * third // 3 for third in range(3)]
    off[presses] = 0
    return np.array(places) + off, presses
