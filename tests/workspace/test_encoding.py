"""Layers as latents: the layer above with its sliders, outliers as selection and mask, several layers on the pad, the map of a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest

from studio.document.layer import Generated
from studio.messages.events import CodeMap, Encoded, EncodedFile, Event, Finished, Progress
from studio.messages.pixels import Pixels
from studio.messages.requests import Encode, EncodeFolder, Generate
from studio.raster.geometry import Rect
from studio.workspace import latent_files
from studio.workspace.code_map import FolderMap
from studio.workspace.codes import shares_near
from studio.workspace.encoding import Encoding
from studio.workspace.outliers import mask_of, scores
from tests.ui import fakes
from tests.workspace.conftest import Bench, Engine

SIDE = 16
NAMES = ("mist", "ridge")


def code(number: int) -> bytes:
    return np.array([number, 0.5, -number], np.float32).tobytes()


class Coder(Engine):
    """Finds in the n-th picture the code n; what is wrong with it stands in the upper left corner. Of folders there are four pictures at
    the corners of a square, the last far away in the space of codes."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = 0

    def answer(self, pictures: int = 1000) -> None:
        waiting, self._waiting = self._waiting, []
        for job, request, on_event in waiting:
            if isinstance(request, Encode):
                self._encode(job, request, on_event)
            elif isinstance(request, EncodeFolder):
                self._map(job, request, on_event)
            else:
                self._waiting.append((job, request, on_event))
        super().answer(pictures)

    def _encode(self, job: int, request: Encode, on_event: Callable[[Event], None]) -> None:
        self.seen += 1
        error = np.full((SIDE, SIDE, 1), 4.0, np.float32)
        error[:4, :4] = 40.0
        usual = np.stack([np.full((SIDE, SIDE), 4.0), np.full((SIDE, SIDE), 2.0)], -1).astype(np.float32)
        on_event(Encoded(
            job=job, model=request.model, digest=request.digest, latent=code(self.seen), sliders={"mist": 1.25, "ridge": -0.5},
            seen=Pixels.of(fakes.gradient(1, {}, SIDE)), reconstruction=Pixels.of(fakes.gradient(2, {}, SIDE)),
            error=Pixels.of(error), usual=Pixels.of(usual) if request.usual else None,
        ))  # fmt: skip
        on_event(Finished(job=job))

    def _map(self, job: int, request: EncodeFolder, on_event: Callable[[Event], None]) -> None:
        places = np.array([[-1, -1], [1, -1], [-1, 1], [1, 1]], np.float32)
        for index in range(4):
            far = 50.0 if index == 3 else 0.0
            on_event(EncodedFile(
                job=job, file=f"{index}.png", latent=np.array([index, far, 0], np.float32).tobytes(),
                amounts=np.array([0.5 * index, -0.25], np.float32).tobytes(), thumbnail=Pixels.of(fakes.gradient(index, {}, SIDE)),
            ))  # fmt: skip
            on_event(Progress(job=job, done=index + 1, total=4))
        usual = np.ones((SIDE, SIDE, 2), np.float32)
        on_event(CodeMap(
            job=job, model=request.model, digest=request.digest, sliders=NAMES, places=Pixels.of(places), shares=(0.6, 0.2),
            usual=Pixels.of(usual), skipped=("broken.png",),
        ))  # fmt: skip
        on_event(Finished(job=job))


def as_vae(studio) -> None:
    """The model of the studio has an encoder."""
    entry = fakes.model()
    studio.generating.set_models(
        (msgspec.structs.replace(entry, card=msgspec.structs.replace(entry.card, kind="vae")),)
    )


@pytest.fixture
def bench(make: Callable[..., Bench]) -> Bench:
    """With two strokes on two paint layers of a picture of 300 × 200, and a model that has an encoder."""
    bench = make(Coder())
    as_vae(bench.studio)
    bench.studio.new_picture(300, 200)
    for x in (40, 160):
        bench.studio.layers.add_paint()
        bench.settle()
        bench.stroke(x, 100, 90)
    return bench


@pytest.fixture
def encoding(bench: Bench) -> Encoding:
    return bench.studio.generating.encoding


def answer(bench: Bench) -> None:
    """Everything that is asked for one after another."""
    for _ in range(8):
        bench.settle()
        bench.engine.answer()
    bench.settle()


def last(bench: Bench) -> Generate:
    return [one for one in bench.engine.requests if isinstance(one, Generate)][-1]


def generated(bench: Bench) -> Generated:
    layer = bench.active
    assert isinstance(layer, Generated) and layer.variant is not None
    return layer


