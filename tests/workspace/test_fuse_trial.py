"""A fusion judged small: what it shows is what is made, newer values replace older ones, a network is asked once, Stop."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document.layer import Paint
from studio.raster.surface import Surface
from studio.synthesis.compositing import CrossDissolve
from studio.synthesis.detail import PatchDetail
from studio.synthesis.fuse import FUSIONS
from studio.synthesis.pyramids import MultiBand
from studio.workspace import fuse_trial, fusing
from studio.workspace.fuse_trial import Judged, Trial
from tests.workspace.conftest import Bench
from tests.workspace.test_fusing import HEIGHT, WIDTH, Sharp, artwork_of, paint, pixels_of, show, two_flats


class Seen:
    """A trial with what it told."""

    def __init__(self, bench: Bench) -> None:
        self.judged: list[Judged] = []
        self.refused: list[Exception] = []
        self.trial = Trial(bench.studio, self.judged.append, self.refused.append, lambda _done: None)


def two(bench: Bench) -> None:
    low, high = paint("low", 1), paint("high", 2, opacity=0.5, mode="multiply")
    show(bench, low, high, selected=(low.id, high.id))


@pytest.mark.parametrize("name", [name for name, fusion in FUSIONS.items() if not fusion.engine])
def test_a_small_picture_is_judged_as_it_will_be(bench: Bench, name: str) -> None:
    two(bench)
    seen = Seen(bench)
    seen.trial.ask(name, None)
    bench.settle()
    (judged,) = seen.judged
    assert [one for one, _pixels in judged.before] == ["low", "high"]
    assert np.abs(judged.before[1][1] - pixels_of(artwork_of(bench).layers[1])).max() < 1e-3
    fusing.fuse_layers(bench.studio, name)
    bench.settle()
    assert np.abs(judged.after - pixels_of(artwork_of(bench).layers[2])).max() < 2e-3
    assert len(bench.labels()) == 2, "the trial itself is no step"


def test_a_large_picture_is_judged_small(bench: Bench) -> None:
    layers = [
        Paint(name=str(value), surface=Surface.from_pixels(np.full((700, 1500, 4), (value, 0, 0, 1), np.float16)))
        for value in (0.25, 0.75)
    ]  # fmt: skip
    show(bench, *layers, selected=tuple(layer.id for layer in layers))
    document = bench.picture.document
    document.commit("larger", artwork_of(bench).with_(width=1500, height=700))
    seen = Seen(bench)
    seen.trial.ask("cross-dissolve", CrossDissolve(position=0.5))
    bench.settle()
    after = seen.judged[0].after
    assert after.shape == (224, fuse_trial.PREVIEW_SIDE, 4)
    assert np.abs(after[..., 0] - 0.5).max() < 2e-3 and after[..., 3].min() > 0.999


def test_lengths_are_those_of_the_reduced_pictures() -> None:
    assert FUSIONS["focus-stack"].reduced(FUSIONS["focus-stack"].parameters(), 0.5).radius == 2.0
    assert FUSIONS["focus-stack"].reduced(FUSIONS["focus-stack"].parameters(), 0.01).radius == 0.5
    assert FUSIONS["harmonise"].reduced(FUSIONS["harmonise"].parameters(), 0.125).reach == 12
    multi_band = FUSIONS["multi-band"]
    assert multi_band.reduced(MultiBand(levels=6), 0.25).levels == 4
    assert multi_band.reduced(MultiBand(levels=2), 0.01).levels == 1
    assert multi_band.reduced(MultiBand(levels=0), 0.25).levels == 0
    assert FUSIONS["patch-detail"].reduced(PatchDetail(scale=8), 0.25).scale == 2.0
    assert FUSIONS["patch-detail"].reduced(PatchDetail(scale=2), 0.25).scale == 1.5


def test_only_the_newest_of_the_values_that_wait_is_answered(bench: Bench) -> None:
    two(bench)
    seen = Seen(bench)
    for position in (0.1, 0.5, 1.0):
        seen.trial.ask("cross-dissolve", CrossDissolve(position=position))
    bench.settle()
    assert len(seen.judged) == 1
    assert np.abs(seen.judged[0].after - seen.judged[0].before[1][1]).max() < 1e-5


def test_another_method_ends_what_was_begun(bench: Bench) -> None:
    two(bench)
    seen = Seen(bench)
    seen.trial.ask("poisson", None)
    bench.studio.render_lane.drain(3)
    seen.trial.ask("cross-dissolve", CrossDissolve(position=0.0))
    bench.settle()
    assert len(seen.judged) == 1
    assert np.abs(seen.judged[0].after - seen.judged[0].before[0][1]).max() < 1e-5


def test_nothing_is_told_after_the_stop(bench: Bench) -> None:
    two(bench)
    seen = Seen(bench)
    seen.trial.ask("multi-band", None)
    bench.studio.render_lane.drain(3)
    seen.trial.stop()
    bench.settle()
    assert not seen.judged and not seen.refused and not bench.studio.render_lane.jobs


def test_a_network_looks_once_at_each_picture(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Sharp()
    monkeypatch.setattr(bench.studio, "engine", engine)
    two_flats(bench)
    seen, asked = Seen(bench), 0
    method = FUSIONS["network-focus-stack"]
    for values in (None, method.parameters(radius=8.0)):
        seen.trial.ask(method.name, values)
        for _ in range(10_000):
            if not bench.studio.render_lane.drain(1):
                break
            asked += len(engine.requests)
            engine.answer()
    assert asked == 2 and len(seen.judged) == 2 and not seen.refused
    after = seen.judged[0].after
    assert after.shape == (HEIGHT, WIDTH, 4) and after[:, :40, 0].min() > after[:, 260:, 0].max() + 0.03


def test_a_question_to_the_engine_is_taken_back(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Sharp()
    monkeypatch.setattr(bench.studio, "engine", engine)
    two_flats(bench)
    seen = Seen(bench)
    seen.trial.ask("network-focus-stack", None)
    while not engine.requests:
        bench.studio.render_lane.drain(1)
    seen.trial.stop()
    bench.settle()
    assert engine.cancelled == [1] and not seen.judged and not seen.refused


def test_what_cannot_be_judged_is_said(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    show(bench, paint("only", 1))
    seen = Seen(bench)
    seen.trial.ask("median", None)
    bench.settle()
    assert "at least two layers" in fuse_trial.sentence_of(bench.studio, seen.refused[-1])
    two(bench)
    seen = Seen(bench)
    seen.trial.ask("hdr", FUSIONS["hdr"].parameters(times="three"))
    bench.settle()
    assert seen.refused and fuse_trial.sentence_of(bench.studio, seen.refused[-1])
    monkeypatch.setattr(bench.studio, "engine", None)
    seen.trial.ask("network-focus-stack", None)
    bench.settle()
    assert "danqing[engine]" in fuse_trial.sentence_of(bench.studio, seen.refused[-1])
