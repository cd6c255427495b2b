"""Stitching in the studio: layers to a live panorama in one undo step, blended anew after a moved seam, refused in words."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace

from studio.document import edits, tree
from studio.document.artwork import Artwork
from studio.document.layer import Derived, Group, Locks, Paint
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.synthesis import stitch_compose
from studio.synthesis.stitch_values import Stitch
from studio.workspace import stitching
from tests.synthesis.views import result, texture
from tests.workspace.conftest import Bench

QUICK = Stitch(features=800, bands=3)
SIDE = 220


@pytest.fixture(scope="module")
def scene() -> np.ndarray:
    return texture(420, 240, 5)


def photo(scene: np.ndarray, left: int, top: int, name: str, **fields) -> Paint:
    pixels = np.ones((200, SIDE, 4), np.float16)
    pixels[..., :3] = scene[top : top + 200, left : left + SIDE]
    return Paint(name=name, surface=Surface.from_pixels(pixels), **fields)


def shown(bench: Bench, scene: np.ndarray, *more: Paint, **fields) -> tuple[Paint, ...]:
    """A picture with two halves of the scene (and ``more``), all chosen."""
    layers = (photo(scene, 0, 20, "左.jpg"), photo(scene, 150, 10, "右.jpg", **fields), *more)
    ids = tuple(layer.id for layer in layers)
    artwork = Artwork(width=SIDE, height=200, layers=layers, active=ids[-1], selected=ids)
    bench.studio.show(artwork, title="stage")
    bench.settle()
    return layers


def artwork_of(bench: Bench) -> Artwork:
    return bench.picture.document.committed


def test_layers_become_a_live_panorama_in_one_step(bench: Bench, scene: np.ndarray) -> None:
    layers = shown(bench, scene)
    before = artwork_of(bench)
    stitching.stitch_layers(bench.studio, QUICK)
    bench.settle()
    artwork = artwork_of(bench)
    assert bench.labels()[-1] == "Stitch" and not bench.sentences()
    (group,) = artwork.layers
    assert isinstance(group, Group) and group.name == "Panorama" and artwork.active == group.id
    sources, left, right, blended = group.children
    assert isinstance(sources, Group) and not sources.visible
    assert [one.id for one in sources.children] == [one.id for one in layers]
    assert (
        (left.name, right.name) == ("左.jpg", "右.jpg") and left.mask is not None and right.mask is not None
    )
    assert isinstance(blended, Derived) and stitching.parameters_of(blended.recipe) == QUICK
    assert len(blended.recipe.parameters["cameras"]["project"]) == 2
    assert abs(artwork.width - 370) <= 2 and abs(artwork.height - 210) <= 2
    seen = bench.picture.renderer.compose(artwork, artwork.rect)
    middle = seen[30:170, 10:350, :3]
    best = min(
        float(np.abs(middle - scene[30 + 10 + dy : 170 + 10 + dy, 10 + dx : 350 + dx]).mean())
        for dy in (-1, 0, 1)
        for dx in (-1, 0, 1)
    )
    assert best < 0.03
    bench.picture.document.undo()
    assert artwork_of(bench) is before


def test_a_moved_seam_is_blended_anew(bench: Bench, scene: np.ndarray) -> None:
    shown(bench, scene)
    stitching.stitch_layers(bench.studio, QUICK)
    bench.settle()
    artwork = artwork_of(bench)
    group = stitching.panorama_at(artwork)
    assert group is not None
    left, blended = group.children[1], group.children[3]
    assert isinstance(left, Paint) and isinstance(blended, Derived) and left.mask is not None
    spot = Rect.of(180, 90, 16, 16)
    moved = left.mask.write(spot, 1 - left.mask.read(spot))
    bench.picture.document.commit("mask", edits.set_mask(artwork, left.id, moved))
    stitching.blend_again(bench.studio)
    bench.settle()
    again = artwork_of(bench).find(blended.id)
    assert isinstance(again, Derived) and bench.labels()[-1] == "Blend panorama again"
    whole = Rect(0, 0, artwork.width, artwork.height)
    changed = (again.surface.read(whole) != blended.surface.read(whole)).any(2)
    near = spot.grow(6 * 8 + 8)
    changed[max(near.top, 0) : near.bottom, near.left : near.right] = False
    assert changed.mean() < 0.02  # halves of the warped pictures are rounded once more


def test_other_parameters_start_from_the_kept_sources(bench: Bench, scene: np.ndarray) -> None:
    layers = shown(bench, scene)
    stitching.stitch_layers(bench.studio, QUICK)
    bench.settle()
    plain = Stitch(features=800, blend="none", border="crop")
    stitching.stitch_layers(bench.studio, plain)
    bench.settle()
    (group,) = artwork_of(bench).layers
    assert isinstance(group, Group) and isinstance(group.children[0], Group)
    assert [one.id for one in group.children[0].children] == [one.id for one in layers]
    result = group.children[-1]
    assert isinstance(result, Derived) and not result.visible
    seen = bench.picture.renderer.compose(artwork_of(bench), artwork_of(bench).rect)
    assert (seen[..., 3] == 1).all()  # cropped: covered by the pictures with their seams alone


def test_a_moved_and_masked_layer_is_stitched_as_it_is_seen(bench: Bench, scene: np.ndarray) -> None:
    shown(bench, scene, opacity=0.999, transform=(0.9, 0.0, 0.0, 0.9, 4.5, 3.0))
    stitching.stitch_layers(bench.studio, QUICK)
    bench.settle()
    assert bench.labels()[-1] == "Stitch" and not bench.sentences("warn", "error")


def test_strangers_are_refused_and_the_document_stays(bench: Bench) -> None:
    layers = tuple(photo(texture(420, 240, 40 + number), 0, 0, f"{number}.jpg") for number in range(17))
    ids = tuple(layer.id for layer in layers)
    bench.studio.show(
        Artwork(width=SIDE, height=200, layers=layers, active=ids[0], selected=ids), title="stage"
    )
    bench.settle()
    before = artwork_of(bench)
    stitching.stitch_layers(bench.studio, Stitch(features=300))
    bench.settle()
    assert artwork_of(bench) is before
    assert any("None of these 17 pictures" in text for text in bench.sentences("warn"))


def test_a_picture_that_matches_nothing_is_named(bench: Bench, scene: np.ndarray) -> None:
    stranger = photo(texture(420, 240, 77), 0, 0, "陌生.jpg")
    shown(bench, scene, stranger)
    stitching.stitch_layers(bench.studio, QUICK)
    bench.settle()
    assert any("陌生.jpg" in text for text in bench.sentences("warn"))
    (group,) = artwork_of(bench).layers
    assert isinstance(group, Group) and isinstance(group.children[0], Group)
    assert stranger.id in [one.id for one in group.children[0].children]


def test_one_layer_or_a_locked_one_is_refused(bench: Bench, scene: np.ndarray) -> None:
    layers = shown(bench, scene, locks=Locks(all=True))
    before = artwork_of(bench)
    stitching.stitch_layers(bench.studio, QUICK)
    bench.studio.layers.choose(layers[0].id)
    stitching.stitch_layers(bench.studio, QUICK)
    bench.settle()
    assert artwork_of(bench).layers is before.layers
    said = bench.sentences("warn", "info", "error")
    assert any("locked" in text for text in said) and any("at least two" in text for text in said)


def test_stopping_leaves_everything_as_it_was(bench: Bench, scene: np.ndarray) -> None:
    shown(bench, scene)
    before = artwork_of(bench)
    stitching.stitch_layers(bench.studio, QUICK)
    for _ in range(3):
        bench.studio.render_lane.step()
    (line,) = bench.studio.jobs.lines
    line.stop()  # type: ignore[misc]
    bench.settle()
    assert artwork_of(bench) is before and not bench.studio.jobs.lines and not bench.sentences("error")


def brushed(bench: Bench, layer: Paint, spot: Rect) -> Artwork:
    """What a stroke on the mask of a picture of the panorama commits."""
    now = artwork_of(bench).find(layer.id)
    assert isinstance(now, Paint) and now.mask is not None
    moved = now.mask.write(spot, 1 - now.mask.read(spot))
    bench.picture.document.commit("mask", edits.set_mask(artwork_of(bench), layer.id, moved))
    return artwork_of(bench)


@pytest.fixture
def stitched(bench: Bench, scene: np.ndarray) -> tuple[Bench, Paint, Derived]:
    shown(bench, scene)
    stitching.stitch_layers(bench.studio, QUICK)
    bench.settle()
    group = stitching.panorama_at(artwork_of(bench))
    assert group is not None
    left, blended = group.children[1], group.children[3]
    assert isinstance(left, Paint) and isinstance(blended, Derived)
    return bench, left, blended


def surface_of(bench: Bench, blended: Derived) -> Surface:
    found = artwork_of(bench).find(blended.id)
    assert isinstance(found, Derived)
    return found.surface


def test_a_moved_seam_mask_changes_only_its_pixels_by_itself(stitched: tuple[Bench, Paint, Derived]) -> None:
    bench, left, blended = stitched
    labels = bench.labels()
    spot = Rect.of(180, 90, 16, 16)
    brushed(bench, left, spot)
    bench.settle()
    assert bench.labels() == [*labels, "mask"] and not bench.studio.jobs.lines
    whole = artwork_of(bench).rect
    changed = (surface_of(bench, blended).read(whole) != blended.surface.read(whole)).any(2)
    near = spot.grow((stitch_compose.REACH + 1) * 2**QUICK.bands)
    assert changed[max(spot.top, 0) : spot.bottom, spot.left : spot.right].any()
    changed[max(near.top, 0) : near.bottom, max(near.left, 0) : near.right] = False
    assert not changed.any()
    bench.studio.undo()
    bench.settle()
    assert surface_of(bench, blended) is blended.surface
    bench.studio.redo()
    bench.settle()
    assert surface_of(bench, blended) is not blended.surface and bench.labels() == [*labels, "mask"]


def test_a_newer_stroke_replaces_the_work_and_undo_finds_what_it_left(
    stitched: tuple[Bench, Paint, Derived],
) -> None:
    bench, left, blended = stitched
    brushed(bench, left, Rect.of(180, 90, 16, 16))
    bench.studio.render_lane.drain(1)
    brushed(bench, left, Rect.of(200, 120, 10, 10))
    assert len(bench.studio.jobs.lines) == 1
    bench.settle()
    both = surface_of(bench, blended)
    group = stitching.panorama_at(artwork_of(bench))
    assert group is not None
    whole = artwork_of(bench).rect
    anew = reblending_whole(artwork_of(bench), group)
    assert np.abs(both.read(whole).astype(float) - anew.read(whole).astype(float)).max() < 2e-3
    bench.studio.undo()
    bench.settle()
    first = surface_of(bench, blended)
    assert first is not both and first is not blended.surface
    bench.studio.undo()
    bench.settle()
    assert surface_of(bench, blended) is blended.surface


def reblending_whole(artwork: Artwork, group: Group) -> Surface:
    steps = stitching.joined_again(artwork, group)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def test_stop_leaves_the_seam_for_the_command(stitched: tuple[Bench, Paint, Derived]) -> None:
    bench, left, blended = stitched
    brushed(bench, left, Rect.of(180, 90, 16, 16))
    bench.studio.jobs.stop_all()
    bench.settle()
    assert surface_of(bench, blended) is blended.surface and not bench.studio.jobs.lines
    bench.studio.close(bench.picture)
    bench.settle()


def again(bench: Bench, **changes: object) -> Group:
    """The panorama stitched once more with other values."""
    labels = bench.labels()
    stitching.stitch_layers(bench.studio, replace(QUICK, **changes))
    bench.settle()
    assert bench.labels() == [*labels, "Stitch"] and not bench.sentences("error", "warn")
    group = stitching.panorama_at(artwork_of(bench))
    assert group is not None
    return group


def owned(bench: Bench) -> Paint:
    """A layer of the artist's own between the pictures and the blended one."""
    group = stitching.panorama_at(artwork_of(bench))
    assert group is not None
    own = Paint(name="retouch", surface=Surface.from_pixels(np.ones((8, 8, 4), np.float16), 40, 50))
    changed = group.with_(children=(*group.children[:3], own, *group.children[3:]))
    artwork = artwork_of(bench)
    bench.picture.document.commit("own", tree.rewrite(artwork, group.id, lambda _old: (changed,)))
    bench.settle()
    return own


