"""What a mask marks, repaired: nearer to the truth than OpenCV's, nothing else touched, refusals in sentences."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio import recipe
from studio.raster import patches
from studio.synthesis import healing, inpaint, patchmatch
from studio.synthesis.heal import METHODS, Method, finished
from studio.synthesis.problems import EMPTY, FULL, NO_SOURCE, OTHER_SIZE, HealError
from tests.synthesis.scenes import SIDE, drained, hole, opencv, psnr, scenes

methods = pytest.mark.parametrize("method", METHODS.values(), ids=list(METHODS))
STRUCTURED = ("checks", "bricks", "waves", "weave", "sea")


def repaired(method: Method, pixels: np.ndarray, mask: np.ndarray, **parameters: object) -> np.ndarray:
    return finished(method.repair(pixels, mask, method.parameters(**parameters), None))


def broken(name: str, marked: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    truth = scenes()[name]
    return truth, np.where(marked[..., None], np.float32(0), truth)


@methods
def test_a_method_declares_itself_completely(method: Method) -> None:
    assert METHODS[method.name] is method
    assert method.title
    assert len(method.description.split()) > 30
    assert all(one.title != one.name and one.description for one in recipe.parameters(method.parameters))


def test_patchmatch_comes_nearer_to_the_truth_than_telea_and_navier_stokes() -> None:
    """Over the set by mean and median; for each picture that repeats anything by 10 dB at least."""
    marked, found = hole(), {}
    for name in scenes():
        truth, damaged = broken(name, marked)
        ours = psnr(repaired(METHODS["patchmatch"], damaged, marked), truth, marked)
        theirs = max(
            psnr(opencv(damaged, marked, flag), truth, marked) for flag in (cv2.INPAINT_TELEA, cv2.INPAINT_NS)
        )
        found[name] = (ours, theirs)
    for measure in (np.mean, np.median):
        ours, theirs = measure(list(found.values()), axis=0)
        assert ours > theirs + 10, found
    assert all(found[name][0] > found[name][1] + 10 for name in STRUCTURED), found


@pytest.mark.parametrize("way", ["telea", "ns"])
@pytest.mark.parametrize("name", ["waves", "hills"])
def test_telea_and_navier_stokes_are_opencvs_to_half_a_decibel(way: str, name: str) -> None:
    marked = hole()
    truth, damaged = broken(name, marked)
    flag = cv2.INPAINT_TELEA if way == "telea" else cv2.INPAINT_NS
    theirs = psnr(opencv(damaged, marked, flag), truth, marked)
    assert psnr(repaired(METHODS[way], damaged, marked), truth, marked) == pytest.approx(theirs, abs=0.5)


@methods
def test_pixels_outside_the_mask_stay_bit_by_bit_and_the_input_is_not_written(method: Method) -> None:
    marked = hole()
    damaged = scenes()["hills"] * np.float32(3) - np.float32(0.25)  # a float document's values
    before = damaged.copy()
    found = repaired(method, damaged, marked)
    assert np.array_equal(damaged, before)
    assert np.array_equal(found[~marked].view(np.uint32), damaged[~marked].view(np.uint32))
    assert np.isfinite(found).all()
    assert not np.array_equal(found[marked], damaged[marked])


@methods
def test_masks_empty_full_and_of_another_size_are_refused_with_a_sentence(method: Method) -> None:
    pixels = scenes()["checks"]
    cases = (
        (np.zeros((SIDE, SIDE), np.float32), EMPTY),
        (np.ones((SIDE, SIDE), np.float32), FULL),
        (np.ones((3, 3), np.float32), OTHER_SIZE),
    )
    for mask, text in cases:
        with pytest.raises(HealError) as refused:
            repaired(method, pixels, mask)
        assert refused.value.text == text
    with pytest.raises(HealError):
        repaired(method, pixels[:1, :1], np.ones((1, 1), np.float32))


@methods
@pytest.mark.parametrize("shape", [(1, 2), (1, 40), (40, 1), (2, 2), (7, 7), (9, 64)])
def test_small_pictures_and_masks_on_the_border(method: Method, shape: tuple[int, int]) -> None:
    pixels = np.ascontiguousarray(scenes()["waves"][: shape[0], : shape[1]])
    mask = np.zeros(shape, np.float32)
    mask[:1, : max(1, shape[1] // 2)] = 1
    if mask.all():
        mask[-1, -1] = 0
    found = repaired(method, pixels, mask)
    assert found.shape == pixels.shape
    assert np.isfinite(found).all()
    assert np.array_equal(found[mask == 0], pixels[mask == 0])


@methods
def test_what_is_not_finite_counts_as_nothing_in_the_hole(method: Method) -> None:
    marked = hole()
    damaged = scenes()["hills"].copy()
    damaged[75, 75], damaged[5, 5, 0], damaged[6, 6, 1] = np.nan, np.inf, np.nan
    found = repaired(method, damaged, marked)
    assert np.isfinite(found[marked]).all()


def test_a_hole_over_the_corner_of_a_texture_is_filled() -> None:
    truth = scenes()["checks"]
    marked = np.zeros((SIDE, SIDE), bool)
    marked[:40, :50] = True
    found = repaired(METHODS["patchmatch"], np.where(marked[..., None], np.float32(0), truth), marked)
    assert psnr(found, truth, marked) > 30


def test_only_what_is_sampled_is_taken_from() -> None:
    pixels = np.zeros((96, 96, 4), np.float32)
    pixels[:, :48] = (0.8, 0.1, 0.1, 1)
    pixels[:, 48:] = (0.1, 0.1, 0.8, 1)
    mask = np.zeros((96, 96), np.float32)
    mask[40:56, 40:56] = 1
    sampled = np.zeros((96, 96), np.float32)
    sampled[:, 60:] = 1
    method = METHODS["patchmatch"]
    found = finished(method.repair(pixels, mask, method.parameters(), sampled))
    np.testing.assert_allclose(found[mask > 0], np.broadcast_to(pixels[0, 90], (256, 4)), atol=1e-5)
    with pytest.raises(HealError) as refused:
        finished(method.repair(pixels, mask, method.parameters(), mask))
    assert refused.value.text == NO_SOURCE


def test_mirrored_patches_are_taken_where_symmetry_is_asked_for() -> None:
    """The right half is the left one mirrored; of a unique stroke on the left only its mirror image is left."""
    chance = np.random.default_rng(3)
    left = cv2.GaussianBlur(chance.random((128, 64, 4)).astype(np.float32), (0, 0), 2) * 4 - 1.5
    truth = np.ascontiguousarray(np.concatenate((left, left[:, ::-1]), 1))
    marked = np.zeros((128, 128), bool)
    marked[50:66, 20:36] = True
    damaged = np.where(marked[..., None], np.float32(0), truth)
    plain, mirrored = (
        psnr(repaired(METHODS["patchmatch"], damaged, marked, symmetry=symmetry, rounds=8), truth, marked)
        for symmetry in ("none", "left-right")
    )
    assert mirrored > plain + 6


def test_the_same_seed_gives_the_same_bits_and_another_one_others() -> None:
    marked = hole()
    damaged = broken("hills", marked)[1]
    one, same, other = (repaired(METHODS["patchmatch"], damaged, marked, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_a_whole_first_guess_comes_early_and_the_part_done_grows() -> None:
    marked = np.zeros((SIDE, SIDE), bool)
    marked[50:140, 50:140] = True
    damaged = broken("hills", marked)[1]
    _, seen = drained(METHODS["patchmatch"].repair(damaged, marked, METHODS["patchmatch"].parameters(), None))
    guesses = [index for index, step in enumerate(seen) if isinstance(step, patchmatch.Guess)]
    assert len(guesses) == 1
    assert 0 < seen[guesses[0]].done < 0.6
    guess = seen[guesses[0]].pixels
    assert np.array_equal(guess[~marked], damaged[~marked])
    assert np.isfinite(guess).all()
    parts = [step for step in seen if isinstance(step, float)]
    assert min(np.diff(parts)) > -1e-9
    assert parts[-1] == pytest.approx(1.0)


def test_a_match_costs_what_its_patches_differ_by_and_is_the_best_of_a_small_picture() -> None:
    """Against all sources by brute force; enough random trials find each best one."""
    chance = np.random.default_rng(5)
    pixels = patches.aligned((20, 20, 4))
    pixels[:] = chance.random((20, 20, 4))
    sources = np.zeros((20, 20), np.uint8)
    sources[12:18, 2:18] = 1
    marked = np.zeros((20, 20), bool)
    marked[4:8, 5:12] = True
    places = patches.places_of(marked)
    numbers = np.full((20, 20), -1, np.int32)
    numbers[marked] = np.arange(len(places))
    found = np.zeros((len(places), 3), np.int32)
    found[:, :2] = (8, 14)
    costs = np.empty(len(places), np.float32)
    for turn in range(3000):
        patches.match(
            pixels, sources, 2, places, numbers, found, costs, (0, len(places)), mirrors=0, reach=20, seed=turn,
            fresh=turn == 0,
        )  # fmt: skip
    for (x, y), (sx, sy, _), cost in zip(places, found, costs, strict=True):
        target = pixels[y - 2 : y + 3, x - 2 : x + 3]
        differences = [
            float(np.square(target - pixels[v - 2 : v + 3, u - 2 : u + 3]).sum())
            for u, v in patches.places_of(sources > 0)
        ]
        assert cost == pytest.approx(min(differences), rel=1e-5)
        assert float(np.square(target - pixels[sy - 2 : sy + 3, sx - 2 : sx + 3]).sum()) == pytest.approx(
            cost, rel=1e-5
        )


def test_a_soap_film_is_harmonic() -> None:
    """On a linear border it is the plane through it; anywhere each pixel is its neighbours' mean."""
    y, x = np.mgrid[:60, :70].astype(np.float32)
    plane = np.dstack((x / 70, y / 60, (x + y) / 130, np.ones_like(x)))
    marked = np.zeros((60, 70), bool)
    marked[10:50, 8:60] = True
    found = inpaint.closed(np.where(marked[..., None], np.float32(0), plane), marked)
    np.testing.assert_allclose(found, plane, atol=2e-3)
    found = inpaint.closed(scenes()["hills"][:60, :70], marked)
    mean = (np.roll(found, 1, 0) + np.roll(found, -1, 0) + np.roll(found, 1, 1) + np.roll(found, -1, 1)) / 4
    assert np.abs(found - mean)[marked].max() < 5e-3


