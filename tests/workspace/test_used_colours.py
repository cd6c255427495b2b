"""The colours that were laid down: one list, whatever the tool, kept from one day to the next."""

from __future__ import annotations

import pytest

from studio import settings as settings_file
from studio.document import edits
from studio.project import profiles
from studio.raster.geometry import Rect
from studio.settings import Settings
from studio.workspace.tools import Pointer
from studio.workspace.used_colours import MOST
from tests.workspace.conftest import Bench

PLACES = ((20, 20), (80, 60))


@pytest.fixture
def page(bench: Bench) -> Bench:
    bench.studio.new_picture(200, 120)
    bench.studio.layers.add_paint()
    return bench


def pressed(bench: Bench, tool: str, *places: tuple[float, float], **options: object) -> None:
    """The tool goes from place to place and is put down."""
    painting = bench.studio.painting
    painting.choose_tool(tool)
    if options:
        painting.change_options(tool, **options)
    gesture = painting.begin(bench.picture, Pointer(*places[0]))
    if gesture is not None:
        for place in places[1:]:
            gesture.send(Pointer(*place))
        gesture.finish()
    painting.close_session()
    bench.settle()


def used(bench: Bench) -> tuple[tuple[float, float, float], ...]:
    return bench.studio.painting.used.colours


@pytest.mark.parametrize(
    "tool",
    ["ink", "brush", "fill", "lasso-fill", "gradient", "rectangle", "ellipse", "polygon-shape", "line"],
)
def test_each_tool_that_lays_colour_notes_it(page: Bench, tool: str) -> None:
    page.studio.painting.set_colour((0.2, 0.4, 0.6))
    pressed(page, tool, (20, 20), (90, 30), (80, 70))
    assert used(page)[0] == (0.2, 0.4, 0.6)


def test_text_paths_and_strokes_along_the_selection_note_theirs(page: Bench) -> None:
    painting, studio = page.studio.painting, page.studio
    painting.set_colour((0.1, 0.0, 0.0))
    painting.choose_tool("text")
    painting.begin(page.picture, Pointer(20, 20)).finish()
    assert painting.session is not None
    painting.session.key("a", "a", frozenset())
    painting.close_session()
    assert used(page)[0] == (0.1, 0.0, 0.0)
    painting.set_colour((0.2, 0.0, 0.0))
    studio.layers.add_paint()
    studio.selecting.all()
    studio.selecting.fill(painting.colour)
    page.settle()
    assert used(page)[0] == (0.2, 0.0, 0.0)
    painting.set_colour((0.3, 0.0, 0.0))
    studio.selecting.stroke(4.0)
    page.settle()
    assert used(page)[0] == (0.3, 0.0, 0.0)
    painting.set_colour((0.4, 0.0, 0.0))
    painting.choose_tool("ink")
    studio.selecting.stroke_with_brush()
    page.settle()
    assert used(page)[0] == (0.4, 0.0, 0.0)
    painting.set_colour((0.5, 0.0, 0.0))
    studio.fill_layers.add("fill-colour")
    assert used(page)[0] == (0.5, 0.0, 0.0)


def test_what_lays_no_colour_notes_none(page: Bench) -> None:
    studio = page.studio
    studio.painting.set_colour((0.2, 0.4, 0.6))
    pressed(page, "eraser", *PLACES)
    pressed(page, "smudge", *PLACES)
    pressed(page, "fill", (20, 20), source="erase")
    pressed(page, "picker", *PLACES)
    pressed(page, "fill", (500, 20), source="colour")
    artwork = page.picture.document.artwork
    page.picture.document.commit(
        "Mask", edits.change(artwork, artwork.active, mask=edits.rectangle_selection(Rect(0, 0, 9, 9)))
    )
    studio.masking.edit(artwork.active, True)
    pressed(page, "ink", *PLACES)
    assert used(page) == ()


def test_the_latest_stand_first_once_each_and_the_list_ends(page: Bench) -> None:
    note = page.studio.painting.used.note
    told: list[int] = []
    page.studio.painting.used.changed.connect(lambda: told.append(1))
    for number in range(MOST + 4):
        note(((number / 100, 0.0, 0.0),))
    assert len(used(page)) == MOST and used(page)[0] == ((MOST + 3) / 100, 0.0, 0.0)
    note((used(page)[3], used(page)[5]))
    assert len(set(used(page))) == MOST and used(page)[1] == ((MOST - 2) / 100, 0.0, 0.0)
    before = len(told)
    note((used(page)[0],))
    assert len(told) == before, "the first once more is nothing new"
    note(((1.5, -0.25, 0.5),))
    assert used(page)[0] == (1.0, 0.0, 0.5)


def test_they_are_kept_across_restarts(page: Bench) -> None:
    page.studio.painting.set_colour((0.2, 0.4, 0.6))
    pressed(page, "ink", *PLACES)
    kept = settings_file.load().settings
    assert kept.used_colours == ((0.2, 0.4, 0.6),)
    assert Settings(used_colours=kept.used_colours).used_colours == used(page)


def test_in_a_picture_of_another_space_they_are_the_colours_of_the_hand(page: Bench) -> None:
    studio = page.studio
    studio.new_picture(200, 120, colour_space=next(name for name in profiles.NAMES if name != "sRGB"))
    studio.painting.set_colour((0.2, 0.4, 0.6))
    for tool in ("ink", "rectangle", "gradient"):
        pressed(page, tool, *PLACES)
        assert used(page)[0] == pytest.approx((0.2, 0.4, 0.6), abs=2e-3), tool
    assert [round(one[0], 2) for one in used(page)].count(0.2) == 1, (
        "one colour, not three that differ by rounding"
    )
