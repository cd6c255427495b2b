"""Reading picture files: exact values, kept metadata, and a clear sentence for each bad input."""

from __future__ import annotations

import functools
import io
import os
import struct
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms

from studio.document.artwork import Artwork
from studio.document.layer import pixels_of
from studio.project.decode import decode
from studio.project.decoded import turned
from studio.project.errors import SENTENCES, DecodeError
from studio.project.headers import orientation_of
from studio.project.load import open_any, open_picture
from studio.raster import colour
from studio.raster.surface import Surface


def saved(picture: Image.Image, kind: str, **options) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def shown(artwork: Artwork) -> Surface:
    surface = pixels_of(artwork.layers[0])
    assert surface is not None
    return surface


@functools.cache
def profile() -> bytes:
    """Made once: its header holds the second it was made in."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "BMP", "WEBP"])
def test_eight_bits_are_exact(photo: np.ndarray, kind: str) -> None:
    options = {"lossless": True} if kind == "WEBP" else {}
    decoded = decode(saved(Image.fromarray(photo), kind, **options))
    assert decoded.bits == 8 and decoded.opaque
    assert np.array_equal(decoded.pixels[..., :3], photo)
    assert (decoded.pixels[..., 3] == 255).all()


def test_jpeg_is_what_the_decoder_makes(photo: np.ndarray) -> None:
    data = saved(Image.fromarray(photo), "JPEG", quality=95)
    expected = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert expected is not None
    assert np.array_equal(decode(data).pixels[..., :3], expected[..., ::-1])


@pytest.mark.parametrize("suffix", [".png", ".tiff"])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_sixteen_bits_are_kept(random: np.random.Generator, suffix: str, channels: int) -> None:
    pixels = random.integers(0, 65536, (40, 50, channels)).astype(np.uint16)
    ok, data = cv2.imencode(suffix, pixels)
    decoded = decode(data.tobytes())
    assert ok and decoded.bits == 16 and decoded.pixels.dtype == np.uint16
    order = {1: [0, 0, 0], 3: [2, 1, 0], 4: [2, 1, 0, 3]}[channels]
    assert np.array_equal(decoded.pixels[..., : len(order)], pixels[..., order])


def test_gif_gives_its_first_frame(photo: np.ndarray) -> None:
    first = Image.fromarray(photo).quantize(16)
    data = saved(first, "GIF", save_all=True, append_images=[Image.new("P", first.size)])
    assert np.array_equal(decode(data).pixels[..., :3], np.asarray(first.convert("RGB")))


def test_palette_with_transparency(photo: np.ndarray) -> None:
    data = saved(Image.fromarray(photo).quantize(8), "PNG", transparency=0)
    decoded = decode(data)
    assert not decoded.opaque and (decoded.pixels[..., 3] == 0).any()


def test_grey_profile_becomes_srgb(photo: np.ndarray) -> None:
    decoded = decode(
        saved(Image.fromarray(photo).convert("L"), "PNG", icc_profile=b"\0" * 16 + b"GRAY" + b"\0" * 200)
    )
    assert decoded.icc == b"" and decoded.colour_name == "sRGB"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_profile_exif_and_ppi_are_read(photo: np.ndarray, kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Danqing"
    options: dict[str, Any] = {"exif": exif.tobytes()} if kind != "TIFF" else {"exif": exif}
    if kind != "WEBP":
        options["dpi"] = (240, 240)
    decoded = decode(saved(Image.fromarray(photo), kind, icc_profile=profile(), **options))
    assert decoded.icc == profile() and decoded.colour_name == "sRGB built-in"
    assert b"Camera of Danqing" in decoded.exif
    assert decoded.ppi == (0 if kind == "WEBP" else pytest.approx(240, abs=0.01))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_applied_and_reset(photo: np.ndarray, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(Image.fromarray(photo), "PNG", exif=exif.tobytes())
    decoded = decode(data)
    from PIL import ImageOps

    expected = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))))
    assert np.array_equal(decoded.pixels[..., :3], expected)
    assert orientation_of(decoded.exif) == 1
    assert np.array_equal(turned(photo, orientation), expected)


def test_cmyk_jpeg_becomes_rgb(photo: np.ndarray) -> None:
    decoded = decode(saved(Image.fromarray(photo).convert("CMYK"), "JPEG", quality=100, subsampling=0))
    difference = np.abs(decoded.pixels[..., :3].astype(int) - photo)
    assert difference.mean() < 4 and decoded.icc == b""


def test_associated_alpha_of_a_deep_tiff_is_made_straight() -> None:
    from studio.project.tiff import encode_tiff

    pixels = np.full((4, 4, 4), 20000, np.uint16)
    pixels[..., 3] = 40000
    data = b"".join(encode_tiff(pixels))
    entry = struct.pack("<HHIH", 338, 3, 1, 2)
    assert data.count(entry) == 1
    decoded = decode(data.replace(entry, struct.pack("<HHIH", 338, 3, 1, 1)))
    assert (decoded.pixels[..., :3] == round(20000 / 40000 * 65535)).all()


# Bad input ----------------------------------------------------------------------------------------------------------


def refused(data: bytes, kind: str, name: str = "湖.png", **options) -> DecodeError:
    with pytest.raises(DecodeError) as caught:
        decode(data, name, **options)
    assert caught.value.kind == kind
    assert name in str(caught.value) and "{" not in str(caught.value)
    return caught.value


def huge_png(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


def test_empty_file() -> None:
    refused(b"", "empty")


@pytest.mark.parametrize("data", [b"hello", b"\x80\x04pickle", b"\x7fELF" + bytes(100), bytes(4096)])
def test_not_a_picture(data: bytes) -> None:
    refused(data, "not_a_picture")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF"])
@pytest.mark.parametrize("part", [0.03, 0.5, 0.98])
def test_truncated_is_refused_and_never_half_grey(
    random: np.random.Generator, kind: str, part: float
) -> None:
    pixels = random.integers(0, 256, (200, 300, 3)).astype(np.uint8)
    data = saved(Image.fromarray(pixels), kind)
    with pytest.raises(DecodeError) as caught:
        decode(data[: int(len(data) * part)], "a")
    assert caught.value.kind in ("truncated", "damaged")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_half_a_file_says_that_it_was_not_copied_completely(photo: np.ndarray, kind: str) -> None:
    data = saved(Image.fromarray(photo), kind)
    assert "completely" in str(refused(data[: len(data) // 2], "truncated"))


@pytest.mark.parametrize("suffix", [".png", ".tiff"])
def test_truncated_sixteen_bits(random: np.random.Generator, suffix: str) -> None:
    data = cv2.imencode(suffix, random.integers(0, 65536, (90, 90, 3)).astype(np.uint16))[1].tobytes()
    refused(data[: len(data) // 2], "truncated")


def test_progressive_jpeg_cut_between_scans(photo: np.ndarray) -> None:
    data = saved(Image.fromarray(photo), "JPEG", progressive=True)
    refused(data[: int(len(data) * 0.7)], "truncated")


def test_damaged_png_is_noticed_by_its_checksum(photo: np.ndarray) -> None:
    data = bytearray(saved(Image.fromarray(photo), "PNG"))
    data[len(data) // 2] ^= 0xFF
    refused(bytes(data), "damaged")


def test_sixty_thousand_squared_is_refused_before_a_pixel_is_decoded() -> None:
    error = refused(huge_png(60_000, 60_000), "too_large", allow_large=True)
    assert error.arguments == {"width": "60000", "height": "60000"} and not error.confirm


def test_two_hundred_megapixels_are_asked_about(photo: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(huge_png(20_000, 10_000), "too_large_confirm").confirm
    monkeypatch.setattr("studio.project.decoded.ASK_LIMIT", 1000)
    data = saved(Image.fromarray(photo), "PNG")
    refused(data, "too_large_confirm")
    assert np.array_equal(decode(data, allow_large=True).pixels[..., :3], photo)


@pytest.mark.parametrize("seed", range(40))
def test_broken_bytes_never_raise_anything_else(photo: np.ndarray, seed: int) -> None:
    random = np.random.default_rng(seed)
    kind = ["PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF"][seed % 6]
    data = np.frombuffer(saved(Image.fromarray(photo[:60, :60]), kind), np.uint8).copy()
    places = random.integers(0, len(data), 30)
    data[places] = random.integers(0, 256, 30)
    try:
        outcome = decode(data.tobytes(), "x").pixels.shape[2]
    except DecodeError as error:
        outcome = error.kind
    assert outcome == 4 or outcome in SENTENCES


# Files --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["山水 🏔️🎨.png", "a b'c\"d.jpg", "ß" * 80 + ".png"])
def test_any_path_opens(tmp_path: Path, photo: np.ndarray, name: str) -> None:
    path = tmp_path / "文件夹" / name
    path.parent.mkdir()
    path.write_bytes(saved(Image.fromarray(photo), "PNG"))
    artwork = open_picture(path)
    assert artwork.layers[0].name == path.stem and artwork.active == artwork.layers[0].id
    surface = shown(artwork)
    assert np.array_equal(colour.from_half(surface.read(artwork.rect))[..., :3], photo)


def test_precision_follows_the_source(tmp_path: Path, random: np.random.Generator) -> None:
    pixels = random.integers(0, 65536, (300, 300, 3)).astype(np.uint16)
    path = tmp_path / "deep.tiff"
    path.write_bytes(cv2.imencode(".tiff", pixels)[1].tobytes())
    artwork = open_any(path)
    assert artwork.precision == "float32" and artwork.source_bits == 16
    back = colour.to_straight16(shown(artwork).read(artwork.rect))
    assert np.array_equal(back[..., 2::-1], pixels)


def test_folder_and_missing_file(tmp_path: Path) -> None:
    for path, kind in ((tmp_path, "directory"), (tmp_path / "无.png", "missing")):
        with pytest.raises(DecodeError) as caught:
            open_any(path)
        assert caught.value.kind == kind and path.name in str(caught.value)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "locked.png"
    path.write_bytes(b"x")
    path.chmod(0)
    if os.access(
        path, os.R_OK
    ):  # an administrator may read everything: ask as the system would answer others

        def denied(*_arguments: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("builtins.open", denied)
    with pytest.raises(DecodeError) as caught:
        open_any(path)
    monkeypatch.undo()
    assert caught.value.kind == "no_permission" and "locked.png" in str(caught.value)


def test_a_picture_that_does_not_fit_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    data = huge_png(9000, 9000)
    monkeypatch.setattr("studio.project.decode.pixels_of", lambda data, header: pytest.fail("it was decoded"))
    monkeypatch.setattr("studio.project.free_memory.bytes_left", lambda: 900_000_000)
    error = refused(data, "no_room")
    assert "0.9 GiB" in str(error) and "0.8 GiB are free" in str(error) and "9000 × 9000" in str(error)
