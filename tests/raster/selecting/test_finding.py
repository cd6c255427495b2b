"""Wand, colour, tone, magnetic lasso and quick select on pictures made by rule."""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Generator
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.raster.geometry import Rect
from studio.raster.selecting import livewire, objects, regions, tones
from studio.raster.selecting.blocks import finished
from studio.raster.selecting.regions import Likeness, Read
from tests.raster.selecting.photographs import HEIGHT, NAMES, WIDTH, photograph


def reader(pixels: np.ndarray) -> Read:
    whole = Rect(0, 0, pixels.shape[1], pixels.shape[0])

    def read(rect: Rect) -> np.ndarray:
        out = np.zeros((rect.height, rect.width, 4), np.float32)
        part = rect.intersect(whole)
        if not part.empty:
            out[
                part.top - rect.top : part.bottom - rect.top, part.left - rect.left : part.right - rect.left
            ] = pixels[part.top : part.bottom, part.left : part.right]
        return out

    return read


def result(steps: Generator[None, None, Any]) -> Any:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def opaque(grey: np.ndarray) -> np.ndarray:
    return np.dstack([grey] * 3 + [np.ones_like(grey)]).astype(np.float32)


def ring(size: int = 1300, width: int = 3) -> np.ndarray:
    """Grey 1 with a black anti-aliased circle of radius 500 around the middle."""
    line = np.zeros((size, size), np.uint8)
    cv2.circle(line, (size // 2, size // 2), 500, 255, width, cv2.LINE_AA)
    return 1 - line / 255


# wand and colour


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["perceived", "channels"]), st.booleans())
def test_the_wand_is_a_flood_fill(seed: int, measure: str, corners: bool) -> None:
    """Across blocks, the same as one flood over the whole picture."""
    rng = np.random.default_rng(seed)
    rough = cv2.resize(rng.random((20, 26)).astype(np.float32), (1100, 700), interpolation=cv2.INTER_LINEAR)
    pixels = opaque((rough > 0.42).astype(np.float32) * 0.6 + 0.2)
    x, y = int(rng.integers(0, 1100)), int(rng.integers(0, 700))
    likeness = Likeness(measure=measure, corners=corners, anti_alias=False)  # type: ignore[arg-type]
    canvas = Rect(0, 0, 1100, 700)
    found = finished(regions.connected(reader(pixels), canvas, x, y, pixels[y, x], likeness)).read(canvas)
    alike = (pixels[..., 0] == pixels[y, x, 0]).astype(np.uint8)
    _, labels = cv2.connectedComponents(alike, connectivity=8 if corners else 4)
    assert np.array_equal(found > 0, labels == labels[y, x])


def test_the_soft_edge_is_the_share_of_a_mixed_pixel() -> None:
    grey = ring()
    canvas = Rect(0, 0, 1300, 1300)
    pixels = opaque(grey)
    likeness = Likeness(tolerance=10, measure="channels")
    found = finished(regions.connected(reader(pixels), canvas, 650, 650, pixels[650, 650], likeness))
    row = found.read(Rect(650, 650, 1300, 651))[0].astype(np.float32)
    line = grey[650, 650:]
    outside = int(np.argmax(line < 0.9))
    assert row[:outside].min() == 1
    assert row[outside] == pytest.approx(line[outside], abs=2e-3)
    assert not row[outside + 1 :].any()


def test_a_hard_edge_stays_hard() -> None:
    grey = np.zeros((40, 40))
    grey[:, 20:] = 1
    found = finished(
        regions.connected(reader(opaque(grey)), Rect(0, 0, 40, 40), 5, 5, opaque(grey)[5, 5], Likeness())
    )
    assert set(np.unique(found.read(Rect(0, 0, 40, 40)))) == {0.0, 1.0}


@pytest.mark.parametrize(("gap", "closed"), [(0, False), (12, False), (26, True)])
def test_gaps_up_to_the_given_width_count_as_closed(gap: int, closed: bool) -> None:
    grey = ring()
    grey[640:660, 100:200] = 1  # a hole 20 px wide in the line
    canvas = Rect(0, 0, 1300, 1300)
    pixels = opaque(grey)
    likeness = Likeness(tolerance=10, measure="channels", gap=gap)
    found = finished(regions.connected(reader(pixels), canvas, 650, 650, pixels[650, 650], likeness))
    area = found.read(canvas).astype(np.float64).sum()
    assert (abs(area / (math.pi * 498.5**2) - 1) < 0.01) == closed


