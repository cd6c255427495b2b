"""The presets that come with Danqing: each is its own brush, shown at three pressures."""

from __future__ import annotations

import itertools

import cv2
import msgspec
import numpy as np
import pytest

from studio import paths
from studio.project.brushes.preset import Preset
from studio.raster.brush import ERASER, INK, SOFT_ROUND, checked
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.workspace.brush_files import built_in
from studio.workspace.brush_sample import Place, at_once, fitted, painted, thumbnail, wave
from studio.workspace.brushes import FIRST_IN_HAND

WIDTH, HEIGHT = 420, 300
SIZE = 40.0
PRESSURES = (0.25, 0.6, 1.0)
COLOUR = (0.1, 0.1, 0.25)
LEAST_DIFFERENCE = 8.0
FOLDERS = ("Ink", "Dry", "Wet", "Digital", "Effects", "Retouch", "Erasers")


def ground() -> Surface:
    """Bars of white paper and green, so that smudging, blurring and erasing show."""
    pixels = np.ones((HEIGHT, WIDTH, 4), np.float32)
    for index, left in enumerate(range(0, WIDTH, 28)):
        pixels[:, left : left + 28, :3] = (0.97, 0.95, 0.9) if index % 2 else (0.35, 0.6, 0.5)
    return Surface.from_pixels(pixels)


def line(row: int, pressure: float) -> list[Place]:
    middle = 50 + 100 * row
    places = wave(WIDTH, 200, 50, pressure)
    return [Place(x, middle + (y - 100) * 0.2, pressure, t) for x, y, _, t in places]


def lab(surface: Surface) -> np.ndarray:
    """CIELAB of the surface on white."""
    pixels = np.clip(surface.read(Rect(0, 0, WIDTH, HEIGHT)).astype(np.float32), 0, 1)
    return cv2.cvtColor(np.ascontiguousarray(pixels[..., :3] + (1 - pixels[..., 3:])), cv2.COLOR_RGB2Lab)


@pytest.fixture(scope="module")
def presets() -> tuple[Preset, ...]:
    return built_in()


@pytest.fixture(scope="module")
def strokes(presets: tuple[Preset, ...]) -> dict[float, dict[str, np.ndarray]]:
    """By pressure: a stroke of each preset, all at one size, in one colour, on a ground of its own."""

    def stroke(preset: Preset, pressure: float) -> np.ndarray:
        brush = fitted(preset.brush, SIZE)
        return lab(at_once(painted(brush, ground(), line(1, pressure), COLOUR)))

    return {pressure: {one.id: stroke(one, pressure) for one in presets} for pressure in PRESSURES}


def test_there_are_at_least_24_in_folders_with_names_in_two_languages(presets: tuple[Preset, ...]):
    assert len(presets) >= 24
    assert len({preset.id for preset in presets}) == len(presets)
    assert tuple(dict.fromkeys(preset.folder for preset in presets)) == FOLDERS
    for preset in presets:
        assert preset.title, preset.id
        assert any("\u4e00" <= letter <= "\u9fff" for letter in preset.title_zh), preset.id
        assert preset.tags, preset.id
    for names in ({preset.title for preset in presets}, {preset.title_zh for preset in presets}):
        assert len(names) == len(presets)


def test_every_field_is_one_that_brushes_have(presets: tuple[Preset, ...]):
    for file in (paths.resources() / "brushes").glob("*.json"):
        for one in msgspec.json.decode(file.read_bytes())["presets"]:
            unknown = set(one["brush"]) - set(type(presets[0].brush).__struct_fields__)
            assert not unknown, (one["id"], unknown)
            for dynamic in one["brush"].get("dynamics", ()):
                assert set(dynamic) <= {"parameter", "sensor", "curve", "low", "high", "length", "repeats"}, (
                    one["id"]
                )
    for preset in presets:
        checked(preset.brush)


def test_the_tools_begin_with_presets(presets: tuple[Preset, ...]):
    by_id = {preset.id: preset.brush for preset in presets}
    assert [by_id[FIRST_IN_HAND[tool]] for tool in ("ink", "brush", "eraser")] == [INK, SOFT_ROUND, ERASER]


@pytest.mark.parametrize("pressure", PRESSURES)
def test_strokes_of_any_two_presets_differ_at_each_pressure(
    strokes: dict[float, dict[str, np.ndarray]], pressure: float
):
    """Mean ΔE (CIE 1976) ≥ 8 where both of two strokes lie, at equal size and colour: width alone is no character."""
    bare, drawn = lab(ground()), strokes[pressure]
    inside = {name: np.linalg.norm(stroke - bare, axis=2) > 1 for name, stroke in drawn.items()}
    near = []
    for one, other in itertools.combinations(drawn, 2):
        where = inside[one] & inside[other]
        assert where.any(), (one, other)
        difference = float(np.linalg.norm(drawn[one] - drawn[other], axis=2)[where].mean())
        if difference < LEAST_DIFFERENCE:
            near.append((round(difference, 1), one, other))
    assert not near


