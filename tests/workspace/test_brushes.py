"""The library of brushes: what is in the hand, saving, deleting, importing, what is kept between starts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.project.brushes.reading import read_brushes
from studio.raster.brush import INK, SOFT_ROUND, Brush
from studio.workspace import brush_files, brushes
from studio.workspace.actions import all_actions
from tests.project import brush_files as made
from tests.workspace.conftest import Bench

TIP = (np.arange(7 * 9, dtype=np.uint8).reshape(7, 9) * 4).copy()


@pytest.fixture
def library(bench: Bench) -> brushes.Brushes:
    bench.studio.brushes.load()
    bench.settle()
    return bench.studio.brushes


def run(bench: Bench, action_id: str) -> None:
    action = next(one for one in all_actions() if one.id == action_id)
    assert action.enabled(bench.studio), action_id
    action.run(bench.studio)
    bench.settle()


def test_the_first_start_has_a_preset_in_every_hand(bench: Bench, library: brushes.Brushes):
    assert library.current is not None
    assert library.current.id == "ink-brush"
    assert not library.altered
    assert bench.studio.painting.brush == INK


def test_a_preset_takes_the_tool_that_fits_it(bench: Bench, library: brushes.Brushes):
    painting = bench.studio.painting
    library.choose("charcoal")
    assert (painting.tool, painting.brush) == ("ink", library["charcoal"].brush)
    library.choose("kneaded-eraser")
    assert (painting.tool, painting.brush.mode) == ("eraser", "erase")
    library.choose("pencil")
    assert painting.tool == "ink", "the painting tool that was in the hand before"
    painting.choose_tool("brush")
    library.choose("wash")
    assert painting.tool == "brush"
    painting.choose_tool("ink")
    assert library.current is not None
    assert library.current.id == "pencil", "each tool keeps its brush"


def test_any_preset_can_be_the_eraser(bench: Bench, library: brushes.Brushes):
    library.choose("charcoal", "eraser")
    assert bench.studio.painting.tool == "eraser"
    assert library.current is not None
    assert library.current.id == "charcoal"


def test_every_painting_brush_can_erase(bench: Bench, library: brushes.Brushes):
    bench.studio.new_picture(200, 120, background=None)
    library.choose("hard-round")
    bench.stroke(20, 60, 160)
    artwork = bench.picture.document.artwork
    painted = bench.picture.renderer.flatten(artwork)[..., 3].sum()
    run(bench, "brush-erases")
    bench.stroke(20, 60, 160)
    assert bench.labels()[-1] == "Erase"
    assert bench.picture.renderer.flatten(bench.picture.document.artwork)[..., 3].sum() < 0.2 * painted
    run(bench, "brush-erases")
    assert not library.altered


def test_an_altered_brush_is_reloaded(bench: Bench, library: brushes.Brushes):
    bench.studio.painting.change_brush(size=99.0)
    assert library.altered
    run(bench, "reload-brush")
    assert not library.altered
    assert bench.studio.painting.brush == INK


def test_saving_one_of_danqings_keeps_its_original_beneath(bench: Bench, library: brushes.Brushes):
    bench.studio.painting.change_brush(size=99.0)
    run(bench, "save-brush")
    assert library["ink-brush"].brush.size == 99.0
    library.delete("ink-brush")
    bench.settle()
    assert library["ink-brush"].brush == INK


def test_a_new_preset_is_kept_for_the_next_start(bench: Bench, make: Callable[..., Bench]):
    library = bench.studio.brushes
    bench.studio.painting.change_brush(size=77.0)
    preset = library.save_as("山石皴", "Mine", ("rocks",))
    bench.settle()
    assert library.current == preset
    again = make().studio
    again.brushes.load()
    for _ in range(3):
        again.files_lane.drain()
    assert again.brushes[preset.id] == preset
    assert "Mine" in again.brushes.folders
    assert again.painting.brush.size == 77.0, "what was in the hand is in it again"


def test_a_deleted_preset_comes_back(bench: Bench, library: brushes.Brushes):
    preset = library.save_as("Mine")
    library.choose("pencil")
    library.delete("pencil")
    library.delete(preset.id)
    bench.settle()
    shown = {one.id for one in library.presets}
    assert not shown & {"pencil", preset.id}
    assert list(brush_files.folder().glob(f"{preset.id}*")) == []
    run(bench, "restore-brush")
    assert {"pencil", preset.id} <= {one.id for one in library.presets}
    assert any("Mine" in sentence for sentence in bench.sentences("info"))


def test_ten_favourites_the_oldest_star_goes(library: brushes.Brushes):
    for preset in library.presets[:11]:
        library.toggle_favourite(preset.id)
    assert len(library.favourites) == 10
    assert not library.is_favourite(library.presets[0].id)
    library.toggle_favourite(library.presets[5].id)
    assert not library.is_favourite(library.presets[5].id)


def test_the_previous_brush(bench: Bench, library: brushes.Brushes):
    library.choose("pencil")
    library.choose("charcoal")
    run(bench, "previous-brush")
    assert library.current is not None
    assert library.current.id == "pencil"
    run(bench, "previous-brush")
    assert library.current.id == "charcoal"


def test_another_name_in_the_language_of_the_window(bench: Bench, library: brushes.Brushes):
    preset = library.save_as("Rock")
    library.describe(preset.id, title="Stone", folder="F", tags=("a",))
    assert (library[preset.id].title, library[preset.id].folder, library[preset.id].tags) == (
        "Stone",
        "F",
        ("a",),
    )
    library.describe("pencil", title="铅笔", folder="Dry", tags=())
    assert (library["pencil"].title, library["pencil"].title_zh) == ("Pencil", "铅笔")


@pytest.mark.parametrize(
    ("typed", "opacity"), [((5,), 0.5), ((0,), 1.0), ((5, 5), 0.55), ((0, 5), 0.05), ((1, 0), 0.10)]
)
def test_digits_are_opacity(bench: Bench, typed: tuple[int, ...], opacity: float):
    for digit in typed:
        run(bench, f"opacity-{digit}")
    assert bench.studio.painting.brush.opacity == pytest.approx(opacity)


def test_a_late_second_digit_stands_alone(bench: Bench, monkeypatch: pytest.MonkeyPatch):
    bench.studio.brushes.digit(5)
    monkeypatch.setattr(brushes, "SECOND_DIGIT_SECONDS", -1.0)
    bench.studio.brushes.digit(7)
    assert bench.studio.painting.brush.opacity == pytest.approx(0.7)


def test_shift_and_digits_are_flow(bench: Bench):
    run(bench, "flow-3")
    assert bench.studio.painting.brush.flow == pytest.approx(0.3)


# files

FILES = {
    "spot.gbr": made.gbr(TIP), "leaves.gih": made.gih([TIP, TIP + 1]), "old.abr": made.abr_old(1, [TIP]),
    "second.abr": made.abr_old(2, [TIP], True), "new.abr": made.abr_new({made.UUID: TIP}, [made.preset()]),
    "text.myb": made.MYB_TEXT.encode(), "json.myb": made.MYB_JSON,
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_brush_file_that_is_opened_is_imported_and_paints(name: str, bench: Bench, tmp_path: Path):
    path = tmp_path / "画笔" / name
    path.parent.mkdir()
    path.write_bytes(FILES[name])
    before = len(bench.studio.brushes.presets)
    bench.open(path)
    library = bench.studio.brushes
    assert len(library.presets) > before
    assert bench.sentences("done")
    assert library.current is not None
    assert library.current.id not in {preset.id for preset in brush_files.built_in()}
    bench.studio.new_picture(200, 200)
    bench.stroke(60, 60, 80)
    assert bench.labels()[-1] in ("Paint", "Erase", "Smudge")
    count = len(library.presets)
    bench.open(path)
    assert len(library.presets) == count, "a file imported twice adds nothing"


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_brush_file_becomes_a_card_that_names_it(name: str, bench: Bench, tmp_path: Path):
    path = tmp_path / f"坏-{name}"
    path.write_bytes(FILES[name][: len(FILES[name]) // 3])
    bench.open(path)
    (sentence,) = bench.sentences("error")
    assert path.name in sentence
    assert not bench.sentences("done")


def test_an_empty_and_a_missing_file(bench: Bench, tmp_path: Path):
    (tmp_path / "empty.abr").write_bytes(b"")
    bench.studio.brushes.import_files((str(tmp_path / "empty.abr"), str(tmp_path / "gone.myb")))
    bench.settle()
    assert ["empty.abr" in bench.sentences("error")[0], "gone.myb" in bench.sentences("error")[1]] == [
        True,
        True,
    ]


def test_of_several_files_the_good_ones_are_taken(bench: Bench, tmp_path: Path):
    good, bad = tmp_path / "good.gbr", tmp_path / "bad.abr"
    good.write_bytes(made.gbr(TIP, "Good"))
    bad.write_bytes(b"\0\6\0\2JUNKJUNKJUNK")
    bench.studio.brushes.import_files((str(bad), str(good)))
    bench.settle()
    assert any(preset.title == "Good" for preset in bench.studio.brushes.presets)
    assert "bad.abr" in bench.sentences("error")[0]


def test_brushes_whose_tips_are_not_in_the_file_are_named(bench: Bench, tmp_path: Path):
    path = tmp_path / "leaves.abr"
    lost = [made.preset(name=name, sampled="gone") for name in ("Oak", "Elm")]
    path.write_bytes(made.abr_new({made.UUID: np.full((3, 4), 200, np.uint8)}, [made.preset(), *lost]))
    bench.studio.brushes.import_files((str(path),))
    bench.settle()
    assert bench.sentences("warn") == [
        "Brushes in “leaves.abr” whose tips are not in the file were left out: Oak, Elm."
    ]
    assert bench.sentences("done") == ["Imported the brush “Leaf”."]


def test_what_an_import_left_out_is_said_in_one_sentence(bench: Bench, tmp_path: Path):
    file = tmp_path / "a.myb"
    file.write_text("version 2\nopaque 1\nradius_logarithmic 2\ntracking_noise 1.5\nlock_alpha 1\n")
    bench.studio.brushes.import_files((str(file),))
    bench.settle()
    assert bench.sentences("done") == [
        "Imported the brush “a”. Left out, because Danqing has nothing like it: tremble of the hand, lock alpha."
    ]
    dual = made.preset(dualBrush={"class": "dualBrush", "useDualBrush": True})
    (tmp_path / "b.abr").write_bytes(made.abr_new({made.UUID: TIP}, [dual, made.preset()]))
    bench.studio.brushes.import_files((str(tmp_path / "b.abr"),))
    bench.settle()
    assert bench.sentences("done")[-1].endswith(
        "2. Left out, because Danqing has nothing like it: dual brush."
    )


def test_exported_brushes_are_read_again(bench: Bench, library: brushes.Brushes, tmp_path: Path):
    ids = tuple(preset.id for preset in library.presets if preset.folder == "Ink")
    library.export(ids, str(tmp_path / "墨"))
    bench.settle()
    file = tmp_path / "墨.dqbrush"
    assert [preset.id for preset in read_brushes(file.read_bytes(), file.name)] == list(ids)
    assert "墨.dqbrush" in bench.sentences("done")[0]


def test_a_place_that_cannot_be_written_is_said(bench: Bench, library: brushes.Brushes, tmp_path: Path):
    (tmp_path / "file").write_text("")
    library.export(("pencil",), str(tmp_path / "file" / "x.dqbrush"))
    bench.settle()
    assert len(bench.sentences("error")) == 1


def test_one_damaged_brush_of_the_library_costs_only_itself(bench: Bench):
    folder = brush_files.folder()
    folder.mkdir(parents=True)
    (folder / "broken.dqbrush").write_bytes(b"DQBRUSH\x01\xff\xff")
    (folder / "library.json").write_text("{ not json")
    bench.studio.brushes.load()
    bench.settle()
    assert "broken.dqbrush" in bench.sentences("error")[0]
    assert len(bench.studio.brushes.presets) >= 24


def test_what_was_chosen_before_the_library_was_read_stays(bench: Bench):
    bench.studio.painting.take_brush("brush", Brush(size=123.0))
    bench.studio.brushes.load()
    bench.settle()
    assert bench.studio.painting.brush.size == 123.0
    assert bench.studio.painting.brush_of("ink") == INK
    assert bench.studio.painting.brush != SOFT_ROUND


def test_what_is_done_before_the_library_was_read_joins_what_was_remembered(make: Callable[..., Bench]):
    first = make()
    first.studio.brushes.toggle_favourite("pencil")
    first.studio.brushes.delete("pastel")
    first.settle()
    second = make()
    second.studio.brushes.toggle_favourite("oil")
    second.studio.brushes.choose("wash")
    second.settle()
    third = make()
    third.studio.brushes.load()
    third.settle()
    library = third.studio.brushes
    assert [library.is_favourite(one) for one in ("pencil", "oil", "wash")] == [True, True, False]
    assert "pastel" not in {preset.id for preset in library.presets}
    assert library.current is not None
    assert library.current.id == "wash"


OPERATIONS = (
    "choose",
    "erase",
    "save-as",
    "save",
    "delete",
    "restore",
    "star",
    "alter",
    "describe",
    "previous",
    "reload",
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(OPERATIONS), st.integers(0, 200)), max_size=16))
def test_any_use_leaves_a_library_that_comes_back(
    make: Callable[..., Bench], operations: list[tuple[str, int]]
):
    bench = make()
    library, painting = bench.studio.brushes, bench.studio.painting
    library.load()
    bench.settle()
    for operation, number in operations:
        presets = library.presets
        preset_id = presets[number % len(presets)].id if presets else ""
        if not presets or operation == "restore":
            library.restore()
        elif operation == "choose":
            library.choose(preset_id)
        elif operation == "erase":
            library.choose(preset_id, "eraser")
        elif operation == "save-as":
            library.save_as(f"New {number}", f"Folder {number % 3}")
        elif operation == "alter":
            painting.change_brush(size=float(number + 1))
        elif operation == "describe":
            library.describe(preset_id, title=f"Named {number}", folder="", tags=("t",))
        elif operation == "delete":
            library.delete(preset_id)
        elif operation == "star":
            library.toggle_favourite(preset_id)
        else:
            getattr(library, operation)()
        assert len({preset.id for preset in library.presets}) == len(library.presets)
        assert len(library.favourites) <= 10
        assert library.current is None or library.current.id in library
    bench.settle()
    again = make()
    again.studio.brushes.load()
    again.settle()
    assert set(again.studio.brushes.presets) == set(library.presets)
    assert again.studio.brushes.favourites == library.favourites
    for preset in library.presets:
        if preset.id not in {one.id for one in brush_files.built_in()}:
            library.delete(preset.id)
    library.restore()
    bench.settle()
