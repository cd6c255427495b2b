"""The journal: every kind of layer comes back, commits share what is unchanged, several processes keep apart."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.document import layer as kinds
from studio.document.artwork import Artwork, ColourSpace
from studio.document.document import Document
from studio.document.layer import Group, Layer, Locks, Paint, Track, Unknown, Variant
from studio.project import recovery, store
from studio.project.archive import Entry
from studio.project.codec import CodecError, decode_tile, encode_tile
from studio.project.errors import StoreError
from studio.project.journal import Journal
from studio.project.manifest import KINDS, grids
from studio.project.tiles import evict
from studio.raster import colour
from studio.raster.geometry import TILE, Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.text.style import TextStyle
from studio.raster.tile import Tile
from studio.recipe import Stored

Step = Callable[[int], Entry]
Paints = Callable[[Artwork, int], Artwork]
Same = Callable[[Artwork, Artwork], bool]


# Codec --------------------------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    dtype=st.sampled_from([np.float16, np.float32]),
    channels=st.sampled_from([0, 4]),
)
def test_codec_is_exact_for_any_bits(seed: int, dtype: type, channels: int) -> None:
    shape = (TILE, TILE, channels) if channels else (TILE, TILE)
    size = np.dtype(dtype).itemsize
    raw = np.random.default_rng(seed).integers(0, 256, (*shape, size), np.uint8)
    pixels = raw.view(dtype)[..., 0]
    back = decode_tile(encode_tile(np.ascontiguousarray(pixels)))
    assert back.shape == shape and back.dtype == dtype
    assert back.tobytes() == np.ascontiguousarray(pixels).tobytes()


def test_codec_shrinks_a_photo_to_less_than_a_third(random: np.random.Generator) -> None:
    y, x = np.mgrid[0:TILE, 0:TILE]
    eight = np.stack([x / 2 + 40, y / 2 + 60, (x + y) / 4, x * 0 + 255], 2)
    eight[..., :3] += random.normal(0, 1, (TILE, TILE, 3))
    pixels = (np.rint(np.clip(eight, 0, 255)) / 255).astype(np.float16)
    assert len(encode_tile(pixels)) < 0.3 * pixels.nbytes


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), alpha=st.integers(0, 255), touched=st.booleans())
def test_eight_bit_colours_are_packed_as_bytes_and_come_back_bit_for_bit(
    seed: int, alpha: int, touched: bool
) -> None:
    straight = np.random.default_rng(seed).integers(0, 256, (TILE, TILE, 4), np.uint8)
    straight[: TILE // 2, :, 3] = alpha
    pixels = colour.to_half(straight)
    if touched:  # one value that no byte stands for: the whole tile is kept as floats
        pixels[100, 50] = np.float16(0.3337)
    data = encode_tile(pixels)
    assert data[0] == (1 if touched else 2)
    assert decode_tile(data).tobytes() == pixels.tobytes()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\1",
        b"\2\1\4\0" + b"x" * 50,
        b"\2\0\1\0" + b"x" * 50,
        b"\3\0\4\0abc",
        b"\2\0\4\0abc",
        b"\1\0\4\0" + b"x" * 50,
        b"\1\7\4\0",
    ],
)
def test_codec_refuses_what_it_did_not_write(data: bytes) -> None:
    with pytest.raises(CodecError):
        decode_tile(data)


# Every kind of layer ------------------------------------------------------------------------------------------------


def everything(random: np.random.Generator) -> Artwork:
    """One layer of each kind, every field different from its default where that is possible."""

    def surface() -> Surface:
        return Surface.from_pixels(random.random((40, 50, 4), np.float32).astype(np.float16), -30, 270)

    recipe = Stored(
        name="gaussian-noise", version=1, parameters={"sigma": 0.1, "seed": 7, "mode": "shared", "x": None}
    )
    mask = Mask.from_pixels(random.random((30, 30)), 10, 10, default=1.0)
    shared = {
        "name": "层 🎨",
        "visible": False,
        "opacity": 0.25,
        "mode": "multiply",
        "mask": mask,
        "mask_enabled": False,
        "clipping": True,
        "locks": Locks(alpha=True),
        "transform": (1.0, 0.5, 0.0, 2.0, -3.0, 4.5),
        "effects": (recipe,),
        "tracks": {"opacity": Track(keys=((0, 0.5), (12, 1.0)), ease="in")},
        "label": 3,
        "fill_reference": True,
        "data": True,
    }
    variant = Variant(
        seed=5, sliders={"mist": 1.5}, variety=0.5, latent=b"\0\1", checkpoint="c", surface=surface(), width=50,
        height=40, real_size=32, star=True,
    )  # fmt: skip
    paint = Paint(**shared, surface=surface())
    layers = (
        paint,
        Group(**shared, children=(Paint(surface=surface()), Group(children=(paint,))), pass_through=True, collapsed=True),
        kinds.Fill(**shared, recipe=recipe),
        kinds.Filter(**shared, recipe=recipe, result=surface()),
        kinds.Text(**shared, text="山", style=TextStyle(size=12.5, colour=(0.1, 0.2, 0.3)), language="zh-Hans", cache=surface()),
        kinds.Shape(**shared, path="M0 0", style={"fill": [1, 0, 0]}, cache=surface()),
        kinds.Linked(**shared, path="/图.png", digest="d", surface=surface()),
        kinds.Generated(
            **shared, recipe=recipe, model="shanshui", model_digest="m", variants=(variant, variant), chosen=1,
            dropped=(variant,),
        ),
        kinds.Derived(**shared, recipe=recipe, children=(paint,), surface=surface()),
    )  # fmt: skip
    return Artwork(
        width=700,
        height=500,
        layers=layers,
        active=paint.id,
        selection=Mask.from_pixels(random.random((64, 64))),
        colour_space=ColourSpace(name="Wide", icc=b"profile" * 99),
        ppi=240.5,
        tiles_x=True,
        metadata={"exif": b"II*\0", "xmp": b"<x/>"},
        source_bits=8,
    )


def plain(value: object) -> object:
    """A value as something that can be compared."""
    if isinstance(value, (Surface, Mask)):
        tiles = sorted((key, tile.pixels().tobytes()) for key, tile in value.tiles.items())
        return type(value).__name__, value.dtype.str, value.default, tiles
    if isinstance(value, msgspec.Struct):
        fields = {name: plain(getattr(value, name)) for name in value.__struct_fields__}
        return type(value).__name__, fields
    if isinstance(value, tuple):
        return tuple(plain(item) for item in value)
    return value


def test_every_kind_of_layer_comes_back(random: np.random.Generator, journals: Path, entry: Step) -> None:
    artwork = everything(random)
    assert {type(layer) for layer in artwork.layers} == set(KINDS.values())
    journal = Journal.create(journals)
    journal.write(artwork, entry(0))
    path = journal.path
    journal.close()
    journal = Journal.open(path)
    back, report = journal.artwork()
    assert plain(back) == plain(artwork) and not report
    journal.close()


def test_an_unknown_kind_keeps_its_bytes_and_its_pixels(
    journal: Journal, artwork: Artwork, entry: Step
) -> None:
    from studio.project.manifest import plain_of

    class Rows:
        def row(self, table: str, data: bytes) -> bytes:
            with store.transaction(journal._connection):
                store.insert(journal._connection, table, [(store.digest_of(data), store.packed(data))])
            return store.digest_of(data)

        def tile(self, tile: Tile) -> bytes:
            return tile.digest

        def layer(self, layer: Layer, write: Callable[[], bytes]) -> bytes:
            return write()

    journal.write(artwork, entry(0))
    first = artwork.layers[0]
    assert isinstance(first, Paint)
    future = {
        "kind": "hologram",
        "id": "h1",
        "name": "Future",
        "opacity": 0.5,
        "depth": [1, 2, {"x": b"\0"}],
        "seen": plain_of(first.surface, Rows()),
    }
    raw = msgspec.msgpack.encode(future)
    layer = Unknown(kind="hologram", raw=raw, surface=Surface(), name="Future")
    journal.write(artwork.with_(layers=(layer, *artwork.layers)), entry(1))
    path = journal.path
    journal.close()
    journal.__init__(path, journal._lock)  # the same journal as the next start sees it
    back = journal.load("r1").layers[0]
    assert isinstance(back, Unknown)
    assert (back.kind, back.raw, back.name, back.opacity, back.locks.all) == (
        "hologram",
        raw,
        "Future",
        0.5,
        True,
    )
    assert np.array_equal(back.surface.read(artwork.rect), first.surface.read(artwork.rect))


def test_a_known_kind_with_a_field_of_tomorrow_is_kept_raw(
    journal: Journal, artwork: Artwork, entry: Step
) -> None:
    future = {"kind": "paint", "id": "p", "name": "P", "sheen": 3, "surface": {"surface": 0, "pages": []}}
    layer = Unknown(kind="paint", raw=msgspec.msgpack.encode(future), surface=Surface())
    journal.write(artwork.with_(layers=(layer,)), entry(0))
    journal.archive._layers.clear()
    back = journal.load("r0").layers[0]
    assert isinstance(back, Unknown) and back.raw == layer.raw


# Sharing ------------------------------------------------------------------------------------------------------------


def counts(journal: Journal) -> dict[str, int]:
    return {
        table: journal.source.readers[0].query(f"SELECT count(*) FROM {table}")[0][0]
        for table in store.ADDRESSED
    }


def test_a_commit_writes_only_what_changed(
    journal: Journal, artwork: Artwork, painted: Paints, entry: Step
) -> None:
    journal.write(artwork, entry(0))
    before = counts(journal)
    journal.write(painted(artwork, 0), entry(1))
    after = counts(journal)
    assert {table: after[table] - before[table] for table in after} == {
        "tile": 1, "page": 1, "layer": 1, "manifest": 1, "blob": 0, "recipe": 0,
    }  # fmt: skip
    journal.write(artwork.with_(layers=artwork.layers[::-1]), entry(2))
    assert counts(journal)["tile"] == after["tile"] and counts(journal)["manifest"] == after["manifest"] + 1


def test_revisions_read_again_share_layers_and_tiles(
    journal: Journal, artwork: Artwork, painted: Paints, entry: Step, same: Same
) -> None:
    later = painted(artwork, 3)
    journal.write(artwork, entry(0))
    journal.write(later, entry(1))
    again = journal.load("r0")
    assert not journal.source.loads  # a step comes back as handles; whoever shows it reads what is seen
    assert again.layers[1] is artwork.layers[1] and same(again, artwork)
    mine, theirs = next(iter(grids(later))), next(iter(grids(again)))
    assert len(mine.diff(theirs)) == 1


def test_evicted_tiles_come_back_from_any_thread(
    journal: Journal, artwork: Artwork, painted: Paints, entry: Step
) -> None:
    before = [grid.read(artwork.rect) for grid in grids(artwork)]
    fresh = painted(artwork, 1)
    journal.write(artwork, entry(0))
    total = sum(tile.nbytes for grid in grids(artwork) for tile in grid.tiles.values())
    assert evict([artwork], journal.source, 0) == total
    unsaved = [tile for grid in grids(fresh) for tile in grid.tiles.values() if tile.resident]
    assert len(unsaved) == 1 and evict([fresh], journal.source, 0) == 0
    results: list[bool] = []

    def read() -> None:
        after = [grid.read(artwork.rect) for grid in grids(artwork)]
        results.append(all(np.array_equal(a, b) for a, b in zip(before, after, strict=True)))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(5):
        journal.write(painted(artwork, number), entry(number + 1))
    for thread in threads:
        thread.join()
    assert results == [True] * 4


def test_eviction_keeps_what_is_shown_and_stops_at_the_budget(
    journal: Journal, artwork: Artwork, entry: Step
) -> None:
    journal.write(artwork, entry(0))
    tiles = [tile for grid in grids(artwork) for tile in grid.tiles.values()]
    shown = frozenset(tiles[:2])
    evict([artwork], journal.source, 3 * tiles[0].nbytes, shown)
    assert sum(tile.resident for tile in tiles) == 3 and all(tile.resident for tile in shown)


# With the document --------------------------------------------------------------------------------------------------


def test_undo_survives_closing(journals: Path, artwork: Artwork, painted: Paints, same: Same) -> None:
    journal = Journal.create(journals)
    document = Document(artwork)
    document.committed_signal.connect(journal.commit)
    journal.commit(document.revision)
    shown = [artwork]
    for number in range(20):
        shown.append(painted(shown[-1], number))
        document.commit("Stroke", shown[-1])
    for _ in range(7):
        document.undo()
    path = journal.path
    journal.close()

    journal = Journal.open(path)
    entries = journal.entries
    assert len(entries) == 21 and entries[-1].label == "Stroke"
    assert journal.cursor == entries[13].id
    for entry, expected in zip(entries, shown, strict=True):
        assert same(journal.load(entry.id), expected)
    journal.close()


def test_an_edit_after_undo_leaves_the_other_branch(
    journal: Journal, artwork: Artwork, painted: Paints
) -> None:
    document = Document(artwork)
    document.committed_signal.connect(journal.commit)
    journal.commit(document.revision)
    for number in range(4):
        document.commit(f"Stroke {number}", painted(artwork, number))
    document.undo()
    document.undo()
    document.commit("Other", painted(artwork, 9))
    assert [entry.label for entry in journal.entries][1:] == ["Stroke 0", "Stroke 1", "Other"]
    assert journal.cursor == journal.entries[-1].id


def test_steps_that_grow_are_written_together_and_no_file_has_them(
    journal: Journal, artwork: Artwork, painted: Paints, same: Same, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = Document(artwork)
    document.committed_signal.connect(journal.commit)
    journal.commit(document.revision)
    for number in range(3):
        document.commit(f"Stroke {number}", painted(document.artwork, number))
    document.undo()
    journal.set_meta(saved=document.step)
    parents = [one.parent for one in journal.entries]
    transactions: list[int] = []
    whole = store.transaction

    def counted(connection: sqlite3.Connection):
        transactions.append(1)
        return whole(connection)

    monkeypatch.setattr(store, "transaction", counted)
    document.amend_since(document.history[1].revision_id, lambda one: one.with_(ppi=one.ppi + 1))
    assert len(transactions) == 1
    assert [one.parent for one in journal.entries] == parents
    assert journal.cursor == document.step and journal.modified
    for entry in document.history:
        again, expected = journal.load(entry.revision_id), entry.artwork
        assert expected is not None and again.ppi == expected.ppi and same(again, expected)


def test_an_amended_step_is_replaced(
    journal: Journal, artwork: Artwork, painted: Paints, entry: Step, same: Same
) -> None:
    journal.write(artwork, entry(0))
    amended = painted(artwork, 1)
    journal.write(amended, entry(0))
    assert len(journal.entries) == 1
    assert same(journal.load("r0"), amended) and not same(journal.load("r0"), artwork)


# Results and thumbnails ---------------------------------------------------------------------------------------------


def test_results_are_kept_with_their_recipe(journal: Journal, artwork: Artwork) -> None:
    layer = artwork.layers[0]
    assert isinstance(layer, Paint)
    recipe = Stored(
        name="generate", version=1, parameters={"model": "shanshui-gan", "sliders": {"mist": 1.0}}
    )
    for seed in (3, 4):
        variant = Variant(seed=seed, surface=layer.surface, width=600, height=400, latent=b"z")
        journal.add_result(variant, recipe)
    path = journal.path
    journal.close()
    journal.__init__(path, journal._lock)
    results = journal.results()
    assert [result.variant.seed for result in results] == [3, 4]
    assert results[0].recipe == recipe and results[0].variant.latent == b"z"
    pixels = results[1].variant.surface.read(artwork.rect)
    assert np.array_equal(pixels, layer.surface.read(artwork.rect))


def test_recovery_lists_what_was_left(journals: Path, artwork: Artwork, entry: Step) -> None:
    journal = Journal.create(journals, title="湖")
    journal.write(artwork, entry(0), thumbnail=b"png")
    assert recovery.list_journals(journals) == []  # it is open here
    assert recovery.discard(journal.path) is False
    with pytest.raises(StoreError) as caught:
        Journal.open(journal.path)
    assert caught.value.kind == "in_use"
    journal.close()
    (item,) = recovery.list_journals(journals)
    assert (item.title, item.thumbnail, item.time, item.steps, item.modified) == (
        "湖",
        b"png",
        100.0,
        1,
        True,
    )
    assert item.problem == "" and item.source == ""
    assert recovery.discard(item.path) is True
    assert recovery.list_journals(journals) == [] and list(journals.iterdir()) == []


def test_recovery_names_what_is_wrong_with_a_journal(journals: Path) -> None:
    journals.mkdir()
    (journals / "bad.danqing").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    (journals / "empty.danqing").write_bytes(b"")
    found = recovery.list_journals(journals)
    assert len(found) == 2 and all(item.problem for item in found)


def test_discarding_an_open_journal_removes_every_file(journals: Path, artwork: Artwork, entry: Step) -> None:
    journal = Journal.create(journals)
    journal.write(artwork, entry(0))
    journal.discard()
    assert list(journals.iterdir()) == []


def test_a_failed_commit_writes_nothing_and_the_next_one_everything(
    journal: Journal, artwork: Artwork, painted: Paints, entry: Step, same: Same
) -> None:
    journal.write(artwork, entry(0))
    pages = journal._connection.execute("PRAGMA page_count").fetchone()[0]
    journal._connection.execute(f"PRAGMA max_page_count={pages + 1}")
    later = artwork
    for number in range(9):
        later = painted(later, 5 * number)
    with pytest.raises(StoreError) as caught:
        journal.write(later, entry(1))
    assert caught.value.kind == "disk_full"
    assert [item.id for item in journal.entries] == ["r0"]
    journal._connection.execute("PRAGMA max_page_count=1000000")
    journal.write(later, entry(1))
    journal.archive._layers.clear()
    journal.archive.tiles._handles.clear()
    assert same(journal.load("r1"), later)


def test_a_newer_journal_is_named(journals: Path, artwork: Artwork, entry: Step) -> None:
    journal = Journal.create(journals)
    journal.write(artwork, entry(0))
    path = journal.path
    journal.close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(StoreError, match="newer Danqing \\(file version 99\\)"):
        Journal.open(path)
    (item,) = recovery.list_journals(journals)
    assert "newer" in item.problem


def test_reading_a_region_of_a_stored_surface_loads_only_its_tiles(
    journal: Journal, artwork: Artwork, entry: Step
) -> None:
    journal.write(artwork, entry(0))
    path = journal.path
    journal.close()
    journal.__init__(path, journal._lock)
    back = journal.load("r0")
    assert journal.source.loads == 0
    next(iter(grids(back))).read(Rect(10, 10, 20, 20))
    assert journal.source.loads == 1
