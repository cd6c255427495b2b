"""Every blend mode as it is drawn, against its formula in float64 on the stored values."""

import numpy as np
import pytest

from studio.raster import blend, draw
from studio.raster.blend import BLEND_MODES, above_one, mix

SIZE = 48
W3C = [
    "normal",
    "multiply",
    "screen",
    "overlay",
    "darken",
    "lighten",
    "color-dodge",
    "color-burn",
    "hard-light",
    "soft-light",
    "difference",
    "exclusion",
    "hue",
    "saturation",
    "color",
    "luminosity",
    "lighter",
    "clear",
    "copy",
    "behind",
    "erase",
    "source-in",
    "source-out",
    "source-atop",
    "destination-in",
    "destination-atop",
    "xor",
]
BEYOND = [
    "dissolve",
    "linear-burn",
    "linear-light",
    "vivid-light",
    "pin-light",
    "hard-mix",
    "subtract",
    "divide",
    "darker-color",
    "lighter-color",
    "add",
]


def pixels(seed: int, dtype: type, highest: float = 1.0) -> np.ndarray:
    """Random premultiplied colours; a quarter each transparent and opaque, black and white among the colours."""
    rng = np.random.default_rng(seed)
    alpha = rng.random((SIZE, SIZE, 1))
    kind = rng.integers(0, 4, (SIZE, SIZE, 1))
    alpha = np.where(kind == 0, 0.0, np.where(kind == 1, 1.0, np.maximum(alpha, 0.02)))
    colour = rng.random((SIZE, SIZE, 3)) * highest
    edge = rng.integers(0, 12, (SIZE, SIZE, 1))
    colour = np.where(edge == 0, 0.0, np.where(edge == 1, 1.0, colour))
    return np.concatenate([colour * alpha, alpha], -1).astype(dtype)


def drawn(mode: blend.BlendMode, backdrop: np.ndarray, source: np.ndarray) -> np.ndarray:
    """The mode as the compositor draws it: Skia where it may, else the kernels."""
    out = backdrop.astype(np.float32)
    wide = source.astype(np.float32)
    inside = not above_one(source) and not above_one(out)
    if mode.skia is not None and (mode.keeps_above_one or inside):
        canvas = draw.surface(out).getCanvas()
        draw.draw(canvas, draw.image(source), 0, 0, draw.paint(mode.skia))
    else:
        mix(mode, out, wide)
    return out


def steady(mode: blend.BlendMode, backdrop: np.ndarray, source: np.ndarray) -> np.ndarray:
    """Where the formula has no jump within rounding: only the modes that choose or divide have any."""
    steps = np.linspace(-1, 1, 3) * 2e-6
    results = [
        mode.composite(
            backdrop * (1 + step * np.array([1, 1, 1, 0])), source * (1 + other * np.array([1, 1, 1, 0]))
        )
        for step in steps
        for other in steps
    ]
    return np.ptp(np.stack(results), axis=0).max(-1) < 5e-5


@pytest.mark.parametrize("highest", [1.0, 2.0], ids=["inside", "above one"])
@pytest.mark.parametrize("name", list(BLEND_MODES))
def test_drawn_equals_formula(name: str, highest: float) -> None:
    mode = BLEND_MODES[name]
    backdrop, source = pixels(1, np.float32, highest), pixels(2, np.float16, highest)
    wanted = mode.composite(backdrop.astype(np.float64), source.astype(np.float64))
    kept = steady(mode, backdrop.astype(np.float64), source.astype(np.float64))
    error = np.abs(drawn(mode, backdrop, source) - wanted).max(-1)
    assert kept.mean() > 0.9
    assert error[kept].max() < 1e-4


@pytest.mark.parametrize("name", list(BLEND_MODES))
def test_numpy_path_equals_formula(name: str) -> None:
    mode = BLEND_MODES[name]
    backdrop, source = pixels(3, np.float32), pixels(4, np.float32)
    out = backdrop.copy()
    mix(mode, out, source)
    wanted = mode.composite(backdrop.astype(np.float64), source.astype(np.float64))
    kept = steady(mode, backdrop.astype(np.float64), source.astype(np.float64))
    assert np.abs(out - wanted).max(-1)[kept].max() < 1e-4