def test_every_preset_leaves_a_trace_at_each_pressure(strokes: dict[float, dict[str, np.ndarray]]):
    bare = lab(ground())
    for pressure, drawn in strokes.items():
        for name, stroke in drawn.items():
            changed = np.linalg.norm(stroke - bare, axis=2)[100:200]
            assert (changed > 3).mean() > 0.005, (name, pressure)


def test_pressure_shows_in_most_presets(strokes: dict[float, dict[str, np.ndarray]]):
    bare = lab(ground())
    changed = {
        pressure: {name: np.linalg.norm(stroke - bare, axis=2).sum() for name, stroke in drawn.items()}
        for pressure, drawn in strokes.items()
    }
    light, full = changed[PRESSURES[0]], changed[PRESSURES[-1]]
    assert sum(full[name] > 1.25 * light[name] for name in full) >= 0.6 * len(full)


def test_a_thumbnail_shows_something_of_every_preset(presets: tuple[Preset, ...]):
    for preset in presets:
        pixels = at_once(thumbnail(preset.brush, 132, 44, (0.9, 0.9, 0.9), (0.3, 0.3, 0.3)))
        assert pixels.shape == (44, 132, 4)
        assert pixels.dtype == np.uint8
        assert (pixels[..., 3] > 24).mean() > 0.012, preset.id
        edge = np.concatenate([pixels[0, :, 3], pixels[-1, :, 3]])
        if preset.brush.mode == "paint" and not preset.brush.scatter:
            assert (edge > 128).mean() < 0.2, preset.id


def test_gouache_lies_without_bands(presets: tuple[Preset, ...]):
    """No dab stands out along the stroke: its tones go over into each other."""
    brush = next(one.brush for one in presets if one.id == "gouache")
    ground = Surface.from_pixels(np.ones((100, 700, 4), np.float16))
    for seed in range(3):
        places = [Place(50 + 6.0 * step, 50.0, 1.0, step / 100) for step in range(100)]
        drawn = at_once(painted(brush, ground, places, (0.15, 0.35, 0.6), seed))
        pixels = np.float32(drawn.read(Rect(100, 45, 600, 55))[..., :3])
        tones = cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2Lab)[..., 0].mean(0)
        assert np.abs(np.diff(tones)).max() < 0.9
        assert np.ptp(tones) > 1, "nor is it flat"


def test_the_flat_pen_is_crisp_ink_without_grain(presets: tuple[Preset, ...]):
    """Across the pen the ink is even; along the stroke it pools and thins slowly."""
    brush = next(one.brush for one in presets if one.id == "flat-pen")
    ground = Surface.from_pixels(np.ones((120, 700, 4), np.float16))
    places = [Place(50 + 6.0 * step, 60.0, 1.0, step / 100) for step in range(100)]
    drawn = at_once(painted(brush, ground, places, (0.1, 0.1, 0.25)))
    pixels = np.float32(drawn.read(Rect(100, 0, 600, 120))[..., :3])
    tones = cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2Lab)[..., 0]
    middle = tones[56:64]
    assert middle.min() > 5  # it thins
    assert np.ptp(middle.mean(0)) > 15
    assert np.abs(np.diff(middle, axis=0)).max() < 2
    assert np.abs(np.diff(middle, axis=1)).max() < 2
    outside = (tones > 90).sum(0) / len(tones)
    assert np.ptp(outside) < 0.02  # its edges are straight


def test_the_blender_leaves_no_torn_edge(presets: tuple[Preset, ...]):
    """Across a border of two colours the bristles blend: nowhere inside do whole colours meet."""
    brush = next(one.brush for one in presets if one.id == "blender")
    pixels = np.ones((140, 400, 4), np.float16)
    pixels[:, 200:, :3] = 0.2
    places = [Place(60 + 4.0 * step, 70.0, 1.0, step / 100) for step in range(70)]
    drawn = at_once(painted(brush, Surface.from_pixels(pixels), places, COLOUR))
    inside = np.float32(drawn.read(Rect(120, 60, 280, 80))[..., 0])
    assert np.abs(np.diff(inside, axis=1)).max() < 0.4 * 0.8
    assert (np.abs(inside - 0.6) < 0.3).mean() > 0.1
