"""View tiles: levels, updates by rectangles, the render lane beside the UI thread, the byte budget."""

import numpy as np
import pytest

from studio import recipe
from studio.document.artwork import Artwork
from studio.document.layer import Fill, Filter, Generated, Group, Paint, Variant, children_of
from studio.filters import FILTERS
from studio.raster.colour import to_bgra8
from studio.raster.geometry import Rect, Region, tile_keys
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.recipe import Stored
from studio.render import compose
from studio.render.placed_fills import FillMaker
from studio.render.renderer import Renderer
from tests.render import reference, trees


def renderer(**how) -> Renderer:
    return Renderer(filters=trees.KINDS, **how)


def point_filters_only(artwork: Artwork) -> Artwork:
    """Without filters that reach: at a level they see averaged neighbours, which the level-0 reference does not."""

    def kept(layers):
        for layer in layers:
            if isinstance(layer, Filter) and layer.recipe.name == "spread":
                continue
            yield layer.with_(children=tuple(kept(layer.children))) if isinstance(layer, Group) else layer

    return artwork.with_(layers=tuple(kept(artwork.layers)))


def averaged_layers(artwork: Artwork, times: int) -> Artwork:
    """The artwork of another size whose layers are the averages of these: what a mip level means."""
    for _ in range(times):
        layers = tuple(_averaged(layer) for layer in artwork.layers)
        artwork = artwork.with_(width=artwork.width // 2, height=artwork.height // 2, layers=layers)
    return artwork


def _averaged(layer):
    a, b, c, d, x, y = layer.transform
    layer = layer.with_(transform=(a, b, c, d, x / 2, y / 2))
    if layer.mask is not None:
        layer = layer.with_(mask=_half(layer.mask))
    if isinstance(layer, Paint):
        return layer.with_(surface=_half(layer.surface))
    children = tuple(_averaged(child) for child in children_of(layer))
    return layer.with_(children=children) if children else layer


def _half(grid):
    if not grid:
        return grid
    values = reference.halved(grid.read(grid.bounds).astype(np.float64)).astype(np.float16)
    left, top = grid.bounds.left // 2, grid.bounds.top // 2
    if isinstance(grid, Mask):
        return Mask(default=grid.default).write(Rect.of(left, top, *values.shape[::-1]), values)
    return Surface.from_pixels(values, left, top)


@pytest.mark.parametrize("level", [1, 2])
@pytest.mark.parametrize("seed", range(300, 304))
def test_level_blends_averaged_layers(seed: int, level: int) -> None:
    artwork = point_filters_only(trees.artwork(seed, moves=4, size=(304, 280)))
    wanted = reference.compose(averaged_layers(artwork, level), trees.KINDS)
    got = renderer().compose(artwork, artwork.rect.at_level(level), level)
    assert np.abs(got - wanted).max() < 3e-3


def test_moved_by_an_odd_number_is_averaged_where_it_lies() -> None:
    rng = np.random.default_rng(0)
    surface = trees.surface(rng, Rect(0, 0, 300, 300))
    there = Paint(surface=surface, transform=(1, 0, 0, 1, 7.0, -5.0))
    flat = np.zeros((600, 600, 4), np.float16)
    flat[0:295, 7:307] = surface.read(Rect(0, 5, 300, 300))
    here = Paint(surface=Surface.from_pixels(flat))
    drawer = renderer()
    pair = [Artwork(width=600, height=600, layers=(layer,)) for layer in (there, here)]
    for level in (0, 1, 2):
        rect = Rect(0, 0, 600 >> level, 600 >> level)
        assert np.array_equal(drawer.compose(pair[0], rect, level), drawer.compose(pair[1], rect, level))


def dab(artwork: Artwork, rng: np.random.Generator) -> tuple[Artwork, Region]:
    """One paint layer somewhere in the tree with a small square painted over; the change in document pixels."""
    paints = [layer for layer in artwork.walk() if isinstance(layer, Paint)]
    target = paints[rng.integers(len(paints))]
    left, top = int(rng.integers(0, artwork.width - 50)), int(rng.integers(0, artwork.height - 50))
    rect = Rect.of(left, top, int(rng.integers(1, 50)), int(rng.integers(1, 50)))
    new = target.with_(surface=target.surface.write(rect, trees.surface(rng, rect).read(rect)))
    moved: list[tuple[int, int]] = []

    def replaced(layers, x, y):
        out = []
        for layer in layers:
            here = x + int(layer.transform[4]), y + int(layer.transform[5])
            if layer is target:
                moved.append(here)
                layer = new
            elif isinstance(layer, Group):
                children = replaced(layer.children, *here)
                if any(one is not other for one, other in zip(children, layer.children, strict=True)):
                    layer = layer.with_(children=children)
            out.append(layer)
        return tuple(out)

    layers = replaced(artwork.layers, 0, 0)
    return artwork.with_(layers=layers), Region([rect.move(*moved[0])])


def view(drawer: Renderer, artwork: Artwork, level: int) -> dict:
    keys = tile_keys(artwork.rect.at_level(level))
    return {key: drawer.view_tile(artwork, key, level).pixels.copy() for key in keys}


@pytest.mark.parametrize("level", [0, 1, 2])
@pytest.mark.parametrize("seed", range(400, 403))
def test_updates_equal_drawing_everything_again(seed: int, level: int) -> None:
    rng = np.random.default_rng(seed)
    artwork = trees.artwork(seed, size=(600, 540))
    drawer = renderer()
    view(drawer, artwork, level)
    for _ in range(6):
        artwork, region = dab(artwork, rng)
        update = drawer.update(artwork, region, level, at_once=1 << 30)
        assert not update.waiting
    wanted = view(renderer(), artwork, level)
    for key, pixels in wanted.items():
        tile = drawer.cached(key, level)
        assert tile is not None
        assert tile.stale.empty
        assert np.array_equal(tile.pixels, pixels)


def test_update_draws_only_the_changed_rectangle() -> None:
    rng = np.random.default_rng(1)
    base = Paint(surface=trees.surface(rng, Rect(0, 0, 600, 600)))
    artwork = Artwork(width=600, height=600, layers=(base,))
    drawer = renderer()
    view(drawer, artwork, 0)
    rect = Rect.of(240, 100, 40, 30)
    painted = base.with_(surface=base.surface.write(rect, trees.surface(rng, rect).read(rect)))
    update = drawer.update(artwork.with_(layers=(painted,)), Region([rect]))
    assert {drawn.rect for drawn in update.drawn} == {Rect(240, 100, 256, 130), Rect(256, 100, 280, 130)}
    assert {drawn.key for drawn in update.drawn} == {(0, 0), (1, 0)}


def test_update_grows_by_the_reach_of_filters_above() -> None:
    rng = np.random.default_rng(2)
    base = Paint(surface=trees.surface(rng, Rect(0, 0, 256, 256)))
    spread = Filter(recipe=trees.stored("spread"))
    artwork = Artwork(width=256, height=256, layers=(base, spread))
    drawer = renderer()
    view(drawer, artwork, 0)
    rect = Rect.of(100, 100, 10, 10)
    painted = base.with_(surface=base.surface.write(rect, trees.surface(rng, rect).read(rect)))
    update = drawer.update(artwork.with_(layers=(painted, spread)), Region([rect]))
    assert [drawn.rect for drawn in update.drawn] == [rect.grow(3)]


def test_large_update_is_left_to_the_render_lane() -> None:
    artwork = trees.artwork(7, size=(600, 540))
    drawer = renderer()
    before = view(drawer, artwork, 0)
    hidden = artwork.with_(layers=(artwork.layers[0].with_(visible=False), *artwork.layers[1:]))
    update = drawer.update(hidden, Region([artwork.rect]))
    assert not update.drawn
    assert set(update.waiting) == set(before)
    tile = drawer.cached((0, 0), 0)
    assert tile is not None
    assert np.array_equal(tile.pixels, before[0, 0])
    assert {drawn.key for drawn in drawer.steps(hidden, update.waiting)} == set(before)
    wanted = view(renderer(), hidden, 0)
    assert all(np.array_equal(tile.pixels, wanted[key]) for key in wanted if (tile := drawer.cached(key, 0)))


def test_change_while_the_lane_draws_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(8)
    artwork = trees.artwork(8, size=(256, 256))
    newer, region = dab(artwork, rng)
    drawer = renderer()
    drawer.show(artwork)
    stack, changed = drawer._stack, []

    def stack_then_change(*arguments, **how):
        frame = stack(*arguments, **how)
        if not changed:
            changed.append(drawer.update(newer, region))
        return frame

    monkeypatch.setattr(drawer, "_stack", stack_then_change)
    list(drawer.steps(artwork, [(0, 0)]))
    assert np.array_equal(drawer.view_tile(newer, (0, 0)).pixels, view(renderer(), newer, 0)[0, 0])


def test_artwork_that_is_not_shown_leaves_the_view_alone() -> None:
    shown, other = trees.artwork(9), trees.artwork(10)
    drawer = renderer()
    before = view(drawer, shown, 0)
    assert np.array_equal(drawer.view_tile(other, (0, 0)).pixels, view(renderer(), other, 0)[0, 0])
    assert np.array_equal(view(drawer, shown, 0)[0, 0], before[0, 0])


def test_painting_above_a_filter_starts_from_its_kept_result() -> None:
    calls: list[Rect] = []

    def counted(pixels, parameters, place):
        calls.append(place.rect)
        return trees.spread(pixels, parameters, place)

    kinds = {"spread": trees.kind("spread", counted, 3)}
    rng = np.random.default_rng(11)
    below = Paint(surface=trees.surface(rng, Rect(0, 0, 256, 256)))
    above = Paint(surface=trees.surface(rng, Rect(0, 0, 256, 256)))
    spread = Filter(recipe=trees.stored("spread"), opacity=0.5)
    artwork = Artwork(width=256, height=256, layers=(below, spread, above))
    drawer = Renderer(filters=kinds)
    view(drawer, artwork, 0)
    calls.clear()
    rect = Rect.of(60, 60, 30, 30)
    painted = above.with_(surface=above.surface.write(rect, trees.surface(rng, rect).read(rect)))
    after = artwork.with_(layers=(below, spread, painted))
    drawer.update(after, Region([rect]))
    assert calls == []
    assert np.array_equal(
        drawer.view_tile(after, (0, 0)).pixels, view(Renderer(filters=kinds), after, 0)[0, 0]
    )
    changed = below.with_(surface=below.surface.write(rect, trees.surface(rng, rect).read(rect)))
    calls.clear()
    drawer.update(artwork.with_(layers=(changed, spread, painted)), Region([rect]))
    assert calls == [rect.grow(6)]


def test_other_values_of_a_filter_start_from_what_the_layers_below_show(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(12)
    below = tuple(Paint(surface=trees.surface(rng, Rect(0, 0, 256, 256))) for _ in range(3))
    levels = FILTERS["levels"]

    def of(gamma: float) -> Artwork:
        stored = recipe.store("levels", levels.version, levels.parameters(gamma=gamma))
        return Artwork(width=256, height=256, layers=(*below, filtered.with_(recipe=stored)))

    filtered = Filter(recipe=recipe.store("levels", levels.version, levels.parameters()))
    drawer = Renderer()
    view(drawer, of(1.0), 0)
    expected = view(Renderer(), of(2.0), 0)[0, 0]
    monkeypatch.setattr(compose.blend, "put", lambda *_: pytest.fail("a layer below was drawn again"))
    drawer.update(of(2.0), Region([Rect(0, 0, 256, 256)]), at_once=0)
    assert np.array_equal(drawer.view_tile(drawer.shown, (0, 0)).pixels, expected)


def test_a_picture_flattened_at_once_is_the_one_of_many_small_parts() -> None:
    rng = np.random.default_rng(13)
    blur = FILTERS["gaussian-blur"]
    stored = recipe.store("gaussian-blur", blur.version, blur.parameters(sigma=30.0))
    layers = (Paint(surface=trees.surface(rng, Rect(0, 0, 700, 600))), Filter(recipe=stored))
    artwork = Artwork(width=700, height=600, layers=layers)
    parts = np.empty((600, 700, 4), np.float32)
    drawer = Renderer()
    for _ in drawer.flatten_steps(artwork, parts):
        pass
    assert np.array_equal(drawer.flatten(artwork), parts)


def test_caches_stay_within_the_budget() -> None:
    artwork = trees.artwork(12, size=(1200, 1100))
    drawer = renderer(budget_bytes=6 << 20)
    wanted = view(renderer(), artwork, 1)
    view(drawer, artwork, 0)
    assert drawer.held <= 6 << 20
    assert all(np.array_equal(pixels, wanted[key]) for key, pixels in view(drawer, artwork, 1).items())


def test_flatten_equals_compose_and_view() -> None:
    artwork = trees.artwork(13, size=(700, 300))
    drawer = renderer()
    whole = drawer.flatten(artwork)
    assert np.array_equal(whole, drawer.compose(artwork, artwork.rect))
    assert np.array_equal(view(drawer, artwork, 0)[1, 0], to_bgra8(whole[:256, 256:512]))


def generated(transform, size: int = 64) -> Generated:
    pixels = np.ones((size, size, 4), np.float16)
    pixels[..., 0] = np.linspace(0, 1, size)[None, :]
    variant = Variant(seed=1, surface=Surface.from_pixels(pixels), width=size, height=size)
    recipe = Stored(name="generate", version=1, parameters={})
    return Generated(recipe=recipe, model="m", variants=(variant,), transform=transform)


def test_enlarged_generated_layer_is_sharp_at_its_edge_and_smooth_inside() -> None:
    layer = generated((8.0, 0.0, 0.0, 8.0, 100.0, 40.0))
    artwork = Artwork(width=700, height=600, layers=(layer,))
    out = renderer().compose(artwork, artwork.rect)
    alpha = np.zeros((600, 700))
    alpha[40:552, 100:612] = 1
    assert np.array_equal(out[..., 3], alpha)
    x = (np.arange(512) + 0.5) / 8 - 0.5
    inside = (x > 3) & (x < 60)
    assert np.abs(out[300, 100:612, 0][inside] - (x / 63)[inside]).max() < 2e-3


def test_reduced_and_turned_layers_keep_their_place_and_weight() -> None:
    half = renderer().compose(
        Artwork(width=64, height=64, layers=(generated((0.25, 0, 0, 0.25, 8.0, 8.0)),)), Rect(0, 0, 64, 64)
    )
    assert half[..., 3].sum() == pytest.approx(256, rel=1e-3)
    assert half[16, 16, 0] == pytest.approx(0.53, abs=0.05)
    turned = generated((0.0, 1.0, -1.0, 0.0, 64.0, 0.0))
    out = renderer().compose(Artwork(width=64, height=64, layers=(turned,)), Rect(0, 0, 64, 64))
    assert out[:, 32, 0][4:60] == pytest.approx(np.linspace(0, 1, 64)[4:60], abs=2e-3)


def test_thumbnails_show_artwork_and_single_layers() -> None:
    bottom = Paint(surface=Surface.from_pixels(np.full((400, 800, 4), [1, 0, 0, 1], np.float16)))
    green = np.zeros((400, 800, 4), np.float16)
    green[:, 400:] = (0, 1, 0, 1)
    top = Paint(surface=Surface.from_pixels(green), opacity=0.5)
    artwork = Artwork(width=800, height=400, layers=(bottom, top))
    drawer = renderer()
    whole = drawer.thumbnail(artwork, 64)
    assert whole.shape == (32, 64, 4)
    assert whole.dtype == np.uint8
    assert whole[16, 8].tolist() == [255, 0, 0, 255]
    assert whole[16, 56].tolist() == [128, 128, 0, 255]
    alone = drawer.thumbnail(artwork, 64, top.id)
    assert alone[16, 8, 3] == 0
    assert alone[16, 56].tolist() == [0, 255, 0, 255]


def test_slow_tiles_are_drawn_in_strips(monkeypatch: pytest.MonkeyPatch) -> None:
    artwork = point_filters_only(trees.artwork(14, size=(256, 256)))
    drawer = renderer()
    drawer.show(artwork)
    monkeypatch.setattr("studio.render.renderer.STEP", 0.0)
    drawer._pace = 1.0
    drawn = list(drawer.steps(artwork, [(0, 0)]))
    assert [step.rect.height for step in drawn] == [32] * 8
    assert np.array_equal(drawn[-1].tile.pixels, view(renderer(), artwork, 0)[0, 0])


class Away:
    """A store that notes who reads."""

    def __init__(self, surface: Surface) -> None:
        self._pixels = {tile.digest: tile.pixels().copy() for tile in surface.tiles.values()}
        self.reads = 0

    def load(self, digest: bytes) -> np.ndarray:
        self.reads += 1
        return self._pixels[digest]


@pytest.mark.parametrize("level", [0, 1])
def test_what_lies_in_the_journal_is_left_to_the_render_lane(level: int) -> None:
    """An earlier step whose tiles left the memory is shown at once, in the calling thread, without reading them."""
    rng = np.random.default_rng(5)
    ground = Paint(surface=trees.surface(rng, Rect(0, 0, 512, 512)))
    earlier, later = (trees.surface(rng, Rect(0, 0, 200, 200)) for _ in range(2))
    above = Paint(surface=later)
    now = Artwork(width=512, height=512, layers=(ground, above))
    then = now.with_(layers=(ground, above.with_(surface=earlier)))
    store = Away(earlier)
    drawer = renderer()
    drawer.view_tile(now, (0, 0), level)
    for tile in earlier.tiles.values():
        tile.evict(store)
    update = drawer.update(then, Region([Rect(0, 0, 256, 256)]), level)
    assert not update.drawn and update.waiting == ((0, 0),) and not store.reads
    seen = drawer.view_tile(then, (0, 0), level)
    assert store.reads and seen.stale.empty
    fresh = renderer().view_tile(then, (0, 0), level)
    assert np.array_equal(seen.pixels, fresh.pixels)


def test_a_fill_by_rule_is_made_by_the_render_lane_and_kept() -> None:
    """A whole landscape takes a second; a stroke above one that is there is drawn at once all the same."""
    made: list[Rect] = []

    def slow(_parameters, rect: Rect, _pixel: float) -> np.ndarray:
        made.append(rect)
        return np.full((rect.height, rect.width, 4), 0.5, np.float32)

    rng = np.random.default_rng(6)
    fill = Fill(recipe=Stored(name="slow", version=1, parameters={}))
    strokes = [Paint(surface=trees.surface(rng, Rect(0, 0, size, size))) for size in (20, 30)]
    steps = [
        Artwork(width=256, height=256, layers=layers)
        for layers in ((), (fill,), *((fill, one) for one in strokes))
    ]
    drawer = renderer(fills={"slow": FillMaker(slow)})
    drawer.view_tile(steps[0], (0, 0), 0)
    update = drawer.update(steps[1], Region([steps[1].rect]))
    assert not update.drawn and update.waiting == ((0, 0),) and not made
    assert {drawn.key for drawn in drawer.steps(steps[1], update.waiting)} == {(0, 0)} and len(made) == 1
    for step in steps[2:]:
        update = drawer.update(step, Region([Rect(0, 0, 30, 30)]))
        assert update.drawn and not update.waiting
    assert len(made) == 1


def test_of_a_fill_by_rule_no_more_is_made_than_the_picture_shows() -> None:
    """A thumbnail shows a small part of a tile; a shadow of it may look beyond the canvas and gets all."""
    made: list[Rect] = []

    def slow(_parameters, rect: Rect, pixel: float) -> np.ndarray:
        made.append(rect)
        x, y = np.meshgrid(np.arange(rect.left, rect.right), np.arange(rect.top, rect.bottom))
        return np.stack([x % 7 / 8, y % 5 / 8, (x + y) % 3 / 4, np.ones(x.shape)], -1).astype(np.float32)

    fill = Fill(recipe=Stored(name="slow", version=1, parameters={}))
    artwork = Artwork(width=512, height=400, layers=(fill,))
    drawer = renderer(fills={"slow": FillMaker(slow)})
    small = drawer.compose(artwork, artwork.rect.at_level(2), 2)
    assert made == [Rect(0, 0, 128, 100)]
    part = drawer.compose(artwork, Rect(10, 20, 60, 70), 2)
    assert len(made) == 1 and np.array_equal(part, small[20:70, 10:60])
    assert np.array_equal(small, slow({}, Rect(0, 0, 128, 100), 4.0))
    made.clear()
    drawer.compose(artwork, artwork.rect)
    assert made[:2] == [Rect(0, 0, 256, 256), Rect(256, 0, 512, 256)], (
        "whole tiles where most of them is seen"
    )
    made.clear()
    wider = artwork.with_(width=900)
    drawer.compose(wider, wider.rect.at_level(2), 2)
    assert made == [Rect(0, 0, 225, 100)], "made anew where more of it is seen"
