"""Writing picture files: values read back exactly, metadata kept, and an old file that survives a failed write."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms

from studio.document import edits
from studio.document.artwork import Artwork, ColourSpace
from studio.document.layer import Paint
from studio.project.decode import decode
from studio.project.errors import ExportError
from studio.project.export import Take, export_artwork, export_pixels, straight_pixels
from studio.project.load import open_picture
from studio.project.options import ExportOptions
from studio.project.surfaces import surface_of
from studio.raster.geometry import Rect

WIDE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def flat(artwork: Artwork) -> np.ndarray:
    layer = artwork.layers[0]
    assert isinstance(layer, Paint)
    return layer.surface.read(artwork.rect).astype(np.float32)


def premultiplied(straight: np.ndarray) -> np.ndarray:
    return surface_of(straight).read(Rect(0, 0, straight.shape[1], straight.shape[0])).astype(np.float32)


@pytest.mark.parametrize("suffix", [".png", ".tif", ".webp"])
@pytest.mark.parametrize("transparent", [False, True])
def test_eight_bits_come_back_exactly(
    tmp_path: Path, random: np.random.Generator, suffix: str, transparent: bool
) -> None:
    pixels = random.integers(0, 256, (300, 421, 4)).astype(np.uint8)
    pixels[..., 3] = np.maximum(pixels[..., 3], 1) if transparent else 255
    path = tmp_path / f"画{suffix}"
    export_pixels(premultiplied(pixels), path, ExportOptions(lossless=True))
    decoded = decode(path.read_bytes())
    assert decoded.opaque is not transparent
    assert np.array_equal(decoded.pixels, pixels)
    with Image.open(path) as other:
        assert np.array_equal(np.asarray(other.convert("RGBA")), pixels)


@pytest.mark.parametrize("suffix", [".png", ".tiff"])
@pytest.mark.parametrize("transparent", [False, True])
def test_sixteen_bits_come_back_exactly(
    tmp_path: Path, random: np.random.Generator, suffix: str, transparent: bool
) -> None:
    pixels = random.integers(0, 65536, (211, 300, 4)).astype(np.uint16)
    pixels[..., 3] = np.maximum(pixels[..., 3], 1) if transparent else 65535
    path = tmp_path / f"deep{suffix}"
    export_pixels(premultiplied(pixels), path, ExportOptions(bits=16))
    decoded = decode(path.read_bytes())
    assert decoded.bits == 16 and np.array_equal(decoded.pixels, pixels)
    other = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_UNCHANGED)
    assert other is not None
    order = [2, 1, 0, 3] if transparent else [2, 1, 0]
    assert np.array_equal(other[..., order], pixels[..., : len(order)])


def test_bits_follow_the_artwork(tmp_path: Path, random: np.random.Generator) -> None:
    pixels = random.integers(0, 65536, (64, 64, 3)).astype(np.uint16)
    source = tmp_path / "source.tiff"
    source.write_bytes(cv2.imencode(".tiff", pixels)[1].tobytes())
    artwork = open_picture(source)
    for suffix, bits in ((".png", 16), (".tif", 16), (".jpg", 8), (".webp", 8)):
        path = tmp_path / f"out{suffix}"
        export_artwork(artwork, flat, path)
        assert decode(path.read_bytes()).bits == bits


def test_jpeg_quality_and_background(tmp_path: Path) -> None:
    pixels = np.zeros((64, 64, 4), np.float32)
    pixels[:, 32:] = (0.25, 0, 0, 0.5)
    path = tmp_path / "a.jpg"
    export_pixels(pixels, path, ExportOptions(quality=100, background=(0, 0, 1)))
    back = decode(path.read_bytes()).pixels[..., :3].astype(int)
    assert np.abs(back[:, :28] - (0, 0, 255)).max() <= 2
    assert np.abs(back[:, 36:] - (64, 0, 128)).max() <= 2
    export_pixels(pixels, path, ExportOptions(quality=100))
    assert (decode(path.read_bytes()).pixels[:, :28] == 255).all()


def test_conversion_goes_through_the_profile(tmp_path: Path) -> None:
    # A profile whose red is sRGB's blue: the table of tags names each other's primaries.
    swapped = WIDE.replace(b"rXYZ", b"@XYZ").replace(b"bXYZ", b"rXYZ").replace(b"@XYZ", b"bXYZ")
    pixels = np.zeros((8, 8, 4), np.float32)
    pixels[...] = (1, 0.5, 0, 1)
    path = tmp_path / "a.png"
    export_pixels(
        pixels, path, ExportOptions(profile="sRGB"), colour_space=ColourSpace(name="Swapped", icc=swapped)
    )
    back = decode(path.read_bytes())
    assert back.icc == b"" and np.abs(back.pixels[0, 0, :3].astype(int) - (0, 128, 255)).max() <= 2
    export_pixels(pixels, path, colour_space=ColourSpace(name="Swapped", icc=swapped))
    back = decode(path.read_bytes())
    assert back.icc == swapped and back.pixels[0, 0].tolist() == [255, 128, 0, 255]


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif", ".webp"])
def test_profile_exif_xmp_and_ppi_go_round(tmp_path: Path, photo: np.ndarray, suffix: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Danqing"
    exif[0x0112] = 6
    exif.get_ifd(0x8769)[0x9003] = "2026:01:02 03:04:05"
    buffer = io.BytesIO()
    Image.fromarray(photo).save(
        buffer, "JPEG", exif=exif.tobytes(), icc_profile=WIDE, dpi=(240, 240), xmp=b"<x:xmp/>"
    )
    source = tmp_path / "source.jpg"
    source.write_bytes(buffer.getvalue())
    artwork = open_picture(source)
    assert (artwork.width, artwork.height) == (photo.shape[0], photo.shape[1])
    path = tmp_path / f"out{suffix}"
    export_artwork(artwork, flat, path)
    decoded = decode(path.read_bytes())
    assert decoded.icc == WIDE and decoded.ppi == pytest.approx(240, abs=0.02)
    assert decoded.metadata["xmp"] == b"<x:xmp/>"
    kept = Image.Exif()
    kept.load(decoded.exif)
    assert kept[0x010F] == "Danqing" and kept.get(0x0112, 1) == 1
    assert kept.get_ifd(0x8769)[0x9003] == "2026:01:02 03:04:05"
    assert decoded.pixels.shape[:2] == (artwork.height, artwork.width)


def test_conversion_to_srgb_drops_the_profile(tmp_path: Path, photo: np.ndarray) -> None:
    pixels = premultiplied(np.dstack([photo, np.full(photo.shape[:2], 255, np.uint8)]))
    path = tmp_path / "a.png"
    space = ColourSpace(name="sRGB built-in", icc=WIDE)
    export_pixels(pixels, path, ExportOptions(profile="sRGB"), colour_space=space)
    decoded = decode(path.read_bytes())
    assert decoded.icc == b""
    assert np.abs(decoded.pixels[..., :3].astype(int) - photo).max() <= 1


def test_values_outside_the_range_are_clamped() -> None:
    pixels = np.array([[[2.0, -1.0, 0.5, 1.0], [0, 0, 0, 0]]], np.float32)
    assert straight_pixels(pixels).tolist() == [[[255, 0, 128, 255], [0, 0, 0, 0]]]


def test_png_of_one_pixel_and_of_many_strips(tmp_path: Path) -> None:
    for width, height in ((1, 1), (1, 700), (3000, 900)):
        pixels = np.ones((height, width, 4), np.float32)
        pixels[..., 0] = np.linspace(0, 1, width * height, dtype=np.float32).reshape(height, width)
        path = tmp_path / f"{width}.png"
        export_pixels(pixels, path)
        assert np.array_equal(decode(path.read_bytes()).pixels[..., :3], straight_pixels(pixels))


def test_unknown_ending_and_too_large_side(tmp_path: Path) -> None:
    pixels = np.ones((2, 2, 4), np.float32)
    with pytest.raises(ExportError, match=r"\.png, \.jpg"):
        export_pixels(pixels, tmp_path / "a.xyz")
    with pytest.raises(ExportError, match="16383"):
        export_pixels(np.ones((1, 16_400, 4), np.float32), tmp_path / "a.webp")
    assert list(tmp_path.iterdir()) == []


# Failing writes -----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
def test_full_disk_leaves_the_old_file(tmp_path: Path, random: np.random.Generator) -> None:
    import resource

    path = tmp_path / "图 🎨.png"
    path.write_bytes(b"old")
    pixels = np.ones((400, 400, 4), np.float32)
    pixels[..., :3] = random.random((400, 400, 3), np.float32)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        with pytest.raises(ExportError) as caught:
            export_pixels(pixels, path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.kind == "disk_full" and "图 🎨.png" in str(caught.value)
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(("number", "kind"), [(28, "disk_full"), (30, "read_only"), (13, "no_permission")])
def test_every_failure_has_its_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: str
) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"old")

    def fails(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("os.fsync", fails)
    with pytest.raises(ExportError) as caught:
        export_pixels(np.ones((9, 9, 4), np.float32), path)
    monkeypatch.undo()
    assert caught.value.kind == kind and "a.png" in str(caught.value)
    assert path.read_bytes() == b"old" and len(list(tmp_path.iterdir())) == 1


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.png").mkdir()
    with pytest.raises(ExportError) as caught:
        export_pixels(np.ones((9, 9, 4), np.float32), tmp_path / "a.png")
    assert caught.value.kind == "directory"


@pytest.mark.parametrize("ending", [".png", ".jpg", ".tif", ".webp"])
@pytest.mark.parametrize("opaque", [True, False])
def test_a_picture_drawn_in_parts_makes_the_same_file(tmp_path: Path, ending: str, opaque: bool) -> None:
    pixels = np.random.default_rng(2).random((70, 90, 4), dtype=np.float32)
    pixels[..., 3] = 1.0 if opaque else np.where(pixels[..., 3] > 0.5, np.float32(0.9985), pixels[..., 3])
    pixels[..., :3] *= pixels[..., 3:]
    artwork = edits.new_artwork(90, 70)

    def draw(_artwork: Artwork, take: Take, rect: Rect) -> None:
        assert rect == artwork.rect
        for part in (Rect(40, 0, 90, 33), Rect(0, 0, 40, 33), Rect(0, 33, 90, 70)):
            take(part, pixels[part.top : part.bottom, part.left : part.right])

    whole, drawn = tmp_path / f"whole{ending}", tmp_path / f"drawn{ending}"
    export_artwork(artwork, lambda _: pixels, whole)
    export_artwork(artwork, lambda _: pytest.fail("flattened"), drawn, draw=draw)
    assert whole.read_bytes() == drawn.read_bytes()