def test_a_layer_of_the_artists_own_is_no_picture_of_the_panorama(
    stitched: tuple[Bench, Paint, Derived],
) -> None:
    bench, _left, blended = stitched
    own = owned(bench)
    assert not bench.studio.jobs.lines and surface_of(bench, blended) is blended.surface
    group = stitching.panorama_at(artwork_of(bench))
    assert group is not None and own.id not in [one.id for one in stitching.warped_in(group)]
    stitching.blend_again(bench.studio)
    bench.settle()
    whole = artwork_of(bench).rect
    difference = np.abs(surface_of(bench, blended).read(whole).astype(float) - blended.surface.read(whole))
    assert np.percentile(difference, 98) < 2e-3


@pytest.mark.parametrize(
    "changes",
    [
        {"exposure": "off"},
        {"seams": "middle"},
        {"bands": 2},
        {"roll": 4.0},
        {"border": "fill"},
        {"features": 600},
    ],
    ids=str,
)
def test_stitched_again_the_group_and_what_is_in_it_stay(
    stitched: tuple[Bench, Paint, Derived], changes: dict[str, object]
) -> None:
    bench, _left, blended = stitched
    own = owned(bench)
    before = stitching.panorama_at(artwork_of(bench))
    assert before is not None
    renamed = tree.rewrite(artwork_of(bench), before.id, lambda one: (one.with_(name="Hills", opacity=0.5),))
    bench.picture.document.commit("rename", renamed)
    group = again(bench, **changes)
    assert (group.id, group.name, group.opacity) == (before.id, "Hills", 0.5)
    assert [one.id for one in group.children] == [one.id for one in before.children]
    kept = group.children[3]
    assert isinstance(kept, Paint) and kept.surface is own.surface and kept.name == "retouch"
    assert surface_of(bench, blended) is not blended.surface and not bench.studio.jobs.lines
    assert stitching.parameters_of(stitching.result_of(group).recipe) == replace(QUICK, **changes)


