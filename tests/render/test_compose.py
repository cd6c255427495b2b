"""The compositor against the plain reference, and against itself at other rectangles."""

import numpy as np
import pytest

from studio.document.artwork import Artwork
from studio.document.layer import Fill, Filter, Group, Paint
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.recipe import Stored
from studio.render.compose import Compositor
from studio.render.renderer import Renderer
from tests.render import reference, trees


def renderer(**how) -> Renderer:
    return Renderer(filters=trees.KINDS, **how)


@pytest.mark.parametrize("seed", range(14))
def test_random_trees_equal_the_reference(seed: int) -> None:
    artwork = trees.artwork(seed)
    wanted = reference.compose(artwork, trees.KINDS)
    got = renderer().compose(artwork, artwork.rect)
    assert np.abs(got - wanted).max() < 1e-3


@pytest.mark.parametrize("seed", range(100, 106))
def test_random_trees_above_one_equal_the_reference(seed: int) -> None:
    artwork = trees.artwork(seed, highest=2.5, layers=5)
    wanted = reference.compose(artwork, trees.KINDS)
    got = renderer().compose(artwork, artwork.rect)
    assert np.abs(got - wanted).max() / max(1.0, np.abs(wanted).max()) < 1e-3


@pytest.mark.parametrize("seed", range(300, 312))
def test_what_an_opaque_layer_covers_is_as_if_it_were_drawn(seed: int) -> None:
    """Covering layers at any height, sharp or short of the edges, plain or clipped upon, masked or blended."""
    rng = np.random.default_rng(seed)
    below = trees.artwork(seed, layers=5)
    layers = list(below.layers)
    for _ in range(2):
        part = below.rect.grow(int(rng.choice([-3, 0, 40])))
        pixels = np.append(
            rng.random((part.height, part.width, 3)), np.ones((part.height, part.width, 1)), -1
        )
        fields = {
            "opacity": float(rng.choice([1.0, 1.0, 0.5])),
            "mode": str(rng.choice(["normal", "multiply"])),
        }
        if rng.random() < 0.3:
            fields["mask"] = Mask(default=float(rng.choice([1.0, 0.5])))
        cover = Paint(surface=Surface.from_pixels(pixels.astype(np.float16), part.left, part.top), **fields)
        layers.insert(int(rng.integers(0, len(layers) + 1)), cover)
    artwork = below.with_(layers=tuple(layers))
    wanted = reference.compose(artwork, trees.KINDS)
    assert np.abs(renderer().compose(artwork, artwork.rect) - wanted).max() < 1e-3
    inner = Rect(120, 90, 180, 150)
    got = renderer().compose(artwork, inner)
    assert np.abs(got - wanted[inner.top : inner.bottom, inner.left : inner.right]).max() < 1e-3


def test_a_covered_layer_is_not_even_asked_for() -> None:
    drawer = renderer()
    asked: list[str] = []
    of = drawer._contents.of
    drawer._contents.of = lambda layer, transform: asked.append(layer.name) or of(layer, transform)  # type: ignore[method-assign]
    layers = (
        paint((1, 0, 0, 1), name="below"),
        paint((0, 1, 0, 1), name="cover"),
        paint((0, 0, 1, 0.5), name="top"),
    )
    artwork = Artwork(width=64, height=64, layers=layers)
    drawer.compose(artwork, Rect(5, 5, 40, 40))
    assert "below" not in asked and {"cover", "top"} <= set(asked)


