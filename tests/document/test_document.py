"""The document: one preview, commits, undo within a budget, gestures."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.document import Document, PreviewBusy, Revision
from studio.document.history import TileCount
from studio.raster.geometry import Rect, Region

MIB = 1 << 20
SPOT = Rect(0, 0, 10, 10)


def stroke(artwork: Artwork, value: float, rect: Rect = SPOT) -> Artwork:
    pixels = np.full((rect.height, rect.width, 4), value, np.float16)
    return edits.apply_pixels(artwork, artwork.active, rect, pixels)


class Listener:
    def __init__(self, document: Document) -> None:
        self.regions: list[Region] = []
        self.revisions: list[Revision] = []
        self.steps = 0
        document.changed.connect(self.regions.append)
        document.committed_signal.connect(self.revisions.append)
        document.history_changed.connect(self.count)

    def count(self) -> None:
        self.steps += 1


@pytest.fixture
def document() -> Document:
    return Document(edits.new_artwork(600, 300))


def test_a_preview_is_shown_but_not_committed(document: Document) -> None:
    before, heard = document.artwork, Listener(document)
    after = stroke(before, 0.5)
    document.preview("stroke", after)
    assert (document.artwork, document.committed, document.preview_owner) == (after, before, "stroke")
    assert heard.regions == [Region([Rect(0, 0, 256, 256)])]
    document.revert("stroke")
    assert document.artwork is before
    assert heard.regions == [Region([Rect(0, 0, 256, 256)])] * 2
    assert (heard.revisions, heard.steps, document.cursor) == ([], 0, 0)


def test_the_caller_may_know_the_region(document: Document) -> None:
    heard, region = Listener(document), Region([Rect(1, 2, 3, 4)])
    document.preview("stroke", stroke(document.artwork, 0.5), region)
    assert heard.regions == [region]


def test_one_preview_at_a_time(document: Document) -> None:
    pending = stroke(document.artwork, 0.5)
    document.preview("slider", pending)
    for act in (
        lambda: document.preview("stroke", pending),
        lambda: document.commit("Paint", pending),
        lambda: document.commit("Paint", owner="stroke"),
        lambda: document.amend(pending),
        lambda: document.go_to(0),
    ):
        with pytest.raises(PreviewBusy, match="slider"):
            act()
    document.revert("stroke")
    assert document.artwork is pending
    assert not document.can_undo


def test_a_commit_makes_one_step_and_tells_the_journal(document: Document) -> None:
    heard, first = Listener(document), document.artwork
    after = stroke(first, 0.5)
    document.preview("stroke", after)
    document.commit("Paint", owner="stroke")
    assert document.committed is after
    assert [entry.label for entry in document.history] == ["New picture", "Paint"]
    (revision,) = heard.revisions
    assert (revision.artwork, revision.cursor, revision.new) == (after, 1, True)
    assert revision.history == (revision.parent, revision.id)
    assert len(heard.regions) == 1
    document.commit("Paint", after)
    assert len(document.history) == 2


def test_undo_redo_and_a_new_branch(document: Document) -> None:
    artworks = [document.artwork]
    for value in (0.1, 0.2, 0.3):
        artworks.append(stroke(artworks[-1], value))
        document.commit("Paint", artworks[-1])
    heard = Listener(document)
    document.undo()
    document.undo()
    assert document.artwork is artworks[1]
    document.redo()
    assert document.artwork is artworks[2]
    assert [revision.new for revision in heard.revisions] == [False] * 3
    branch = stroke(artworks[2], 0.9)
    document.commit("Paint", branch)
    assert not document.can_redo
    assert [entry.artwork for entry in document.history] == [*artworks[:3], branch]
    document.go_to(0)
    document.undo()
    assert (document.artwork, document.can_undo) == (artworks[0], False)
    with pytest.raises(IndexError):
        document.go_to(9)


def test_modified_follows_the_saved_step(document: Document) -> None:
    assert not document.modified
    document.commit("Paint", stroke(document.artwork, 0.5))
    assert document.modified
    document.mark_saved()
    assert not document.modified
    document.undo()
    assert document.modified
    document.redo()
    assert not document.modified
    assert Document(edits.new_artwork(9, 9), saved=False).modified


def test_amending_makes_no_step(document: Document) -> None:
    heard = Listener(document)
    artwork = edits.add_layer(document.artwork, edits.new_artwork(9, 9).layers[0])
    document.commit("New paint layer", artwork)
    document.amend(edits.set_active(artwork, artwork.layers[0].id))
    assert document.artwork.active == artwork.layers[0].id
    assert len(document.history) == 2
    assert len(heard.revisions) == 2
    assert not heard.regions[-1]


def test_results_wait_for_the_end_of_a_gesture(document: Document) -> None:
    done: list[str] = []
    document.when_idle(lambda: done.append("at once"))
    document.begin_gesture()
    document.when_idle(lambda: done.append("first"))
    document.when_idle(lambda: done.append("second"))
    document.preview("stroke", stroke(document.artwork, 0.5))
    document.commit("Paint", owner="stroke")
    assert done == ["at once"]
    assert not document.can_undo
    document.end_gesture()
    assert done == ["at once", "first", "second"]
    assert document.can_undo


def test_results_wait_for_a_preview_but_not_for_their_own(document: Document) -> None:
    done: list[str] = []
    document.preview("generate", stroke(document.artwork, 0.5))
    document.when_idle(lambda: done.append("other"))
    document.when_idle(lambda: done.append("own"), owner="generate")
    assert done == ["own"]
    document.revert("generate")
    assert done == ["own", "other"]


def test_shared_tiles_count_once() -> None:
    artwork = edits.new_artwork(512, 256, background=(1, 1, 1, 1))
    count = TileCount()
    count.add(artwork)
    assert count.resident == MIB // 2
    after = stroke(artwork, 0.5)
    count.add(after)
    count.add(edits.duplicate(after, after.active))
    assert count.resident == MIB
    for one in (artwork, after):
        count.remove(one)
    assert count.resident == MIB
    count.remove(edits.duplicate(after, after.active))
    assert (count.resident, count.whole) == (0, 0)


class Gone:
    def load(self, digest: bytes) -> np.ndarray:
        return np.ones((256, 256, 4), np.float16)


def test_evicted_tiles_do_not_count() -> None:
    artwork = edits.new_artwork(256, 256)
    count = TileCount()
    count.add(artwork)
    edits.surface_of(artwork, artwork.active).tiles[0, 0].evict(Gone())
    assert (count.resident, count.whole) == (0, MIB // 2)
    assert not count.exceeds(0)


def test_beyond_the_budget_the_farthest_steps_are_dropped_and_read_again() -> None:
    kept: dict[str, Artwork] = {}
    loads: list[str] = []

    def load(revision_id: str) -> Artwork:
        loads.append(revision_id)
        return kept[revision_id]

    def keep(revision: Revision) -> None:
        kept[revision.id] = revision.artwork
        document.mark_stored(revision.id)

    document = Document(edits.new_artwork(256, 256), loader=load, budget=2 * MIB)
    document.committed_signal.connect(keep)
    keep(document.revision)
    for value in range(1, 9):
        document.commit("Paint", stroke(document.artwork, value / 10))
    assert [entry.resident for entry in document.history] == [False] * 5 + [True] * 4
    assert document.resident_bytes == 2 * MIB
    document.go_to(0)
    assert document.artwork is kept[document.history[0].revision_id]
    assert loads == [document.history[0].revision_id]
    assert document.resident_bytes <= 2 * MIB
    assert document.history[0].resident


def test_what_is_not_stored_yet_stays_in_memory() -> None:
    document = Document(
        edits.new_artwork(256, 256), loader=lambda revision: edits.new_artwork(1, 1), budget=MIB
    )
    for value in range(1, 9):
        document.commit("Paint", stroke(document.artwork, value / 10))
    assert all(entry.resident for entry in document.history)
    for entry in document.history:
        document.mark_stored(entry.revision_id)
    assert [entry.resident for entry in document.history] == [False] * 7 + [True] * 2


def test_a_step_that_cannot_be_read_again_moves_nothing() -> None:
    def lost(revision_id: str) -> Artwork:
        raise OSError("the journal is gone")

    document = Document(edits.new_artwork(256, 256), loader=lost, budget=1)
    first = document.history[0].revision_id
    document.commit("Paint", stroke(document.artwork, 0.5))
    document.mark_stored(first)
    shown = document.artwork
    with pytest.raises(OSError, match="gone"):
        document.undo()
    assert (document.artwork, document.cursor) == (shown, 1)


def test_a_reopened_picture_has_its_history() -> None:
    artworks = {"a": edits.new_artwork(9, 9), "b": edits.new_artwork(9, 9), "c": edits.new_artwork(9, 9)}
    from studio.document.history import HistoryEntry

    entries = [HistoryEntry(label="Paint", time=1.0, revision_id=name) for name in "abc"]
    document = Document(artworks["b"], entries=entries, cursor=1, loader=artworks.__getitem__)
    assert document.artwork is artworks["b"]
    document.redo()
    assert document.artwork is artworks["c"]
    document.go_to(0)
    assert document.artwork is artworks["a"]
    assert document.modified


def test_a_safeguarded_preview_is_told_to_the_journal_and_is_no_step() -> None:
    start = edits.new_artwork(8, 8)
    document = Document(start)
    told: list[Revision] = []
    document.committed_signal.connect(told.append)
    document.safeguard("typing", "Text")
    assert told == [], "nothing pends"
    typed = start.with_(ppi=72.0)
    document.preview("typing", typed)
    document.safeguard("other", "Text")
    document.safeguard("typing", "Text")
    document.safeguard("typing", "Text")
    first, second = told
    assert first.artwork is typed and first.id == second.id != document.history[0].revision_id
    assert first.parent == document.history[0].revision_id and first.history[-1] == first.id and first.new
    assert len(document.history) == 1
    document.revert("typing")
    assert not told[-1].new and told[-1].id == document.history[0].revision_id
    document.preview("typing", typed)
    document.safeguard("typing", "Text")
    document.commit("Text", owner="typing")
    assert told[-1].new and told[-1].id == document.history[-1].revision_id != told[-2].id
    assert told[-1].history == tuple(entry.revision_id for entry in document.history)
    count = len(told)
    document.preview("typing", start)
    document.revert("typing")
    assert len(told) == count, "a preview that was never safeguarded moves no cursor"


def renamed(number: int, name: str):
    """An edit for all artworks whose lowest layer's name ends with ``number`` or a higher one."""

    def edit(artwork: Artwork) -> Artwork:
        layer = artwork.layers[0]
        return (
            edits.change(artwork, layer.id, name=f"{layer.name}{name}") if artwork.ppi >= number else artwork
        )

    return edit