@pytest.mark.parametrize(
    "changes", [{"bands": 2}, {"exposure": "off"}, {"seams": "middle"}, {"border": "fill"}], ids=str
)
def test_a_seam_moved_by_hand_stays_where_the_pictures_lie_as_before(
    stitched: tuple[Bench, Paint, Derived], changes: dict[str, object]
) -> None:
    bench, left, blended = stitched
    spot = Rect.of(180, 90, 16, 16)
    right = stitching.panorama_at(artwork_of(bench)).children[2]
    assert isinstance(right, Paint)
    for one, share in ((left, 0.0), (right, 1.0)):
        now = artwork_of(bench).find(one.id)
        moved = now.mask.write(spot, np.full((16, 16), share, np.float16))
        bench.picture.document.commit("mask", edits.set_mask(artwork_of(bench), one.id, moved))
        bench.settle()
    found_alone = plain_seam(bench, changes)
    group = again(bench, **changes)
    new_left, new_right = group.children[1], group.children[2]
    assert (new_left.mask.read(spot) == 0).all() and (new_right.mask.read(spot) == 1).all()
    outside = new_left.mask.read(artwork_of(bench).rect) != found_alone.read(artwork_of(bench).rect)
    outside[spot.top : spot.bottom, spot.left : spot.right] = False
    assert not outside.any(), "elsewhere the seams are those that were found anew"
    whole = reblending_whole(artwork_of(bench), group).read(artwork_of(bench).rect).astype(float)
    shown = surface_of(bench, blended).read(artwork_of(bench).rect).astype(float)
    near = spot.grow(4)
    part = np.s_[near.top : near.bottom, near.left : near.right]
    assert np.abs(whole[part] - shown[part]).max() < 5e-3