@pytest.mark.parametrize("seed", range(400, 412))
def test_layers_put_by_one_call_are_as_if_put_one_by_one(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bit for bit, over random trees with runs of plain layers, moved and masked, within one tile and over several."""
    rng = np.random.default_rng(seed)
    below = trees.artwork(seed, moves=7, layers=3)
    plain = [
        Paint(
            surface=trees.surface(rng, below.rect.grow(int(rng.integers(-90, 40)))),
            mode=str(rng.choice([*trees.STEADY, "color-burn", "hue", "dissolve"])),
            opacity=float(rng.choice([1.0, 0.6, 0.0])),
            transform=(1.0, 0.0, 0.0, 1.0, float(rng.integers(-20, 20)), float(rng.choice([0.0, 0.5, 12.0]))),
            mask=Mask.from_pixels(rng.random((200, 210)), -5, 60, 0.5) if rng.random() < 0.3 else None,
        )
        for _ in range(9)
    ]
    artwork = below.with_(layers=(*below.layers, *plain[:5], Group(children=tuple(plain[5:]))))
    places = [
        (Rect(30, 20, 77, 91), 0),
        (Rect(240, 200, 300, 270), 0),
        (artwork.rect, 0),
        (Rect(9, 3, 95, 70), 1),
    ]
    piled = [renderer().compose(artwork, *place) for place in places]
    monkeypatch.setattr(Compositor, "_plain_from", lambda *given: [])
    for place, got in zip(places, piled, strict=True):
        np.testing.assert_array_equal(got, renderer().compose(artwork, *place))


@pytest.mark.parametrize("seed", range(200, 205))
def test_part_equals_whole_exactly(seed: int) -> None:
    artwork = trees.artwork(seed)
    drawer = renderer()
    whole = drawer.compose(artwork, artwork.rect)
    for part in (
        Rect(10, 20, 58, 68),
        Rect(200, 100, 299, 280),
        Rect(0, 0, 256, 256),
        Rect(255, 255, 257, 257),
    ):
        assert np.array_equal(
            drawer.compose(artwork, part), whole[part.top : part.bottom, part.left : part.right]
        )


def paint(colour, size: int = 64, **how) -> Paint:
    straight = np.array(colour, np.float32)
    pixels = np.append(straight[:3] * straight[3], straight[3]).astype(np.float16)
    return Paint(surface=Surface.from_pixels(np.broadcast_to(pixels, (size, size, 4)).copy()), **how)


def one_pixel(*layers) -> np.ndarray:
    artwork = Artwork(width=64, height=64, layers=layers)
    return renderer().compose(artwork, artwork.rect)[20, 20]


def test_filter_layer_is_a_lerp_also_of_alpha() -> None:
    backdrop = paint((0.5, 0.25, 0.0, 0.5))
    half = Filter(recipe=trees.stored("invert"), opacity=0.5)
    assert one_pixel(backdrop, half) == pytest.approx([0.25, 0.25, 0.25, 0.5], abs=1e-6)


def test_clipped_layer_keeps_the_alpha_of_its_base() -> None:
    base = paint((1, 1, 1, 0.5))
    clipped = paint((0, 0, 0, 1), clipping=True)
    assert one_pixel(base, clipped) == pytest.approx([0, 0, 0, 0.5], abs=1e-6)


def test_base_opacity_and_mode_hold_for_what_is_clipped() -> None:
    bottom = paint((0.5, 0.5, 0.5, 1))
    base = paint((1, 1, 1, 1), mode="multiply", opacity=0.5)
    clipped = paint((0, 0, 0, 1), clipping=True)
    assert one_pixel(bottom, base, clipped) == pytest.approx([0.25, 0.25, 0.25, 1], abs=1e-6)


def test_hidden_base_hides_what_is_clipped() -> None:
    bottom = paint((0.5, 0.5, 0.5, 1))
    assert one_pixel(bottom, paint((1, 1, 1, 1), visible=False), paint((0, 0, 0, 1), clipping=True))[0] == 0.5


def test_isolated_and_pass_through_groups_differ() -> None:
    bottom = paint((0.5, 0.5, 0.5, 1))
    child = paint((0.5, 0.5, 0.5, 1), mode="multiply")
    isolated = one_pixel(bottom, Group(children=(child,)))
    through = one_pixel(bottom, Group(children=(child,), pass_through=True, opacity=0.5))
    assert isolated == pytest.approx([0.5, 0.5, 0.5, 1], abs=1e-6)
    assert through == pytest.approx([0.375, 0.375, 0.375, 1], abs=1e-6)


def test_filter_sees_only_its_group() -> None:
    bottom = paint((1, 1, 1, 1))
    group = Group(children=(paint((0.2, 0.2, 0.2, 1)), Filter(recipe=trees.stored("invert"))))
    assert one_pixel(bottom, group) == pytest.approx([0.8, 0.8, 0.8, 1], abs=1e-3)
    empty = Group(children=(Filter(recipe=trees.stored("invert")),))
    assert one_pixel(bottom, empty) == pytest.approx([1, 1, 1, 1])


@pytest.mark.parametrize("default", [0.0, 1.0])
def test_mask_default_counts_outside_its_tiles(default: float) -> None:
    masked = paint((1, 1, 1, 1), mask=Mask(default=default))
    assert one_pixel(masked) == pytest.approx([default] * 4)


def test_disabled_mask_is_ignored() -> None:
    masked = paint((1, 1, 1, 1), mask=Mask(default=0.0), mask_enabled=False)
    assert one_pixel(masked) == pytest.approx([1] * 4)


def test_unknown_filter_and_fill_change_nothing() -> None:
    bottom = paint((0.5, 0.5, 0.5, 1))
    unknown = Stored(name="from-the-future", version=3, parameters={})
    assert one_pixel(bottom, Filter(recipe=unknown), Fill(recipe=unknown))[0] == 0.5


def test_unknown_filter_shows_its_kept_result() -> None:
    kept = paint((0.25, 0.25, 0.25, 1)).surface
    unknown = Stored(name="from-the-future", version=3, parameters={})
    assert one_pixel(paint((0.5, 0.5, 0.5, 1)), Filter(recipe=unknown, result=kept))[0] == 0.25


def test_noise_fill_covers_the_canvas_and_agrees_between_rectangles() -> None:
    recipe = Stored(name="gaussian-noise", version=1, parameters={"mean": 0.5, "sigma": 0.1, "seed": 3})
    artwork = Artwork(width=300, height=300, layers=(Fill(recipe=recipe),))
    whole = Renderer().compose(artwork, artwork.rect)
    assert abs(whole[..., :3].mean() - 0.5) < 0.01
    assert abs(whole[..., :3].std() - 0.1) < 0.01
    assert np.array_equal(Renderer().compose(artwork, Rect(250, 250, 290, 270)), whole[250:270, 250:290])
