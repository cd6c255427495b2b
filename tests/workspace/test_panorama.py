"""The panorama that is judged before it is made: what was found, a preview, turned horizons, photographs from files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from PIL import Image

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Group, Paint
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.synthesis import stitch
from studio.synthesis.stitch_projection import framed, turned
from studio.synthesis.stitch_values import Stitch, StitchError
from studio.workspace import panorama, stitching, winning
from tests.synthesis.views import result, source, texture, turn, turned_view
from tests.workspace.conftest import Bench
from tests.workspace.test_stitching import QUICK, SIDE, photo, shown


@pytest.fixture(scope="module")
def scene() -> np.ndarray:
    return texture(420, 240, 5)


class Heard:
    """What a trial told."""

    def __init__(self, bench: Bench) -> None:
        self.found: list[panorama.Found] = []
        self.refused: list[Exception] = []
        self.stages: list[str] = []
        self.overlaps: list[panorama.Overlaps] = []
        self.trial = panorama.Trial(
            bench.studio,
            self.found.append,
            self.refused.append,
            lambda title, _done: self.stages.append(title),
            self.overlaps.append,
        )


def test_what_was_found_is_told_and_nothing_is_changed(bench: Bench, scene: np.ndarray) -> None:
    noise = np.random.default_rng(9).random((200, SIDE, 4)).astype(np.float16)
    noise[..., 3] = 1
    stray = Paint(name="stray.jpg", surface=Surface.from_pixels(noise))
    shown(bench, scene, stray)
    before = bench.picture.document.committed
    heard = Heard(bench)
    heard.trial.ask(QUICK)
    bench.settle()
    assert not heard.refused
    (found,) = heard.found
    assert found.unmatched == ("stray.jpg",)
    (seen,) = heard.overlaps
    assert [one.name for one in seen.photographs] == ["左.jpg", "右.jpg", "stray.jpg"]
    assert [one.used for one in seen.photographs] == [True, True, False]
    first = seen.compared[0]
    assert (first.first, first.second) == (0, 1) and first.agrees.sum() > 20
    assert not any(one.agrees.any() for one in seen.compared[1:])
    for points in (first.first_points, first.second_points, seen.photographs[0].points):
        assert points.min() >= 0 and points.max() <= 1
    assert abs(found.size[0] - 370) <= 2 and found.pixels.shape[1] / found.pixels.shape[0] == pytest.approx(
        370 / 210, abs=0.05
    )
    assert (found.pixels[..., 3] > 0).mean() > 0.9 and "Matching pictures" in heard.stages
    assert bench.picture.document.artwork is before


def test_another_value_runs_only_its_stages(bench: Bench, scene: np.ndarray) -> None:
    shown(bench, scene)
    heard = Heard(bench)
    heard.trial.ask(QUICK)
    bench.settle()
    kept = dict(bench.picture.stitch_stages)
    heard.trial.ask(replace(QUICK, roll=5.0))
    bench.settle()
    same = [key for key, value in bench.picture.stitch_stages.items() if kept.get(key) is value]
    assert len(same) == 4, "the features of both, matches and cameras stay"
    assert heard.found[1].size != heard.found[0].size


@pytest.mark.parametrize(
    ("changes", "works"),
    [
        ({"tolerance": 3.0}, ["matches", "cameras", "warped", "seams"]),
        ({"straighten": False}, ["cameras", "warped", "seams"]),
        ({"scale": 0.7}, ["warped", "seams"]),
        ({"seams": "middle"}, ["seams"]),
        ({"blend": "none", "bands": 3, "sampling": "linear"}, []),
    ],
    ids=str,
)
def test_each_value_works_from_its_own_stage_on(
    bench: Bench, scene: np.ndarray, monkeypatch: pytest.MonkeyPatch, changes: dict, works: list[str]
) -> None:
    worked: list[str] = []

    def counted(place: object, function: str, stage: str) -> None:
        own = getattr(place, function)

        def call(*arguments: object) -> object:
            worked.append(stage)
            return own(*arguments)

        monkeypatch.setattr(place, function, call)

    counted(stitch.stitch_features, "features_of", "features")
    counted(stitch.stitch_features, "nearest", "matches")
    counted(stitch, "cameras_of", "cameras")
    counted(stitch.stitch_seams, "warped", "warped")
    counted(stitch.stitch_seams, "_claims", "seams")
    counted(stitch, "digest_of", "digest")
    shown(bench, scene)
    heard = Heard(bench)
    heard.trial.ask(QUICK)
    bench.settle()
    worked.clear()
    heard.trial.ask(replace(QUICK, **changes))
    bench.settle()
    assert not heard.refused and len(heard.found) == 2
    assert sorted(set(worked)) == sorted(works)


def test_what_does_not_overlap_is_shown_although_nothing_comes_of_it(bench: Bench, scene: np.ndarray) -> None:
    noise = np.random.default_rng(9).random((200, SIDE, 4)).astype(np.float16)
    noise[..., 3] = 1
    left = photo(scene, 0, 20, "left")
    stray = Paint(name="stray", surface=Surface.from_pixels(noise))
    layers = (left, stray)
    ids = tuple(layer.id for layer in layers)
    bench.studio.show(
        Artwork(width=SIDE, height=200, layers=layers, active=ids[0], selected=ids), title="stage"
    )
    bench.settle()
    heard = Heard(bench)
    heard.trial.ask(QUICK)
    bench.settle()
    assert heard.refused and not heard.found
    (seen,) = heard.overlaps
    assert [one.used for one in seen.photographs] == [False, False]
    assert not any(one.agrees.any() for one in seen.compared)


def test_reopened_it_starts_from_the_panorama(bench: Bench, scene: np.ndarray) -> None:
    shown(bench, scene)
    assert panorama.can_start(bench.picture.document.committed)
    assert panorama.start_values(bench.picture.document.committed) == Stitch()
    values = replace(QUICK, roll=3.0)
    stitching.stitch_layers(bench.studio, values)
    bench.settle()
    artwork = bench.picture.document.committed
    assert panorama.start_values(artwork) == values and panorama.can_start(artwork)
    heard = Heard(bench)
    heard.trial.ask(replace(values, roll=0.0))
    bench.settle()
    assert abs(heard.found[0].size[0] - 370) <= 2
    stitching.stitch_layers(bench.studio, replace(values, roll=0.0))
    bench.settle()
    (group,) = bench.picture.document.committed.layers
    assert isinstance(group, Group) and abs(bench.picture.document.committed.width - 370) <= 2


def test_a_photo_wins_where_something_is_selected(bench: Bench, scene: np.ndarray) -> None:
    """A blot on the right picture of the overlap goes when the left one wins there."""
    right = shown(bench, scene)[1]
    blot = right.surface.read(Rect(0, 0, SIDE, 200)).astype(np.float32)
    blot[80:110, 20:50, :3] = (1, 0, 0)
    document = bench.picture.document
    document.commit(
        "Blot",
        edits.write_surface(document.committed, right.id, Surface.from_pixels(blot.astype(np.float16))),
    )
    stitching.stitch_layers(bench.studio, QUICK)
    bench.settle()
    before = document.committed
    (group,) = before.layers
    assert isinstance(group, Group)
    one, other = (stitching.warped_in(group)[number] for number in (0, 1))
    place = Rect(160, 80, 210, 140)
    chosen = before.with_(selection=edits.rectangle_selection(place))
    for winner, red in ((other, True), (one, False)):
        document.commit("Choose", edits.set_active(chosen, winner.id))
        panorama.wins_here(bench.studio)
        bench.settle()
        now = document.committed
        assert bench.labels()[-1] == "This photo wins here", bench.sentences()
        seen = bench.picture.renderer.flatten(now)[place.top : place.bottom, place.left : place.right]
        assert ((seen[..., 0] > 0.9) & (seen[..., 1] < 0.15)).any() == red
        found = now.find(winner.id)
        assert isinstance(found, Paint) and found.mask is not None
        bench.studio.undo()
    assert document.committed.find(one.id) is one


def test_a_photo_cannot_win_everywhere(bench: Bench, scene: np.ndarray) -> None:
    shown(bench, scene)
    stitching.stitch_layers(bench.studio, QUICK)
    bench.settle()
    document = bench.picture.document
    panorama.wins_here(bench.studio)
    bench.settle()
    assert bench.sentences("info") == [winning.NOT_A_PHOTOGRAPH]
    (group,) = document.committed.layers
    assert isinstance(group, Group)
    document.commit("Choose", edits.set_active(document.committed, stitching.warped_in(group)[0].id))
    panorama.wins_here(bench.studio)
    bench.settle()
    assert bench.sentences("info")[-1] == winning.NOTHING_SELECTED


def test_what_cannot_be_stitched_is_said(bench: Bench) -> None:
    noise = [np.random.default_rng(seed).random((200, SIDE, 4)).astype(np.float16) for seed in (1, 2)]
    layers = tuple(
        Paint(name=str(number), surface=Surface.from_pixels(one)) for number, one in enumerate(noise)
    )
    ids = tuple(layer.id for layer in layers)
    bench.studio.show(
        Artwork(width=SIDE, height=200, layers=layers, active=ids[0], selected=ids), title="stage"
    )
    bench.settle()
    heard = Heard(bench)
    heard.trial.ask(QUICK)
    bench.settle()
    (error,) = heard.refused
    assert isinstance(error, StitchError)
    assert "None of these 2 pictures" in panorama.sentence_of(bench.studio, error)


def test_yaw_pitch_and_roll_turn_the_rays() -> None:
    ahead = np.array((0.0, 0.0, 1.0))
    right = turned(Stitch(yaw=30.0), False) @ ahead
    np.testing.assert_allclose(right, (np.sin(np.radians(30)), 0, np.cos(np.radians(30))), atol=1e-12)
    down = turned(Stitch(pitch=20.0), False) @ ahead
    np.testing.assert_allclose(down, (0, np.sin(np.radians(20)), np.cos(np.radians(20))), atol=1e-12)
    rolled = turned(Stitch(roll=90.0), False) @ (1.0, 0.0, 0.0)
    np.testing.assert_allclose(rolled, (0, 1, 0), atol=1e-12)
    assert np.array_equal(turned(Stitch(yaw=30.0, pitch=20.0), True), np.eye(3))


def test_a_tilted_camera_is_levelled_by_pitch() -> None:
    """Two views of a sphere from a camera that looked 12° up; the pitch that levels it gives what a level one sees."""
    world, focal, size = texture(1600, 800, 3), 260.0, (300, 220)
    up = [source(f"{yaw}", turned_view(world, turn(yaw, 12.0), focal, size)) for yaw in (-14, 14)]
    values = Stitch(megapixels=0.1, features=900, straighten=False, projection="cylindrical", seams="middle")
    plan: stitch.Plan = result(stitch.planned(up, values))
    level = plan.cameras.project
    plain = framed(plan.cameras, values)
    tilted = framed(plan.cameras, Stitch(projection="cylindrical", pitch=12.0))
    assert np.array_equal(plain.project, level), "without a turn the cameras are what they were, bit for bit"
    middles = []
    for frame in (plain, tilted):
        rect = frame.rects[0].unite(frame.rects[1])
        middles.append((frame.top + (rect.top + rect.bottom) / 2) / frame.scale)
    assert middles[1] - middles[0] == pytest.approx(np.tan(np.radians(12)), abs=0.05)


def test_files_become_a_new_picture_with_chosen_layers(
    bench: Bench, scene: np.ndarray, tmp_path: Path
) -> None:
    paths = []
    for number, (left, top) in enumerate(((0, 20), (150, 10))):
        part = scene[top : top + 200, left : left + SIDE]
        path = tmp_path / f"照片 {number}.png"
        Image.fromarray((part * 255).astype(np.uint8)).save(path)
        paths.append(str(path))
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"nothing")
    opened: list[bool] = []
    panorama.open_photographs(bench.studio, [*paths, str(broken)], lambda: opened.append(True))
    bench.settle()
    artwork = bench.picture.document.committed
    assert opened == [True] and [layer.name for layer in artwork.chosen] == ["照片 0.png", "照片 1.png"]
    assert "broken.png" in bench.sentences("error")[0]
    heard = Heard(bench)
    heard.trial.ask(QUICK)
    bench.settle()
    assert heard.found and heard.overlaps[0].compared[0].agrees.sum() > 20


@pytest.mark.parametrize(("count", "words"), [(1, "at least two"), (41, "at most 40")])
def test_too_few_and_too_many_are_refused(bench: Bench, count: int, words: str) -> None:
    panorama.open_photographs(bench.studio, ["a.png"] * count, lambda: None)
    assert words in bench.sentences("warn")[0] and not bench.studio.pictures
