"""Opening and saving .danqing files: same pixels and history, failed saves, damage, other versions."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from studio.document import effects
from studio.document.artwork import Artwork, SavedSelection
from studio.document.history import worked_seconds
from studio.document.layer import Filter, Paint, Unknown
from studio.project import earlier, project_file, recovery, store
from studio.project.archive import Entry
from studio.project.errors import ProjectError, StoreError
from studio.project.journal import Journal
from studio.project.load import open_any
from studio.project.manifest import grids
from studio.project.project_file import Opened, open_as_journal, open_project, save
from studio.raster import full_map
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.recipe import Stored, digest

Step = Callable[[int], Entry]
Paints = Callable[[Artwork, int], Artwork]
Same = Callable[[Artwork, Artwork], bool]


@pytest.fixture
def history(journal: Journal, artwork: Artwork, painted: Paints, entry: Step) -> list[Artwork]:
    """Ten steps in the journal."""
    shown = [artwork]
    journal.write(artwork, entry(0))
    for number in range(1, 10):
        shown.append(painted(shown[-1], number))
        journal.write(shown[-1], entry(number))
    return shown


@pytest.fixture
def opening() -> Iterator[Callable[[Path], Opened]]:
    """Opens projects and closes them when the test ends."""
    opened: list[Opened] = []

    def call(path: Path) -> Opened:
        opened.append(open_project(path))
        return opened[-1]

    yield call
    for item in opened:
        item.archive.close()


@pytest.mark.parametrize("in_place", [False, True])
def test_saved_and_opened_again(
    journal: Journal, history: list[Artwork], tmp_path: Path, opening, same: Same, monkeypatch, in_place: bool
) -> None:
    path = tmp_path / "山水 🎨 #1?.danqing"
    if in_place:
        save(journal, path)
        monkeypatch.setattr(project_file, "IN_PLACE_FROM", 0)
    journal.move("r6")
    save(journal, path, thumbnail=b"png")
    assert not journal.modified
    opened = opening(path)
    assert opened.source.loads == 0 and not opened.report
    assert [item.id for item in opened.entries] == [
        f"r{number}" for number in range(10)
    ] and opened.cursor == "r6"
    assert same(opened.artwork, history[6])
    for number, expected in enumerate(history):
        assert same(opened.archive.load(f"r{number}"), expected)
    digests = [tile.digest for grid in grids(opened.artwork) for tile in grid.tiles.values()]
    assert digests == [tile.digest for grid in grids(history[6]) for tile in grid.tiles.values()]
    assert sorted(item.name for item in tmp_path.iterdir()) == ["journals", path.name]
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA application_id").fetchone()[0] == store.APPLICATION_ID
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    connection.close()


def test_opening_reads_only_the_tiles_that_are_shown(
    journal: Journal, history: list[Artwork], tmp_path: Path, opening
) -> None:
    save(journal, tmp_path / "a.danqing")
    opened = opening(tmp_path / "a.danqing")
    assert opened.source.loads == 0
    first = opened.artwork.layers[0]
    assert isinstance(first, Paint)
    first.surface.read(Rect(0, 0, 300, 10))
    assert opened.source.loads == 2


def test_going_on_with_an_opened_project(
    journal: Journal,
    history: list[Artwork],
    journals: Path,
    tmp_path: Path,
    painted: Paints,
    entry: Step,
    same: Same,
) -> None:
    path = tmp_path / "a.danqing"
    save(journal, path)
    second, opened = open_as_journal(path, journals)
    assert not second.modified and [item.id for item in second.entries] == [
        f"r{number}" for number in range(10)
    ]
    later = painted(opened.artwork, 30)
    second.write(later, entry(10))
    assert second.modified
    save(second, path)
    assert same(second.load("r3"), history[3])
    reopened = open_project(path)
    assert len(reopened.entries) == 11 and same(reopened.artwork, later)
    assert same(reopened.archive.load("r2"), history[2])
    reopened.archive.close()
    second.close()


def test_a_pulled_stick_loses_nothing_once_its_tiles_are_copied(
    journal: Journal, history: list[Artwork], journals: Path, tmp_path: Path, same: Same
) -> None:
    stick = tmp_path / "stick.danqing"
    save(journal, stick)
    second, opened = open_as_journal(stick, journals)
    steps = list(second.adopt_tiles())
    assert steps[-1][0] == steps[-1][1] > 10
    stick.unlink()
    assert same(opened.artwork, history[-1]) and same(second.load("r0"), history[0])
    save(second, tmp_path / "b.danqing")
    left = second.path
    second.close()
    third = Journal.open(left)
    back, report = third.artwork()
    assert same(back, history[-1]) and not report
    third.close()
    assert open_any(tmp_path / "b.danqing").width == 600


def test_a_save_while_tiles_are_copied_loses_none(
    journal: Journal, history: list[Artwork], journals: Path, tmp_path: Path, same: Same, monkeypatch
) -> None:
    monkeypatch.setattr("studio.project.journal._ADOPT_TILES", 2)
    path = tmp_path / "a.danqing"
    save(journal, path)
    second, _ = open_as_journal(path, journals)
    copying = second.adopt_tiles()
    next(copying)
    save(second, path)
    list(copying)
    path.unlink()
    left = second.path
    second.close()
    third = Journal.open(left)
    for number, expected in enumerate(history):
        assert same(third.load(f"r{number}"), expected)
    assert not third.archive.report() and not third.source.lost
    third.close()


def test_a_journal_whose_project_is_gone_names_the_layers_with_holes(
    journal: Journal, history: list[Artwork], journals: Path, tmp_path: Path
) -> None:
    save(journal, tmp_path / "a.danqing")
    second, _ = open_as_journal(tmp_path / "a.danqing", journals)
    left = second.path
    second.close()
    (tmp_path / "a.danqing").unlink()
    third = Journal.open(left)
    _, report = third.artwork()
    assert set(report.holes) == {"Ground", "Ink"}
    third.close()


def test_only_so_many_steps_are_kept(
    journal: Journal, history: list[Artwork], tmp_path: Path, opening, same: Same
) -> None:
    save(journal, tmp_path / "a.danqing")
    whole = (tmp_path / "a.danqing").stat().st_size
    save(journal, tmp_path / "a.danqing", keep=3)
    opened = opening(tmp_path / "a.danqing")
    assert [item.id for item in opened.entries] == ["r7", "r8", "r9"]
    assert same(opened.artwork, history[-1]) and (tmp_path / "a.danqing").stat().st_size < whole
    assert same(journal.load("r0"), history[0])


def test_what_leaves_the_file_is_remembered(
    journal: Journal, history: list[Artwork], journals: Path, tmp_path: Path, painted: Paints
) -> None:
    """The time of all steps that ever were, and small pictures of some, through saving, opening and saving again."""
    for number in range(10):
        journal.write_frame(f"r{number}", bytes([number]) * 10)
    journal.write_frame("elsewhere", b"not on the line")
    whole = worked_seconds([step.time for step in journal.entries])
    path = tmp_path / "a.danqing"
    for _ in range(2):
        save(journal, path, keep=3)
    assert journal.archive.earlier() == earlier.NOTHING, "the journal itself has all steps"
    second, opened = open_as_journal(path, journals)
    known = opened.archive.earlier()
    assert known.steps == 7 and known.film_from == 0
    assert known.seconds + worked_seconds([step.time for step in opened.entries]) == pytest.approx(whole)
    assert opened.archive.film() == [(number, bytes([number]) * 10) for number in range(7)]
    last = opened.entries[-1]
    second.write(
        painted(opened.artwork, 40), Entry(id="new", parent=last.id, label="Paint", time=last.time + 33)
    )
    save(second, path, keep=1)
    second.close()
    third, opened = open_as_journal(path, journals)
    known = opened.archive.earlier()
    assert known.steps == 10 and known.seconds == pytest.approx(whole + 33)
    assert [number for number, _ in opened.archive.film()] == list(range(10))
    third.close()


@pytest.mark.parametrize("value", ["many", -4, 1e400, None, b"x"])
def test_what_cannot_be_said_of_earlier_steps_counts_as_nothing(
    journal: Journal, history: list[Artwork], tmp_path: Path, value: object
) -> None:
    journal.set_meta(earlier_steps=value, earlier_seconds=value)
    journal.write_frame("x", b"")
    assert journal.archive.earlier() == earlier.NOTHING and journal.archive.film() == []
    save(journal, tmp_path / "a.danqing")


@pytest.mark.parametrize(("frames", "size"), [(5000, 100), (400, 40_000), (1, 7 << 20)])
def test_the_film_stays_small_and_even_however_often_it_is_thinned(frames: int, size: int) -> None:
    kept = earlier._thinned(dict.fromkeys(range(frames), size))
    assert len(kept) <= earlier.MOST_FRAMES and (len(kept) * size <= earlier.MOST_BYTES or len(kept) == 1)
    assert kept[0] == 0 and len({b - a for a, b in pairwise(kept)}) <= 1
    assert len(kept) > min(frames, earlier.MOST_FRAMES, earlier.MOST_BYTES // size) // 2
    part = dict.fromkeys(range(frames // 2), size)
    again = dict.fromkeys(earlier._thinned(part), size) | dict.fromkeys(range(frames // 2, frames), size)
    assert len(earlier._thinned(again)) <= earlier.MOST_FRAMES


def test_results_survive_saving(journal: Journal, history: list[Artwork], tmp_path: Path, opening) -> None:
    from studio.document.layer import Variant
    from studio.recipe import Stored

    surface = Surface.from_pixels(np.full((64, 64, 4), 0.5, np.float16))
    recipe = Stored(name="generate", version=1, parameters={"seed": 4})
    journal.add_result(Variant(seed=4, surface=surface, width=64, height=64), recipe)
    save(journal, tmp_path / "a.danqing")
    (result,) = opening(tmp_path / "a.danqing").archive.results()
    assert result.recipe == recipe
    assert np.array_equal(result.variant.surface.read(Rect(0, 0, 64, 64)), surface.read(Rect(0, 0, 64, 64)))


# Failing saves ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("in_place", [False, True])
def test_a_full_disk_leaves_the_old_file_as_it_was(
    journal: Journal, history: list[Artwork], painted: Paints, entry: Step, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, in_place: bool,
) -> None:  # fmt: skip
    path = tmp_path / "a.danqing"
    save(journal, path, keep=1)
    before = path.read_bytes()
    if in_place:
        monkeypatch.setattr(project_file, "IN_PLACE_FROM", 0)

    def small(target: Path, mode: str = "rw") -> sqlite3.Connection:
        connection = store.connect(target, mode)
        connection.execute(f"PRAGMA max_page_count={max(12, len(before) // store.PAGE_SIZE + 2)}")
        return connection

    later = painted(history[-1], 50)
    for number in range(10, 20):
        later = painted(later, number * 3)
        journal.write(later, entry(number))
    monkeypatch.setattr(project_file, "connect", small)
    with pytest.raises(ProjectError) as caught:
        save(journal, path)
    assert caught.value.kind == "disk_full" and "a.danqing" in str(caught.value)
    assert path.read_bytes() == before and journal.modified
    assert sorted(item.name for item in tmp_path.iterdir()) == ["a.danqing", "journals"]
    monkeypatch.undo()
    save(journal, path)
    assert path.read_bytes() != before


def test_saving_over_a_folder_or_into_a_missing_one(
    journal: Journal, history: list[Artwork], tmp_path: Path
) -> None:
    (tmp_path / "a.danqing").mkdir()
    for path, kind in (
        (tmp_path / "a.danqing", "directory"),
        (tmp_path / "no" / "a.danqing", "no_permission"),
    ):
        with pytest.raises(ProjectError) as caught:
            save(journal, path)
        assert caught.value.kind == kind


def test_a_save_that_dies_at_the_rename_leaves_the_old_file(
    journal: Journal, history: list[Artwork], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.danqing"
    path.write_bytes(b"something else")

    def fails(*_paths: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("os.replace", fails)
    with pytest.raises(ProjectError) as caught:
        save(journal, path)
    monkeypatch.undo()
    assert caught.value.kind == "read_only" and path.read_bytes() == b"something else"
    assert sorted(item.name for item in tmp_path.iterdir()) == ["a.danqing", "journals"]


# Bad input ----------------------------------------------------------------------------------------------------------


def test_a_newer_project_is_named(journal: Journal, history: list[Artwork], tmp_path: Path) -> None:
    path = tmp_path / "新.danqing"
    save(journal, path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=7")
    connection.close()
    with pytest.raises(StoreError) as caught:
        open_project(path)
    assert (
        caught.value.kind == "newer_version"
        and "新.danqing" in str(caught.value)
        and "7" in str(caught.value)
    )


def test_what_is_no_project(tmp_path: Path) -> None:
    (tmp_path / "text.danqing").write_bytes(b"hello" * 300)
    (tmp_path / "empty.danqing").write_bytes(b"")
    other = sqlite3.connect(tmp_path / "other.danqing")
    other.execute("CREATE TABLE a (b)")
    other.close()
    for name in ("text", "empty", "other"):
        with pytest.raises(StoreError) as caught:
            open_project(tmp_path / f"{name}.danqing")
        assert caught.value.kind == "not_a_project"
    for path, kind in ((tmp_path, "directory"), (tmp_path / "none.danqing", "missing")):
        with pytest.raises(StoreError) as caught:
            open_project(path)
        assert caught.value.kind == kind


def damaged(path: Path, statement: str, values: tuple = ()) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement, values)
    connection.commit()
    connection.close()


def test_a_lost_tile_is_a_hole_and_its_layer_is_named(
    journal: Journal, artwork: Artwork, entry: Step, journals: Path, tmp_path: Path, opening
) -> None:
    journal.write(artwork, entry(0))
    path = tmp_path / "a.danqing"
    save(journal, path)
    first = artwork.layers[0]
    assert isinstance(first, Paint)
    wrong, gone = first.surface.tiles[0, 0].digest, first.surface.tiles[1, 0].digest
    damaged(path, "UPDATE tile SET bytes = zeroblob(500) WHERE digest = ?", (wrong,))
    damaged(path, "DELETE FROM tile WHERE digest = ?", (gone,))
    opened = opening(path)
    assert opened.report.holes == ("Ground",) and opened.report.gone == ()
    pixels = next(iter(grids(opened.artwork))).read(artwork.rect)
    expected = first.surface.read(artwork.rect)
    assert not pixels[:256, :512].any() and np.array_equal(pixels[:, 512:], expected[:, 512:])
    assert np.array_equal(
        list(grids(opened.artwork))[1].read(artwork.rect), list(grids(artwork))[1].read(artwork.rect)
    )
    kept, again = open_as_journal(path, journals)
    save(kept, tmp_path / "rescued.danqing")
    rescued = opening(tmp_path / "rescued.danqing")
    assert [layer.name for layer in rescued.artwork.layers] == ["Ground", "Ink"]
    assert np.array_equal(rescued.artwork.layers[0].surface.read(artwork.rect)[:, 512:], expected[:, 512:])
    assert again.artwork.width == 600
    kept.close()


def test_verify_finds_wrong_checksums(
    journal: Journal, artwork: Artwork, entry: Step, tmp_path: Path, opening
) -> None:
    journal.write(artwork, entry(0))
    path = tmp_path / "a.danqing"
    save(journal, path)
    second = artwork.layers[1]
    assert isinstance(second, Paint)
    digest = next(iter(second.surface.tiles.values())).digest
    damaged(path, "UPDATE tile SET crc = crc + 1 WHERE digest = ?", (digest,))
    opened = opening(path)
    assert not opened.archive.report()
    assert list(opened.archive.verify(opened.artwork)) == ["Ground", "Ink"]
    assert opened.archive.report().holes == ("Ink",)


def test_a_lost_layer_is_named_and_the_others_are_there(
    journal: Journal, artwork: Artwork, entry: Step, tmp_path: Path, opening
) -> None:
    journal.write(artwork, entry(0))
    path = tmp_path / "a.danqing"
    save(journal, path)
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT digest, bytes FROM layer").fetchall()
    connection.close()
    (ink,) = (digest for digest, data in rows if b"Ink" in store.unpacked(data))
    damaged(path, "UPDATE layer SET bytes = zeroblob(9) WHERE digest = ?", (ink,))
    opened = opening(path)
    assert opened.report.gone == ("Ink",)
    assert [layer.name for layer in opened.artwork.layers] == ["Ground"]


def test_a_lost_manifest_goes_back_one_step(
    journal: Journal, history: list[Artwork], tmp_path: Path, opening, same: Same
) -> None:
    path = tmp_path / "a.danqing"
    save(journal, path)
    damaged(path, "DELETE FROM manifest WHERE digest = (SELECT manifest FROM revision WHERE id = 'r9')")
    opened = opening(path)
    assert opened.report.steps_back == 1 and opened.cursor == "r8" and same(opened.artwork, history[8])


@pytest.mark.parametrize("seed", range(12))
def test_random_damage_never_crashes_and_intact_layers_are_saved(
    journal: Journal, history: list[Artwork], journals: Path, tmp_path: Path, seed: int
) -> None:
    path = tmp_path / "a.danqing"
    save(journal, path)
    random = np.random.default_rng(seed)
    data = bytearray(path.read_bytes())
    start = int(random.integers(4096, len(data) - 5000))
    data[start : start + 4000] = random.integers(0, 256, 4000, np.uint8).tobytes()
    path.write_bytes(bytes(data))
    try:
        kept, opened = open_as_journal(path, journals)
    except StoreError as error:
        outcome = error.kind
    else:
        for grid in grids(opened.artwork):
            grid.read(opened.artwork.rect)
        outcome = saved_again(kept, tmp_path / "b.danqing")
        kept.close()
    assert outcome in ("saved", "damaged", "no_revision")


def saved_again(journal: Journal, path: Path) -> str:
    save(journal, path)
    opened = open_project(path)
    for grid in grids(opened.artwork):
        grid.read(opened.artwork.rect)
    opened.archive.close()
    return "saved"


def test_unknown_layers_travel_with_all_their_pages(
    journal: Journal, artwork: Artwork, entry: Step, journals: Path, tmp_path: Path
) -> None:
    import msgspec

    journal.write(artwork, entry(0))
    layer = artwork.layers[0]
    assert isinstance(layer, Paint)
    reader = journal.source.readers[0]
    pages = [row[0] for row in reader.query("SELECT digest FROM page")]
    plain = {
        "kind": "hologram",
        "id": "h",
        "name": "F",
        "deep": [{"far": {"surface": 0, "pages": [[0, 0, pages[0]]]}}],
    }
    unknown = Unknown(kind="hologram", raw=msgspec.msgpack.encode(plain), surface=Surface())
    journal.write(artwork.with_(layers=(unknown,)), entry(1))
    save(journal, tmp_path / "a.danqing", keep=1)
    second, opened = open_as_journal(tmp_path / "a.danqing", journals)
    list(second.adopt_tiles())
    save(second, tmp_path / "b.danqing")
    second.close()
    connection = sqlite3.connect(tmp_path / "b.danqing")
    assert connection.execute("SELECT count(*) FROM page").fetchone()[0] == 1
    assert connection.execute("SELECT count(*) FROM tile").fetchone()[0] > 0
    connection.close()
    assert isinstance(opened.artwork.layers[0], Unknown) and opened.artwork.layers[0].raw == unknown.raw


def test_recovery_offers_a_project_that_was_not_saved(
    journal: Journal,
    history: list[Artwork],
    journals: Path,
    tmp_path: Path,
    painted: Paints,
    entry: Step,
    same: Same,
) -> None:
    save(journal, tmp_path / "a.danqing")
    second, opened = open_as_journal(tmp_path / "a.danqing", journals)
    later = painted(opened.artwork, 40)
    assert not same(later, opened.artwork)  # reads every tile
    second.write(later, entry(10))
    second.close()
    (item,) = recovery.list_journals(journals)
    assert item.modified and item.source == str(tmp_path / "a.danqing") and item.title == "a"
    third = Journal.open(item.path)
    back, report = third.artwork()
    assert same(back, later) and not report
    third.close()


def test_layer_effects_and_the_light_come_back(
    journal: Journal, artwork: Artwork, entry: Step, tmp_path: Path, opening
) -> None:
    values = (
        effects.DropShadow(colour=(0.2, 0.1, 0.0)),
        effects.Bevel(style="emboss"),
        effects.Stroke(enabled=False),
    )
    strange = Stored(name="rain", version=3, parameters={"drops": 7})
    layer = artwork.layers[0].with_(effects=(*(effects.store(value) for value in values), strange))
    lit = artwork.with_(layers=(layer, *artwork.layers[1:]), light_angle=33.0, light_altitude=51.0)
    journal.write(lit, entry(0))
    save(journal, tmp_path / "lit.danqing")
    opened = opening(tmp_path / "lit.danqing").artwork
    assert (opened.light_angle, opened.light_altitude) == (33.0, 51.0)
    found = opened.layers[0].effects
    assert tuple(effects.parameters(one) for one in found) == (*values, None)
    assert [digest(one) for one in found] == [digest(one) for one in layer.effects]


def test_saved_selections_and_the_quick_mask_come_back(
    journal: Journal, artwork: Artwork, entry: Step, tmp_path: Path, opening
) -> None:
    rng = np.random.default_rng(5)
    soft = Mask.from_pixels(rng.random((300, 280)).astype(np.float16), left=-20)
    kept = (SavedSelection(name="天空", mask=soft), SavedSelection(name="edge", mask=Mask(default=0.0)))
    journal.write(artwork.with_(saved_selections=kept, quick_mask=True, selection=soft), entry(0))
    save(journal, tmp_path / "kept.danqing")
    opened = opening(tmp_path / "kept.danqing").artwork
    assert opened.quick_mask
    assert [(one.id, one.name) for one in opened.saved_selections] == [(one.id, one.name) for one in kept]
    area = Rect(-30, -10, 300, 310)
    assert np.array_equal(opened.saved_selections[0].mask.read(area), soft.read(area))
    assert not opened.saved_selections[1].mask


def test_a_large_map_of_a_filter_is_written_once(
    journal: Journal, artwork: Artwork, entry: Step, tmp_path: Path, opening
) -> None:
    """A recipe's long text is a row of its own: other values of the layer do not write it again, and it comes back whole."""
    values = (np.random.default_rng(5).random((300, 280, 2)) * 2 - 1).astype(np.float16)
    parameters = {"source": "map", "map": {"name": "凹凸.png", "content": full_map.packed(values)}}
    shown = Filter(name="Displace", recipe=Stored(name="displace", version=1, parameters=parameters))
    artwork = artwork.with_(layers=(*artwork.layers, shown))
    for number in range(4):
        journal.write(artwork, entry(number))
        more = {**parameters, "amplitude": 3.0 + number}
        changed = shown.with_(recipe=Stored(name="displace", version=1, parameters=more))
        artwork = artwork.with_(layers=(*artwork.layers[:-1], changed))
    path = tmp_path / "map.danqing"
    save(journal, path)
    with sqlite3.connect(path) as rows:
        sizes = [size for (size,) in rows.execute("SELECT length(bytes) FROM blob")]
        assert max(size for (size,) in rows.execute("SELECT length(bytes) FROM layer")) < 5000
    assert sum(size > 100_000 for size in sizes) == 1
    opened = opening(path).artwork.layers[-1]
    assert isinstance(opened, Filter)
    assert opened.recipe.parameters == {**parameters, "amplitude": 5.0}
    assert digest(opened.recipe) == digest(
        Stored(name="displace", version=1, parameters=opened.recipe.parameters)
    )
    assert digest(opened.recipe) != digest(shown.recipe)
