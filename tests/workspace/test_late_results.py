"""Pictures that come late belong to the step that asked for them; what has no place waits; nothing made is lost."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.document.artwork import Artwork
from studio.document.layer import Generated
from studio.messages.events import Finished, Picture
from studio.messages.pixels import Pixels
from studio.messages.requests import Generate
from studio.project.errors import StoreError
from studio.project.journal import Journal
from studio.workspace.tools import Pointer
from studio.workspace.waiting import variants_in
from tests.ui import fakes
from tests.workspace.conftest import Bench, Engine


class SlowEngine(Engine):
    """Makes one picture at a time, when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.made: dict[int, int] = {}

    def make(self, count: int = 1) -> None:
        """So many pictures of the oldest Generate; its end after the last one."""
        for _ in range(count):
            waiting = next((one for one in self._waiting if isinstance(one[1], Generate)), None)
            if waiting is None:
                return
            job, request, on_event = waiting
            assert isinstance(request, Generate)
            index = self.made.get(job, 0)
            self.made[job] = index + 1
            pixels = Pixels.of(fakes.gradient(request.seeds[index], request.sliders, fakes.NATIVE))
            last = index + 1 == len(request.seeds)
            if last:
                self._waiting.remove(waiting)
            on_event(Picture(job=job, index=index, seed=request.seeds[index], pixels=pixels, real_size=64))
            if last:
                on_event(Finished(job=job))


class SlowBench(Bench):
    engine: SlowEngine

    def press(self, count: int = 8, new_layer: bool = False) -> None:
        self.studio.generating.set_values(count=count)
        self.studio.generating.generate(new_layer)

    def layers(self, artwork: Artwork | None = None) -> list[Generated]:
        shown = artwork or self.picture.document.committed
        return [layer for layer in shown.walk() if isinstance(layer, Generated)]

    def counts(self) -> list[int]:
        return [len(layer.variants) for layer in self.layers()]

    @property
    def waiting(self) -> list[str]:
        return [one.variant.id for one in self.studio.generating.waiting.here]


@pytest.fixture
def slow(make: Callable[..., Bench], monkeypatch: pytest.MonkeyPatch) -> SlowBench:
    """A picture on which Generate 8 was pressed; nothing has come yet."""
    bench = make(SlowEngine())
    bench.__class__ = SlowBench
    assert isinstance(bench, SlowBench)
    bench.studio.new_picture(96, 64)
    bench.press()
    return bench


def test_undoing_a_stroke_between_takes_no_picture_away(slow: SlowBench) -> None:
    slow.engine.make(1)
    slow.stroke()
    slow.engine.make(7)
    assert slow.counts() == [8] and slow.labels() == ["New picture", "Generate", "Paint"]
    slow.studio.undo()
    assert slow.counts() == [8]
    slow.stroke()
    assert slow.counts() == [8], "the redo branch is gone, the pictures are not"
    slow.studio.undo()
    slow.studio.undo()
    assert slow.counts() == []
    slow.studio.redo()
    assert slow.counts() == [8]


def test_eight_more_belong_to_their_own_step(slow: SlowBench) -> None:
    slow.engine.make(8)
    slow.press()
    slow.engine.make(1)
    slow.stroke()
    slow.engine.make(7)
    assert slow.counts() == [16]
    slow.studio.undo()
    assert slow.counts() == [16]
    slow.studio.undo()
    assert slow.counts() == [8], "undo of “More variations” takes all eight away"
    slow.studio.redo()
    assert slow.counts() == [16]
    assert slow.labels() == ["New picture", "Generate", "More variations", "Paint"]


def test_late_pictures_come_to_the_undone_step_and_wait(slow: SlowBench) -> None:
    slow.engine.make(1)
    slow.studio.undo()
    slow.engine.make(7)
    assert slow.counts() == [] and len(slow.waiting) == 7
    (notice,) = [one for one in slow.told if one.action == "place-waiting"]
    assert notice.arguments == {"count": "7"}
    slow.studio.redo()
    assert slow.counts() == [8] and slow.waiting == []
    slow.studio.undo()
    assert slow.waiting == [], "they had their place"