def test_by_colour_takes_what_is_apart_too() -> None:
    pixels = np.ones((600, 900, 4), np.float32)
    pixels[..., :3] = 0.8
    pixels[10:50, 10:50, :3] = pixels[500:560, 800:860, :3] = (0.9, 0.1, 0.1)
    canvas = Rect(0, 0, 900, 600)
    colour = regions.colour_at(reader(pixels), 20, 20, 3)
    found = finished(regions.by_colour(reader(pixels), canvas, colour, Likeness())).read(canvas)
    assert found.astype(np.float64).sum() == 40 * 40 + 60 * 60
    assert found[530, 830] == 1


def test_distances_are_delta_e_and_per_cent() -> None:
    pixels = np.array([[[1, 0, 0, 1], [0, 0, 1, 1], [0, 0, 0, 0]]], np.float32)
    apart = regions.distances(pixels, pixels[0, 0], "perceived")
    # CIE 1976 ΔE of the sRGB primaries red and blue, by Lindbloom's calculator
    assert (
        apart[0, 0] == 0
        and apart[0, 1] == pytest.approx(176.31, abs=0.4)
        and apart[0, 2] == pytest.approx(100)
    )
    assert regions.distances(pixels, pixels[0, 0], "channels")[0].tolist() == [0, 100, 100]
    assert regions.distances(pixels, pixels[0, 2], "perceived")[0, 2] == 0


def test_the_wand_outside_the_canvas_selects_nothing() -> None:
    pixels = opaque(np.ones((10, 10)))
    assert not finished(
        regions.connected(reader(pixels), Rect(0, 0, 10, 10), 10, 3, pixels[0, 0], Likeness())
    )


# channels and tones


def test_the_three_tones_share_the_whole_scale() -> None:
    ramp = opaque(np.linspace(0, 1, 256, dtype=np.float32)[None])
    parts = [tones.tone_values(ramp, handles) for handles in tones.TONES.values()]
    assert np.abs(sum(parts) - 1).max() < 1e-5
    assert parts[0][0, 0] == 1 and parts[2][0, -1] == 1 and parts[1][0, 119] == 1


@given(st.lists(st.floats(0, 100), min_size=4, max_size=4))
def test_a_tone_is_full_between_its_inner_handles(handles: list[float]) -> None:
    a, b, c, d = sorted(handles)
    ramp = opaque(np.linspace(0, 1, 64, dtype=np.float32)[None])
    lightness = regions.to_lab(ramp[..., :3])[0, :, 0]
    found = tones.tone_values(ramp, (a, b, c, d))[0]
    inner = (lightness > b) & (lightness < c)
    assert (found[inner] > 0.999).all() and ((found >= 0) & (found <= 1)).all()
    assert not found[(lightness < a) | (lightness > d)].any()


def test_handles_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="rise"):
        finished(tones.by_tone(reader(opaque(np.ones((4, 4)))), Rect(0, 0, 4, 4), (50, 20, 60, 80)))


def test_channels_are_straight_values() -> None:
    pixels = np.array([[[0.2, 0.1, 0.05, 0.5], [0, 0, 0, 0], [1, 0.5, 0.25, 1]]], np.float32)
    assert tones.channel_values(pixels, "red")[0] == pytest.approx([0.2, 0, 1])
    assert tones.channel_values(pixels, "alpha")[0] == pytest.approx([0.5, 0, 1])
    luma = 0.2126 + 0.7152 * 0.5 + 0.0722 * 0.25
    assert tones.channel_values(pixels, "luminance")[0, 2] == pytest.approx(luma)


# magnetic lasso


def cheapest(cost: np.ndarray, start: tuple[int, int]) -> np.ndarray:
    """Dijkstra, pixel by pixel."""
    _, height, width = cost.shape
    total = np.full((height, width), np.inf)
    total[start[1], start[0]] = 0
    heap = [(0.0, *start)]
    while heap:
        reached, x, y = heapq.heappop(heap)
        if reached > total[y, x]:
            continue
        for index, (rows, columns) in enumerate(livewire._STEPS):
            column, row = x + columns, y + rows
            if 0 <= column < width and 0 <= row < height:
                length = reached + float(cost[index, row, column])
                if length < total[row, column]:
                    total[row, column] = length
                    heapq.heappush(heap, (length, column, row))
    return total


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 39), st.integers(0, 29))
def test_sweeping_finds_the_cheapest_paths(seed: int, x: int, y: int) -> None:
    cost = np.random.default_rng(seed).uniform(0.01, 1, (8, 30, 40)).astype(np.float32)
    paths = livewire.Paths(cost, (x, y))
    for _ in paths.steps():
        pass
    assert np.allclose(paths._total, cheapest(cost, (x, y)), rtol=1e-9)
    line = paths.to(20, 10)
    assert line[0] == (x, y) and line[-1] == (20, 10)
    assert all(max(abs(a - c), abs(b - d)) == 1 for (a, b), (c, d) in itertools.pairwise(line))