@pytest.mark.parametrize("name", [name for name, mode in BLEND_MODES.items() if mode.kernel])
def test_kernel_takes_halves_opacity_and_any_width(name: str) -> None:
    mode = BLEND_MODES[name]
    backdrop, source = pixels(8, np.float32)[3:, 5:40], pixels(9, np.float16)[3:, 5:40]
    out, wide = backdrop.copy(), backdrop.copy()
    mix(mode, out, source, loud=False, opacity=0.75)
    mix(mode, wide, source.astype(np.float32) * np.float32(0.75))
    assert np.abs(out - wide).max() < 1e-6


def test_table_is_complete() -> None:
    assert set(BLEND_MODES) == {*W3C, *BEYOND}
    assert len({mode.title for mode in BLEND_MODES.values()}) == len(BLEND_MODES)
    assert all(len(mode.psd) == 4 for mode in BLEND_MODES.values())


@pytest.mark.parametrize("name", [name for name, mode in BLEND_MODES.items() if mode.bounded])
def test_transparent_source_changes_nothing(name: str) -> None:
    backdrop = pixels(5, np.float32, 2.0)
    out = drawn(BLEND_MODES[name], backdrop, np.zeros((SIZE, SIZE, 4), np.float16))
    assert np.abs(out - backdrop).max() < 1e-6


def test_unknown_mode_is_normal() -> None:
    assert blend.mode_of("from-the-future").name == "normal"


@pytest.mark.parametrize(
    ("name", "backdrop", "source", "wanted"),
    [
        ("linear-burn", 0.7, 0.6, 0.3),
        ("linear-light", 0.4, 0.7, 0.8),
        ("vivid-light", 0.25, 0.75, 0.5),
        ("vivid-light", 0.75, 0.25, 0.5),
        ("pin-light", 0.8, 0.2, 0.4),
        ("pin-light", 0.3, 0.9, 0.8),
        ("hard-mix", 0.6, 0.6, 1.0),
        ("hard-mix", 0.3, 0.6, 0.0),
        ("subtract", 0.6, 0.25, 0.35),
        ("divide", 0.25, 0.5, 0.5),
        ("add", 0.75, 0.5, 1.0),
        ("multiply", 0.5, 0.5, 0.25),
        ("screen", 0.5, 0.5, 0.75),
        ("color-dodge", 0.25, 0.5, 0.5),
        ("color-burn", 0.75, 0.5, 0.5),
        ("soft-light", 0.25, 1.0, 0.5),
        ("exclusion", 0.5, 0.25, 0.5),
    ],
)
def test_known_values(name: str, backdrop: float, source: float, wanted: float) -> None:
    base = np.full((1, 1, 4), [backdrop] * 3 + [1.0], np.float32)
    top = np.full((1, 1, 4), [source] * 3 + [1.0], np.float32)
    mix(BLEND_MODES[name], base, top)
    assert base[0, 0] == pytest.approx([wanted] * 3 + [1.0], abs=1e-6)


def test_dissolve_is_seeded_by_document_pixel() -> None:
    source = np.full((64, 64, 4), 0.3, np.float32)
    whole, part, other = source.copy(), source[16:, 8:].copy(), source.copy()
    blend.dissolve(whole, -20, 30, 1, 7)
    blend.dissolve(part, -12, 46, 1, 7)
    blend.dissolve(other, -20, 30, 1, 8)
    assert np.array_equal(whole[16:, 8:], part)
    assert not np.array_equal(whole, other)
    assert set(np.unique(whole)) == {0.0, 1.0}
    assert abs(whole[..., 3].mean() - 0.3) < 0.03


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_above_one_sees_one_bright_or_negative_value(dtype: type) -> None:
    calm = pixels(6, dtype)
    assert not above_one(calm)
    for value in (1.5, -0.25):
        loud = calm.copy()
        loud[9, 7, 1] = value
        assert above_one(loud)