def test_a_layer_becomes_a_generated_one_with_the_sliders_where_it_lies(
    bench: Bench, encoding: Encoding, tmp_path: Path
) -> None:
    source, before = bench.active, bench.labels()
    assert encoding.can_encode
    encoding.begin()
    answer(bench)
    assert encoding.seen is not None and not encoding.waiting and bench.labels() == before
    encoding.use()
    answer(bench)
    layer = generated(bench)
    assert bench.labels() == [*before, "Encode layer"] and not bench.studio.jobs.lines
    assert layer.variant.parts[0].latent == code(1) and layer.variant.variety == 1.0
    assert bench.studio.exploring.values == {"mist": 1.25, "ridge": -0.5}
    assert 130 <= layer.transform[4] <= 260, "it lies where the stroke is"
    bench.studio.exploring.set_slider("mist", 0.0)
    bench.engine.answer()
    bench.studio.exploring.release()
    answer(bench)
    assert last(bench).parts[0].latent == code(1) and last(bench).sliders == {"ridge": -0.5}
    path = tmp_path / "码.danqing"
    bench.studio.filing.save(bench.picture, str(path))
    bench.settle()
    bench.studio.close(bench.picture)
    bench.open(path)
    again = generated(bench)
    assert again.variant.parts[0].latent == code(1) and again.variant.sliders == {"ridge": -0.5}
    for _ in range(2):
        bench.picture.document.undo()
    assert bench.picture.document.artwork.active_layer is not None
    assert bench.picture.document.artwork.layers[-1].id == source.id


def test_outliers_are_selected_and_become_a_mask(bench: Bench, encoding: Encoding) -> None:
    encoding.begin()
    answer(bench)
    encoding.look_for_outliers()
    answer(bench)
    assert encoding.scores is not None and encoding.seen is not None
    place = encoding.seen.place
    encoding.select_outliers(3.0)
    selection = bench.picture.document.artwork.selection
    assert selection is not None and bench.labels()[-1] == "Select outliers"
    seen = selection.read(place)
    quarter = place.width // 4
    assert seen[: quarter - 2, : quarter - 2].min() > 0.9 and seen[quarter + 2 :, quarter + 2 :].max() == 0
    encoding.mask_outliers(3.0)
    assert bench.active.mask is not None and bench.picture.document.artwork.selection is selection
    bench.picture.document.undo()
    bench.picture.document.undo()
    assert bench.active.mask is None and bench.picture.document.artwork.selection is None


def test_beside_its_own_pictures_the_level_of_the_picture_counts() -> None:
    error = np.full((8, 8, 1), 10.0, np.float32)
    error[2, 3] = 26.0
    usual = np.stack([np.full((8, 8), 5.0), np.full((8, 8), 2.0)], -1).astype(np.float32)
    assert scores(error, usual, own=False)[0, 0] == pytest.approx((10 - 5) / 2)
    own = scores(error, usual, own=True)
    assert own[0, 0] == 0 and own[2, 3] == pytest.approx((26 - 10) / 4)
    sure = np.zeros_like(usual)
    assert scores(error, sure, own=False)[2, 3] == 26.0, "a level is the least deviation"
    mask = mask_of(own, 3.0, Rect(10, 20, 26, 36))
    assert mask.read(Rect(16, 24, 18, 26)).min() > 0.5 and not mask.read(Rect(0, 0, 10, 20)).any()


def test_a_picture_that_is_drawn_unevenly_is_not_full_of_outliers() -> None:
    error = np.full((20, 20, 1), 10.0, np.float32)
    error[:7] = np.linspace(20, 40, 140).reshape(7, 20, 1)
    error[18, 4] = 250.0
    usual = np.stack([np.full((20, 20), 5.0), np.full((20, 20), 2.0)], -1).astype(np.float32)
    found = scores(error, usual, own=True) > 3
    assert found[18, 4] and found.mean() < 0.02


def test_layers_become_variations_on_the_pad(bench: Bench, encoding: Encoding) -> None:
    layers = bench.picture.document.artwork.layers
    ids = tuple(one.id for one in layers[-2:])
    assert not encoding.can_mix, "one layer is not several"
    bench.studio.layers.choose_several(ids, ids[1])
    assert encoding.can_mix
    before = bench.labels()
    encoding.mix()
    answer(bench)
    layer = generated(bench)
    assert bench.labels() == [*before, "Mix layers in model"] and not bench.studio.jobs.lines
    assert [one.parts[0].latent for one in layer.variants] == [code(1), code(2)]
    assert bench.studio.exploring.mixing.pins == tuple(one.id for one in layer.variants)
    bench.studio.exploring.mixing.move((0.5, 0.5))
    bench.engine.answer()
    parts = last(bench).parts
    assert [(one.latent, one.weight) for one in parts] == [(code(1), 0.5), (code(2), 0.5)]
    bench.studio.exploring.release()
    answer(bench)
    assert len(generated(bench).variants) == 3


def test_what_was_stopped_or_failed_leaves_the_picture_as_it_was(bench: Bench, encoding: Encoding) -> None:
    layers = bench.picture.document.artwork.layers
    ids = tuple(one.id for one in layers[-2:])
    bench.studio.layers.choose_several(ids, ids[1])
    before = bench.picture.document.artwork.layers
    encoding.mix()
    bench.settle()
    encoding.stop()
    answer(bench)
    encoding.mix()
    bench.settle()
    bench.engine.fail("bad_request", message="no")
    answer(bench)
    assert bench.picture.document.artwork.layers is before and encoding.can_mix
    assert [one for one in bench.sentences("error") if one.startswith("The picture was not encoded")]
    encoding.begin()
    bench.settle()
    bench.engine.fail("bad_request", message="A picture of {width} × 2 pixels", arguments={"width": "3"})
    assert encoding.problem.startswith("A picture of 3 × 2") and encoding.seen is None
    assert not bench.studio.jobs.lines