@pytest.fixture
def five() -> Document:
    """Steps that are told apart by their ppi: 1 to 5."""
    document = Document(edits.new_artwork(64, 64, ppi=1.0, name="Paper"))
    for number in range(2, 6):
        document.commit("Paint", document.artwork.with_(ppi=float(number)))
    return document


def names(document: Document) -> list[str]:
    return [entry.artwork.layers[0].name for entry in document.history if entry.artwork is not None]


def test_an_addition_reaches_its_step_and_all_later_ones_also_undone_ones(five: Document) -> None:
    five.undo()
    five.undo()
    heard = Listener(five)
    assert five.amend_since(five.history[1].revision_id, renamed(1, "+"))
    assert names(five) == ["Paper", "Paper+", "Paper+", "Paper+", "Paper+"]
    assert five.cursor == 2 and len(five.history) == 5
    (revision,) = heard.revisions
    assert not revision.new and revision.id == five.step
    assert [entry.revision_id for entry in revision.grown] == [one.revision_id for one in five.history[1:]]
    assert not five.amend_since("no such step", renamed(1, "+"))
    assert not five.amend_since(five.history[1].revision_id, renamed(9, "+"))
    assert len(heard.revisions) == 1 and len(heard.regions) == 1
    five.redo()
    assert five.artwork.layers[0].name == "Paper+"


