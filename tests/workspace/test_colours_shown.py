"""A colour means the same in every colour space: the swatch, the canvas, the picker, thumbnails, the clipboard."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from PIL import Image

from studio.document import edits, effects, masks
from studio.document.artwork import Artwork, ColourSpace
from studio.document.layer import Fill, Generated, Paint, Shape, Text
from studio.project import profiles
from studio.project.export import export_pixels
from studio.project.options import ExportOptions
from studio.raster import icc
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.tip import Tip
from studio.recipe import Stored
from studio.render.renderer import Renderer
from studio.synthesis import fills
from studio.synthesis.fills import FillColour, FillGradient
from studio.workspace import colours
from studio.workspace.board import small
from studio.workspace.picture import Picture
from studio.workspace.process import ProcessVideo, frames
from studio.workspace.tools import Pointer
from studio.workspace.tools.picker import colour_at
from tests.long_form import thinned
from tests.project.table_profile import table_profile
from tests.workspace.conftest import Bench

GREEN = (51 / 255, 179 / 255, 77 / 255)
ROSE = (200 / 255, 90 / 255, 120 / 255)
STEP = 1 / 255
MIDDLE = (128.0, 96.0)
EVERY = pytest.mark.parametrize("space", profiles.NAMES)
OTHERS = pytest.mark.parametrize("space", profiles.NAMES[1:])
Laid = Callable[[Bench], None]


def shown(bench: Bench, x: float = MIDDLE[0], y: float = MIDDLE[1]) -> np.ndarray:
    """Red, green, blue 0–1 as the canvas shows the pixel."""
    picture = bench.picture
    artwork = picture.document.artwork
    tile = Renderer().view_tile(artwork, (int(x) // 256, int(y) // 256)).pixels
    bench.studio.viewing.lookup(artwork)
    bench.settle()
    lookup = bench.studio.viewing.lookup(artwork)
    seen = tile if lookup is None else lookup.view(tile)
    return seen[int(y) % 256, int(x) % 256, 2::-1].astype(float) / 255


def open_in(bench: Bench, space: str, **fields) -> Picture:
    picture = bench.studio.new_picture(256, 192, colour_space=space, **fields)
    bench.studio.painting.set_colour(GREEN)
    bench.studio.painting.set_background(ROSE)
    return picture


def use(bench: Bench, tool: str, **options) -> None:
    bench.studio.painting.choose_tool(tool)
    if options:
        bench.studio.painting.change_options(tool, **options)


def drag(bench: Bench, *places: tuple[float, float]) -> None:
    gesture = bench.studio.painting.begin(bench.picture, Pointer(*places[0]))
    assert gesture is not None, bench.sentences()
    for place in places[1:]:
        gesture.send(Pointer(*place))
    gesture.finish()
    bench.studio.painting.close_session()
    bench.settle()


def brushed(bench: Bench) -> None:
    use(bench, "brush")
    bench.studio.painting.change_brush(size=80.0, hardness=1.0, opacity=1.0, flow=1.0)
    bench.stroke(100, 96, 60)


def inked(bench: Bench) -> None:
    use(bench, "ink")
    bench.studio.painting.change_brush(size=120.0, opacity=1.0)
    bench.stroke(60, 96, 140)


def mixed(bench: Bench) -> None:
    """A brush that takes colour up from the picture, on nothing but its own colour."""
    brushed(bench)
    bench.studio.painting.change_brush(smudge=0.5, sample="layer")
    bench.stroke(110, 96, 30)


def filled(bench: Bench) -> None:
    use(bench, "fill", source="colour", opacity=1.0)
    drag(bench, MIDDLE)


def patterned(bench: Bench) -> None:
    use(bench, "fill", source="pattern", pattern="checks", density=1.0, opacity=1.0)
    drag(bench, MIDDLE)


def lassoed(bench: Bench) -> None:
    use(bench, "lasso-fill", source="colour", opacity=1.0)
    drag(bench, (20, 20), (230, 20), (230, 180), (20, 180))


def selected(bench: Bench) -> None:
    bench.studio.selecting.fill(bench.studio.painting.colour)
    bench.settle()


def outlined(bench: Bench) -> None:
    document = bench.picture.document
    box = edits.rectangle_selection(Rect(128, 20, 240, 180))
    document.commit("Select", edits.set_selection(document.committed, box))
    bench.studio.selecting.stroke(30.0)
    bench.settle()


def outlined_by_brush(bench: Bench) -> None:
    use(bench, "brush")
    bench.studio.painting.change_brush(size=60.0, hardness=1.0, opacity=1.0, flow=1.0)
    document = bench.picture.document
    box = edits.rectangle_selection(Rect(128, 20, 240, 180))
    document.commit("Select", edits.set_selection(document.committed, box))
    bench.studio.selecting.stroke_with_brush()
    bench.settle()


def colour_layer(bench: Bench) -> None:
    assert bench.studio.fill_layers.add("fill-colour")


def gradient_layer(bench: Bench) -> None:
    """Its end lies in the middle of the picture and holds from there on."""
    bench.studio.painting.swap()
    use(bench, "gradient", colours="colour-to-background", kind="linear", dither=False, as_layer=True)
    drag(bench, (10, 96), (60, 96), (120, 96))


def gradient_on_pixels(bench: Bench) -> None:
    bench.studio.painting.swap()
    use(bench, "gradient", colours="colour-to-background", kind="linear", dither=False, as_layer=False)
    drag(bench, (10, 96), (60, 96), (120, 96))


def new_gradient_layer(bench: Bench) -> None:
    use(bench, "gradient", colours="own", stops=((0.0, *GREEN, 1.0), (1.0, *GREEN, 1.0)), dither=False)
    bench.studio.painting.choose_tool("brush")
    assert bench.studio.fill_layers.add("fill-gradient")


def shape_filled(bench: Bench) -> None:
    use(bench, "rectangle", paint="fill")
    drag(bench, (30, 30), (200, 160))


def shape_stroked(bench: Bench) -> None:
    bench.studio.painting.swap()
    use(bench, "rectangle", paint="fill-and-stroke", width=60.0)
    drag(bench, (128, 30), (250, 180))


def line(bench: Bench) -> None:
    use(bench, "line", width=60.0)
    drag(bench, (30, 96), (220, 96))


def overlaid(bench: Bench) -> None:
    """The effect dialog's way."""
    wanted = effects.store(effects.ColourOverlay(colour=GREEN))
    bench.studio.effects.preview({bench.active.id: (wanted,)})
    bench.studio.effects.release()


