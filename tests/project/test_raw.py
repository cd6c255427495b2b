"""Photographs as the sensor saw them: colours against the sRGB curve, what is told apart, what is broken."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
import tifffile

from studio.project import load
from studio.project.decode import decode
from studio.project.errors import DecodeError
from studio.project.raw import glance, is_raw
from studio.raster.colour import linear_to_srgb
from tests.project.negatives import negative

COLOURS = ((0.5, 0.2, 0.1), (0.05, 0.3, 0.6), (0.18, 0.18, 0.18))


def scene(width: int = 96, height: int = 64) -> np.ndarray:
    """Three upright bands of linear colours."""
    linear = np.empty((height, width, 3), np.float32)
    for place, colour in enumerate(COLOURS):
        linear[:, place * width // 3 : (place + 1) * width // 3] = colour
    return linear


def test_a_negative_is_developed_to_sixteen_bits_of_srgb() -> None:
    decoded = decode(negative(scene()), "photo.dng")
    assert (decoded.pixels.shape, decoded.pixels.dtype) == ((64, 96, 4), np.uint16)
    assert (decoded.format, decoded.bits, decoded.icc, decoded.opaque) == ("raw", 16, b"", True)
    for place, colour in enumerate(COLOURS):
        found = decoded.pixels[32, 16 + 32 * place, :3] / 65535
        np.testing.assert_allclose(found, linear_to_srgb(np.array(colour, np.float32)), atol=0.01)
    assert (decoded.pixels[..., 3] == 65535).all()


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_glance_is_half_as_large_and_tells_the_size(orientation: int) -> None:
    data = negative(scene(), orientation=orientation)
    whole = decode(data, "photo.dng").pixels
    found = glance(data, "photo.dng")
    assert found is not None
    half, width, height = found
    assert (width, height) == whole.shape[1::-1] and half.pixels.shape == (height // 2, width // 2, 4)
    inner = whole[1::2, 1::2].astype(float) - half.pixels
    assert np.abs(np.median(inner)) < 0.01 * 65535
    assert glance(data[:500], "photo.dng") is None and glance(b"no photograph", "x") is None


def test_it_is_turned_upright_and_says_so() -> None:
    decoded = decode(negative(scene(), orientation=6), "photo.dng")
    assert decoded.pixels.shape == (96, 64, 4)
    assert b"Danqing" in decoded.exif


def test_ordinary_tiffs_stay_what_they_are(tmp_path: Path) -> None:
    pixels = np.arange(48, dtype=np.uint16).reshape(4, 4, 3)
    file = io.BytesIO()
    with tifffile.TiffWriter(file) as writer:
        writer.write(pixels, photometric="rgb", subifds=1, extratags=[(271, "s", 0, "Camera", True)])
        writer.write(pixels[::2, ::2], photometric="rgb")
    data = file.getvalue()
    assert is_raw(data)  # it looks like one
    decoded = decode(data, "scan.tif")
    assert decoded.format == "tiff"
    np.testing.assert_array_equal(decoded.pixels[..., :3], pixels)
    assert not is_raw(b"\x89PNG\r\n\x1a\n") and not is_raw(b"") and not is_raw(b"II*\0")


@pytest.mark.parametrize("part", [0.3, 0.97])
def test_what_is_cut_off_is_told(part: float) -> None:
    data = negative(scene())
    with pytest.raises(DecodeError) as told:
        decode(data[: int(len(data) * part)], "海.dng")
    assert told.value.kind in ("truncated", "damaged", "unsupported") and "海.dng" in str(told.value)


@pytest.mark.parametrize("head", [b"FUJIFILMCCD-RAW 0201", b"IIU\0", b"IIRO", b"\0\0\0\x18ftypcrx "])
def test_heads_without_a_photograph_are_told(head: bytes) -> None:
    with pytest.raises(DecodeError) as told:
        decode(head + bytes(4000), "bad.raf")
    assert told.value.kind in ("unsupported", "truncated", "damaged")


def test_a_negative_of_too_many_pixels_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("studio.project.decoded.ASK_LIMIT", 1000)
    with pytest.raises(DecodeError) as told:
        decode(negative(scene()), "large.dng")
    assert told.value.kind == "too_large_confirm"
    assert decode(negative(scene()), "large.dng", allow_large=True).pixels.shape == (64, 96, 4)


def test_opened_it_is_a_float_layer(tmp_path: Path) -> None:
    place = tmp_path / "照片.dng"
    place.write_bytes(negative(scene()))
    artwork = load.open_any(place)
    assert (artwork.width, artwork.height, artwork.precision, artwork.source_bits) == (96, 64, "float32", 16)
