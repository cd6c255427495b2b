"""OpenRaster both ways: what other programs see, what comes back, and hostile archives."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from studio.document import effects
from studio.document.artwork import Artwork
from studio.document.layer import Fill, Filter, Group, Layer, Locks, Paint, pixels_of
from studio.project import profiles
from studio.project.errors import DecodeError
from studio.project.load import open_any
from studio.project.ora import read_ora
from studio.project.ora_write import AsPixels, write_ora
from studio.raster import colour
from studio.raster.blend import BLEND_MODES
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.recipe import Stored
from studio.render.renderer import Renderer


def flatten(artwork: Artwork) -> np.ndarray:
    """A small compositor by the formulas: layers, isolated groups, masks, clipping; a filter inverts, a fill is red."""
    return stacked(artwork.layers, artwork.rect, np.zeros((artwork.height, artwork.width, 4)))


def stacked(layers: tuple[Layer, ...], rect: Rect, backdrop: np.ndarray) -> np.ndarray:
    base = None
    for layer in layers:
        own = drawn(layer, rect, backdrop)
        if layer.clipping and base is not None:
            own = own * base[..., 3:]
        elif not layer.clipping:
            base = own
        if not layer.visible:
            continue
        if isinstance(layer, Filter):
            backdrop = backdrop + layer.opacity * (own - backdrop)
        else:
            backdrop = BLEND_MODES[layer.mode].composite(backdrop, own * layer.opacity)
    return backdrop.astype(np.float32)


def drawn(layer: Layer, rect: Rect, backdrop: np.ndarray) -> np.ndarray:
    x, y = int(layer.transform[4]), int(layer.transform[5])
    if isinstance(layer, Group):
        pixels = stacked(layer.children, rect, np.zeros_like(backdrop)).astype(np.float64)
    elif isinstance(layer, Fill):
        pixels = np.zeros_like(backdrop) + (1, 0, 0, 1)
    elif isinstance(layer, Filter):
        pixels = np.concatenate([backdrop[..., 3:] - backdrop[..., :3], backdrop[..., 3:]], 2)
    else:
        surface = pixels_of(layer)
        assert surface is not None
        pixels = surface.read(rect.move(-x, -y)).astype(np.float64)
    if layer.mask is not None and layer.mask_enabled:
        pixels = pixels * layer.mask.read(rect.move(-x, -y))[..., None].astype(np.float64)
    return pixels


def eight(random: np.random.Generator, width: int, height: int, alpha: bool = True) -> Surface:
    """A surface of values that 8 bits hold exactly."""
    pixels = random.integers(0, 256, (height, width, 4)).astype(np.uint8)
    pixels[..., 3] = np.maximum(pixels[..., 3], 1) if alpha else 255
    return Surface.from_pixels(colour.to_half(pixels))


@pytest.fixture
def layered(random: np.random.Generator) -> Artwork:
    ground = Paint(name="Ground 地", surface=eight(random, 120, 90, alpha=False), locks=Locks(all=True))
    moved = Paint(
        name="Moved",
        surface=eight(random, 30, 20),
        opacity=0.5,
        mode="multiply",
        transform=(1, 0, 0, 1, -7.0, 60.0),
    )
    hidden = Paint(name="Hidden", surface=eight(random, 10, 10), visible=False, mode="linear-burn")
    group = Group(name="Group", children=(moved, hidden), opacity=0.75, mode="screen")
    through = Group(
        name="Through", children=(Paint(name="Top", surface=eight(random, 40, 40)),), pass_through=True
    )
    return Artwork(width=120, height=90, layers=(ground, group, through), active=moved.id, ppi=150.0)


def described(layer: Layer) -> tuple:
    kept = (layer.name, layer.opacity, layer.mode, layer.visible, layer.clipping, layer.locks.all)
    inner = tuple(described(child) for child in layer.children) if isinstance(layer, Group) else ()
    return (type(layer).__name__, *kept, inner, getattr(layer, "pass_through", None))


def test_layers_groups_modes_and_pixels_come_back(tmp_path: Path, layered: Artwork) -> None:
    path = tmp_path / "图 🎨.ora"
    assert write_ora(layered, flatten, path) == ()
    back = open_any(path)
    assert (back.width, back.height, back.ppi, back.precision) == (120, 90, 150.0, "float16")
    assert [described(layer) for layer in back.layers] == [described(layer) for layer in layered.layers]
    assert back.active_layer is not None and back.active_layer.name == "Moved"
    assert np.array_equal(flatten(back), flatten(layered))


def test_the_archive_is_what_the_specification_asks_for(tmp_path: Path, layered: Artwork) -> None:
    path = tmp_path / "a.ora"
    write_ora(layered, flatten, path)
    with zipfile.ZipFile(path) as archive:
        first = archive.infolist()[0]
        assert first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED
        assert archive.read("mimetype") == b"image/openraster"
        merged = np.asarray(Image.open(io.BytesIO(archive.read("mergedimage.png"))).convert("RGBA"))
        with Image.open(io.BytesIO(archive.read("Thumbnails/thumbnail.png"))) as thumbnail:
            assert thumbnail.size == (120, 90)
        image = ElementTree.fromstring(archive.read("stack.xml"))
    assert np.array_equal(merged, colour.to_straight8(flatten(layered)))
    operators = {item.get("name"): item.get("composite-op") for item in image.iter() if item.get("name")}
    assert operators["Moved"] == "svg:multiply" and operators["Group"] == "svg:screen"
    names = [item.get("name") for item in image.find("stack") or ()]
    assert names == ["Through", "Group", "Ground 地"]


def test_the_thumbnail_is_srgb_whatever_the_pictures_colour_space(tmp_path: Path) -> None:
    space = profiles.space("Linear sRGB")
    pixels = np.ones((90, 120, 4), np.float16)
    pixels[..., :3] = 0.21586  # the middle grey of 8 bits, as light
    layer = Paint(name="Grey", surface=Surface.from_pixels(pixels))
    write_ora(Artwork(width=120, height=90, layers=(layer,), colour_space=space), flatten, tmp_path / "a.ora")
    with zipfile.ZipFile(tmp_path / "a.ora") as archive:
        with Image.open(io.BytesIO(archive.read("Thumbnails/thumbnail.png"))) as thumbnail:
            assert "icc_profile" not in thumbnail.info
            assert thumbnail.convert("RGB").getpixel((50, 50)) == (128, 128, 128)
        with Image.open(io.BytesIO(archive.read("mergedimage.png"))) as merged:
            assert merged.info["icc_profile"] == space.icc


def test_what_openraster_lacks_becomes_pixels_and_is_named(
    tmp_path: Path, random: np.random.Generator
) -> None:
    recipe = Stored(name="gaussian-noise", version=1, parameters={})
    mask = Mask.from_pixels(np.linspace(0, 1, 64 * 64).reshape(64, 64))
    layers = (
        Paint(name="Base", surface=eight(random, 64, 64, alpha=False)),
        Paint(
            name="Masked", surface=eight(random, 64, 64, alpha=False), mask=mask, opacity=0.5, mode="multiply"
        ),
        Fill(name="Red", recipe=recipe, opacity=0.25),
        Filter(name="Invert", recipe=recipe),
        Paint(name="Above", surface=eight(random, 20, 20)),
    )
    artwork = Artwork(width=64, height=64, layers=layers, active=layers[0].id)
    report = write_ora(artwork, flatten, tmp_path / "a.ora")
    assert report == (
        AsPixels(name="Masked", why="mask"),
        AsPixels(name="Red", why="fill"),
        AsPixels(name="Invert", why="filter"),
    )
    back = open_any(tmp_path / "a.ora")
    assert np.abs(flatten(back) - flatten(artwork)).max() < 1.5 / 255


def test_layer_effects_become_pixels_and_are_named(tmp_path: Path, random: np.random.Generator) -> None:
    lit = (effects.store(effects.DropShadow(distance=6.0)), effects.store(effects.Stroke(width=2.0)))
    dot = np.zeros((64, 64, 4), np.float16)
    dot[20:40, 20:40] = (0.5, 0.2, 0.1, 1)
    small = Surface.from_pixels(dot)
    layers = (
        Paint(name="Base", surface=eight(random, 64, 64, alpha=False)),
        Group(name="Lit group", children=(Paint(name="Inside", surface=small),), effects=lit),
        Paint(name="Lit", surface=small, transform=(1, 0, 0, 1, 12.0, 9.0), effects=lit),
        Paint(name="Clipped", surface=eight(random, 64, 64), clipping=True),
    )
    artwork = Artwork(width=64, height=64, layers=layers, active=layers[0].id)
    report = write_ora(artwork, Renderer().flatten, tmp_path / "a.ora")
    assert report == tuple(AsPixels(name=name, why="effects") for name in ("Lit group", "Lit", "Clipped"))
    back = open_any(tmp_path / "a.ora")
    assert [layer.name for layer in back.layers] == ["Base", "Lit group", "Lit"]
    assert np.abs(Renderer().flatten(back) - Renderer().flatten(artwork)).max() < 2 / 255


def test_clipping_is_kept_and_looks_the_same(tmp_path: Path, random: np.random.Generator) -> None:
    layers = (
        Paint(name="Ground", surface=eight(random, 64, 64, alpha=False)),
        Paint(name="Base", surface=eight(random, 30, 40), opacity=0.5),
        Paint(name="Clipped", surface=eight(random, 64, 64), clipping=True),
    )
    artwork = Artwork(width=64, height=64, layers=layers, active=layers[0].id)
    assert write_ora(artwork, flatten, tmp_path / "a.ora") == ()
    back = open_any(tmp_path / "a.ora")
    group = back.layers[1]
    assert isinstance(group, Group) and [child.clipping for child in group.children] == [False, True]
    assert group.opacity == 0.5 and group.children[0].opacity == 1.0
    with zipfile.ZipFile(tmp_path / "a.ora") as archive:
        assert b"svg:src-atop" in archive.read("stack.xml")


def test_sixteen_bits_stay(tmp_path: Path, random: np.random.Generator) -> None:
    pixels = random.integers(0, 65536, (50, 60, 4)).astype(np.uint16)
    pixels[..., 3] = np.maximum(pixels[..., 3], 1)
    layer = Paint(name="Deep", surface=Surface.from_pixels(colour.to_float(pixels)))
    artwork = Artwork(
        width=60, height=50, layers=(layer,), active=layer.id, precision="float32", source_bits=16
    )
    write_ora(artwork, flatten, tmp_path / "a.ora")
    back = open_any(tmp_path / "a.ora")
    assert back.precision == "float32" and back.source_bits == 16
    assert np.array_equal(colour.to_straight16(flatten(back)), pixels)


def test_every_mode_comes_back(tmp_path: Path, random: np.random.Generator) -> None:
    surface = eight(random, 4, 4)
    layers = tuple(Paint(name=name, mode=name, surface=surface) for name in BLEND_MODES)
    artwork = Artwork(width=4, height=4, layers=layers, active=layers[0].id)
    write_ora(artwork, flatten, tmp_path / "a.ora")
    assert [layer.mode for layer in open_any(tmp_path / "a.ora").layers] == list(BLEND_MODES)


# Hostile archives ---------------------------------------------------------------------------------------------------


def archive_of(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def stack(inner: str, size: str = 'w="8" h="8"') -> bytes:
    return f"<?xml version='1.0' encoding='UTF-8'?><image {size}><stack>{inner}</stack></image>".encode()


LAUGHS = b"""<!DOCTYPE image [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><image w="8" h="8">&b;</image>"""
OUTSIDE = b"""<!DOCTYPE image [<!ENTITY a SYSTEM "file:///etc/passwd">]><image w="8" h="8"><stack name="&a;"/></image>"""


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        ({"mimetype": b"image/openraster"}, "not_a_picture"),
        ({"stack.xml": LAUGHS}, "damaged"),
        ({"stack.xml": OUTSIDE}, "damaged"),
        ({"stack.xml": LAUGHS.decode().encode("utf-16")}, "damaged"),
        ({"stack.xml": b"<image"}, "damaged"),
        ({"stack.xml": b"<svg/>"}, "damaged"),
        ({"stack.xml": b" " * (5 << 20)}, "damaged"),
        ({"stack.xml": stack("<stack>" * 200 + "</stack>" * 200)}, "damaged"),
        ({"stack.xml": stack("<stack/>" * 3000)}, "damaged"),
        ({"stack.xml": stack('<layer src="data/none.png"/>')}, "damaged"),
        ({"stack.xml": stack('<layer src="../../etc/passwd"/>')}, "damaged"),
        ({"stack.xml": stack("", 'w="-5" h="8"')}, "damaged"),
        ({"stack.xml": stack("", 'w="60000" h="60000"')}, "too_large"),
        ({"stack.xml": stack('<layer src="a.png"/>'), "a.png": b"no picture"}, "not_a_picture"),
        ({"stack.xml": stack(""), **{f"f{number}": b"" for number in range(10_001)}}, "damaged"),
    ],
)
def test_hostile_archives_are_refused(files: dict[str, bytes], kind: str) -> None:
    with pytest.raises(DecodeError) as caught:
        read_ora(archive_of(files), "恶.ora")
    assert caught.value.kind == kind and "恶.ora" in str(caught.value)


def test_a_bomb_is_read_only_up_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.project.ora._PNG_LIMIT", 1000)
    files = {"stack.xml": stack('<layer src="a.png"/>'), "a.png": bytes(10_000_000)}
    with pytest.raises(DecodeError, match="too large"):
        read_ora(archive_of(files), "a.ora")


def test_truncated_archive(tmp_path: Path, layered: Artwork) -> None:
    write_ora(layered, flatten, tmp_path / "a.ora")
    data = (tmp_path / "a.ora").read_bytes()
    with pytest.raises(DecodeError) as caught:
        read_ora(data[: len(data) // 2], "a.ora")
    assert caught.value.kind == "truncated"


def test_odd_numbers_fall_back(random: np.random.Generator) -> None:
    picture = io.BytesIO()
    Image.fromarray(random.integers(0, 256, (4, 4, 3)).astype(np.uint8)).save(picture, "PNG")
    inner = (
        '<layer src="a.png" opacity="nan" x="1e99" y="zz" composite-op="svg:nothing" danqing-mode="nope"/>'
    )
    artwork = read_ora(archive_of({"stack.xml": stack(inner), "a.png": picture.getvalue()}), "a.ora")
    (layer,) = artwork.layers
    assert (layer.opacity, layer.mode, layer.transform[5]) == (1.0, "normal", 0.0)
    assert isinstance(layer, Paint)
