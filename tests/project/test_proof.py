"""Tables from the picture's colours to the screen's."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageCms

from studio.document.artwork import Artwork
from studio.document.layer import Paint
from studio.project import profiles, proof
from studio.raster import vision
from studio.raster.surface import Surface
from studio.render.renderer import Renderer


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def warm() -> bytes:
    """A screen profile with a warmer white: colours to it differ from sRGB."""
    data = bytearray(srgb())
    place = data.index(b"rXYZ")
    offset = int.from_bytes(data[place + 4 : place + 8], "big")
    value = int.from_bytes(data[offset + 8 : offset + 12], "big", signed=True)
    data[offset + 8 : offset + 12] = int(value * 0.8).to_bytes(4, "big", signed=True)
    return bytes(data)


def pixels(alpha: int = 255) -> np.ndarray:
    random = np.random.default_rng(3)
    out = random.integers(0, 256, (32, 48, 4), dtype=np.uint8)
    out[..., 3] = alpha
    out[..., :3] = np.minimum(out[..., :3], alpha)
    return out


def test_nothing_to_change_is_no_table():
    assert proof.lookup() is None


def test_same_profile_twice_changes_nothing():
    table = proof.lookup(srgb(), srgb())
    assert table is not None
    shown = pixels()
    assert np.abs(table.view(shown).astype(int) - shown).max() <= 1


@pytest.mark.parametrize("kind", vision.KINDS)
def test_views_follow_their_formula(kind: str):
    table = proof.lookup(kind=kind)
    assert table is not None
    shown = pixels()
    wanted = 255 * vision.seen(shown[..., 2::-1] / 255.0, kind)
    got = table.view(shown)
    assert (
        np.abs(wanted - got[..., 2::-1]).mean() < 0.4
    )  # near black the curve bends inside a cell of the table
    assert (got[..., 3] == 255).all() and (shown == pixels()).all()


def test_alpha_is_seen_as_an_opaque_grey_in_the_screens_colours():
    shown = np.zeros((1, 3, 4), np.uint8)
    shown[0, 1], shown[0, 2] = (10, 20, 64, 128), (0, 0, 0, 255)
    plain = proof.lookup(kind="alpha")
    assert plain is not None
    assert plain.view(shown).tolist() == [[[0, 0, 0, 255], [128, 128, 128, 255], [255, 255, 255, 255]]]
    screen = proof.lookup(display=srgb(), kind="alpha")
    assert screen is not None
    assert np.abs(screen.view(shown).astype(int) - plain.view(shown)).max() <= 1


def test_translucent_pixels_are_changed_as_colours_not_as_premultiplied_ones():
    table = proof.lookup(kind="value")
    assert table is not None
    half = np.zeros((1, 1, 4), np.uint8)
    half[0, 0] = (0, 0, 128, 128)  # pure red, half covered
    grey = 255 * float(vision.seen(np.array([1.0, 0, 0]), "value")[0])
    got = table.view(half)[0, 0]
    assert got[3] == 128 and np.allclose(got[:3], grey * 128 / 255, atol=1.5)


def test_the_screens_profile_is_applied_as_pillow_does():
    table = proof.lookup(display=warm())
    assert table is not None
    shown = pixels()
    rgb = Image.fromarray(np.ascontiguousarray(shown[..., 2::-1]))
    change = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.ImageCmsProfile(io.BytesIO(warm())), "RGB", "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )  # fmt: skip
    wanted = np.asarray(ImageCms.applyTransform(rgb, change)).astype(int)
    got = table.view(shown)[..., 2::-1].astype(int)
    assert np.abs(got - wanted).mean() < 0.5 and np.abs(wanted - shown[..., 2::-1]).max() > 5


def test_a_proof_and_a_broken_profile():
    assert proof.lookup(proof=warm(), gamut=True) is not None
    with pytest.raises(proof.ProfileError):
        proof.lookup(display=b"no profile")


def test_linear_light_is_encoded_before_eight_bits_take_it():
    ramp = np.ones((256, 256, 4), np.float32)
    ramp[..., :3] = np.linspace(0, 0.02, 256, dtype=np.float32)[None, :, None]
    layer = Paint(surface=Surface.from_pixels(ramp))
    linear = Artwork(
        width=256,
        height=256,
        layers=(layer,),
        colour_space=profiles.space("Linear sRGB"),
        precision="float32",
    )
    renderer = Renderer()
    tile = renderer.view_tile(linear, (0, 0))
    wanted = np.round(255 * vision.encoded(ramp[0, :, 0].astype(np.float64)))
    assert np.abs(tile.pixels[0, :, 0] - wanted).max() <= 1
    assert len(np.unique(tile.pixels[0, :, 0])) > 30  # linear bytes would be six
    small = renderer.thumbnail(linear, 256)
    assert np.abs(small[0, :, 0] - wanted).max() <= 1
    plain = linear.with_(colour_space=profiles.space("sRGB"))
    assert len(np.unique(Renderer().view_tile(plain, (0, 0)).pixels[0, :, 0])) == 6


@pytest.mark.parametrize(("name", "most"), [("Display P3", 7.5), ("Adobe RGB (1998)", 11.5)])
def test_the_table_is_not_pulled_to_the_edge_of_the_screens_colours(name: str, most: float) -> None:
    """Beside a colour that sRGB has lies one that it lacks: cut off before what is between them is read, it was 11 and 15
    steps of 255 off."""
    own = profiles.space(name).icc
    random = np.random.default_rng(5).random((256, 256, 3))
    random[..., 0] *= 0.2
    numbers = np.round(np.clip(profiles.convert(random, b"", own), 0, 1) * 255)
    bgra = np.full((256, 256, 4), 255, np.uint8)
    bgra[..., 2::-1] = numbers
    table = proof.lookup(own)
    assert table is not None
    wanted = np.clip(profiles.convert(numbers / 255, own, b""), 0, 1) * 255
    apart = np.abs(table.view(bgra)[..., 2::-1] - wanted)
    assert apart.max() <= most and apart.mean() < 0.8


@pytest.mark.parametrize("name", profiles.NAMES)
def test_the_view_is_converted_before_it_is_rounded(name: str) -> None:
    """sRGB's colours are shown to one step in every space, and numbers only where they are asked for."""
    space = profiles.space(name)
    random = np.random.default_rng(6).random((256, 256, 3)) ** 2
    stored = np.ones((256, 256, 4), np.float32)
    stored[..., :3] = profiles.convert(random, b"", space.icc)
    layer = Paint(surface=Surface.from_pixels(stored))
    artwork = Artwork(width=256, height=256, layers=(layer,), colour_space=space, precision="float32")
    renderer = Renderer()
    seen = renderer.view_tile(artwork, (0, 0)).pixels[..., 2::-1]
    assert np.abs(seen - random * 255).max() <= 0.6
    renderer.view_numbers(True)
    numbers = renderer.view_tile(artwork, (0, 0)).pixels[..., 2::-1].copy()
    wanted = random if name == "Linear sRGB" else stored[..., :3]
    assert np.abs(numbers - np.clip(wanted, 0, 1) * 255).max() <= 0.6
    renderer.view_numbers(False)
    assert np.array_equal(renderer.view_tile(artwork, (0, 0)).pixels[..., 2::-1], seen)
