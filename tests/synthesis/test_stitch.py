"""Stitching against views whose homographies and rotations are known, and what is refused."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio.raster.geometry import Rect
from studio.recipe import RecipeError, check
from studio.synthesis import stitch
from studio.synthesis.stitch_seams import filled, largest_rectangle
from studio.synthesis.stitch_values import MOST, STAGES, Source, Stitch, StitchError
from tests.synthesis.views import error_of, flat_view, result, source, texture, turn, turned_view

FOCAL, SIZE = 340.0, (400, 300)
TURNS = (turn(-34, 2), turn(-11, -2, 1), turn(12, 1, -1), turn(34, 0))
GAINS = (1.0, 0.85, 1.15, 0.95)
TURNED = Stitch(megapixels=0.15, features=800, seam_megapixels=0.03)


def homography(x: float, y: float, angle: float, across: float, down: float) -> np.ndarray:
    cos, sin = np.cos(angle), np.sin(angle)
    return np.array([[cos, -sin, x], [sin, cos, y], [across, down, 1]])


PLACES = (
    homography(60, 80, 0.02, 4e-5, -6e-5),
    homography(300, 110, -0.05, -6e-5, 4e-5),
    homography(520, 90, 0.04, 2e-5, 2e-5),
    homography(180, 230, -0.02, 0, 4e-5),
)


@pytest.fixture(scope="module")
def mural() -> np.ndarray:
    return texture(1000, 620)


@pytest.fixture(scope="module")
def flat(mural: np.ndarray) -> list[Source]:
    sizes = (SIZE, (420, 280), (380, 310), SIZE)
    return [
        source(f"墙{number}.png", flat_view(mural, place, size, gain), left=30 * number)
        for number, (place, size, gain) in enumerate(zip(PLACES, sizes, GAINS, strict=True))
    ]


@pytest.fixture(scope="module")
def turned() -> list[Source]:
    sphere = texture(2000, 1000, 2)
    return [
        source(f"view {number}", turned_view(sphere, one, FOCAL, SIZE, gain))
        for number, (one, gain) in enumerate(zip(TURNS, GAINS, strict=True))
    ]


@pytest.fixture(scope="module")
def flat_plan(flat: list[Source]) -> stitch.Plan:
    return result(stitch.planned(flat, Stitch()))


@pytest.fixture(scope="module")
def turned_plan(turned: list[Source]) -> stitch.Plan:
    return result(stitch.planned(turned, TURNED))


def pixels(plan: stitch.Plan, parameters: Stitch) -> np.ndarray:
    surface = result(stitch.composed(plan, parameters, np.float32))
    return surface.read(plan.area(parameters))


def test_homographies_are_found_to_half_a_pixel(flat_plan: stitch.Plan) -> None:
    assert flat_plan.cameras.flat and not flat_plan.unmatched
    errors = [
        error_of(flat_plan, pair.first, pair.second, np.linalg.inv(PLACES[pair.second]) @ PLACES[pair.first])
        for pair in flat_plan.matches.pairs
    ]
    assert len(errors) >= 4 and max(errors) <= 0.5


def test_rotations_and_the_focal_length_are_found(turned_plan: stitch.Plan) -> None:
    assert not turned_plan.cameras.flat
    assert turned_plan.cameras.focal == pytest.approx(FOCAL, rel=0.01)
    lens = np.array([[FOCAL, 0, (SIZE[0] - 1) / 2], [0, FOCAL, (SIZE[1] - 1) / 2], [0, 0, 1]])
    for pair in turned_plan.matches.pairs:
        one, other = lens @ TURNS[pair.first], lens @ TURNS[pair.second]
        assert error_of(turned_plan, pair.first, pair.second, other @ np.linalg.inv(one)) <= 0.5


def test_gains_are_compensated(flat_plan: stitch.Plan) -> None:
    found = np.array([field.mean() for field in flat_plan.gains.fields]) * GAINS
    assert np.abs(found / found.mean() - 1).max() < 0.01


def test_the_panorama_is_the_mural(mural: np.ndarray, flat_plan: stitch.Plan) -> None:
    """Each pixel at its true place, with no seam: the difference to the truth is that of resampling everywhere."""
    found = pixels(flat_plan, Stitch())
    frame = flat_plan.warped.frame
    # plane → first picture → mural
    across = PLACES[0] @ frame.project[0]
    scale = np.array(
        [
            [1 / frame.scale, 0, frame.left / frame.scale],
            [0, 1 / frame.scale, frame.top / frame.scale],
            [0, 0, 1],
        ]
    )
    true = flat_view(mural, across @ scale, (frame.width, frame.height))
    gain = np.median([field.mean() * gain for field, gain in zip(flat_plan.gains.fields, GAINS, strict=True)])
    seen = found[..., 3] > 0.999
    assert 0.6 < seen.mean() < 1
    apart = np.abs(found[..., :3] - true * gain).max(2)[seen]
    assert np.percentile(apart, 99.5) < 0.03 and apart.max() < 0.12


@pytest.mark.parametrize("projection", ["perspective", "cylindrical", "spherical"])
def test_every_projection_covers_all_pictures(turned: list[Source], projection: str) -> None:
    parameters = Stitch(megapixels=0.15, features=800, projection=projection, seams="middle")  # type: ignore[arg-type]
    plan = result(stitch.planned(turned, parameters))
    assert plan.warped.frame.projection == projection
    found = pixels(plan, parameters)
    assert found.shape[1] > 1.8 * SIZE[0] and np.isfinite(found).all()
    assert (found[found.shape[0] // 2, 100:-100, 3] == 1).all()  # no gap between neighbours


def test_crop_leaves_no_border_and_fill_none_either(turned: list[Source], turned_plan: stitch.Plan) -> None:
    cropped = pixels(turned_plan, Stitch(border="crop"))
    assert (cropped[..., 3] == 1).all()
    assert cropped.shape[0] > 0.7 * SIZE[1] and cropped.shape[1] > 1.8 * SIZE[0]
    full = pixels(turned_plan, Stitch(border="fill"))
    assert (full[..., 3] == 1).all() and full.min() >= 0
    assert full.shape[0] > cropped.shape[0]


def test_layers_share_out_the_panorama(turned_plan: stitch.Plan) -> None:
    """Every covered pixel belongs to exactly one picture, and unblended they are the panorama."""
    parameters = Stitch(blend="none")
    layers = result(stitch.layered(turned_plan, parameters, np.float32))
    area = turned_plan.area(parameters)
    shown = np.stack([mask.read(area) * (surface.read(area)[..., 3] > 0) for surface, mask in layers])
    covered = np.stack([surface.read(area)[..., 3] for surface, _ in layers]).max(0) > 0
    assert set(np.unique(shown)) <= {0, 1}
    assert (shown.sum(0)[covered] == 1).mean() > 0.999 and (shown.sum(0) <= 1).all()
    whole = sum(surface.read(area) * mask.read(area)[..., None] for surface, mask in layers)
    np.testing.assert_allclose(pixels(turned_plan, parameters), whole, atol=1e-6)


def test_a_moved_seam_changes_only_its_pixels(turned_plan: stitch.Plan) -> None:
    parameters = Stitch(bands=3)
    layers = result(stitch.layered(turned_plan, parameters, np.float32))
    area = turned_plan.area(parameters)
    surface, mask = layers[1]
    hidden = (surface.read(area)[..., 3] > 0) & (mask.read(area) == 0)
    rows, columns = np.nonzero(cv2.erode(hidden.astype(np.uint8), np.ones((21, 21), np.uint8), borderValue=0))
    spot = Rect.of(int(columns[0]) - 10, int(rows[0]) - 10, 20, 20)
    moved = [
        (one, seam.write(spot, np.full((20, 20), float(number == 1))))
        for number, (one, seam) in enumerate(layers)
    ]
    for blend, reach in (("multi-band", 6 * 8), ("none", 0)):
        one = Stitch(bands=3, blend=blend)  # type: ignore[arg-type]
        before, after = (
            result(stitch.joined(now, area, one, np.float32)).read(area) for now in (layers, moved)
        )
        changed = (before != after).any(2)
        near = spot.grow(reach)
        outside = changed.copy()
        outside[max(near.top, 0) : near.bottom, max(near.left, 0) : near.right] = False
        assert changed.any() and not outside.any()


def test_from_the_warped_pictures_comes_the_same_panorama(turned_plan: stitch.Plan) -> None:
    layers = result(stitch.layered(turned_plan, Stitch(), np.float32))
    area = turned_plan.area(Stitch())
    again = result(stitch.joined(layers, area, Stitch(), np.float32)).read(area)
    np.testing.assert_allclose(again, pixels(turned_plan, Stitch()), atol=2e-3)


def test_a_changed_parameter_runs_its_stage_and_those_behind(
    turned: list[Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[str, object] = {}
    first = result(stitch.planned(turned, TURNED, kept))
    assert len(kept) == len(turned) + 5
    monkeypatch.setattr(stitch.stitch_features, "features_of", None)
    monkeypatch.setattr(stitch, "cameras_of", None)
    other = result(
        stitch.planned(
            turned, Stitch(megapixels=0.15, features=800, seam_megapixels=0.03, exposure="off"), kept
        )
    )
    assert other.cameras is first.cameras and other.warped is first.warped
    assert other.gains is not first.gains and all((field == 1).all() for field in other.gains.fields)
    assert len(kept) == len(turned) + 5  # what no longer counts is let go


def test_every_parameter_belongs_to_a_stage() -> None:
    assert {name for names in STAGES.values() for name in names} == set(Stitch.__struct_fields__)


def test_a_stranger_is_named_and_left_out(turned: list[Source]) -> None:
    stranger = source("陌生.png", texture(300, 300, 9))
    plan = result(stitch.planned([turned[0], stranger, turned[1]], TURNED))
    assert plan.unmatched == ("陌生.png",)
    assert [one.name for one in plan.sources] == ["view 0", "view 1"]


def test_what_cannot_be_stitched_is_refused_with_a_sentence(turned: list[Source]) -> None:
    strangers = [source(f"{number}.png", texture(160, 120, 30 + number)) for number in range(17)]
    with pytest.raises(StitchError, match="None of these 17 pictures") as refused:
        result(stitch.planned(strangers, Stitch(features=300)))
    assert refused.value.arguments == {"count": "17"}
    with pytest.raises(StitchError, match="at least two"):
        result(stitch.planned(turned[:1], TURNED))
    with pytest.raises(StitchError, match="at most 40"):
        result(stitch.planned(turned[:1] * (MOST + 1), TURNED))
    with pytest.raises(RecipeError, match="bands"):
        check(Stitch(bands=99))


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_pictures_without_anything_in_them_are_refused(value: float) -> None:
    blank = [source(str(number), np.full((50, 70, 4), value, np.float32)) for number in range(2)]
    tiny = [source(str(number), np.full((1, 1, 4), value, np.float32)) for number in range(2)]
    for sources in (blank, tiny):
        with pytest.raises(StitchError, match="None of these 2"):
            result(stitch.planned(sources, Stitch()))


def test_a_flat_projection_of_too_wide_an_angle_is_refused() -> None:
    sphere = texture(1600, 800, 2)
    views = [
        source(str(yaw), turned_view(sphere, turn(yaw), 200, (300, 220)))
        for yaw in (-100, -60, -20, 20, 60, 100)
    ]
    with pytest.raises(StitchError, match="too wide"):
        result(stitch.planned(views, Stitch(projection="perspective", model="rotation")))


def test_orb_and_blocks_do_it_too(turned: list[Source]) -> None:
    parameters = Stitch(megapixels=0.2, detector="orb", exposure="blocks", tolerance=3.0)
    plan = result(stitch.planned(turned[:3], parameters))
    assert not plan.unmatched and plan.cameras.error < 2
    means = [field.mean() * gain for field, gain in zip(plan.gains.fields, GAINS[:3], strict=True)]
    assert np.ptp(means) < 0.1
    assert np.isfinite(pixels(plan, parameters)).all()


def test_values_that_are_no_numbers_do_no_harm(turned: list[Source]) -> None:
    spoilt = turned[1].surface.read(turned[1].rect)
    spoilt[100:104, 100:104] = np.nan
    sources = [turned[0], source("spoilt", spoilt), turned[2]]
    plan = result(stitch.planned(sources, TURNED))
    assert np.isfinite(plan.cameras.project).all() and not plan.unmatched


def test_work_can_be_stopped_between_any_two_steps(turned: list[Source]) -> None:
    steps = stitch.planned(turned, TURNED)
    told = [next(steps) for _ in range(6)]
    steps.close()
    assert told[0] == ("features", 0.25)
    parts = [stitch.whole_part(*one) for one in told]
    assert parts == sorted(parts)


def test_the_largest_rectangle_is_found() -> None:
    cells = np.ones((7, 9), bool)
    cells[0, :3] = cells[6, 8] = False
    assert largest_rectangle(cells) == (0, 1, 8, 7)
    assert largest_rectangle(np.zeros((3, 3), bool)) == (0, 0, 0, 0)


def test_filling_keeps_what_is_there() -> None:
    colour = np.full((40, 50, 3), 0.25, np.float32)
    alpha = np.zeros((40, 50), np.float32)
    alpha[10:20, 10:30] = 1
    found = filled(colour * alpha[..., None], alpha, 8)
    np.testing.assert_allclose(found, 0.25, atol=1e-4)