def pasted_effect(bench: Bench) -> None:
    """Copied in an sRGB picture, pasted into this one."""
    here = bench.picture
    bench.studio.new_picture(64, 64)
    overlaid(bench)
    bench.studio.effects.copy()
    bench.studio.choose(here)
    bench.studio.effects.paste()


LAID = (
    brushed, inked, mixed, filled, patterned, lassoed, selected, outlined, outlined_by_brush, colour_layer, gradient_layer,
    gradient_on_pixels, new_gradient_layer, shape_filled, shape_stroked, line, overlaid, pasted_effect,
)  # fmt: skip


@EVERY
@pytest.mark.parametrize("lay", thinned(LAID, 2), ids=lambda lay: lay.__name__)
def test_the_canvas_shows_the_swatch_and_the_picker_gives_it_back(
    bench: Bench, lay: Laid, space: str
) -> None:
    picture = open_in(bench, space)
    lay(bench)
    assert np.abs(shown(bench) - GREEN).max() <= 2 * STEP
    picked = colour_at(picture, picture.document.artwork, *MIDDLE)
    assert picked == pytest.approx(GREEN, abs=STEP)


@EVERY
@pytest.mark.parametrize("precision", ["float16", "float32"])
def test_every_colour_that_is_painted_is_picked_again(bench: Bench, space: str, precision: str) -> None:
    picture = open_in(bench, space, precision=precision)
    use(bench, "brush")
    bench.studio.painting.change_brush(size=80.0, hardness=1.0, opacity=1.0, flow=1.0)
    some = np.random.default_rng(3).random((12, 3)) ** 2
    for colour in (*((float(a), float(b), float(c)) for a, b, c in some), (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)):
        bench.studio.painting.set_colour(colour)
        bench.stroke(100, 96, 60)
        picked = colour_at(picture, picture.document.artwork, *MIDDLE)
        assert picked == pytest.approx(colour, abs=STEP)
        assert np.abs(shown(bench) - colour).max() <= 2 * STEP


