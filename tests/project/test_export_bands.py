"""PNG, TIFF and JPEG written band by band: the same pixels as at once, alpha where it comes late, and no more held than a band."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image

from studio.document import edits
from studio.document.artwork import Artwork
from studio.project import export, jpeg_bands, tiff
from studio.project.decode import decode
from studio.project.export import Take, export_artwork
from studio.project.options import ExportOptions
from studio.project.tiff import encode_tiff, exif_of_tiff
from studio.raster.geometry import TILE, Rect

WIDTH, HEIGHT = 90, 3 * TILE - 50


@pytest.fixture(autouse=True)
def small_bands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "BAND_PIXELS", 1)


class Drawn:
    """Draws ``pixels`` in parts of uneven size; notes which bands were asked for."""

    def __init__(self, pixels: np.ndarray) -> None:
        self.pixels = pixels
        self.asked: list[Rect] = []

    def __call__(self, artwork: Artwork, take: Take, rect: Rect) -> None:
        self.asked.append(rect)
        for top in range(rect.top, rect.bottom, 37):
            part = Rect(rect.left, top, rect.right, min(top + 37, rect.bottom))
            take(part, self.pixels[part.top : part.bottom, part.left : part.right])


def values(alpha: str) -> np.ndarray:
    """uint16 RGBA; ``alpha``: "none", "all", or "late", in the last row alone."""
    pixels = np.random.default_rng(3).integers(0, 65536, (HEIGHT, WIDTH, 4)).astype(np.uint16)
    seen = pixels[..., 3].copy()
    pixels[..., 3] = 65535
    if alpha == "all":
        pixels[..., 3] = np.maximum(seen, 1)
    elif alpha == "late":
        pixels[-1, :, 3] = np.maximum(seen[-1], 1)
    return pixels


def premultiplied(straight: np.ndarray) -> np.ndarray:
    floats = straight.astype(np.float32) / 65535
    floats[..., :3] *= floats[..., 3:]
    return floats


@pytest.mark.parametrize("suffix", [".png", ".tif"])
@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("alpha", ["none", "all", "late"])
def test_bands_make_the_same_picture(tmp_path: Path, suffix: str, bits: int, alpha: str) -> None:
    drawn = Drawn(premultiplied(values(alpha)))
    artwork = edits.new_artwork(WIDTH, HEIGHT)
    whole, bands = tmp_path / f"whole{suffix}", tmp_path / f"bands{suffix}"
    export_artwork(artwork, lambda _: drawn.pixels, whole, ExportOptions(bits=bits))
    export_artwork(artwork, lambda _: pytest.fail("flattened"), bands, ExportOptions(bits=bits), drawn)
    assert {rect.height for rect in drawn.asked} == {TILE, HEIGHT % TILE}
    assert len(drawn.asked) == (6 if alpha == "late" else 3)
    wanted, found = decode(whole.read_bytes()), decode(bands.read_bytes())
    assert found.bits == bits and found.opaque == (alpha == "none")
    assert np.array_equal(found.pixels, wanted.pixels)
    with Image.open(bands) as other:
        assert other.size == (WIDTH, HEIGHT)
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("quality", [70, 95])
def test_bands_of_a_jpeg_are_joined_to_the_picture_encoded_at_once(tmp_path: Path, quality: int) -> None:
    """With reduced and with whole colour; read by two decoders."""
    drawn = Drawn(premultiplied(values("late")))
    exif = Image.Exif()
    exif[270] = "hills"
    words = exif.tobytes().removeprefix(b"Exif\0\0")
    artwork = edits.new_artwork(WIDTH, HEIGHT).with_(ppi=300.0, metadata={"exif": words})
    whole, bands = tmp_path / "whole.jpg", tmp_path / "bands.jpg"
    options = ExportOptions(quality=quality)
    export_artwork(artwork, lambda _: drawn.pixels, whole, options)
    export_artwork(artwork, lambda _: pytest.fail("flattened"), bands, options, drawn)
    assert len(drawn.asked) == 3
    with Image.open(whole) as wanted, Image.open(bands) as found:
        assert found.size == (WIDTH, HEIGHT) and found.info["dpi"] == wanted.info["dpi"]
        assert found.info.get("icc_profile") == wanted.info.get("icc_profile")
        assert found.getexif()[270] == "hills"
        assert np.array_equal(np.asarray(found), np.asarray(wanted))
    first, second = (cv2.imdecode(np.fromfile(one, np.uint8), cv2.IMREAD_COLOR) for one in (whole, bands))
    assert np.array_equal(first, second)
    assert np.array_equal(decode(bands.read_bytes()).pixels, decode(whole.read_bytes()).pixels)


def test_bands_that_cannot_be_joined_are_refused() -> None:
    bands = [np.zeros((jpeg_bands.ROWS + 1, 8, 3), np.uint8)] * 2

    def save(band: np.ndarray, first: bool) -> bytes:
        out = io.BytesIO()
        Image.fromarray(band).save(out, "JPEG", restart_marker_rows=1)
        return out.getvalue()

    with pytest.raises(ValueError, match="multiple"):
        list(jpeg_bands.jpeg_parts(258, bands, save))


@pytest.mark.parametrize("suffix", [".webp"])
def test_other_formats_are_drawn_in_bands_and_encoded_at_once(tmp_path: Path, suffix: str) -> None:
    drawn = Drawn(premultiplied(values("late")))
    artwork = edits.new_artwork(WIDTH, HEIGHT)
    export_artwork(artwork, lambda _: drawn.pixels, tmp_path / f"whole{suffix}")
    export_artwork(artwork, lambda _: pytest.fail("flattened"), tmp_path / f"bands{suffix}", None, drawn)
    assert len(drawn.asked) == 3
    assert (tmp_path / f"whole{suffix}").read_bytes() == (tmp_path / f"bands{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", [".png", ".tif", ".jpg"])
@pytest.mark.parametrize("profile", ["keep", "Display P3"])
def test_no_more_than_a_few_bands_are_held(tmp_path: Path, suffix: str, profile: str) -> None:
    """The picture would be 35 bands of the file's numbers, 70 of floats."""
    width, height = 1000, 9000
    row = np.random.default_rng(5).random((TILE, width, 4), dtype=np.float32)
    row[..., 3] = 1

    def draw(_: Artwork, take: Take, rect: Rect) -> None:
        for left in range(0, width, TILE):
            part = Rect(left, rect.top, min(left + TILE, width), rect.bottom)
            take(part, row[: part.height, part.left : part.right])

    artwork = edits.new_artwork(width, height)
    options = ExportOptions(bits=16, profile=profile)
    tracemalloc.start()
    try:
        export_artwork(artwork, lambda _: pytest.fail("flattened"), tmp_path / f"a{suffix}", options, draw)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    band = TILE * width * 4 * 2
    assert peak < (10 if profile == "keep" else 25) * band, peak / band


@pytest.mark.parametrize("channels", [3, 4])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_a_tiff_too_large_for_32_bits_is_a_bigtiff(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, channels: int, dtype: type
) -> None:
    monkeypatch.setattr(tiff, "_CLASSIC", 0)
    pixels = (values("all")[..., :channels] >> (8 if dtype == np.uint8 else 0)).astype(dtype)
    exif = Image.Exif()
    exif[271] = "丹青"
    exif.get_ifd(34665)[0x829A] = 0.5
    path = tmp_path / "big.tif"
    block = exif.tobytes().removeprefix(b"Exif\0\0")
    data = b"".join(encode_tiff(pixels, icc=b"profile" * 9, exif=block, xmp=b"<x/>", ppi=300))
    path.write_bytes(data)
    with tifffile.TiffFile(path) as file:
        page = file.pages.first
        assert file.is_bigtiff and page.tags[282].value == (300_000, 1000)
        assert page.tags[34675].value == b"profile" * 9 and page.tags[700].value == b"<x/>"
        assert page.tags[34665].value["ExposureTime"] == 0.5
        assert np.array_equal(file.asarray(), pixels)
    back = Image.Exif()
    back.load(exif_of_tiff(data))
    assert back.get_ifd(34665)[0x829A] == 0.5