def test_what_waits_is_placed_as_one_layer_in_one_step(slow: SlowBench) -> None:
    slow.engine.make(1)
    slow.studio.undo()
    slow.stroke()
    slow.engine.make(7)
    slow.studio.generating.waiting.place()
    assert slow.counts() == [7] and slow.waiting == []
    assert slow.labels() == ["New picture", "Paint", "Place results"]
    layer = slow.layers()[0]
    assert slow.active is layer and layer.model == "shanshui-gan"
    slow.studio.undo()
    assert slow.counts() == []
    slow.studio.redo()
    assert slow.counts() == [7]


def test_pictures_for_a_deleted_layer_wait_and_come_back_with_it(slow: SlowBench) -> None:
    slow.engine.make(2)
    slow.studio.layers.remove()
    slow.engine.make(6)
    assert slow.counts() == [] and len(slow.waiting) == 6
    slow.studio.undo()
    assert slow.counts() == [8] and slow.waiting == []


def test_more_for_a_layer_that_is_gone_goes_to_it_when_it_is_back(slow: SlowBench) -> None:
    slow.engine.make(8)
    slow.press()
    slow.studio.undo()
    slow.engine.make(3)
    assert len(slow.waiting) == 3
    slow.studio.redo()
    slow.engine.make(5)
    assert slow.counts() == [13] and len(slow.waiting) == 3, "they were asked for in a step that never was"
    slow.studio.generating.waiting.place()
    assert slow.counts() == [16] and slow.waiting == []


def test_put_away_they_stay_among_all_results_and_can_be_placed(slow: SlowBench) -> None:
    slow.engine.make(1)
    slow.studio.undo()
    slow.stroke()
    slow.engine.make(7)
    slow.studio.generating.waiting.put_away()
    assert slow.waiting == []
    results = slow.studio.generating.all_results
    results.look()
    slow.settle()
    assert len(results.here) == 8
    assert all(one.small.shape == (124, 124, 4) for one in results.here)
    wanted = min(results.here, key=lambda one: one.seed)
    results.place(wanted.id)
    slow.settle()
    (layer,) = slow.layers()
    assert layer.variant is not None and layer.variant.seed == wanted.seed and layer.name == "Shan-shui"
    assert slow.labels()[-1] == "Place results"
    results.place("no such result")
    slow.settle()
    assert slow.sentences("error") == ["This result can no longer be read from the journal."]


def test_closing_a_picture_says_what_stays_and_reopening_has_it(slow: SlowBench, tmp_path: Path) -> None:
    path = tmp_path / "湖.danqing"
    slow.engine.make(1)
    slow.studio.undo()
    slow.studio.filing.save(slow.picture, str(path))
    slow.settle()
    slow.engine.make(2)
    slow.settle()
    slow.studio.close(slow.picture)
    slow.settle()
    assert "kept in its results: 3 of 8" in slow.sentences("info")[-1]
    slow.open(path)
    slow.studio.generating.all_results.look()
    slow.settle()
    assert len(slow.studio.generating.all_results.here) == 3
    slow.studio.filing.save(slow.picture, str(path))
    slow.settle()
    journal = slow.picture.journal
    assert journal is not None and not journal.unsaved_results


def test_an_untitled_picture_is_kept_for_its_results_alone(slow: SlowBench) -> None:
    gesture = slow.studio.painting.begin(slow.picture, Pointer(20, 20))
    assert gesture is not None
    slow.engine.make(2)
    slow.settle()
    gesture.cancel()
    while slow.picture.document.can_undo:
        slow.studio.undo()
    slow.studio.close(slow.picture)
    slow.settle()
    found: list[Any] = []
    slow.studio.filing.recoverable(found.extend)
    slow.settle()
    (item,) = found
    assert item.unsaved_results
    slow.studio.filing.recover(item)
    slow.settle()
    slow.studio.generating.all_results.look()
    slow.settle()
    assert len(slow.studio.generating.all_results.here) == 2