@EVERY
def test_the_paper_of_a_new_picture_and_a_text_have_the_colour(bench: Bench, space: str) -> None:
    picture = open_in(bench, space, background=(*GREEN, 1.0))
    assert np.abs(shown(bench) - GREEN).max() <= 2 * STEP
    white = bench.studio.new_picture(16, 16, colour_space=space)
    assert white.renderer.flatten(white.document.artwork).min() == 1, "paper is white, not nearly white"
    bench.studio.choose(picture)
    bench.studio.painting.set_colour(ROSE)
    use(bench, "text", size=100.0)
    bench.studio.painting.begin(picture, Pointer(20, 150)).finish()  # type: ignore[union-attr]
    session = bench.studio.painting.session
    assert session is not None and session.key("I", "I", frozenset())
    bench.settle()
    bench.studio.painting.set_colour(GREEN)
    bench.settle()
    bench.studio.painting.close_session()
    text = bench.active
    assert isinstance(text, Text)
    assert colours.leaving(text.style.colour, picture.document.artwork.colour_space) == pytest.approx(
        GREEN, abs=1e-6
    )


@OTHERS
def test_a_mask_takes_the_lightness_that_the_hand_sees(bench: Bench, space: str) -> None:
    """The same grey hides the same, whatever the picture's colour space."""
    found = []
    for name in ("sRGB", space):
        picture = open_in(bench, name)
        bench.studio.painting.set_colour((0.5, 0.5, 0.5))
        bench.studio.masking.add()
        bench.studio.masking.edit(bench.active.id, True)
        brushed(bench)
        use(bench, "fill", source="colour", opacity=1.0)
        drag(bench, (10, 10))
        bench.studio.painting.set_colour((0.25, 0.25, 0.25))
        document = picture.document
        box = edits.rectangle_selection(Rect(200, 150, 250, 190))
        document.commit("Select", edits.set_selection(document.committed, box))
        selected(bench)
        mask = bench.active.mask
        assert mask is not None
        found.append(mask.read(Rect(0, 0, 256, 192)))
    assert np.array_equal(*found) and abs(float(found[1][96, 128]) - 0.5) < 1e-3
    assert abs(float(found[1][170, 220]) - 0.25) < 1e-3