@pytest.mark.parametrize("name", STRUCTURED)
def test_the_healing_brush_finds_what_goes_on(name: str) -> None:
    marked = np.zeros((SIDE, SIDE), np.float32)
    cv2.circle(marked, (90, 100), 12, 1, -1)
    truth, damaged = broken(name, marked > 0)
    found = finished(healing.healed(damaged, marked))
    theirs = max(psnr(opencv(damaged, marked > 0, flag), truth, marked > 0) for flag in (0, 1))
    assert psnr(found, truth, marked > 0) > theirs + 6


def test_a_patch_takes_the_texture_of_its_place_and_the_colours_of_the_flaws_surroundings() -> None:
    y, x = np.mgrid[:80, :160].astype(np.float32)
    texture = 0.05 * np.sin(x * 1.3) * np.sin(y * 1.1)
    light = 0.2 + 0.5 * x / 160
    truth = np.dstack([light + texture] * 3 + [np.ones_like(x)]).astype(np.float32)
    marked = np.zeros((80, 160), np.float32)
    cv2.circle(marked, (40, 40), 10, 1, -1)
    damaged = np.where(marked[..., None] > 0, np.float32(0), truth)
    found = finished(healing.healed(damaged, marked, offset=(60, 0)))
    expected = light + np.roll(texture, -60, 1)  # its texture, our light
    assert np.abs(found[..., 0] - expected)[marked > 0].max() < 0.06
    with pytest.raises(HealError):
        finished(healing.healed(damaged, marked, offset=(500, 0)))


def test_a_soft_mask_heals_in_part() -> None:
    damaged = np.ones((64, 64, 4), np.float32) * np.float32(0.5)
    damaged[30:34, 30:34] = (0, 0, 0, 0.5)
    mask = np.zeros((64, 64), np.float32)
    mask[28:36, 28:36] = 0.5
    mask[30:34, 30:34] = 1
    found = finished(healing.healed(damaged, mask))
    np.testing.assert_allclose(found, 0.5, atol=2e-3)


def test_a_fill_meets_the_light_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stones in a pool of light: what patches get wrong at the border is taken off all over the hole."""
    marked, truth = hole(), scenes()["checks"].copy()
    y, x = np.mgrid[:SIDE, :SIDE]
    light = 0.4 + 0.6 * np.exp(-((x - 110) ** 2 + (y - 90) ** 2) / (2 * 60**2))
    truth[..., :3] *= light.astype(np.float32)[..., None]
    damaged = np.where(marked[..., None], np.float32(0), truth)
    met = psnr(finished(patchmatch.fill(damaged, marked)), truth, marked)
    monkeypatch.setattr(patchmatch, "_met", lambda *_: iter(()))
    assert met > psnr(finished(patchmatch.fill(damaged, marked)), truth, marked) + 0.2