def test_results_left_behind_by_another_file_of_that_name_do_not_come_in(
    slow: SlowBench, tmp_path: Path
) -> None:
    path = str(tmp_path / "a.danqing")
    slow.engine.make(1)
    slow.studio.undo()
    slow.studio.filing.save(slow.picture, path)
    slow.settle()
    slow.engine.make(1)
    slow.settle()
    slow.studio.close(slow.picture)
    slow.settle()
    slow.studio.new_picture(32, 32)
    slow.studio.filing.save(slow.picture, path)
    slow.settle()
    slow.studio.close(slow.picture)
    slow.settle()
    slow.open(Path(path))
    slow.studio.generating.all_results.look()
    slow.settle()
    assert slow.studio.generating.all_results.here == ()


def test_what_was_added_after_a_save_is_unsaved(slow: SlowBench, tmp_path: Path) -> None:
    path = str(tmp_path / "a.danqing")
    slow.engine.make(1)
    slow.studio.filing.save(slow.picture, path)
    slow.settle()
    assert not slow.picture.modified
    slow.engine.make(7)
    slow.settle()
    assert slow.picture.modified
    assert slow.picture.journal is not None and slow.picture.journal.modified
    slow.studio.filing.save(slow.picture, path)
    slow.settle()
    assert not slow.picture.modified and not slow.picture.journal.modified
    slow.studio.close(slow.picture)
    slow.settle()
    slow.studio.open(path)
    slow.settle()
    assert slow.counts() == [8]


def test_added_while_it_is_being_saved_is_unsaved(slow: SlowBench, tmp_path: Path) -> None:
    slow.engine.make(1)
    slow.studio.filing.save(slow.picture, str(tmp_path / "a.danqing"))
    slow.engine.make(1)
    slow.settle()
    assert slow.picture.modified


def test_a_picture_that_cannot_reach_a_step_waits(slow: SlowBench, monkeypatch: pytest.MonkeyPatch) -> None:
    slow.engine.make(1)
    for _ in range(3):
        slow.stroke()
    document = slow.picture.document
    document.set_budget(1)
    assert not document.history[1].resident
    journal = slow.picture.journal
    assert journal is not None

    def lost(_revision: object) -> Artwork:
        raise StoreError("no_revision", journal.path)

    monkeypatch.setattr(journal, "load", lost)
    before = [entry.artwork for entry in document.history]
    slow.engine.make(1)
    assert [entry.artwork for entry in document.history] == before
    assert slow.counts() == [1] and len(slow.waiting) == 1


def test_steps_dropped_from_memory_get_their_pictures_too(slow: SlowBench) -> None:
    slow.engine.make(1)
    for _ in range(4):
        slow.stroke()
    document = slow.picture.document
    document.set_budget(1)
    assert not document.history[1].resident
    slow.engine.make(7)
    slow.settle()
    for _ in range(4):
        slow.studio.undo()
        assert slow.counts() == [8]


def test_steps_keep_sharing_what_they_shared(slow: SlowBench) -> None:
    slow.engine.make(1)
    slow.studio.layers.add_paint()
    slow.stroke()
    slow.stroke()
    slow.engine.make(2)
    found = [slow.layers(entry.artwork) for entry in slow.picture.document.history[1:]]
    assert len({id(layer) for (layer,) in found}) == 1


def test_a_picture_for_another_tab_ends_no_session_here(slow: SlowBench) -> None:
    first = slow.picture
    slow.engine.make(1)
    slow.studio.new_picture(64, 64)
    slow.studio.painting.choose_tool("text")
    gesture = slow.studio.painting.begin(slow.picture, Pointer(10, 10))
    if gesture is not None:
        gesture.finish()
    session = slow.studio.painting.session
    assert session is not None
    slow.engine.make(7)
    assert slow.studio.painting.session is session
    assert len(slow.layers(first.document.committed)[0].variants) == 8


def told(artwork: Artwork) -> list[tuple]:
    """The generated layers of a step: which variants, in which order, which is shown."""
    layers = [layer for layer in artwork.walk() if isinstance(layer, Generated)]
    return [(one.id, [v.id for v in one.variants], [v.id for v in one.dropped], one.chosen) for one in layers]