@OTHERS
def test_a_stroke_converts_its_colour_once(bench: Bench, space: str, monkeypatch: pytest.MonkeyPatch) -> None:
    open_in(bench, space)
    use(bench, "brush")
    bench.studio.painting.change_brush(size=10.0)
    counted, plain = [], profiles.alike

    def counting(*arguments: object) -> np.ndarray:
        counted.append(arguments)
        return plain(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(profiles, "alike", counting)
    bench.stroke(20, 20, 200)
    assert len(counted) == 1


def test_srgb_pictures_pay_nothing_and_keep_their_numbers(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*arguments: object, **more: object) -> None:
        raise AssertionError("a colour was converted")

    picture = open_in(bench, "sRGB")
    for name in ("alike", "pixels_alike", "convert", "convert_pixels"):
        monkeypatch.setattr(profiles, name, never)
    monkeypatch.setattr(icc, "convert", never)
    brushed(bench)
    filled(bench)
    bench.studio.clipboard.copy()
    bench.settle()
    picture.renderer.thumbnail(picture.document.artwork, 64)
    pixel = picture.renderer.compose(picture.document.artwork, Rect.of(128, 96, 1, 1))[0, 0, :3]
    assert np.array_equal(pixel, np.array(GREEN, np.float16).astype(np.float32))


# ---- what leaves a picture


@EVERY
def test_thumbnails_navigator_film_and_palette_show_what_the_canvas_shows(bench: Bench, space: str) -> None:
    picture = open_in(bench, space)
    bench.studio.selecting.fill(GREEN)
    bench.settle()
    artwork, canvas = picture.document.artwork, shown(bench)
    for small_one in (
        picture.renderer.thumbnail(artwork, 100),
        picture.renderer.thumbnail(artwork, 40, bench.active.id),
    ):
        middle = small_one[small_one.shape[0] // 2, small_one.shape[1] // 2, :3] / 255
        assert np.abs(middle - canvas).max() <= 2 * STEP
    (*_, frame) = frames(picture, list(picture.document.history), ProcessVideo(seconds=3), 64, 48)
    assert np.abs(frame[24, 32] / 255 - canvas).max() <= 2 * STEP
    bench.studio.palettes.from_picture()
    bench.settle()
    palette = bench.studio.palettes.shown
    assert palette is not None and palette.swatches[0].colour == pytest.approx(GREEN, abs=0.01)
    bench.studio.samplers.pin(MIDDLE)
    heard: list[Any] = []
    work = bench.studio.samplers.reading()
    assert work is not None
    bench.studio.render_lane.submit(work, label="info", on_event=heard.append)
    bench.settle()
    assert heard[-1].result.pinned[MIDDLE][0] == pytest.approx(GREEN, abs=STEP)


@EVERY
def test_the_small_picture_in_the_file_is_srgb(bench: Bench, space: str, tmp_path: Path) -> None:
    picture = open_in(bench, space, background=(*GREEN, 1.0))
    bench.studio.filing.save(picture, str(tmp_path / "one.danqing"))
    bench.settle()
    assert picture.journal is not None
    with Image.open(io.BytesIO(picture.journal.archive.thumbnail())) as kept:
        assert "icc_profile" not in kept.info
        assert np.abs(np.asarray(kept.convert("RGB"))[60, 60] / 255 - GREEN).max() <= 2 * STEP


@EVERY
def test_a_mask_seen_alone_has_its_own_values(bench: Bench, space: str) -> None:
    picture = open_in(bench, space)
    bench.studio.masking.add()
    artwork = picture.document.artwork
    half = Mask(default=0.0).write(artwork.rect, np.full((192, 256), 0.5, np.float16))
    artwork = edits.change(artwork, bench.active.id, mask=half)
    small_one = picture.renderer.thumbnail(masks.alone(artwork, bench.active.id), 64)
    assert tuple(small_one[20, 20]) == (128, 128, 128, 255)


@OTHERS
def test_transparency_under_a_jpeg_is_white_or_the_chosen_colour(space: str, tmp_path: Path) -> None:
    icc_bytes = profiles.space(space)
    nothing = np.zeros((16, 16, 4), np.float32)
    export_pixels(
        nothing, tmp_path / "a.jpg", ExportOptions(background=GREEN, quality=100), colour_space=icc_bytes
    )
    with Image.open(tmp_path / "a.jpg") as file:
        assert file.info["icc_profile"] == icc_bytes.icc
        numbers = np.asarray(file.convert("RGB"))[8, 8] / 255
    wanted = np.array(colours.entering(GREEN, icc_bytes))
    assert np.abs(numbers - wanted).max() <= 2 * STEP


# ---- the clipboard


@EVERY
def test_other_programs_get_srgb_and_our_own_clip_comes_back_as_it_was(bench: Bench, space: str) -> None:
    picture = open_in(bench, space, background=(*GREEN, 1.0), precision="float32")
    before = picture.renderer.flatten(picture.document.artwork)
    for copy in (bench.studio.clipboard.copy, bench.studio.merging.copy_merged):
        copy()
        bench.settle()
        clip = bench.studio.clipboard.clip
        assert clip is not None and clip.seen.shape == (192, 256, 4)
        assert np.abs(clip.seen[90, 90, :3] / 255 - GREEN).max() <= STEP
        bench.studio.clipboard.paste_new()
        artwork = bench.picture.document.artwork
        assert bench.picture is not picture
        assert artwork.colour_space == picture.document.artwork.colour_space
        assert artwork.precision == "float32"
        assert np.array_equal(bench.picture.renderer.flatten(artwork), before)
        bench.studio.choose(picture)


@EVERY
def test_a_picture_from_another_program_looks_the_same_here(bench: Bench, space: str) -> None:
    open_in(bench, space)
    straight = np.full((60, 60, 4), (51, 179, 77, 255), np.uint8)
    bench.studio.clipboard.paste_picture(straight, MIDDLE)
    bench.settle()
    assert bench.labels()[-1] == "Paste"
    assert np.abs(shown(bench) - GREEN).max() <= 2 * STEP


@OTHERS
def test_a_clip_is_pasted_into_a_picture_of_another_space_with_its_look(bench: Bench, space: str) -> None:
    open_in(bench, space, background=(*GREEN, 1.0))
    bench.studio.clipboard.copy()
    bench.settle()
    for other in profiles.NAMES:
        open_in(bench, other)
        bench.studio.clipboard.paste()
        bench.settle()
        assert np.abs(shown(bench) - GREEN).max() <= 2 * STEP


# ---- recipes that stay open


def painted_with_recipes(bench: Bench) -> Picture:
    """Shape, gradient across the canvas, half a colour fill, effects: what converting has to keep."""
    picture = open_in(bench, "sRGB", precision="float32")
    use(bench, "rectangle", paint="fill-and-stroke", width=12.0)
    drag(bench, (30, 30), (100, 100))
    use(bench, "gradient", colours="colour-to-background", kind="linear", space="oklab", dither=False)
    drag(bench, (10, 20), (60, 60), (250, 180))
    bench.studio.layers.set_opacity(0.5)
    overlay = effects.store(
        effects.DropShadow(colour=GREEN, mode="normal", opacity=1.0, distance=20.0, size=4.0)
    )
    bevel = effects.store(
        effects.Bevel(highlight=ROSE, shadow=GREEN, highlight_mode="normal", shadow_mode="normal")
    )
    layer = next(one for one in picture.document.artwork.walk() if isinstance(one, Shape))
    bench.studio.effects.preview({layer.id: (overlay, bevel)})
    bench.studio.effects.release()
    return picture


@OTHERS
def test_converting_keeps_the_look_of_shapes_and_effects(bench: Bench, space: str) -> None:
    picture = painted_with_recipes(bench)
    artwork = picture.document.artwork
    keep = tuple(one for one in artwork.layers if not isinstance(one, Fill))
    picture.document.commit("Less", artwork.with_(layers=keep, active=keep[-1].id))
    # without half-covered edges, which every space blends in its own numbers
    places = [(5, 5), (60, 60), (82, 112)]
    before = [shown(bench, *place) for place in places]
    bench.studio.colour_spaces.convert(space)
    bench.settle()
    assert picture.document.artwork.colour_space.name == space
    for place, was in zip(places, before, strict=True):
        assert np.abs(shown(bench, *place) - was).max() <= 3 * STEP, place
    style = next(one for one in picture.document.artwork.walk() if isinstance(one, Shape)).style
    assert colours.leaving(style["fill"], picture.document.artwork.colour_space) == pytest.approx(
        (*GREEN, 1.0), abs=1e-6
    )


@OTHERS
@pytest.mark.parametrize("mixing", ["oklab", "linear-light"])
@pytest.mark.parametrize("version", [1, 2])
def test_a_gradient_runs_through_the_same_colours_in_every_space(
    bench: Bench, space: str, mixing: str, version: int
) -> None:
    picture = open_in(bench, "sRGB", precision="float32")
    value = FillGradient(
        x0=0.0, x1=256.0, stops=((0.0, *GREEN, 1.0), (1.0, *ROSE, 1.0)), space=mixing, dither=False
    )  # type: ignore[arg-type]
    stored = msgspec.structs.replace(fills.GRADIENT.stored(value), version=version)
    picture.document.commit("Add", edits.add_layer(picture.document.artwork, Fill(recipe=stored)))
    before = np.array([shown(bench, x, 96) for x in range(4, 256, 36)])
    bench.studio.colour_spaces.convert(space)
    bench.settle()
    after = np.array([shown(bench, x, 96) for x in range(4, 256, 36)])
    assert np.abs(before - after).max() <= 2 * STEP


@OTHERS
def test_a_gradient_of_an_older_file_keeps_its_pixels(space: str) -> None:
    value = FillGradient(x0=0.0, x1=64.0, stops=((0.0, *GREEN, 1.0), (1.0, *ROSE, 1.0)), dither=False)
    old = msgspec.structs.replace(fills.GRADIENT.stored(value), version=1)
    picture = Artwork(width=64, height=4, layers=(Fill(recipe=old),))
    managed = picture.with_(colour_space=profiles.space(space))
    assert np.array_equal(Renderer().flatten(picture), Renderer().flatten(managed))
    new = managed.with_(layers=(Fill(recipe=fills.GRADIENT.stored(value)),))
    assert not np.array_equal(Renderer().flatten(picture), Renderer().flatten(new))


def test_another_colour_space_draws_gradients_anew(bench: Bench) -> None:
    """Kept pixels of a gradient are of the space that they were made in."""
    picture = open_in(bench, "sRGB")
    gradient_layer(bench)
    picture.renderer.flatten(picture.document.artwork)
    bench.studio.colour_spaces.assign("Linear sRGB")
    seen = picture.renderer.flatten(picture.document.artwork)
    assert np.array_equal(seen, Renderer().flatten(picture.document.artwork))


@OTHERS
def test_the_panels_get_the_hands_colours_and_change_only_what_is_changed(bench: Bench, space: str) -> None:
    picture = open_in(bench, space)
    far = (0.0, 1.0, 0.1)  # outside sRGB in a wider space
    layer = Fill(
        recipe=fills.GRADIENT.stored(FillGradient(stops=((0.0, *far, 1.0), (1.0, 0.3, 0.4, 0.5, 1.0))))
    )
    picture.document.commit("Add", edits.add_layer(picture.document.artwork, layer))
    values = bench.studio.fill_layers.values(layer)
    space_of = picture.document.artwork.colour_space
    assert values.stops[1][1:4] == pytest.approx(colours.leaving((0.3, 0.4, 0.5), space_of))
    bench.studio.fill_layers.change(layer.id, msgspec.structs.replace(values, kind="radial"))
    bench.studio.fill_layers.release()
    found = bench.active
    assert isinstance(found, Fill)
    kept = fills.parameters_of(found.recipe)
    assert kept.kind == "radial" and kept.stops == ((0.0, *far, 1.0), (1.0, 0.3, 0.4, 0.5, 1.0))
    stops = (values.stops[0], (1.0, *ROSE, 1.0))
    bench.studio.fill_layers.change(layer.id, msgspec.structs.replace(values, stops=stops))
    bench.studio.fill_layers.release()
    found = bench.active
    assert isinstance(found, Fill)
    kept = fills.parameters_of(found.recipe)
    assert kept.stops[0] == (0.0, *far, 1.0)
    assert colours.leaving(kept.stops[1][1:4], space_of) == pytest.approx(ROSE, abs=1e-6)


@OTHERS
def test_a_gradient_taken_up_again_stays_what_it_was_until_it_is_changed(bench: Bench, space: str) -> None:
    picture = open_in(bench, space)
    gradient_layer(bench)
    before = bench.active
    assert isinstance(before, Fill)
    bench.studio.painting.choose_tool("brush")
    use(bench, "gradient")
    options = bench.studio.painting.options("gradient")
    assert options.stops[-1][1:4] == pytest.approx(GREEN, abs=1e-6)
    bench.studio.painting.change_options("gradient", kind="radial")
    bench.studio.painting.close_session()
    after = bench.active
    assert isinstance(after, Fill)
    old, new = fills.parameters_of(before.recipe), fills.parameters_of(after.recipe)
    assert new.kind == "radial" and new.stops == old.stops
    assert picture.document.artwork.colour_space.name == space


def test_effects_are_shown_in_the_hands_colours(bench: Bench) -> None:
    open_in(bench, "Linear sRGB")
    bench.studio.effects.add("outer-glow")
    (stored,) = bench.active.effects
    assert stored.parameters["colour"] != effects.OuterGlow().colour
    (seen,) = bench.studio.effects.in_hand(bench.active.effects)
    assert seen.parameters["colour"] == pytest.approx(effects.OuterGlow().colour, abs=1e-6)
    bench.studio.effects.toggle(bench.active.id)
    (again,) = bench.active.effects
    assert again.parameters["colour"] == stored.parameters["colour"]


# ---- pixels that come from elsewhere


@OTHERS
def test_a_generated_picture_looks_as_the_model_made_it(bench: Bench, space: str) -> None:
    layers = []
    bench.studio.generating.set_values(seed=5, seed_locked=True)
    for name in ("sRGB", space):
        bench.studio.new_picture(128, 96, colour_space=name)
        bench.studio.generating.generate()
        bench.engine.answer()
        bench.settle()
        artwork = bench.picture.document.artwork
        layer = next(one for one in artwork.walk() if isinstance(one, Generated))
        variant = layer.variants[0]
        pixels = variant.surface.read(Rect(0, 0, variant.width, variant.height)).astype(np.float32)
        layers.append(colours.to_srgb(pixels, artwork.colour_space.icc))
    assert np.abs(layers[0] - layers[1]).max() <= STEP


@OTHERS
def test_a_brush_with_colours_of_its_own_prints_them(bench: Bench, space: str) -> None:
    open_in(bench, space)
    tip = Tip.of(np.full((16, 16, 4), (200, 90, 120, 255), np.uint8))
    use(bench, "brush")
    bench.studio.painting.change_brush(
        tip="image", tips=(tip,), size=90.0, hardness=1.0, opacity=1.0, flow=1.0
    )
    bench.stroke(100, 96, 60)
    tolerance = 8 * STEP if space == "Linear sRGB" else 2 * STEP  # a tip has 8 bits in every space
    assert np.abs(shown(bench) - ROSE).max() <= tolerance
    assert bench.studio.painting.brush.tips == (tip,)


@EVERY
def test_a_reference_is_shown_in_its_own_colours_and_shrunk_by_area(space: str) -> None:
    own = profiles.space(space)
    pixel = np.round(np.array(colours.entering(GREEN, own)) * 65535)
    picture = np.empty((30, 5000, 4), np.uint16)
    picture[:] = (*pixel, 65535)
    seen = small(picture, own.icc)
    assert seen.shape == (10, 1667, 4) and np.abs(seen[..., :3] / 255 - GREEN).max() <= STEP
    lines = np.zeros((8, 4098, 4), np.uint8)
    lines[..., 3] = 255
    lines[:, ::3] = 255
    grey = small(lines)[:, :-1, 0]
    assert grey.min() == grey.max() == 85, "each pixel is the mean of three"
    holes = np.zeros((4, 4100, 4), np.uint8)
    holes[:, ::3] = (200, 60, 40, 255)
    assert tuple(small(holes)[0, 5]) == (200, 60, 40, 85), "what is transparent has no colour"


def test_a_profile_that_is_a_table_is_meant_too(bench: Bench) -> None:
    table = ColourSpace(name="table", icc=table_profile())
    assert not icc.is_srgb(table.icc)
    picture = open_in(bench, "sRGB")
    picture.document.commit("Profile", picture.document.artwork.with_(colour_space=table))
    brushed(bench)
    stored = picture.renderer.compose(picture.document.artwork, Rect.of(128, 96, 1, 1))[0, 0, :3]
    assert np.abs(stored - GREEN).max() > 8 * STEP
    canvas = shown(bench)
    assert np.abs(canvas - GREEN).max() <= 6 * STEP  # both tables are coarse
    middle = picture.renderer.thumbnail(picture.document.artwork, 128)[48, 64, :3] / 255
    assert np.abs(middle - canvas).max() <= 2 * STEP
    assert colour_at(picture, picture.document.artwork, *MIDDLE) == pytest.approx(GREEN, abs=6 * STEP)


def test_a_profile_that_says_srgb_in_other_bytes_changes_no_number(bench: Bench) -> None:
    from PIL import ImageCms

    other = ColourSpace(
        name="sRGB built-in", icc=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    )
    assert icc.is_srgb(other.icc) and not icc.is_srgb(profiles.space("Display P3").icc)
    assert colours.entering(GREEN, other) is GREEN and colours.leaving(GREEN, other) is GREEN
    picture = open_in(bench, "sRGB")
    picture.document.commit("Profile", picture.document.artwork.with_(colour_space=other))
    brushed(bench)
    assert bench.studio.viewing.lookup(picture.document.artwork) is None
    assert np.abs(shown(bench) - GREEN).max() <= STEP


def test_unknown_effects_and_masks_stay_as_they_are(bench: Bench) -> None:
    picture = open_in(bench, "Display P3")
    strange = Stored(name="sparkle", version=3, parameters={"colour": (0.1, 0.2, 0.3)})
    layer = bench.active
    picture.document.commit("Add", edits.change(picture.document.artwork, layer.id, effects=(strange,)))
    bench.studio.effects.preview({layer.id: (strange, effects.store(effects.Stroke(colour=GREEN)))})
    bench.studio.effects.release()
    assert bench.active.effects[0] == strange
    assert isinstance(bench.active, Paint)
    assert FillColour() == colours.values_entering(FillColour(), picture.document.artwork.colour_space)
