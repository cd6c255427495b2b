"""Every blend mode as it is drawn, against its formula in float64 on the stored values."""

import numpy as np
import pytest

from studio.raster import blend
from studio.raster.blend import BLEND_MODES, put
from studio.raster.blend_native import Pile
from studio.raster.geometry import TILE, Rect
from studio.raster.tile import Tile
from studio.render.frame import part_of

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
    "destination",
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
    """The mode as the compositor draws it."""
    out = backdrop.astype(np.float32)
    put(mode, out, source)
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
    if name == "dissolve":  # what it lets through is cut to 0–1 before it is put
        highest = 1.0
    backdrop, source = pixels(1, np.float32, highest), pixels(2, np.float16, highest)
    wanted = mode.composite(backdrop.astype(np.float64), source.astype(np.float64))
    kept = steady(mode, backdrop.astype(np.float64), source.astype(np.float64))
    error = np.abs(drawn(mode, backdrop, source) - wanted).max(-1)
    assert kept.mean() > 0.9
    assert error[kept].max() < 1e-5


@pytest.mark.parametrize("name", list(BLEND_MODES))
@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_opacity_mask_strides_and_any_width(name: str, dtype: type) -> None:
    """The same as scaling the source first; nothing is written beside the rectangle."""
    mode = BLEND_MODES[name]
    rng = np.random.default_rng(5)
    for width in (1, 2, 3, 5, 31):
        frame, source = pixels(8, np.float32), pixels(9, dtype)[3:, 5 : 5 + width]
        mask = rng.random((SIZE, SIZE)).astype(dtype)[3:, 7 : 7 + width]
        wanted = frame.copy()
        scaled = source.astype(np.float32) * np.float32(0.75) * mask[..., None].astype(np.float32)
        put(mode, wanted[3:, 9 : 9 + width], scaled)
        put(mode, frame[3:, 9 : 9 + width], source, 0.75, mask)
        assert np.array_equal(frame, wanted)


@pytest.mark.parametrize("half", [True, False])
def test_a_pile_is_put_in_its_order_on_its_parts(half: bool) -> None:
    """All modes on one another, with masks, on parts of different sizes of a tile that lies off the backdrop's corner."""
    rng = np.random.default_rng(6)
    dtype = np.float16 if half else np.float32
    left, top = -300, 500
    wanted = np.tile(pixels(8, np.float32), (2, 3, 1))
    got = np.pad(wanted, ((0, 0), (4, 9), (0, 0)))
    frame = got[:, 4:-9]
    pile = Pile(frame, left, top)
    for index, mode in enumerate(BLEND_MODES.values()):
        tile = Tile(np.resize(pixels(index, dtype), (TILE, TILE, 4)))
        veil = Tile(rng.random((TILE, TILE)).astype(dtype)) if index % 3 == 0 else None
        place, there = (left - 7 - index, top - 40), (left - 90, top - index)
        part = Rect(left + 3, top + 5, left + 70, top + 60)
        if index % 4 == 0:
            part = Rect(left + index, top + 1, left + 2 * index + 1, top + 2)
        mask = None if veil is None else part_of(veil.pixels(), Rect.of(*there, TILE, TILE), part)
        put(
            mode, part_of(wanted, Rect.of(left, top, 144, 96), part),
            part_of(tile.pixels(), Rect.of(*place, TILE, TILE), part), 0.8, mask,
        )  # fmt: skip
        pile.add(blend.number(mode), part, (tile.memory(), *place), 0.8, veil and (veil.memory(), *there))
    assert not np.array_equal(frame, wanted)
    pile.put()
    np.testing.assert_array_equal(frame, wanted)
    assert not got[:, :4].any() and not got[:, -9:].any()


def test_a_frozen_backdrop_and_shapes_that_do_not_fit_are_refused() -> None:
    mode = BLEND_MODES["normal"]
    frozen = np.zeros((4, 4, 4), np.float32)
    frozen.setflags(write=False)
    with pytest.raises(ValueError, match="frozen"):
        put(mode, frozen, np.zeros((4, 4, 4), np.float16))
    for backdrop in (frozen, np.zeros((4, 4, 4), np.float16), np.zeros((4, 4, 3), np.float32)):
        with pytest.raises(ValueError):
            Pile(backdrop, 0, 0)
    for backdrop, source, mask in (
        (np.zeros((4, 4, 4), np.float16), np.zeros((4, 4, 4), np.float16), None),
        (np.zeros((4, 4, 4), np.float32), np.zeros((4, 5, 4), np.float16), None),
        (np.zeros((4, 4, 4), np.float32), np.zeros((4, 4, 4), np.uint8), None),
        (np.zeros((4, 4, 4), np.float32), np.zeros((4, 8, 4), np.float32)[:, ::2], None),
        (np.zeros((4, 4, 4), np.float32), np.zeros((4, 4, 4), np.float32), np.zeros((4, 3), np.float32)),
    ):
        with pytest.raises(ValueError):
            put(mode, backdrop, source, 1.0, mask)


def test_table_is_complete() -> None:
    assert set(BLEND_MODES) == {*W3C, *BEYOND}
    assert len({mode.title for mode in BLEND_MODES.values()}) == len(BLEND_MODES)
    assert all(len(mode.psd) == 4 for mode in BLEND_MODES.values())


# W3C Compositing 1, section 9.1: our name, and the factors Fa and Fb of source and backdrop by their alphas as and ab.
PORTER_DUFF = {
    "clear": lambda as_, ab: (0, 0),
    "copy": lambda as_, ab: (1, 0),
    "destination": lambda as_, ab: (0, 1),
    "normal": lambda as_, ab: (1, 1 - as_),
    "behind": lambda as_, ab: (1 - ab, 1),
    "source-in": lambda as_, ab: (ab, 0),
    "destination-in": lambda as_, ab: (0, as_),
    "source-out": lambda as_, ab: (1 - ab, 0),
    "erase": lambda as_, ab: (0, 1 - as_),
    "source-atop": lambda as_, ab: (ab, 1 - as_),
    "destination-atop": lambda as_, ab: (1 - ab, as_),
    "xor": lambda as_, ab: (1 - ab, 1 - as_),
}


@pytest.mark.parametrize("name", list(PORTER_DUFF))
def test_porter_duff_operators_are_source_and_backdrop_by_their_factors(name: str) -> None:
    """co = as·Fa·Cs + ab·Fb·Cb and ao = as·Fa + ab·Fb: compiled and as the formula."""
    backdrop, source = pixels(3, np.float32), pixels(4, np.float32)
    fa, fb = PORTER_DUFF[name](source[..., 3:].astype(np.float64), backdrop[..., 3:].astype(np.float64))
    wanted = fa * source.astype(np.float64) + fb * backdrop.astype(np.float64)
    mode = BLEND_MODES[name]
    assert np.abs(drawn(mode, backdrop, source) - wanted).max() < 1e-6
    assert np.abs(mode.composite(backdrop, source) - wanted).max() < 1e-6


def test_destination_shows_the_backdrop_bit_by_bit() -> None:
    backdrop = pixels(5, np.float32, 2.0)
    assert np.array_equal(drawn(BLEND_MODES["destination"], backdrop, pixels(6, np.float16)), backdrop)


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
    put(BLEND_MODES[name], base, top)
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