@pytest.fixture
def folder_map(bench: Bench, encoding: Encoding) -> FolderMap:
    encoding.folder.make("/照片/山")
    answer(bench)
    return encoding.folder


def test_a_brush_over_the_map_draws_into_the_layer(bench: Bench, folder_map: FolderMap) -> None:
    mapped = folder_map.mapped
    assert mapped is not None and mapped.skipped == ("broken.png",) and not folder_map.running
    before = bench.labels()
    folder_map.take(1)
    answer(bench)
    layer = generated(bench)
    assert bench.labels() == [*before, "Sample the map"]
    assert layer.variant.parts[0].latent == mapped.files[1].latent
    assert layer.variant.sliders == {"mist": 0.5, "ridge": -0.25} and folder_map.live
    folder_map.brush((-1.0, 0.0), 1.5)
    answer(bench)
    assert bench.labels() == [*before, "Sample the map"], "a drag is no step before its end"
    assert generated(bench).variant.sliders["mist"] == pytest.approx(0.5, abs=0.01), "half-way from 0 to 1"
    folder_map.release()
    answer(bench)
    assert bench.labels() == [*before, "Sample the map"], "it drew what stands there"
    folder_map.brush((-1.0, -1.0), 0.5)
    answer(bench)
    folder_map.release()
    answer(bench)
    assert bench.labels() == [*before, "Sample the map", "Sample the map"] and generated(bench).id == layer.id
    assert "mist" not in generated(bench).variant.sliders, "none of it there"
    folder_map.pin((0, 2))
    answer(bench)
    assert [one.parts[0].latent for one in generated(bench).variants] == [
        mapped.files[0].latent,
        mapped.files[2].latent,
    ]
    assert len(bench.studio.exploring.mixing.pins) == 2


def test_what_lies_near_on_the_plane_alone_is_not_mixed(folder_map: FolderMap) -> None:
    mapped = folder_map.mapped
    assert mapped is not None
    known = np.hstack([mapped.latents, mapped.amounts])
    alone = shares_near(mapped.places, known, (-1.0, -1.0), 0.5)
    assert alone.tolist() == [1, 0, 0, 0]
    middle = shares_near(mapped.places, known, (0.0, -0.01), 3.0)
    assert middle.sum() == pytest.approx(1) and middle[3] < 1e-3 < 0.2 < middle[:3].min()
    outside = shares_near(mapped.places, known, (9.0, 9.0), 0.1)
    assert outside[3] == pytest.approx(1), "where nothing is under the brush, the nearest"


def test_a_folder_gives_what_is_usual(bench: Bench, encoding: Encoding, folder_map: FolderMap) -> None:
    encoding.begin()
    answer(bench)
    asked = len(bench.engine.requests)
    encoding.look_for_outliers()
    assert len(bench.engine.requests) == asked and encoding.scores is not None
    assert encoding.scores[0, 0] == 39.0 and encoding.scores[9, 9] == 3.0


def test_a_folder_that_makes_no_map_says_why_and_the_last_map_stays(
    bench: Bench, folder_map: FolderMap
) -> None:
    there = folder_map.mapped
    folder_map.make("/照片/一")
    bench.engine.fail("bad_request", message="“{folder}” holds one", arguments={"folder": "一"})
    assert folder_map.problem == "“一” holds one" and folder_map.mapped is there and not folder_map.running
    assert not bench.studio.jobs.lines


def test_without_an_encoder_nothing_is_offered(bench: Bench, encoding: Encoding) -> None:
    bench.studio.generating.set_models((fakes.model(),))
    assert not encoding.able and not encoding.can_encode and not encoding.can_mix


def test_a_latent_is_saved_and_opened_again(bench: Bench, folder_map: FolderMap, tmp_path: Path) -> None:
    folder_map.take(2)
    answer(bench)
    made, path = generated(bench), tmp_path / "码.danqing-latent"
    latent_files.save(bench.studio, str(path))
    answer(bench)
    assert bench.sentences("done") == ["The latent was written: 码.danqing-latent."]
    latent_files.open_latent(bench.studio, str(path))
    answer(bench)
    again = generated(bench)
    assert again.id != made.id and bench.labels()[-1] == "Open latent"
    assert again.variant.parts == made.variant.parts and again.variant.sliders == made.variant.sliders
    before = bench.labels()
    entry = bench.studio.generating.models[0]
    bench.studio.generating.set_models((msgspec.structs.replace(entry, digest="1" * 64),))
    latent_files.open_latent(bench.studio, str(path))
    answer(bench)
    (told,) = bench.sentences("error")
    assert "码.danqing-latent" in told and "another state" in told and bench.labels() == before
