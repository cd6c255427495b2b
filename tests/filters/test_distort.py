"""Distortions against SciPy, scikit-image and OpenCV, and where pixels stay or come back."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image
from scipy.ndimage import map_coordinates
from skimage import transform

from studio import recipe
from studio.filters import FILTERS
from studio.filters.ripples import Displace, lattice_noise, wave_of
from studio.raster import full_map, small_map
from studio.raster.geometry import Rect

HEIGHT, WIDTH = 120, 160


def smooth() -> np.ndarray:
    """Opaque, without detail finer than interpolation can hold."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(float)
    colours = [0.5 + 0.3 * np.sin(x / 11 + y / 17), 0.2 + 0.6 * x / WIDTH, 0.9 - 0.7 * y / HEIGHT]
    return np.stack([*colours, np.ones_like(x)], -1).astype(np.float32)


def bent(name: str, pixels: np.ndarray | None = None, **settings: Any) -> np.ndarray:
    kind = FILTERS[name]
    return kind.apply(smooth() if pixels is None else pixels, recipe.from_plain(kind.parameters, settings))


def taken(where, mode: str = "nearest") -> np.ndarray:
    """What ``where(x, y)`` (pixel centres at +0.5) takes of the smooth picture, by SciPy."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(float) + 0.5
    across, down = where(x, y)
    planes = [
        map_coordinates(smooth()[..., channel].astype(float), [down - 0.5, across - 0.5], order=1, mode=mode)
        for channel in range(3)
    ]
    return np.stack(planes, -1)


def agrees(got: np.ndarray, wanted: np.ndarray, most: float = 2e-3) -> None:
    """Places are rounded to 1/32 pixel: slopes here are below 0.06 per pixel."""
    np.testing.assert_allclose(got[..., :3], wanted, atol=most)


def test_ripple() -> None:
    angle = math.radians(25)

    def where(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        moved = 6 * np.sin(2 * np.pi * ((x * math.cos(angle) + y * math.sin(angle)) / 40 + 30 / 360))
        return x - math.sin(angle) * moved, y + math.cos(angle) * moved

    agrees(bent("ripple", amplitude=6.0, wavelength=40.0, angle=25.0, phase=30.0), taken(where))


def test_wave() -> None:
    def where(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        dx, dy = (x - 0.25 * WIDTH) / 2, y - 0.5 * HEIGHT
        r = np.hypot(dx, dy)
        moved = 5 * np.sin(2 * np.pi * r / 30) / r
        return x + dx * moved, y + dy * moved

    agrees(bent("wave", amplitude=5.0, wavelength=30.0, aspect=2.0, centre_x=0.25), taken(where))


def test_wave_forms() -> None:
    turns = np.array([0, 0.125, 0.25, 0.5, 0.75, 1.0])
    np.testing.assert_allclose(wave_of(turns, "sine"), np.sin(2 * np.pi * turns), atol=1e-12)
    np.testing.assert_allclose(wave_of(turns, "triangle"), [0, 0.5, 1, 0, -1, 0], atol=1e-12)
    np.testing.assert_allclose(wave_of(turns, "sawtooth"), [-1, -0.75, -0.5, 0, 0.5, -1], atol=1e-12)


def test_displacement_is_smooth_noise_of_the_seed() -> None:
    x, y = np.arange(0.5, 200)[None], np.arange(0.5, 90)[:, None]
    noise = lattice_noise(3, 0, x, y, 24.0, 3)
    assert np.abs(noise).max() <= 1 and noise.std() > 0.1
    assert np.abs(np.diff(noise, axis=1)).max() < 0.3
    np.testing.assert_array_equal(lattice_noise(3, 0, x[:, 40:77], y[13:], 24.0, 3), noise[13:, 40:77])
    assert np.abs(noise - lattice_noise(4, 0, x, y, 24.0, 3)).max() > 0.5
    across, down = (
        lattice_noise(5, channel, x[:, :WIDTH], np.arange(0.5, HEIGHT)[:, None], 30.0, 2)
        for channel in (0, 1)
    )
    wanted = taken(lambda x, y: (x + 9 * across, y + 9 * down))
    agrees(bent("displace", amplitude=9.0, size=30.0, detail=2, seed=5), wanted)
    wanted = taken(lambda x, y: (x - 4.5 * across, y + 2.25 * down))
    agrees(bent("displace", amplitude=9.0, across=-50.0, down=25.0, size=30.0, detail=2, seed=5), wanted)


def test_displacement_by_a_map() -> None:
    """Red moves across, green down, middle grey stays; the map is stretched over the picture."""
    ramp = np.zeros((4, 6, 2), np.uint8)
    ramp[..., 0], ramp[..., 1] = np.linspace(30, 220, 6), np.linspace(255, 1, 4)[:, None]
    attached = {"name": "ramp.png", "content": small_map.packed(ramp)}

    def where(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        u, v = np.broadcast_arrays(x / WIDTH * 6 - 0.5, y / HEIGHT * 4 - 0.5)
        moved = [
            map_coordinates((ramp[..., channel] - 128.0) / 127, (v, u), order=1, mode="nearest")
            for channel in (0, 1)
        ]
        return x + 14 * moved[0], y + 14 * moved[1]

    agrees(bent("displace", source="map", amplitude=14.0, map=attached), taken(where))
    unmoved = small_map.packed(np.full((3, 3, 2), 128, np.uint8))
    for content in (unmoved, ""):
        still = bent("displace", source="map", amplitude=200.0, map={"name": "", "content": content})
        np.testing.assert_allclose(still, bent("displace", amplitude=0.0), atol=1e-6)


@pytest.mark.parametrize("size", [(WIDTH, HEIGHT), (2 * WIDTH + 3, 3 * HEIGHT), (5, 7)], ids=str)
def test_displacement_by_a_map_at_full_size(size: tuple[int, int]) -> None:
    """Every pixel of the map counts, to the precision of a half: fine stripes and steps below one of 8 bits, too."""
    rng = np.random.default_rng(4)
    values = (rng.random((size[1], size[0], 2)) * 2 - 1).astype(np.float16)
    values[:, :, 1] *= np.float16(1 / 200)
    attached = {"name": "map", "content": full_map.packed(values)}

    def where(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        u, v = np.broadcast_arrays(x / WIDTH * size[0] - 0.5, y / HEIGHT * size[1] - 0.5)
        moved = [
            map_coordinates(values[..., channel].astype(float), (v, u), order=1, mode="nearest")
            for channel in (0, 1)
        ]
        return x + 14 * moved[0], y + 14 * moved[1]

    if size[0] < 2 * WIDTH:  # of a map that fine it is means that count
        agrees(bent("displace", source="map", amplitude=14.0, map=attached), taken(where))
    still = {"name": "map", "content": full_map.packed(np.zeros((size[1], size[0], 2), np.float16))}
    unmoved = bent("displace", source="map", amplitude=200.0, map=still)
    np.testing.assert_allclose(unmoved, bent("displace", amplitude=0.0), atol=1e-6)


def test_a_second_map_moves_the_second_way() -> None:
    ramp = np.full((4, 6, 2), 128, np.uint8)
    ramp[..., 0] = np.linspace(30, 220, 6)
    attached = {"name": "ramp.png", "content": small_map.packed(ramp)}
    turned = {"name": "ramp.png", "content": small_map.packed(ramp[..., ::-1].copy())}
    down = bent("displace", source="map", amplitude=14.0, map_down=attached)
    np.testing.assert_array_equal(down, bent("displace", source="map", amplitude=14.0, map=turned))
    both = bent("displace", source="map", amplitude=14.0, map=attached, map_down=attached)
    assert (
        np.abs(both - down).max() > 0.02
        and np.abs(both - bent("displace", source="map", map=attached)).max() > 0.02
    )


def test_displacement_out_and_around() -> None:
    """A map that is red alone moves every pixel outwards by the amplitude, a green one along its circle by as much."""
    for channel, content in enumerate(((255, 128), (128, 255))):
        flat = {"name": "", "content": small_map.packed(np.full((2, 2, 2), content, np.uint8))}

        def where(x: np.ndarray, y: np.ndarray, channel: int = channel) -> tuple[np.ndarray, np.ndarray]:
            dx, dy = x - 0.25 * WIDTH, y - 0.5 * HEIGHT
            radius, angle = np.hypot(dx, dy), np.arctan2(dy, dx)
            if channel:
                angle = angle + 5 / np.maximum(radius, 0.5)
            else:
                radius = radius + 5
            return 0.25 * WIDTH + radius * np.cos(angle), 0.5 * HEIGHT + radius * np.sin(angle)

        got = bent(
            "displace", source="map", amplitude=5.0, map=flat, directions="out-and-around", centre_x=0.25
        )
        agrees(got, taken(where))


def test_a_map_comes_from_a_picture_file_or_is_refused(tmp_path: Path) -> None:
    Image.new("RGB", (600, 300), (255, 0, 7)).save(tmp_path / "map.png")
    values = recipe.from_text(Displace, {"source": "map", "map": str(tmp_path / "map.png")})
    assert values.map.name == "map.png" and full_map.size_of(values.map.content) == (600, 300)
    middle = np.array([[0.5]])
    np.testing.assert_allclose(
        full_map.values_at(values.map.content, middle, middle, (0, 0)), [[[1]], [[-1]]]
    )
    deep = (np.arange(40000, 40600, dtype=np.uint16)[None].repeat(3, 0)[..., None]).repeat(3, -1)
    (tmp_path / "deep.png").write_bytes(cv2.imencode(".png", deep)[1].tobytes())
    values = recipe.from_text(Displace, {"map": str(tmp_path / "deep.png")})
    across = (np.arange(600)[None] + 0.5) / 600
    found = full_map.values_at(values.map.content, across, middle, (1 / 600, 1 / 3))[0][0]
    wanted = (255 * deep[0, :, 0].astype(float) / 65535 - 128) / 127
    np.testing.assert_allclose(found, wanted, atol=3e-4)
    assert len(np.unique(found.round(6))) > 30, "in 8 bits they would be three"
    (tmp_path / "letter.png").write_text("Dear painter")
    with pytest.raises(recipe.RecipeError, match=r"letter\.png"):
        recipe.from_text(Displace, {"map": str(tmp_path / "letter.png")})
    for content in ("AAAA", "2,0,4;", "2,9999999,1;", "2,99999,99999;"):
        with pytest.raises(recipe.RecipeError, match="map"):
            recipe.from_plain(Displace, {"map": {"name": "x", "content": content}})


def test_whirl_and_pinch() -> None:
    def where(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        dx, dy = (x - WIDTH / 2) / (0.8 * WIDTH / 2), (y - HEIGHT / 2) / (0.8 * HEIGHT / 2)
        d = np.minimum(np.hypot(dx, dy), 1)
        turn, factor = -math.radians(120) * (1 - d) ** 2, np.sin(np.pi / 2 * d) ** -0.3
        across, down = (
            factor * (np.cos(turn) * dx - np.sin(turn) * dy),
            factor * (np.sin(turn) * dx + np.cos(turn) * dy),
        )
        return WIDTH / 2 + 0.8 * WIDTH / 2 * across, HEIGHT / 2 + 0.8 * HEIGHT / 2 * down

    agrees(bent("swirl", whirl=120.0, pinch=0.3, radius=0.8), taken(where), 4e-3)


def test_a_whirl_turns_clockwise_and_ends_at_its_radius() -> None:
    pixels = np.zeros((101, 101, 4), np.float32)
    pixels[..., 3] = 1
    pixels[30:50, 49:52, 0] = 1  # above the centre
    out = bent("swirl", pixels, whirl=60.0)
    _, columns = np.nonzero(out[..., 0] > 0.5)
    assert columns.mean() > 55
    picture = smooth()
    np.testing.assert_allclose(bent("swirl", whirl=300.0, radius=0.5)[:20], picture[:20], atol=1e-5)


def test_polar_is_that_of_scikit_image_and_comes_back() -> None:
    square = smooth()[:, :HEIGHT].copy()
    got = bent("polar", square, direction="from-polar", from_top=True)
    wanted = transform.warp_polar(
        square[..., :3], radius=HEIGHT / 2, output_shape=(HEIGHT, HEIGHT), channel_axis=-1, mode="edge"
    )
    # scikit-image has the angle down and anticlockwise from the right as seen, the distance across, centres at whole numbers
    wanted = np.roll(np.swapaxes(wanted, 0, 1), HEIGHT // 4, axis=1)
    assert np.abs(got[5:-5, 5:-5, :3] - wanted[5:-5, 5:-5]).mean() < 0.02
    disc = bent("polar", got, direction="to-polar", from_top=True, edge="wrap")
    y, x = np.mgrid[0:HEIGHT, 0:HEIGHT] + 0.5 - HEIGHT / 2
    ring = (np.hypot(x, y) > 12) & (np.hypot(x, y) < HEIGHT / 2 - 3)
    assert np.abs(disc[ring] - square[ring]).max() < 0.05


def test_a_kaleidoscope_is_symmetric() -> None:
    square = smooth()[:, :HEIGHT].copy()
    out = bent("kaleidoscope", square, mirrors=4)
    np.testing.assert_allclose(out, out[::-1], atol=4e-3)
    np.testing.assert_allclose(out, out[:, ::-1], atol=4e-3)
    np.testing.assert_allclose(out, np.swapaxes(out, 0, 1), atol=4e-3)
    sector = out[HEIGHT // 2 + 5 : HEIGHT // 2 + 9, HEIGHT // 2 + 20 : HEIGHT // 2 + 50]
    same = square[HEIGHT // 2 + 5 : HEIGHT // 2 + 9, HEIGHT // 2 + 20 : HEIGHT // 2 + 50]
    np.testing.assert_allclose(sector, same, atol=4e-3)


def test_a_kaleidoscope_shows_nothing_that_is_trimmed() -> None:
    framed = np.ones((HEIGHT, WIDTH, 4), np.float32)
    framed[:, :20, :3] = framed[:, -20:, :3] = framed[:10, :, :3] = framed[-10:, :, :3] = 0
    for edge in ("mirrored", "wrap", "repeat-edge"):
        plain = bent("kaleidoscope", framed, mirrors=3, from_x=0.2, zoom=0.5, edge=edge)
        assert plain[..., 0].min() == 0
        settings: dict[str, Any] = {"trim_x": 22 / WIDTH, "trim_y": 12 / HEIGHT}
        trimmed = bent("kaleidoscope", framed, mirrors=3, from_x=0.2, zoom=0.5, edge=edge, **settings)
        assert trimmed.min() == 1
    gone = bent("kaleidoscope", framed, mirrors=3, zoom=0.5, edge="transparent", trim_x=0.3)
    assert (gone[..., 3] == 0).any() and gone[HEIGHT // 2, WIDTH // 2, 3] == 1
    # what is shown from elsewhere is the picture moved
    moved = bent("kaleidoscope", smooth(), mirrors=2, from_x=10 / WIDTH)
    np.testing.assert_allclose(moved[70:100, 90:140], smooth()[70:100, 100:150], atol=4e-3)


def test_lens() -> None:
    def where(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        dx, dy = x - WIDTH / 2, y - HEIGHT / 2
        q = (dx * dx + dy * dy) * 4 / (WIDTH**2 + HEIGHT**2)
        factor = (1 + 0.2 * q - 0.1 * q * q) / 1.3
        return WIDTH / 2 + dx * factor, HEIGHT / 2 + dy * factor

    agrees(bent("lens", main=0.2, rim=-0.1, zoom=1.3), taken(where))
    bright = bent("lens", main=0.0, brighten=0.5)
    assert bright[0, 0, 0] / smooth()[0, 0, 0] == pytest.approx(1.5, abs=0.02)
    assert bright[60, 80, 0] / smooth()[60, 80, 0] == pytest.approx(1.0, abs=1e-3)


def test_perspective_is_that_of_opencv() -> None:
    corners = {"left_top_x": 0.1, "left_top_y": 0.05, "right_top_x": 0.85, "right_bottom_y": 0.9}
    got = bent("perspective", edge="repeat-edge", **corners)
    source = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], np.float32) - 0.5
    target = np.array([[16, 6], [136, 0], [160, 108], [0, 120]], np.float32) - 0.5
    matrix = cv2.getPerspectiveTransform(source, target)
    wanted = cv2.warpPerspective(smooth(), matrix, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE)
    agrees(got, wanted[..., :3], 4e-3)


def test_beyond_the_edge() -> None:
    moved = {
        f"{corner}_x": x + 0.25
        for corner, x in zip(
            ("left_top", "left_bottom", "right_top", "right_bottom"), (0, 0, 1, 1), strict=True
        )
    }
    picture, quarter = smooth(), WIDTH // 4
    for edge, wanted in (
        ("transparent", np.zeros((HEIGHT, quarter, 4))),
        ("wrap", picture[:, -quarter:]),
        ("mirrored", picture[:, :quarter][:, ::-1]),
        ("repeat-edge", np.repeat(picture[:, :1], quarter, 1)),
    ):
        got = bent("perspective", edge=edge, **moved)
        np.testing.assert_allclose(got[:, quarter + 1 :], picture[:, 1:-quarter], atol=1e-5)
        np.testing.assert_allclose(got[:, : quarter - 1], wanted[:, : quarter - 1], atol=1e-5)


@pytest.mark.parametrize("sampling", ["nearest", "linear", "cubic"])
@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("swirl", {"whirl": 0.0}),
        ("lens", {"main": 0.0}),
        ("perspective", {}),
        ("ripple", {"amplitude": 0.0}),
        ("wave", {"amplitude": 0.0}),
        ("displace", {"amplitude": 0.0}),
    ],
)
def test_nothing_asked_for_changes_nothing(name: str, settings: dict, sampling: str) -> None:
    np.testing.assert_allclose(bent(name, sampling=sampling, **settings), smooth(), atol=1e-6)


@pytest.mark.parametrize("name", [kind.name for kind in FILTERS.values() if kind.group == "distort"])
@pytest.mark.parametrize("sampling", ["linear", "cubic"])
def test_what_is_no_number_spoils_nothing(name: str, sampling: str) -> None:
    pixels = smooth()
    pixels[3, 4], pixels[5, 6], pixels[7, 8] = np.nan, np.inf, -np.inf
    kind = FILTERS[name]
    chosen = {"sampling": sampling} if "sampling" in kind.parameters.__struct_fields__ else {}
    parameters = recipe.from_plain(kind.parameters, chosen)
    out = kind.apply(pixels, parameters, canvas=Rect(0, 0, WIDTH, HEIGHT))
    assert np.isfinite(out).all()


def test_the_reach_follows_the_amplitude_and_the_level() -> None:
    for name in ("ripple", "wave", "displace"):
        kind = FILTERS[name]
        parameters = recipe.from_plain(kind.parameters, {"amplitude": 40.0})
        assert 40 < kind.reach(parameters) < 50
        assert 10 < kind.reach(parameters, 2) < 20


@pytest.mark.parametrize("angle", [0.0, 33.0, 90.0, -140.0])
def test_a_seamless_ripple_keeps_a_tile_a_tile(angle: float) -> None:
    """Moved round by half the picture, with the waves staying where they are, it is the same tile."""
    kind = FILTERS["ripple"]
    y, x = np.mgrid[0:96, 0:128]
    tile = np.ones((96, 128, 4), np.float32)
    tile[..., 0] = 0.5 + 0.4 * np.sin(2 * np.pi * (2 * x / 128 + y / 96))
    settings = kind.parameters(angle=angle, wavelength=50.0, tileable=True, edge="wrap", amplitude=7.0)
    out = kind.apply(tile, settings)
    across = np.roll(tile, (-48, -64), (0, 1))
    canvas = Rect(64, 48, 192, 144)
    moved = kind.apply(across, settings, rect=canvas, canvas=canvas)
    np.testing.assert_allclose(np.roll(moved, (48, 64), (0, 1)), out, atol=2e-3)


def test_edges_that_wrap_are_seen_whole_and_others_by_tiles() -> None:
    for name in ("wave", "ripple", "displace"):
        kind = FILTERS[name]
        assert kind.needs_whole(kind.parameters(edge="wrap"))
        assert kind.reach(kind.parameters(edge="wrap")) == 0
        assert not kind.needs_whole(kind.parameters(edge="mirrored"))
        assert kind.reach(kind.parameters(edge="mirrored")) > 0