def test_a_path_keeps_to_the_edge_of_a_disc() -> None:
    rng = np.random.default_rng(1)
    disc = np.zeros((200, 200), np.uint8)
    cv2.circle(disc, (100, 100), 60, 255, -1, cv2.LINE_AA)
    cover = cv2.GaussianBlur(disc, (0, 0), 1.2)[..., None] / 255
    pixels = opaque(np.zeros((200, 200)))
    pixels[..., :3] = cover * (0.7, 0.4, 0.3) + (1 - cover) * (0.3, 0.5, 0.4)
    pixels[..., :3] += rng.normal(0, 0.03, (200, 200, 3))
    steps = livewire.paths_from(pixels, (160, 100))
    paths = result(steps)
    for target in ((100, 40), (40, 100), (100, 160)):
        radii = [math.hypot(x - 100, y - 100) for x, y in paths.to(*target)]
        assert min(radii) > 57.5 and max(radii) < 62.5
    assert paths.to(-50, 999)[-1] == (0, 199)


# quick select


def overlap(found: np.ndarray, truth: np.ndarray) -> float:
    """Intersection over union of soft masks."""
    return float(np.minimum(found, truth).sum() / np.maximum(found, truth).sum())


def selected(name: str, presses: int) -> tuple[np.ndarray, np.ndarray]:
    """What so many presses of a 24 px brush select, and the truth."""
    picture = photograph(name)
    scale = objects.WORKING_SIDE / WIDTH
    small = cv2.resize(picture.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    inside = np.zeros(small.shape[:2], np.uint8)
    for x, y in picture.clicks[:presses]:
        cv2.circle(inside, (round(x * scale), round(y * scale)), round(12 * scale), 1, -1)
    steps = objects.cut(small, inside > 0, np.zeros(inside.shape, bool))
    return objects.refined(picture.pixels, result(steps)), picture.truth


@pytest.mark.parametrize("name", NAMES)
def test_three_presses_select_the_object(name: str) -> None:
    found, truth = selected(name, 3)
    assert found.shape == (HEIGHT, WIDTH) and overlap(found, truth) >= 0.9


@pytest.mark.parametrize("name", ["leaf", "animal", "pebble"])
def test_one_press_is_enough_for_an_object_of_one_material(name: str) -> None:
    assert overlap(*selected(name, 1)) >= 0.9


@pytest.mark.parametrize("name", NAMES)
def test_a_box_around_it_is_enough(name: str) -> None:
    picture = photograph(name)
    scale = objects.WORKING_SIDE / WIDTH
    small = cv2.resize(picture.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    rows, columns = np.nonzero(picture.truth > 0.5)
    within = np.zeros(small.shape[:2], bool)
    left, top = (max(int((part.min() - 8) * scale), 0) for part in (columns, rows))
    within[top : int((rows.max() + 8) * scale), left : int((columns.max() + 8) * scale)] = True
    nothing = np.zeros(within.shape, bool)
    found = result(objects.cut(small, nothing, nothing, within))
    assert overlap(objects.refined(picture.pixels, found), picture.truth) >= 0.9
    assert not found[~within].any()


def test_marks_come_back_as_marked_and_nothing_marked_is_nothing() -> None:
    picture = photograph("apple")
    small = cv2.resize(picture.pixels, (160, 120), interpolation=cv2.INTER_AREA)
    inside, outside = np.zeros((120, 160), bool), np.zeros((120, 160), bool)
    inside[60:70, 80:90] = True
    outside[30:40, 70:80] = True
    steps = objects.cut(small, inside, outside)
    found = result(steps)
    assert found[inside].all() and not found[outside].any()
    assert not result(objects.cut(small, outside & inside, outside)).any()


def test_a_picture_of_one_colour_and_of_one_pixel_is_no_trouble() -> None:
    for size in ((1, 1), (7, 5), (60, 60)):
        pixels = np.ones((*size, 4), np.float32)
        inside = np.zeros(size, bool)
        inside[0, 0] = True
        steps = objects.cut(pixels, inside, np.zeros(size, bool))
        found = result(steps)
        assert found[0, 0]
        assert objects.refined(pixels, found).shape == size
