"""The text tool without a window: typing, composing, selecting, boxes, one step from press to apply."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.document import edits
from studio.document.layer import Group, Locks, Shape, Text
from studio.document.text import layout_of
from studio.raster import perspective
from studio.raster.text.drawing import draw_text
from studio.raster.text.layout import lay_out
from studio.raster.text.style import TextStyle
from studio.raster.warp import Bend
from studio.workspace import texts
from studio.workspace.pasted_text import paste_text
from studio.workspace.tools import Pointer, text_setting
from studio.workspace.tools import typing_state as typed
from studio.workspace.tools.marks import Caret, Handle, Highlight, Outline
from studio.workspace.tools.text import TextSession
from studio.workspace.tools.typing_state import Typing
from tests.raster.text_fonts import LATIN, SANS, needs_chinese
from tests.workspace.conftest import Bench

pytestmark = needs_chinese


class Writer:
    """A hand on the text tool."""

    def __init__(self, bench: Bench, **options: object) -> None:
        self.bench, self.studio = bench, bench.studio
        self.studio.new_picture(600, 400)
        bench.settle()
        self.studio.painting.choose_tool("text")
        self.studio.painting.change_options("text", **{"font": SANS, "size": 40.0, **options})

    @property
    def session(self) -> TextSession:
        session = self.studio.painting.session
        assert isinstance(session, TextSession)
        return session

    @property
    def layer(self) -> Text:
        layer = self.bench.picture.document.artwork.active_layer
        assert isinstance(layer, Text)
        return layer

    def drag(self, *points: tuple[float, float], **fields: object) -> None:
        first, *rest = points
        gesture = self.studio.painting.begin(self.bench.picture, Pointer(*first, **fields))
        if gesture is not None:
            for point in rest:
                gesture.send(Pointer(*point, **fields))
            gesture.finish()
        self.bench.settle()

    def type(self, words: str) -> None:
        for letter in words:
            assert self.session.key("return" if letter == "\n" else letter, letter, frozenset())
        self.bench.settle()

    def key(self, name: str, *held: str) -> bool:
        used = self.session.key(name, "", frozenset(held))
        self.bench.settle()
        return used

    def caret_x(self) -> float:
        caret = self.session.caret()
        assert caret is not None
        return caret[0]

    def apply(self) -> None:
        self.studio.painting.close_session()
        self.bench.settle()


@pytest.fixture
def writer(bench: Bench) -> Writer:
    return Writer(bench)


def test_a_click_makes_a_text_and_applying_it_one_step(writer: Writer) -> None:
    steps = len(writer.bench.labels())
    writer.drag((100, 120))
    assert writer.session.takes_text
    writer.type("Ink 墨\n山")
    assert writer.bench.labels() == writer.bench.labels()[:steps], "nothing is a step yet"
    writer.apply()
    assert writer.bench.labels()[steps:] == ["Text"]
    layer = writer.layer
    assert (layer.text, layer.name, layer.style.font) == ("Ink 墨\n山", "Ink 墨", SANS)
    assert layer.style.colour == writer.studio.painting.colour
    assert layer.transform == (1, 0, 0, 1, 100, 120)
    again = draw_text(lay_out(layer.text, layer.style, layer.language), layer.cache.dtype).surface
    assert {key: tile.digest for key, tile in layer.cache.tiles.items()} == {
        key: tile.digest for key, tile in again.tiles.items()
    }
    writer.studio.undo()
    assert not isinstance(writer.bench.picture.document.artwork.active_layer, Text)
    writer.studio.redo()
    assert writer.layer.text == "Ink 墨\n山"


def test_pixels_show_on_the_picture_while_typing(writer: Writer) -> None:
    writer.drag((100, 120))
    before = writer.bench.picture.renderer.flatten(writer.bench.picture.document.artwork)
    writer.type("墨")
    after = writer.bench.picture.renderer.flatten(writer.bench.picture.document.artwork)
    ys, xs = np.nonzero(np.abs(after - before).max(axis=2) > 0.5)
    assert xs.min() >= 100 and xs.max() < 140 and ys.min() > 80 and ys.max() < 130


def test_escape_takes_a_changed_text_back_and_redo_has_it_again(writer: Writer) -> None:
    writer.drag((100, 120))
    writer.type("one")
    writer.apply()
    before = writer.bench.picture.document.artwork
    writer.drag((110, 110))
    writer.key("end")
    writer.type(" and two")
    assert "Esc" in writer.session.hint and "Redo" in writer.session.hint
    assert writer.key("escape")
    document = writer.bench.picture.document
    assert writer.studio.painting.session is None and document.artwork is before and document.is_idle()
    assert [one.action for one in writer.bench.told] == ["redo"]
    writer.studio.redo()
    assert writer.layer.text == "one and two"
    writer.studio.undo()
    assert document.artwork is before


def test_escape_takes_a_new_text_away_and_an_erased_one_back(writer: Writer) -> None:
    before = writer.bench.picture.document.artwork
    writer.drag((100, 120))
    writer.type("a poem")
    writer.key("escape")
    assert writer.bench.picture.document.artwork is before
    writer.studio.redo()
    layer = writer.layer
    assert layer.text == "a poem"
    writer.drag((110, 110))
    writer.key("a", "control")
    writer.key("backspace")
    writer.key("escape")
    assert writer.layer is layer


def test_escape_after_a_few_characters_gives_no_other_step_up(writer: Writer) -> None:
    writer.drag((100, 120))
    writer.type("one")
    writer.apply()
    writer.studio.undo()
    assert writer.bench.picture.document.can_redo
    writer.drag((200, 200))
    writer.type("abc")
    assert writer.key("escape") and not writer.bench.told
    assert writer.bench.picture.document.is_idle() and writer.bench.picture.document.can_redo
    writer.studio.redo()
    assert writer.layer.text == "one"


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        ("", "", 0),
        ("", "山水画", 3),
        ("aaa", "aa", 1),
        ("one two", "one 2 two", 2),
        ("abc", "xyz", 3),
        ("ab", "ba", 2),
    ],
)
def test_characters_that_differ(before: str, after: str, count: int) -> None:
    assert typed.changed(before, after) == typed.changed(after, before) == count


def test_a_text_that_is_given_up_leaves_the_one_that_was_there(writer: Writer) -> None:
    writer.drag((100, 120))
    writer.type("one")
    writer.apply()
    layer, count = writer.layer, len(writer.bench.labels())
    writer.drag((110, 110))
    writer.type("two")
    writer.studio.painting.close_session(apply=False)
    assert writer.layer is layer and len(writer.bench.labels()) == count
    assert writer.bench.picture.document.is_idle()


def test_escape_with_nothing_typed_is_no_step(writer: Writer) -> None:
    count = len(writer.bench.labels())
    writer.drag((100, 120))
    assert writer.key("escape")
    assert writer.studio.painting.session is None and len(writer.bench.labels()) == count


def test_nothing_typed_and_nothing_changed_are_no_steps(writer: Writer) -> None:
    count = len(writer.bench.labels())
    writer.drag((100, 120))
    writer.apply()
    assert len(writer.bench.labels()) == count
    writer.drag((100, 120))
    writer.type("a")
    writer.apply()
    writer.drag((105, 115))
    assert writer.session.typing.text == "a"
    writer.apply()
    assert len(writer.bench.labels()) == count + 1


def test_an_emptied_text_is_deleted(writer: Writer) -> None:
    writer.drag((100, 120))
    writer.type("a")
    writer.apply()
    writer.drag((105, 115))
    writer.key("a", "control")
    writer.key("backspace")
    writer.apply()
    assert writer.bench.labels()[-1] == "Delete text"
    assert not any(isinstance(one, Text) for one in writer.bench.picture.document.artwork.walk())


def test_a_press_beside_applies_and_one_on_another_text_takes_it_up(writer: Writer) -> None:
    writer.drag((50, 60))
    writer.type("first")
    writer.drag((500, 350))
    assert writer.studio.painting.session is None and writer.layer.text == "first"
    writer.drag((50, 300))
    writer.type("second")
    writer.drag((60, 50))
    assert writer.session.typing.text == "first" and writer.layer.text == "first"
    writer.type("!")
    writer.apply()
    texts = [one.text for one in writer.bench.picture.document.artwork.walk() if isinstance(one, Text)]
    assert "second" in texts and any(len(text) == 6 and "!" in text for text in texts)


def test_every_character_of_fast_pinyin_arrives(writer: Writer) -> None:
    writer.drag((50, 60))
    for letters, word in (("ni hao", "你好"), ("shan shui", "山水"), ("hua", "画")):
        for count in range(1, len(letters) + 1):
            writer.session.input_method(letters[:count], "", count)
        writer.session.input_method("", word, 0)
    writer.session.input_method("mo", "，", 2)
    writer.session.input_method("", "墨", 0)
    writer.session.key("a", "a", frozenset())
    writer.bench.settle()
    assert writer.session.typing.text == "你好山水画，墨a"
    assert writer.layer.text == "你好山水画，墨a"


def test_composition_is_shown_underlined_and_kept_when_the_text_is_applied(writer: Writer) -> None:
    writer.drag((50, 60))
    writer.type("ab")
    writer.key("left")
    x0 = writer.caret_x()
    writer.session.input_method("zhong", "", 5)
    writer.bench.settle()
    assert writer.layer.text == "azhongb" and writer.session.typing.text == "ab"
    lines = [mark for mark in writer.session.marks if isinstance(mark, Outline) and not mark.closed]
    assert len(lines) == 1 and lines[0].points[1][0] - lines[0].points[0][0] > 60
    assert writer.caret_x() > x0 + 60
    writer.apply()
    assert writer.layer.text == "azhongb"


def test_composition_takes_the_place_of_the_selection(writer: Writer) -> None:
    writer.drag((50, 60))
    writer.type("water")
    writer.key("a", "control")
    writer.session.input_method("s", "", 1)
    assert writer.session.typing.text == ""
    writer.session.input_method("", "水", 0)
    assert writer.session.typing.text == "水"


def test_steps_back_inside_the_text(writer: Writer) -> None:
    writer.drag((50, 60))
    writer.type("ink wash")
    writer.studio.painting.change_options("text", size=60.0)
    writer.key("z", "control")
    assert writer.layer.style.size == 40 and writer.studio.painting.options("text").size == 40
    seen = []
    while writer.session.typing.text:
        writer.key("z", "control")
        seen.append(writer.layer.text)
    assert seen == ["ink ", "ink", ""]
    writer.key("z", "control")
    assert writer.studio.painting.session is not None, "the first step is the end"
    for _ in range(4):
        writer.key("z", "control", "shift")
    assert writer.layer.text == "ink wash" and writer.layer.style.size == 60


def test_a_drag_makes_a_box_that_wraps_and_has_handles(writer: Writer) -> None:
    writer.drag((100, 50), (250, 100), (300, 300))
    writer.type("水墨画" * 5)
    assert writer.layer.style.width == 200 and writer.layer.style.height == 250
    assert writer.layer.transform[4:] == (100, 50)
    assert len(writer.session.setting.layout.lines) == 3
    assert sum(isinstance(mark, Handle) for mark in writer.session.marks) == 8
    writer.drag((300, 300), (340, 330))
    assert (writer.layer.style.width, writer.layer.style.height) == (240, 280)
    writer.drag((100, 50), (60, 70))
    assert (writer.layer.style.width, writer.layer.style.height) == (280, 260)
    assert writer.layer.transform[4:] == (60, 70)
    writer.key("z", "control")
    assert writer.layer.transform[4:] == (100, 50)


def test_control_drag_moves_the_text(writer: Writer) -> None:
    writer.drag((100, 120))
    writer.type("moved")
    writer.drag((110, 110), (140, 90), modifiers=frozenset({"control"}))
    assert writer.layer.transform[4:] == (130, 100)


def test_selecting_by_mouse_and_keys(writer: Writer) -> None:
    writer.drag((100, 120))
    writer.type("水墨画 ink")
    writer.drag((101, 110), (181, 110))
    assert writer.session.selected_text() == "水墨"
    assert any(isinstance(mark, Highlight) for mark in writer.session.marks)
    writer.session.replace_selection("山水")
    assert writer.session.typing.text == "山水画 ink"
    writer.drag((240, 110), clicks=2)
    assert writer.session.selected_text() == "ink"
    writer.key("home")
    writer.key("right", "shift")
    writer.key("right", "shift")
    assert writer.session.selected_text() == "山水"
    writer.key("end", "control", "shift")
    assert writer.session.selected_text() == "山水画 ink"


def test_arrows_go_where_they_point_in_columns(writer: Writer) -> None:
    writer.studio.painting.change_options("text", direction="vertical")
    writer.drag((400, 60))
    writer.type("山水\n云林")
    assert writer.session.typing.caret == 5
    writer.key("right")
    assert writer.session.typing.caret == 2, "the column to the right is the one before"
    writer.key("up")
    assert writer.session.typing.caret == 1
    writer.key("left")
    assert writer.session.typing.caret == 4
    caret = next(mark for mark in writer.session.marks if isinstance(mark, Caret))
    assert caret.y0 == caret.y1 and caret.x0 != caret.x1, "the caret lies across the column"


def test_the_wheel_colours_the_text(writer: Writer) -> None:
    writer.drag((100, 120))
    writer.type("红")
    writer.studio.painting.set_colour((0.8, 0.1, 0.1))
    writer.bench.settle()
    assert writer.layer.style.colour == (0.8, 0.1, 0.1)
    writer.apply()
    writer.studio.painting.set_colour((0.0, 0.0, 1.0))
    assert writer.layer.style.colour == (0.8, 0.1, 0.1)


def test_a_turned_and_scaled_text_is_edited_in_place(writer: Writer) -> None:
    writer.drag((100, 120))
    writer.type("水墨画")
    writer.apply()
    document, angle = writer.bench.picture.document, math.radians(30)
    turned = (
        2 * math.cos(angle),
        2 * math.sin(angle),
        -2 * math.sin(angle),
        2 * math.cos(angle),
        200.0,
        100.0,
    )
    document.commit("Turn", edits.set_transform(document.artwork, writer.layer.id, turned))

    def place(x: float, y: float) -> tuple[float, float]:
        a, b, c, d, tx, ty = turned
        return a * x + c * y + tx, b * x + d * y + ty

    writer.drag(place(2, -10), place(79, -10))
    assert writer.session.selected_text() == "水墨"
    writer.type("山")
    assert writer.layer.text == "山画" and writer.layer.transform == turned
    writer.apply()
    assert writer.bench.labels()[-1] == "Edit text"


def test_locked_texts_and_groups_are_refused_with_a_sentence(writer: Writer) -> None:
    writer.drag((100, 120))
    writer.type("fest")
    writer.apply()
    document = writer.bench.picture.document
    document.commit("Lock", edits.set_locks(document.artwork, writer.layer.id, Locks(all=True)))
    writer.drag((105, 115))
    assert writer.studio.painting.session is None and document.is_idle()
    assert any("locked" in one for one in writer.bench.sentences())


def test_a_missing_font_is_said_and_its_name_kept(writer: Writer) -> None:
    writer.drag((100, 120))
    writer.type("旧")
    writer.studio.painting.change_options("text", font="Lost Font 7")
    writer.apply()
    assert writer.layer.style.font == "Lost Font 7"
    writer.bench.told.clear()
    writer.drag((105, 115))
    assert any("Lost Font 7" in one and "Noto" in one for one in writer.bench.sentences("warn"))
    writer.type("新")
    writer.apply()
    assert writer.layer.style.font == "Lost Font 7"


def test_a_text_made_inside_a_moved_group_lands_where_it_was_clicked(writer: Writer) -> None:
    document = writer.bench.picture.document
    group = Group(name="g", transform=(1, 0, 0, 1, 30, -20), children=(Text(text="", name="old"),))
    artwork = document.artwork.with_(layers=(*document.artwork.layers, group), active=group.children[0].id)
    document.commit("Group", artwork)
    writer.drag((100, 120))
    writer.type("x")
    assert writer.layer.transform[4:] == (70, 140)
    assert edits.transform_of(document.artwork, writer.layer.id)[4:] == (100, 120)


def test_a_pasted_page_is_drawn_on_the_lane_and_later_keys_win(writer: Writer) -> None:
    writer.drag((20, 20), (580, 380))
    writer.session.replace_selection("夫画道之中，水墨最为上。" * 20)
    assert writer.layer.text == "", "its pixels are not there yet"
    for letter in "abc":
        writer.session.key(letter, letter, frozenset())
    writer.bench.settle()
    assert writer.layer.text.endswith("上。abc")
    again = draw_text(writer.session.setting.layout, writer.layer.cache.dtype).surface
    assert {key: tile.digest for key, tile in writer.layer.cache.tiles.items()} == {
        key: tile.digest for key, tile in again.tiles.items()
    }


def test_only_letters_and_its_own_commands_are_taken_from_the_shortcuts(writer: Writer) -> None:
    assert writer.studio.painting.session is None
    writer.drag((100, 120))
    session = writer.session
    assert session.wants("b", frozenset()) and session.wants("z", frozenset({"control"}))
    assert session.wants("left", frozenset({"control", "shift"}))
    assert not session.wants("s", frozenset({"control"})) and not session.wants("f", frozenset({"alt"}))


KEYS = st.lists(
    st.sampled_from(["a", " ", "墨", "，", "é", "👩🏽", "\n", "left", "right", "up", "down", "home", "end", "backspace",
                     "delete", "word-left", "word-erase", "select", "all", "compose", "commit"]),
    max_size=30,
)  # fmt: skip


@given(KEYS)
def test_typing_keeps_caret_and_anchor_on_caret_places(keys: list[str]) -> None:
    """Against a plain list of characters for what only types and erases; the caret is always on a boundary."""
    from studio.raster.text.characters import boundaries
    from studio.raster.text.style import TextStyle

    state, style = Typing(), TextStyle(size=20, width=150, height=200, font=LATIN)
    for key in keys:
        state = _pressed(state, key, style)
        stops = boundaries(state.text)
        assert state.caret in stops and 0 <= state.anchor <= len(state.text)
        assert state.shown[: state.caret] == state.text[: state.caret]


def _pressed(state: Typing, key: str, style: object) -> Typing:
    if key in ("up", "down", "home", "end"):
        layout = lay_out(state.shown, style, "zh-Hans")  # type: ignore[arg-type]
        move = typed.line_stepped if key in ("up", "down") else typed.line_end
        return move(typed.kept(state), layout, 1 if key in ("down", "end") else -1)
    simple = {
        "left": lambda: typed.stepped(state, -1),
        "right": lambda: typed.stepped(state, 1),
        "select": lambda: typed.stepped(state, -1, extend=True),
        "word-left": lambda: typed.stepped(state, -1, word=True),
        "backspace": lambda: typed.erased(state, -1),
        "delete": lambda: typed.erased(state, 1),
        "word-erase": lambda: typed.erased(state, -1, word=True),
        "all": lambda: typed.all_selected(state),
        "compose": lambda: typed.composed(state, "pin", "", 3),
        "commit": lambda: typed.composed(state, "", "拼", 0),
    }
    return simple[key]() if key in simple else typed.inserted(state, key)


def test_actions_take_up_a_text_and_make_it_a_shape(writer: Writer) -> None:
    writer.drag((100, 120))
    writer.type("水墨 ink")
    writer.apply()
    picture, studio = writer.bench.picture, writer.studio
    look = picture.renderer.flatten(picture.document.artwork)
    studio.painting.choose_tool("move")
    texts.edit_text(studio)
    assert writer.session.selected_text() == "水墨 ink" and studio.painting.tool == "text"
    studio.painting.choose_tool("move")
    texts.to_shape(studio)
    assert isinstance(picture.document.artwork.active_layer, Shape) and not texts.has_text(studio)
    shape = picture.renderer.flatten(picture.document.artwork)
    assert np.abs(shape - look).mean() < 0.002


def test_pasted_words_are_a_text_of_their_own_or_join_the_open_one(writer: Writer) -> None:
    writer.drag((100, 120))
    writer.type("水")
    paste_text(writer.studio, "墨", (105.0, 115.0))
    assert writer.session.typing.text == "水墨"
    writer.apply()
    first = writer.layer
    paste_text(writer.studio, "山\r\n云", (105.0, 115.0))
    writer.apply()
    assert writer.layer is not first and writer.layer.text == "山\n云"


def test_actions_on_a_locked_text_are_refused(writer: Writer) -> None:
    writer.drag((100, 120))
    writer.type("fest")
    writer.apply()
    document = writer.bench.picture.document
    document.commit("Lock", edits.set_locks(document.artwork, writer.layer.id, Locks(all=True)))
    for action in (texts.edit_text, texts.to_shape):
        writer.bench.told.clear()
        action(writer.studio)
        assert any("locked" in one for one in writer.bench.sentences()), action
        assert writer.studio.painting.session is None and isinstance(writer.layer, Text)


def test_a_text_in_perspective_is_edited_in_place(writer: Writer) -> None:
    writer.drag((100, 120))
    writer.type("水墨画")
    writer.apply()
    document, frame = writer.bench.picture.document, (0.0, -40.0, 120.0, 12.0)
    matrix = perspective.to_quad(frame, ((0.0, -60.0), (240.0, -20.0), (230.0, 40.0), (10.0, 90.0)))
    assert matrix is not None
    bends = (Bend(matrix),)
    document.commit("Bend", edits.change(document.artwork, writer.layer.id, warp=bends))

    def place(x: float, y: float) -> tuple[float, float]:
        u, v = perspective.mapped_point(matrix, x, y)
        return u + 100, v + 120

    writer.drag(place(2, -10), place(79, -10))
    assert writer.session.selected_text() == "水墨"
    caret = next(mark for mark in writer.session.marks if isinstance(mark, Caret))
    assert (caret.x0, caret.y0) == pytest.approx(place(80, writer.session.setting.layout.lines[0].after))
    writer.type("山")
    writer.apply()
    assert writer.layer.text == "山画" and writer.layer.warp == bends


def test_a_book_is_refused_with_a_sentence(writer: Writer) -> None:
    writer.drag((20, 20), (580, 380))
    writer.type("a")
    writer.session.replace_selection("墨" * 10_000)
    assert writer.session.typing.text == "a"
    assert any("10,000" in one for one in writer.bench.sentences("warn"))


def test_a_converted_picture_draws_its_text_in_the_new_colour(writer: Writer) -> None:
    writer.studio.painting.set_colour((1.0, 0.0, 0.0))
    writer.drag((100, 120))
    writer.type("红")
    writer.apply()
    writer.studio.colour_spaces.convert("Display P3")
    writer.bench.settle()
    red = writer.layer.style.colour
    assert red == pytest.approx((0.9175, 0.2003, 0.1387), abs=2e-3)
    pixels = next(iter(writer.layer.cache.tiles.values())).pixels()
    assert pixels[..., :3].max((0, 1)) == pytest.approx(red, abs=2e-3)
    assert writer.layer.text == "红"


def test_a_crash_while_typing_costs_no_more_than_a_second(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_setting, "SAFEGUARD_SECONDS", 0.0)

    def journalled() -> list[str]:
        assert writer.bench.picture.journal is not None
        artwork, _report = writer.bench.picture.journal.artwork()
        return [one.text for one in artwork.walk() if isinstance(one, Text)]

    writer.drag((100, 120))
    writer.type("水墨画")
    assert journalled() == ["水墨画"], "a killed studio would bring it back"
    assert len(writer.bench.labels()) == 1, "but here it is no step yet"
    writer.studio.painting.close_session(apply=False)
    writer.bench.settle()
    assert journalled() == []
    writer.drag((100, 120))
    writer.type("ab")
    writer.apply()
    assert journalled() == ["ab"] and writer.bench.labels()[1:] == ["Text"]


def test_an_opened_picture_says_which_fonts_are_missing(writer: Writer) -> None:
    missing = Text(text="旧", style=TextStyle(font="Lost Font 7"))
    there = Text(text="新", style=TextStyle(font=SANS))
    artwork = edits.new_artwork(100, 100)
    writer.studio.show(artwork.with_(layers=(*artwork.layers, missing, there)), title="old")
    writer.bench.settle()
    said = [one for one in writer.bench.sentences("warn") if "Lost Font 7" in one]
    assert len(said) == 1 and SANS not in said[0]


def test_what_is_typed_elsewhere_or_after_a_step_back_is_a_step_of_its_own(writer: Writer) -> None:
    writer.drag((50, 60))
    writer.type("ink")
    writer.key("home")
    writer.type("dry")
    writer.key("z", "control")
    assert writer.session.typing.text == "ink"
    writer.type("wet")
    writer.key("z", "control")
    assert writer.session.typing.text == "ink"
    writer.key("z", "control", "shift")
    assert writer.session.typing.text == "wetink"


PLACES = st.tuples(st.integers(90, 420), st.integers(100, 320)) | st.tuples(
    st.integers(-50, 650), st.integers(-50, 450)
)
ACTS = st.one_of(
    st.tuples(
        st.just("drag"), st.lists(PLACES, min_size=1, max_size=3), st.sampled_from(["", "shift", "control"])
    ),
    st.tuples(st.just("type"), st.text(st.sampled_from("ab 水，\nש"), max_size=6)),
    st.tuples(
        st.just("key"),
        st.sampled_from(["left", "up", "end", "backspace", "delete", "z", "y", "a", "b"]),
        st.sampled_from(["", "control", "shift"]),
    ),
    st.tuples(st.just("compose"), st.sampled_from(["", "pin"]), st.sampled_from(["", "拼"])),
    st.tuples(
        st.just("style"),
        st.sampled_from(["size", "tracking", "line_height"]),
        st.floats(1, 9),
    ),
    st.tuples(st.just("turn"), st.sampled_from(["vertical", "horizontal"])),
    st.tuples(st.just("end"), st.booleans()),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ACTS, min_size=3, max_size=16))
def test_whatever_the_hand_does_is_undone_exactly(writer: Writer, acts: list[tuple]) -> None:
    writer.studio.painting.close_session(apply=False)
    document = writer.bench.picture.document
    start, cursor = document.committed, document.cursor
    writer.drag((100, 120), (400, 300))
    writer.session.replace_selection("水墨 ink\n")
    for act in acts:
        _act(writer, *act)
        assert document.committed is start or document.cursor > cursor
    writer.apply()
    assert document.is_idle() and writer.bench.sentences("error") == []
    while document.cursor > cursor:
        writer.studio.undo()
    assert document.committed is start and document.artwork is start


def _act(writer: Writer, kind: str, *values: Any) -> None:
    session, painting = writer.studio.painting.session, writer.studio.painting
    if kind == "drag":
        points, held = values
        writer.drag(*points, modifiers=frozenset({held} - {""}))
    elif kind == "style":
        painting.change_options("text", **{values[0]: values[1]})
    elif kind == "turn":
        painting.change_options("text", direction=values[0])
    elif kind == "end":
        painting.close_session(apply=values[0])
    elif isinstance(session, TextSession):
        if kind == "type":
            session.replace_selection(values[0])
        elif kind == "key":
            session.key(values[0], "", frozenset({values[1]} - {""}))
        else:
            session.input_method(values[0], values[1], len(values[0]))
    writer.bench.settle()


def test_a_long_text_is_laid_out_on_the_render_lane_and_a_caret_that_has_to_know_does_not_wait(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_setting, "LONG", 10)
    writer.drag((20, 40))
    writer.type("山水之间有云有烟")
    session, setting = writer.session, writer.session.setting
    assert setting is not None
    before = setting.layout
    session.key("x", "舟行江上", frozenset())
    assert setting.layout is before and session.typing.text.endswith(
        "江上"
    )  # nothing is laid out under the key
    session.key("home", "", frozenset())
    assert setting.layout.text == session.typing.text and session.typing.caret == 0
    session.key("y", "云", frozenset())
    assert setting.layout.text != session.typing.text
    writer.bench.settle()
    assert setting.layout.text == session.typing.text == "云山水之间有云有烟舟行江上"
    session.key("z", "雨", frozenset())
    writer.apply()
    layer = writer.layer
    assert isinstance(layer, Text) and layer.cache is not None
    drawn = draw_text(layout_of(layer), layer.cache.dtype).surface
    assert layer.cache.tiles.keys() == drawn.tiles.keys()
    assert all(
        np.array_equal(layer.cache.tiles[key].pixels(), tile.pixels()) for key, tile in drawn.tiles.items()
    )