class Story:
    """Random presses, arrivals, strokes, undo and redo, with what must hold after each of them."""

    def __init__(self, bench: SlowBench, seed: int) -> None:
        self.bench, self.chance = bench, random.Random(seed)
        self.runs: list[Any] = [bench.studio.generating._run]
        self.first: dict[str, int] = {}
        self.placed: set[str] = set()
        self.once_waiting: set[str] = set()
        bench.studio.generating.waiting.changed.connect(self.note)

    def note(self) -> None:
        self.once_waiting |= {one.variant.id for one in self.bench.studio.generating.waiting.here}

    def go(self) -> None:
        acts = (
            (8, self.bench.engine.make), (4, self.bench.stroke), (4, self.bench.studio.undo), (4, self.bench.studio.redo),
            (3, self.press), (1, self.delete), (1, self.vary), (1, self.bench.studio.generating.waiting.place),
            (1, self.drop), (1, self.bench.studio.generating.stop),
        )  # fmt: skip
        self.chance.choices([one for _, one in acts], [weight for weight, _ in acts])[0]()
        self.look()

    def press(self) -> None:
        self.bench.press(self.chance.randint(1, 5), new_layer=self.chance.random() < 0.4)
        if self.bench.studio.generating._run not in (None, self.runs[-1]):
            self.runs.append(self.bench.studio.generating._run)

    def delete(self) -> None:
        layers = self.bench.layers()
        if layers:
            self.bench.studio.layers.choose(self.chance.choice(layers).id)
            self.bench.studio.layers.remove()

    def vary(self) -> None:
        layers = self.bench.layers()
        if layers:
            layer = self.chance.choice(layers)
            self.bench.studio.layers.choose(layer.id)
            self.bench.studio.generating.choose(self.chance.randrange(len(layer.variants)))

    def drop(self) -> None:
        layers = [layer for layer in self.bench.layers() if len(layer.variants) > 1]
        if layers:
            layer = self.chance.choice(layers)
            self.bench.studio.layers.choose(layer.id)
            self.bench.studio.generating.drop(self.chance.randrange(len(layer.variants)))

    def look(self) -> None:
        """Each step since the one that made a layer has all pictures of its press that were made since."""
        document, generating = self.bench.picture.document, self.bench.studio.generating
        self.placed |= variants_in(document.committed)
        waiting = {one.variant.id for one in generating.waiting.here}
        assert not waiting & variants_in(document.committed)
        ids = [entry.revision_id for entry in document.history]
        for run in (run for run in self.runs if run.step):
            first = self.first.setdefault(run.step, run.done - 1)
            made = set(run.request.seeds[first : run.done])
            steps = document.history[ids.index(run.step) :] if run.step in ids else ()
            for place, entry in enumerate(steps):
                assert entry.artwork is not None
                layer = entry.artwork.find(run.layer_id)
                assert layer is not None or place, "the step that made it has it"
                if isinstance(layer, Generated):
                    assert made <= {one.seed for one in (*layer.variants, *layer.dropped)}

    def end(self) -> None:
        """What lies on disk is what the steps are, and every picture that was made is there."""
        bench = self.bench
        bench.studio.generating.stop()
        bench.settle()
        document, journal = bench.picture.document, bench.picture.journal
        assert journal is not None
        results = {one.id for one in journal.results()}
        assert len(results) == sum(bench.engine.made.values())
        assert results <= self.placed | self.once_waiting, "silently gone"
        expected = {one.revision_id: told(one.artwork) for one in document.history if one.artwork is not None}
        cursor, path = document.step, journal.path
        bench.studio.close(bench.picture)
        bench.settle()
        again = Journal.open(path)
        try:
            assert [str(one.id) for one in again.entries] == list(expected)
            assert str(again.cursor) == cursor
            for revision, layers in expected.items():
                assert told(again.load(revision)) == layers
        finally:
            again.close()


@pytest.mark.parametrize("seed", range(8))
def test_any_order_of_arrivals_strokes_undo_and_redo(slow: SlowBench, seed: int) -> None:
    story = Story(slow, seed)
    for _ in range(80):
        story.go()
    story.end()
