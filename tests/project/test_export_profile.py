"""Exports in another colour profile: in every format, by float where a matrix says it, by LittleCMS where a table does."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from studio import recipe
from studio.document.artwork import ColourSpace
from studio.project import profiles
from studio.project.decode import decode
from studio.project.errors import ExportError
from studio.project.export import export_artwork, export_pixels
from studio.project.export_profile import check_profile, converted, read_profile, target
from studio.project.options import ExportOptions
from studio.raster.colour import premultiply
from tests.long_form import thinned
from tests.project.table_profile import table_profile

FORMATS = pytest.mark.parametrize("ending", ["png", "jpg", "tif", "webp"])
SPACES = pytest.mark.parametrize("name", profiles.NAMES)
P3 = profiles.space("Display P3")
TABLE = table_profile()
COLOURS = np.array(
    [[0.8, 0.15, 0.1, 1], [0.2, 0.6, 0.3, 1], [0.5, 0.5, 0.5, 1], [0.05, 0.1, 0.7, 1]], np.float32
)


def flat() -> np.ndarray:
    """Four fields of colour, 16 pixels a side, so that JPEG and WebP keep them."""
    return np.repeat(np.repeat(COLOURS.reshape(2, 2, 4), 16, 0), 16, 1)


def written(
    tmp_path: Path, ending: str, options: ExportOptions, space: ColourSpace | None = None
) -> tuple[np.ndarray, bytes]:
    path = tmp_path / f"a.{ending}"
    export_pixels(flat(), path, options, colour_space=space)
    found = decode(path.read_bytes())
    top = 65535 if found.pixels.dtype == np.uint16 else 255
    return found.pixels[8::16, 8::16, :3].reshape(-1, 3) / top, found.icc


@FORMATS
@SPACES
def test_every_format_holds_the_colours_in_any_space(tmp_path: Path, ending: str, name: str):
    options = ExportOptions(profile=name, quality=100, lossless=True)  # type: ignore[arg-type]
    found, icc = written(tmp_path, ending, options, P3)
    assert icc == profiles.space(name).icc
    wanted = np.clip(profiles.convert(COLOURS[:, :3], P3.icc, icc), 0, 1)
    assert np.abs(found - wanted).max() < (3 / 255 if ending == "jpg" else 0.6 / 255)


@pytest.mark.parametrize("ending", ["png", "tif"])
def test_sixteen_bits_are_converted_as_floats(tmp_path: Path, ending: str):
    found, icc = written(tmp_path, ending, ExportOptions(profile="Linear sRGB", bits=16))
    wanted = profiles.convert(COLOURS[:, :3].astype(np.float64), b"", icc)
    assert np.abs(found - wanted).max() < 1 / 65535


@FORMATS
@pytest.mark.parametrize("intent", ["relative", "perceptual", "saturation", "absolute"])
@pytest.mark.parametrize("black", thinned([True, False], 2))
def test_a_table_is_gone_through_as_littlecms_does(tmp_path: Path, ending: str, intent: str, black: bool):
    options = ExportOptions(
        profile="file", icc=TABLE, icc_name="t.icc", intent=intent, black_point=black, quality=100, lossless=True,  # type: ignore[arg-type]
    )  # fmt: skip
    found, icc = written(tmp_path, ending, options)
    assert icc == TABLE
    order = ("perceptual", "relative", "saturation", "absolute")
    flags = ImageCms.Flags.HIGHRESPRECALC | (ImageCms.Flags.BLACKPOINTCOMPENSATION if black else 0)
    change = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.ImageCmsProfile(io.BytesIO(TABLE)), "RGB", "RGB",
        ImageCms.Intent(order.index(intent)), flags,
    )  # fmt: skip
    source = Image.fromarray(np.round(COLOURS[None, :, :3] * 255).astype(np.uint8))
    wanted = np.asarray(ImageCms.applyTransform(source, change))[0] / 255
    assert np.abs(found - wanted).max() <= (3.5 / 255 if ending == "jpg" else 1e-6)


def test_what_looks_through_a_jpeg_is_white_in_its_own_numbers(tmp_path: Path):
    path = tmp_path / "a.jpg"
    nothing = np.zeros((16, 16, 4), np.float32)
    green = (0.1, 0.7, 0.2)
    for options in (
        ExportOptions(background=green, profile="Adobe RGB (1998)", quality=100),
        ExportOptions(background=green, profile="file", icc=TABLE, quality=100),
    ):
        export_pixels(nothing, path, options)
        icc = target(options, b"")
        seen = decode(path.read_bytes()).pixels[4, 4, :3] / 255
        assert np.abs(profiles.alike(seen, icc, b"") - green).max() < (4 if icc != TABLE else 8) / 255


def test_transparent_pixels_stay_so_and_nothing_is_written_over_the_input():
    pixels = np.zeros((3, 300, 4), np.float32)
    pixels[1] = premultiply(np.full((300, 4), 0.5, np.float32))
    before = pixels.copy()
    for options in (ExportOptions(profile="Display P3"), ExportOptions(profile="file", icc=TABLE)):
        out = converted(pixels, b"", options)
        assert np.array_equal(pixels, before)
        assert np.array_equal(out[..., 3], before[..., 3])
        assert not out[0].any() and out[1, 0, 0] > 0
        assert converted(pixels[:, :1], b"", options).shape == (3, 1, 4)
    assert converted(pixels, TABLE, ExportOptions()) is pixels


def test_options_with_a_profile_pass_the_check_of_values():
    options = recipe.from_plain(ExportOptions, {"profile": "file", "icc": TABLE, "icc_name": "t.icc"})
    assert options.icc == TABLE


def test_an_artwork_is_drawn_in_parts_whether_it_is_converted_or_not(tmp_path: Path):
    from studio.document.artwork import Artwork

    artwork = Artwork(width=32, height=32)

    def draw(_: Artwork, take, rect) -> None:
        take(rect, flat())

    for options in (ExportOptions(), ExportOptions(profile="sRGB"), ExportOptions(profile="Display P3")):
        export_artwork(artwork, lambda _: flat(), tmp_path / "whole.png", options)
        export_artwork(artwork, lambda _: pytest.fail("flattened"), tmp_path / "parts.png", options, draw)
        assert (tmp_path / "whole.png").read_bytes() == (tmp_path / "parts.png").read_bytes()


def changed(**at: bytes) -> bytes:
    data = bytearray(P3.icc)
    for place, new in at.items():
        start = int(place.removeprefix("at"))
        data[start : start + len(new)] = new
    return bytes(data)


WRONG = {
    "text": (b"no profile at all", "not_a_profile"),
    "nothing": (b"", "not_a_profile"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "not_a_profile"),
    "cut": (P3.icc[:200], "truncated"),
    "too large": (changed() + bytes(17 << 20), "profile_too_large"),
    "cmyk": (changed(at16=b"CMYK"), "profile_not_rgb"),
    "grey": (changed(at16=b"GRAY"), "profile_not_rgb"),
    "a link": (changed(at12=b"link"), "profile_one_way"),
    "no columns": (changed(at128=b"\0\0\0\1"), "profile_one_way"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_profile_that_cannot_be_used_is_told_by_its_name(tmp_path: Path, name: str):
    data, kind = WRONG[name]
    file = tmp_path / "我的屏幕.icc"
    file.write_bytes(data)
    with pytest.raises(ExportError) as error:
        read_profile(file)
    assert error.value.kind == kind
    assert "我的屏幕.icc" in str(error.value)


@pytest.mark.parametrize(("path", "kind"), [("none.icc", "missing"), (".", "not_a_profile")])
def test_a_file_that_is_no_file(tmp_path: Path, path: str, kind: str):
    with pytest.raises(ExportError) as error:
        read_profile(tmp_path / path)
    assert error.value.kind == kind


def broken_table() -> bytes:
    return TABLE.replace(b"mft2", b"xxxx")


def test_a_profile_that_littlecms_refuses_writes_nothing(tmp_path: Path):
    path = tmp_path / "a.png"
    with pytest.raises(ExportError) as error:
        export_pixels(flat(), path, ExportOptions(profile="file", icc=broken_table(), icc_name="b.icc"))
    assert error.value.kind == "profile_not_usable"
    assert not path.exists()


def test_a_picture_whose_own_profile_is_broken_can_still_be_kept(tmp_path: Path):
    own = ColourSpace(name="broken", icc=broken_table())
    export_pixels(np.zeros((4, 4, 4), np.float32), tmp_path / "a.jpg", ExportOptions(), colour_space=own)
    with pytest.raises(ExportError):
        export_pixels(flat(), tmp_path / "b.png", ExportOptions(profile="sRGB"), colour_space=own)


@given(st.integers(0, 700), st.binary(max_size=40))
def test_any_bytes_are_a_profile_or_a_sentence(place: int, noise: bytes):
    for whole in (P3.icc, TABLE[:20_000]):
        data = whole[:place] + noise + whole[place + len(noise) :]
        try:
            check_profile(data, "a.icc")
        except ExportError as error:
            assert "a.icc" in str(error)  # noqa: PT017