def plain_seam(bench: Bench, changes: dict[str, object]) -> Mask:
    """The left seam that these values give by themselves."""
    group = stitching.panorama_at(artwork_of(bench))
    sources = stitching.sources_group(group)
    read = result(stitching.read_sources(bench.picture.renderer, artwork_of(bench), sources.children))
    return result(stitching.stitched(read, replace(QUICK, **changes), artwork_of(bench))).layers[0][2]


def test_where_the_pictures_lie_elsewhere_seams_are_laid_anew(stitched: tuple[Bench, Paint, Derived]) -> None:
    bench, left, _blended = stitched
    brushed(bench, left, Rect.of(180, 90, 16, 16))
    bench.settle()
    group = again(bench, roll=4.0)
    wanted = plain_seam(bench, {"roll": 4.0})
    whole = artwork_of(bench).rect
    assert (group.children[1].mask.read(whole) == wanted.read(whole)).all()


def test_a_hidden_picture_stays_out_when_stitched_again(stitched: tuple[Bench, Paint, Derived]) -> None:
    bench, left, blended = stitched
    hidden = tree.rewrite(artwork_of(bench), left.id, lambda one: (one.with_(visible=False),))
    bench.picture.document.commit("hide", hidden)
    bench.settle()
    group = again(bench, bands=2)
    assert not group.children[1].visible
    assert not surface_of(bench, blended).read(Rect.of(10, 60, 40, 40)).any()


def test_painting_on_a_seam_meanwhile_starts_anew(stitched: tuple[Bench, Paint, Derived]) -> None:
    bench, left, _blended = stitched
    stitching.stitch_layers(bench.studio, replace(QUICK, bands=2))
    bench.studio.render_lane.drain(2)
    spot = Rect.of(180, 90, 16, 16)
    kept = brushed(bench, left, spot).find(left.id).mask.read(spot)
    bench.settle()
    now = artwork_of(bench).find(left.id)
    assert (now.mask.read(spot) == kept).all() and bench.labels()[-1] == "Stitch"
