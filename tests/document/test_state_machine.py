"""Any 200 random edits: undone to the start and redone to the end they give the same tiles; changes never say too little."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from studio.document import edits, masks, several
from studio.document.artwork import Artwork
from studio.document.changes import changed, tiles_of
from studio.document.document import Document
from studio.document.layer import Fill, Filter, Generated, Group, Layer, Locks, Paint, children_of
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from tests.document.pictures import HEIGHT, WIDTH, flatten, generated, paint, reach_of, stored, variant

INDEX = st.integers(0, 40)
PLACE_X, PLACE_Y = st.integers(-30, WIDTH), st.integers(-30, HEIGHT)
STEPS = 200
MOST_LAYERS = 14


def structure(artwork: Artwork) -> Any:
    """All that is seen of an artwork without its pixels."""

    def tell(layer: Layer) -> Any:
        fields = {
            name: getattr(layer, name)
            for name in ("id", "name", "visible", "opacity", "mode", "clipping", "locks", "transform")
        }
        kind = type(layer).__name__, getattr(layer, "pass_through", None), getattr(layer, "chosen", None)
        return kind, fields, [tell(child) for child in children_of(layer)]

    return artwork.active, [tell(layer) for layer in artwork.layers]


def digests(artwork: Artwork) -> list[dict]:
    return [{key: tile.digest for key, tile in grid.tiles.items()} for grid in tiles_of(artwork).values()]


class Store:
    """A journal in memory: what it gives back is another artwork of the same layers and tiles."""

    def __init__(self) -> None:
        self.revisions: dict[str, Artwork] = {}

    def load(self, revision_id: str) -> Artwork:
        return self.revisions[revision_id].with_()


class RandomEdits(RuleBasedStateMachine):
    @initialize(budget=st.sampled_from([1 << 20, 6 << 20, 1 << 30]))
    def begin(self, budget: int) -> None:
        self.store = Store()
        artwork = edits.new_artwork(WIDTH, HEIGHT)
        self.document = Document(artwork, loader=self.store.load, budget=budget, reach_of=reach_of)
        self.document.committed_signal.connect(self.keep)
        self.keep(self.document.revision)
        self.expected = [(structure(artwork), digests(artwork))]
        self.picture = flatten(artwork)

    def keep(self, revision) -> None:
        self.store.revisions[revision.id] = revision.artwork
        for entry in revision.grown:
            self.store.revisions[entry.revision_id] = entry.artwork
        self.document.mark_written(revision)

    def layer(self, index: int) -> Layer:
        layers = list(self.document.artwork.walk())
        return layers[index % len(layers)]

    def do(self, artwork: Artwork) -> None:
        before = self.document.artwork
        if artwork is before or len(list(artwork.walk())) > MOST_LAYERS:
            return
        region = changed(before, artwork, reach_of)
        picture = flatten(artwork)
        outside = np.ones((HEIGHT, WIDTH), bool)
        for rect in region:
            assert artwork.rect.contains(rect)
            outside[rect.top : rect.bottom, rect.left : rect.right] = False
        np.testing.assert_array_equal(picture[outside], self.picture[outside])
        self.picture = picture
        cursor = self.document.cursor
        self.document.commit("Edit", artwork)
        del self.expected[cursor + 1 :]
        self.expected.append((structure(artwork), digests(artwork)))

    def attempt(self, edit, *arguments, **fields) -> None:
        before = self.document.artwork
        told = structure(before)
        try:
            artwork = edit(before, *arguments, **fields)
        except edits.EditError:
            assert structure(before) == told
            return
        self.do(artwork)

    @rule(x=PLACE_X, y=PLACE_Y, clipping=st.booleans(), mode=st.sampled_from(["normal", "multiply"]))
    def add_paint(self, x: int, y: int, clipping: bool, mode: str) -> None:
        self.attempt(edits.add_layer, paint("Layer", x, y, 0.2, 0.5, 0.9, 0.7, clipping=clipping, mode=mode))

    @rule(kind=st.sampled_from(["invert", "smear"]), clipping=st.booleans())
    def add_filter(self, kind: str, clipping: bool) -> None:
        self.attempt(edits.add_layer, Filter(recipe=stored(kind, all=1.0), clipping=clipping))

    @rule(value=st.floats(0, 1, width=16))
    def add_fill(self, value: float) -> None:
        self.attempt(edits.add_layer, Fill(recipe=stored("fill-colour", value=value), opacity=0.5))

    @rule(x=PLACE_X, y=PLACE_Y, index=INDEX)
    def add_generated(self, x: int, y: int, index: int) -> None:
        layer = generated(variant(1), variant(2), transform=(1.0, 0.0, 0.0, 1.0, float(x), float(y)))
        self.attempt(
            edits.add_layer, layer, above=self.layer(index).id if self.document.artwork.layers else None
        )

    @precondition(lambda self: self.document.artwork.layers)
    @rule(x=PLACE_X, y=PLACE_Y, erase=st.booleans(), edit_mask=st.booleans(), alpha=st.floats(0, 1, width=16))
    def stroke(self, x: int, y: int, erase: bool, edit_mask: bool, alpha: float) -> None:
        def edit(artwork: Artwork) -> Artwork:
            artwork, layer_id, part = edits.paint_target(artwork, erase=erase, edit_mask=edit_mask)
            rect = Rect.of(x, y, 12, 9)
            if part == "mask":
                artwork, mask = edits.mask_of(artwork, layer_id)
                return edits.set_mask(
                    artwork, layer_id, mask.write(rect, np.full((9, 12), alpha, np.float16))
                )
            return edits.apply_pixels(artwork, layer_id, rect, np.full((9, 12, 4), alpha, np.float16))

        self.attempt(edit)

    @precondition(lambda self: self.document.artwork.layers)
    @rule(
        index=INDEX,
        other=INDEX,
        place=st.integers(0, 5),
        how=st.sampled_from(["above", "into", "index", "up", "down"]),
    )
    def move(self, index: int, other: int, place: int, how: str) -> None:
        layer, target = self.layer(index).id, self.layer(other).id
        if how in ("up", "down"):
            self.attempt(edits.step_layer, layer, 1 if how == "up" else -1)
        else:
            self.attempt(edits.move_layer, layer, **{how: place if how == "index" else target})

    @precondition(lambda self: self.document.artwork.layers)
    @rule(
        index=INDEX, other=INDEX, how=st.sampled_from(["remove", "duplicate", "group", "ungroup", "activate"])
    )
    def arrange(self, index: int, other: int, how: str) -> None:
        layer = self.layer(index).id
        if how == "group":
            self.attempt(edits.group, (layer, self.layer(other).id))
        else:
            edit = {
                "remove": edits.remove_layer,
                "duplicate": edits.duplicate,
                "ungroup": edits.ungroup,
                "activate": edits.set_active,
            }[how]
            self.attempt(edit, layer)

    @precondition(lambda self: self.document.artwork.layers)
    @rule(
        chosen=st.lists(INDEX, min_size=1, max_size=5),
        place=st.integers(0, 5),
        how=st.sampled_from(["remove", "duplicate", "move", "up", "down", "choose", "fields", "locks"]),
    )
    def several_at_once(self, chosen: list[int], place: int, how: str) -> None:
        ids = [self.layer(index).id for index in chosen]
        parent = self.layer(place)
        if how == "remove":
            self.attempt(several.remove, ids)
        elif how == "duplicate":
            self.attempt(several.duplicate, ids, lambda layer: layer.name)
        elif how == "move":
            self.attempt(several.move, ids, parent.id if isinstance(parent, Group) else "", place)
        elif how in ("up", "down"):
            self.attempt(several.step, ids, 1 if how == "up" else -1)
        elif how == "choose":
            self.attempt(several.choose, ids, ids[0])
        elif how == "fields":
            self.attempt(several.set_fields, ids, opacity=place / 5)
        else:
            self.attempt(several.set_locks, ids, alpha=bool(place % 2))

    @precondition(lambda self: self.document.artwork.layers)
    @rule(index=INDEX, how=st.sampled_from(["show", "hide", "invert"]))
    def mask(self, index: int, how: str) -> None:
        layer = self.layer(index).id
        if how == "invert":
            self.attempt(masks.invert, layer)
        else:
            self.attempt(masks.from_selection, layer, how == "hide")

    @precondition(lambda self: self.document.artwork.layers)
    @rule(index=INDEX, number=st.floats(0, 1, width=16), flag=st.booleans(), what=st.integers(0, 8))
    def alter(self, index: int, number: float, flag: bool, what: int) -> None:
        layer = self.layer(index)
        self.attempt(
            edits.change,
            layer.id,
            **[
                {"opacity": number},
                {"visible": flag},
                {"clipping": flag},
                {"mode": "multiply" if flag else "normal"},
                {"mask": Mask(default=1.0) if flag else None},
                {"mask": Mask.from_pixels(np.full((20, 30), number), 5, 5, default=float(flag))},
                {"mask_enabled": flag},
                {"locks": Locks(all=number > 0.9, alpha=flag, position=number > 0.5)},
                {"name": f"{number}"},
            ][what],
        )

    @precondition(lambda self: self.document.artwork.layers)
    @rule(index=INDEX, flag=st.booleans(), x=st.integers(-9, 9), y=st.integers(-9, 9))
    def alter_kind(self, index: int, flag: bool, x: int, y: int) -> None:
        layer = self.layer(index)
        if isinstance(layer, Group):
            self.attempt(edits.change, layer.id, pass_through=flag)
        elif isinstance(layer, Filter):
            self.attempt(edits.change, layer.id, recipe=stored("invert", all=float(flag)))
        elif isinstance(layer, Generated):
            self.attempt(edits.choose_variant, layer.id, int(flag))
        self.attempt(edits.set_transform, layer.id, (1, 0, 0, 1, x, y))

    @rule(x=PLACE_X, y=PLACE_Y, everything=st.booleans())
    def select(self, x: int, y: int, everything: bool) -> None:
        selection = None if everything else edits.rectangle_selection(Rect.of(x, y, 25, 25))
        self.attempt(edits.set_selection, selection)

    @rule(since=st.integers(0, 300), index=INDEX)
    def add_late(self, since: int, index: int) -> None:
        """A picture comes for a layer of an earlier step: every step since has it, and looks as it did."""
        steps = self.document.history
        first = since % len(steps)
        layers = [layer for layer in self.document.artwork.walk() if isinstance(layer, Generated)]
        if not layers:
            return
        wanted = layers[index % len(layers)].id
        self.document.amend_since(steps[first].revision_id, edits.adding(wanted, (variant(3 + index % 3),)))
        for place in range(first, len(steps)):
            artwork = self.store.revisions[self.document.history[place].revision_id]
            self.expected[place] = (structure(artwork), digests(artwork))
        self.picture = flatten(self.document.artwork)

    @rule(where=st.integers(0, 300))
    def travel(self, where: int) -> None:
        self.document.go_to(where % len(self.document.history))
        self.picture = flatten(self.document.artwork)

    @invariant()
    def the_cursor_shows_what_was_committed(self) -> None:
        if hasattr(self, "document"):
            artwork = self.document.artwork
            assert structure(artwork) == self.expected[self.document.cursor][0]
            assert not artwork.layers or artwork.active_layer is not None
            ids = [layer.id for layer in artwork.walk()]
            assert len(ids) == len(set(ids))

    def teardown(self) -> None:
        if not hasattr(self, "document"):
            return
        document, expected = self.document, self.expected
        assert [entry.label for entry in document.history[1:]] == ["Edit"] * (len(expected) - 1)
        document.go_to(len(expected) - 1)
        end = document.artwork
        end_tiles = {id(tile) for grid in tiles_of(end).values() for tile in grid.tiles.values()}
        while document.can_undo:
            document.undo()
            assert (structure(document.artwork), digests(document.artwork)) == expected[document.cursor]
        assert document.cursor == 0
        while document.can_redo:
            document.redo()
            assert (structure(document.artwork), digests(document.artwork)) == expected[document.cursor]
        again = {id(tile) for grid in tiles_of(document.artwork).values() for tile in grid.tiles.values()}
        assert again == end_tiles


TestRandomEdits = RandomEdits.TestCase
TestRandomEdits.settings = settings(
    max_examples=10,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


def test_the_compositor_of_these_tests_sees_paint() -> None:
    artwork = edits.new_artwork(WIDTH, HEIGHT)
    artwork = edits.add_layer(artwork, paint("Red", 10, 10, 1, 0, 0, 0.5))
    assert isinstance(artwork.active_layer, Paint)
    np.testing.assert_allclose(flatten(artwork)[15, 15], (1, 0.5, 0.5, 1), atol=1e-3)
