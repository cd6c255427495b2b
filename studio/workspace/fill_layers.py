"""Fill layers: new ones of a colour, a gradient, noise, a pattern or a scene, and their values while they are changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from studio.document import edits, masks
from studio.document.artwork import SRGB, Artwork
from studio.document.errors import EditError
from studio.document.layer import Fill, Layer, children_of
from studio.document.tree import path_to
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError
from studio.synthesis import SCENES, fills
from studio.synthesis.fills import FILL_KINDS, FillColour, FillGradient
from studio.workspace import colours
from studio.workspace.tools.gradient import GradientOptions, ends_of, stops_of

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

OWNER = "fill-layer"
NEW = QT_TRANSLATE_NOOP("history", "New fill layer")
CHANGE = QT_TRANSLATE_NOOP("history", "Fill layer")
DATA = QT_TRANSLATE_NOOP("history", "Values, not colours")
REFERENCE = QT_TRANSLATE_NOOP("history", "Reference for fills")
LOCKED = QT_TRANSLATE_NOOP("document", "This layer is locked. Unlock it in the Layers panel first.")
NAMES = {
    "fill-colour": QT_TRANSLATE_NOOP("layer-names", "Colour fill"),
    "fill-gradient": QT_TRANSLATE_NOOP("layer-names", "Gradient"),
    "gaussian-noise": QT_TRANSLATE_NOOP("layer-names", "Gaussian noise"),
    "uniform-noise": QT_TRANSLATE_NOOP("layer-names", "Uniform noise"),
    "noise-like": QT_TRANSLATE_NOOP("layer-names", "Noise like this picture"),
    "perlin": QT_TRANSLATE_NOOP("layer-names", "Perlin noise"),
    "simplex": QT_TRANSLATE_NOOP("layer-names", "Simplex noise"),
    "fbm": QT_TRANSLATE_NOOP("layer-names", "Fractal noise"),
    "turbulence": QT_TRANSLATE_NOOP("layer-names", "Turbulence"),
    "ridged": QT_TRANSLATE_NOOP("layer-names", "Ridged noise"),
    "warped": QT_TRANSLATE_NOOP("layer-names", "Warped noise"),
    "curl": QT_TRANSLATE_NOOP("layer-names", "Curl noise"),
    "plasma": QT_TRANSLATE_NOOP("layer-names", "Plasma"),
    "worley": QT_TRANSLATE_NOOP("layer-names", "Worley noise"),
    "voronoi": QT_TRANSLATE_NOOP("layer-names", "Voronoi cells"),
    "blue-noise": QT_TRANSLATE_NOOP("layer-names", "Blue noise"),
    "reaction-diffusion": QT_TRANSLATE_NOOP("layer-names", "Reaction and diffusion"),
    "marble": QT_TRANSLATE_NOOP("layer-names", "Marble"),
    "wood": QT_TRANSLATE_NOOP("layer-names", "Wood"),
    "clouds": QT_TRANSLATE_NOOP("layer-names", "Clouds"),
    "landscape": QT_TRANSLATE_NOOP("layer-names", "Mountains and water"),
    "plant": QT_TRANSLATE_NOOP("layer-names", "Plant"),
    "flow-lines": QT_TRANSLATE_NOOP("layer-names", "Flow lines"),
    "escape-time": QT_TRANSLATE_NOOP("layer-names", "Fractal"),
    "self-similar": QT_TRANSLATE_NOOP("layer-names", "Self-similar figure"),
}


def inner_layers(layer: Layer) -> Iterator[Layer]:
    """The layer and all in it."""
    yield layer
    for child in children_of(layer):
        yield from inner_layers(child)


class FillLayers:
    """Edits of the fill layers of the current picture."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._known: GradientOptions | None = None
        studio.painting.options_changed.connect(self._options_changed)
        studio.painting.colour_changed.connect(self._follow_colours)
        studio.painting.tool_changed.connect(self._follow_colours)

    def _options_changed(self, tool: str) -> None:
        """Stops changed by hand are one's own; those of the painting colours follow them."""
        if tool != "gradient":
            return
        options: GradientOptions = self._studio.painting.options("gradient")
        before, self._known = self._known, options
        by_hand = before is not None and before.colours == options.colours and before.stops != options.stops
        if options.colours == "own" or options.stops == stops_of(self._studio.painting, options):
            return
        if by_hand:
            self._studio.painting.change_options("gradient", colours="own")
        else:
            self._follow_colours()

    def _follow_colours(self, *_: object) -> None:
        """The tool's stops are those of the painting colours, as long as they are not one's own."""
        painting = self._studio.painting
        if painting.tool != "gradient":
            return
        options: GradientOptions = painting.options("gradient")
        stops = stops_of(painting, options)
        if options.stops != stops:
            self._known = msgspec.structs.replace(options, stops=stops)
            painting.change_options("gradient", stops=stops)

    @property
    def target(self) -> Fill | None:
        """The active layer, if it is a fill that this version knows."""
        picture = self._studio.current
        layer = picture.document.artwork.active_layer if picture else None
        return layer if isinstance(layer, Fill) and layer.recipe.name in FILL_KINDS else None

    def add(self, name: str) -> bool:
        """A fill layer above the active one, with the selection as its mask; one undo step. False where it is refused."""
        picture = self._studio.current
        if picture is None or picture.document.gesture_open:
            return False
        self._studio.settle()
        value = self._first(name, picture.document.artwork)
        layer = Fill(
            name=self._studio.translate("layer-names", NAMES[name]), recipe=FILL_KINDS[name].stored(value)
        )
        try:
            artwork = edits.add_layer(picture.document.artwork, layer)
            if artwork.selection is not None:
                artwork = masks.from_selection(artwork, layer.id)
        except EditError as error:
            self._studio.refuse(error)
            return False
        picture.document.commit(NEW, artwork)
        self._note_use(self.values(layer))
        return True

    def _first(self, name: str, artwork: Artwork) -> msgspec.Struct:
        """The values that a new fill begins with: today's colours, a gradient across the canvas."""
        painting, space = self._studio.painting, artwork.colour_space
        if name == "fill-colour":
            return colours.values_entering(FillColour(colour=(*painting.colour, 1.0)), space)
        if name == "fill-gradient":
            options: GradientOptions = painting.options("gradient")
            middle = artwork.height / 2
            value = FillGradient(
                kind=options.kind, stops=stops_of(painting, options), space=options.space, x0=artwork.width * 0.1,
                y0=middle, x1=artwork.width * 0.9, y1=middle,
            )  # fmt: skip
            return colours.values_entering(value, space)
        value = FILL_KINDS[name].parameters()
        if name in SCENES:
            value = SCENES[name].fitted(value, artwork.width, artwork.height)
        return self._repeating(value, artwork)

    @staticmethod
    def _repeating(value: msgspec.Struct, artwork: Artwork) -> msgspec.Struct:
        """A pattern goes on at the other edge where the picture does."""
        known = value.__struct_fields__
        if artwork.tiles_x and "tile_x" in known:
            value = msgspec.structs.replace(value, tile_x=float(artwork.width))
        if artwork.tiles_y and "tile_y" in known:
            value = msgspec.structs.replace(value, tile_y=float(artwork.height))
        return value

    def _note_use(self, value: msgspec.Struct) -> None:
        """The colours of a fill layer were chosen: they are among the used ones."""
        used = self._studio.painting.used
        if isinstance(value, FillColour):
            used.note((value.colour[:3],))
        elif isinstance(value, FillGradient):
            used.note(ends_of(value.stops))

    def values(self, layer: Fill) -> Any:
        """The layer's values as their declared struct, its colours as the hand holds them. Raises RecipeError for those of
        another version."""
        picture = self._studio.current
        space = picture.document.committed.colour_space if picture is not None else SRGB
        return colours.values_leaving(fills.parameters_of(layer.recipe), space)

    def change(self, layer_id: str, value: msgspec.Struct) -> None:
        """Shows the layer with other values, as :meth:`values` gives them, until :meth:`release` or :meth:`revert`."""
        picture = self._studio.current
        layer = picture.document.committed.find(layer_id) if picture else None
        if picture is None or not isinstance(layer, Fill) or picture.document.gesture_open:
            return
        try:
            before, space = fills.parameters_of(layer.recipe), picture.document.committed.colour_space
            own = colours.values_entering(value, space, (before,))
            stored = FILL_KINDS[layer.recipe.name].stored(own)
        except RecipeError:
            return
        if any(one.locks.all for one in path_to(picture.document.committed, layer_id)):
            self._studio.refuse(EditError(LOCKED))
            return
        self._studio.settle(keep=OWNER)
        picture.document.preview(OWNER, edits.change(picture.document.committed, layer_id, recipe=stored))

    def release(self) -> None:
        """What is previewed becomes one undo step."""
        picture = self._studio.current
        if picture is not None and picture.document.preview_owner == OWNER:
            picture.document.commit(CHANGE, owner=OWNER)
            if self.target is not None:
                self._note_use(self.values(self.target))

    def revert(self, picture: Picture | None = None) -> None:
        """Takes back what is previewed in ``picture``, the current one where none is given."""
        picture = picture or self._studio.current
        if picture is not None:
            picture.document.revert(OWNER)

    def toggle_data(self) -> None:
        """The active layer, and all in it, hold values that are no colours, or no longer."""
        picture = self._studio.current
        layer = picture.document.artwork.active_layer if picture else None
        if picture is not None and layer is not None and not picture.document.gesture_open:
            self._studio.settle()
            artwork, wanted = picture.document.artwork, not layer.data
            for one in inner_layers(layer):
                artwork = edits.change(artwork, one.id, data=wanted)
            picture.document.commit(DATA, artwork)

    def toggle_reference(self) -> None:
        """The active layer is one of those that fills look at, or no longer."""
        picture = self._studio.current
        layer = picture.document.artwork.active_layer if picture else None
        if picture is not None and layer is not None and not picture.document.gesture_open:
            self._studio.settle()
            changed = edits.change(
                picture.document.artwork, layer.id, fill_reference=not layer.fill_reference
            )
            picture.document.commit(REFERENCE, changed)
