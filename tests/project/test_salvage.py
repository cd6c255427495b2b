"""What a damaged project still holds is found in its raw pages."""

from __future__ import annotations

import os
import random
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.document import Document
from studio.document.layer import Paint
from studio.project import project_file, store
from studio.project.errors import ProjectError
from studio.project.journal import Journal
from studio.project.project_file import open_project
from studio.project.salvage import salvage, salvaged_journal
from studio.raster.geometry import Rect
from studio.raster.surface import Surface

NAMES = ("Paper", "Hills 山", "Boat 舟")


@pytest.fixture
def saved(tmp_path: Path) -> tuple[Path, Artwork]:
    """A project of three layers of noise, made in three steps."""
    chance = np.random.default_rng(1)
    document = Document(edits.new_artwork(600, 500, background=None).with_(layers=()))
    journal = Journal.create(tmp_path / "journals", title="lake")
    journal.commit(document.revision)
    for name in NAMES:
        pixels = chance.random((500, 600, 4)).astype(np.float16)
        layer = Paint(name=name, surface=Surface(dtype=np.float16).write(Rect(0, 0, 600, 500), pixels))
        document.commit("Layer", edits.add_layer(document.artwork, layer))
        journal.commit(document.revision)
    path = tmp_path / "湖.danqing"
    project_file.save(journal, path)
    journal.discard()
    return path, document.artwork


def layers(artwork: Artwork) -> dict[str, np.ndarray]:
    return {
        one.name: one.surface.read(Rect(0, 0, 600, 500)) for one in artwork.layers if isinstance(one, Paint)
    }


def whole(found: Artwork, wanted: Artwork) -> bool:
    one, other = layers(found), layers(wanted)
    return one.keys() == other.keys() and all(np.array_equal(one[name], other[name]) for name in one)


def test_a_whole_file_is_found_whole(saved: tuple[Path, Artwork], tmp_path: Path) -> None:
    path, artwork = saved
    assert salvage(path, tmp_path / "out.danqing") == 28  # 18 tiles, 3 pages, 3 layers, 4 pictures
    opened = open_project(tmp_path / "out.danqing")
    assert whole(opened.artwork, artwork) and len(opened.entries) == 4 and not opened.report
    assert [entry.label for entry in opened.entries][1:] == ["Layer"] * 3
    opened.archive.close()


def test_a_file_without_its_first_page_and_its_steps_gives_the_last_picture(
    saved: tuple[Path, Artwork], tmp_path: Path
) -> None:
    path, artwork = saved
    with sqlite3.connect(path) as connection:
        pages = dict(connection.execute("SELECT name, rootpage FROM sqlite_master").fetchall())
    connection.close()
    data = bytearray(path.read_bytes())
    for page in (1, pages["revision"], pages["meta"]):
        data[(page - 1) * store.PAGE_SIZE : page * store.PAGE_SIZE] = os.urandom(store.PAGE_SIZE)
    path.write_bytes(data)
    with pytest.raises(ProjectError):
        open_project(path)
    journal = salvaged_journal(path, tmp_path / "journals")
    assert journal is not None and journal.modified and journal.meta("title") == "湖"
    found, report = journal.artwork()
    assert whole(found, artwork) and not report
    journal.discard()


@pytest.mark.parametrize("part", [0.97, 0.8, 0.6])
def test_a_file_that_was_cut_gives_what_lies_before_the_cut(
    saved: tuple[Path, Artwork], tmp_path: Path, part: float
) -> None:
    path, artwork = saved
    data = path.read_bytes()
    path.write_bytes(data[: int(part * len(data))])
    journal = salvaged_journal(path, tmp_path / "journals")
    assert journal is not None
    try:
        found, _ = journal.artwork()
    except ProjectError:
        journal.discard()
        assert part < 0.7, "every picture lay behind the cut"
        return
    wanted = layers(artwork)
    for name, pixels in layers(found).items():
        same = np.isclose(pixels, wanted[name]).mean()
        assert same > 0.2, (name, same)
    journal.discard()


def test_random_damage_costs_only_what_it_hit(saved: tuple[Path, Artwork], tmp_path: Path) -> None:
    path, artwork = saved
    data, chance, opened = path.read_bytes(), random.Random(1), 0
    for _ in range(12):
        spoiled = bytearray(data)
        place = chance.randrange(0, len(data) - 4096)
        spoiled[place : place + 4096] = chance.randbytes(4096)
        path.write_bytes(spoiled)
        journal = salvaged_journal(path, tmp_path / "journals")
        assert journal is not None
        try:
            found, _ = journal.artwork()
        except ProjectError:
            journal.discard()
            continue
        opened += 1
        wanted = layers(artwork)
        tiles = [
            np.array_equal(pixels[y : y + 256, x : x + 256], wanted[name][y : y + 256, x : x + 256])
            for name, pixels in layers(found).items() for y in (0, 256) for x in (0, 256, 512)
        ]  # fmt: skip
        assert tiles.count(False) <= 2
        journal.discard()
    assert opened >= 11


def test_nothing_is_found_in_rubbish(tmp_path: Path) -> None:
    for data in (b"", b"SQLite format 3\0" + os.urandom(200_000), b"\x05\x2c" * 5000, b"\x07\x2c" * 40_000):
        path = tmp_path / "no.danqing"
        path.write_bytes(data)
        assert salvaged_journal(path, tmp_path / "journals") is None
    assert not list((tmp_path / "journals").glob("*.danqing"))
