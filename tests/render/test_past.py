"""Undo puts back the view tiles that were seen, and they are those that would be composed."""

import numpy as np
import pytest

from studio.document.artwork import Artwork
from studio.document.changes import changed
from studio.document.layer import Paint
from studio.raster.geometry import Rect, Region, tile_keys
from tests.render import trees
from tests.render.test_view import dab, renderer, view


def _stroke(drawer, artwork, rng, level):
    """Three dabs that follow each other as previews of one step."""
    step = artwork
    for _ in range(3):
        artwork, region = dab(artwork, rng)
        drawer.update(artwork, region, level, at_once=1 << 30, committed=step)
    return artwork


@pytest.mark.parametrize("level", [0, 2])
def test_steps_back_and_forth_are_put_back_without_composing(level: int) -> None:
    rng = np.random.default_rng(11)
    # not moved and without filters: else the region of whole tiles holds neighbours that no dab came near
    layers = tuple(
        Paint(surface=trees.surface(rng, Rect(0, 0, 600, 540)), mode=mode) for mode in ("normal", "screen")
    )
    first = Artwork(width=600, height=540, layers=layers)
    drawer = renderer()
    seen = view(drawer, first, level)
    second = _stroke(drawer, first, rng, level)
    after = view(drawer, second, level)
    for target, pixels in ((first, seen), (second, after), (first, seen)):
        shown = drawer.shown
        assert shown is not None
        update = drawer.update(target, changed(shown, target), level, at_once=0, committed=target)
        assert update.drawn
        assert not update.waiting
        for key, wanted in pixels.items():
            tile = drawer.cached(key, level)
            assert tile is not None
            assert tile.stale.empty
            assert np.array_equal(tile.pixels, wanted)


@pytest.mark.parametrize("seed", [500, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (501, 502))])
def test_a_random_walk_shows_what_composing_shows(seed: int) -> None:
    rng = np.random.default_rng(seed)
    steps, cursor = [trees.artwork(seed, size=(600, 540))], 0
    drawer = renderer()
    view(drawer, steps[0], 0)
    for _ in range(12):
        level = int(rng.integers(3) == 0)
        if rng.random() < 0.4:
            steps = steps[: cursor + 1]
            steps.append(_stroke(drawer, steps[cursor], rng, level))
            cursor += 1
        else:
            goal = int(rng.integers(len(steps)))
            region = changed(steps[cursor], steps[goal])
            # with little at once, tiles stay stale now and then, as when the render lane is behind
            drawer.update(steps[goal], region, level, int(rng.choice([0, 4096, 1 << 30])), steps[goal])
            cursor = goal
        if rng.random() < 0.5:
            keys = list(tile_keys(steps[cursor].rect.at_level(level)))
            for _ in drawer.steps(steps[cursor], keys[: int(rng.integers(1, len(keys) + 1))], level):
                pass
        _same_as_composed(drawer, steps[cursor])


def _same_as_composed(drawer, artwork) -> None:
    for level in (0, 1):
        for key, wanted in view(renderer(), artwork, level).items():
            tile = drawer.cached(key, level)
            if tile is not None and tile.stale.empty:
                assert np.array_equal(tile.pixels, wanted), (level, key)


def test_a_new_result_of_the_same_picture_forgets_what_was_seen() -> None:
    rng = np.random.default_rng(12)
    first = trees.artwork(401, size=(600, 540))
    drawer = renderer()
    view(drawer, first, 0)
    second = _stroke(drawer, first, rng, 0)
    drawer.update(second, Region([second.rect]), 0, 0, second)
    update = drawer.update(first, changed(second, first), 0, 0, first)
    assert update.waiting
    assert not update.drawn