def test_an_addition_leaves_a_pending_preview_alone(five: Document) -> None:
    five.preview("slider", five.artwork.with_(ppi=9.0))
    with pytest.raises(PreviewBusy):
        five.amend_since(five.history[0].revision_id, renamed(1, "+"))


def test_what_was_added_after_a_save_is_not_saved(five: Document) -> None:
    five.mark_saved()
    five.amend_since(five.history[0].revision_id, lambda artwork: artwork)
    assert not five.modified
    revision = five.revision
    five.amend_since(five.history[4].revision_id, renamed(1, "+"))
    assert five.modified
    five.mark_saved(revision.id, revision.additions)
    assert five.modified, "the file was written before"
    five.mark_saved()
    assert not five.modified


def test_a_step_that_grew_while_it_was_written_stays_in_memory() -> None:
    stored: dict[str, Artwork] = {}
    document = Document(edits.new_artwork(256, 256), loader=stored.__getitem__, budget=1)
    told: list[Revision] = []
    document.committed_signal.connect(told.append)
    for value in (0.2, 0.4):
        document.commit("Paint", stroke(document.artwork, value))
    first = told[0]
    document.amend_since(first.id, lambda artwork: artwork.with_(ppi=72.0))
    document.mark_written(first)
    assert document.history[1].resident, "what was written is not what it is"
    document.mark_written(told[-1])
    assert not document.history[1].resident and document.history[2].resident


def test_steps_out_of_memory_are_read_for_an_addition_or_nothing_is_done() -> None:
    stored: dict[str, Artwork] = {}

    def load(revision_id: str) -> Artwork:
        if revision_id in lost:
            raise OSError("the journal is gone")
        return stored[revision_id]

    def keep(revision: Revision) -> None:
        for entry in revision.grown:
            assert entry.artwork is not None
            stored[entry.revision_id] = entry.artwork
        if revision.new:
            stored[revision.id] = revision.artwork
        document.mark_written(revision)

    lost: set[str] = set()
    document = Document(edits.new_artwork(256, 256), loader=load, budget=1)
    document.committed_signal.connect(keep)
    keep(document.revision)
    for value in (0.2, 0.4, 0.6):
        document.commit("Paint", stroke(document.artwork, value))
    assert [entry.resident for entry in document.history] == [False, False, False, True]
    lost = {document.history[2].revision_id}
    before = document.artwork
    with pytest.raises(OSError, match="gone"):
        document.amend_since(document.history[1].revision_id, renamed(1, "+"))
    assert document.artwork is before and not document.history[3].additions
    lost = set()
    assert document.amend_since(document.history[1].revision_id, renamed(1, "+"))
    assert [entry.resident for entry in document.history] == [False, False, False, True]
    document.go_to(1)
    assert document.artwork.layers[0].name.endswith("+")


def test_a_call_that_commits_ends_before_the_next_one_begins(document: Document) -> None:
    told: list[str] = []

    def first() -> None:
        document.commit("Paint", stroke(document.artwork, 0.5))
        told.append("first ended")

    document.begin_gesture()
    document.when_idle(first)
    document.when_idle(lambda: told.append("second"))
    document.end_gesture()
    assert told == ["first ended", "second"]
