"""Very large pictures by strips: the same pixels as decoding at once, tiles in the journal, coarse levels right."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from studio.document.artwork import Artwork
from studio.document.layer import Paint
from studio.project import strips, tiles
from studio.project.archive import Entry
from studio.project.codec import encode_straight, encode_tile
from studio.project.decode import decode
from studio.project.errors import DecodeError
from studio.project.headers import HeaderError
from studio.project.journal import Journal
from studio.project.load import from_decoded
from studio.project.spool import Spooled
from studio.raster.colour import to_half
from studio.raster.geometry import Rect
from studio.render.renderer import Renderer

WIDTH, HEIGHT = 700, 530


@pytest.fixture(autouse=True)
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strips, "FROM_PIXELS", 1)


def pixels(mode: str) -> np.ndarray:
    random = np.random.default_rng(7)
    channels = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4}[mode]
    noise = random.integers(0, 256, (HEIGHT, WIDTH, channels), dtype=np.uint8)
    smooth = cv2.GaussianBlur(noise, (31, 31), 8).reshape(HEIGHT, WIDTH, channels)
    return np.where(np.arange(HEIGHT)[:, None, None] % 3 == 0, noise, smooth).astype(np.uint8)


def written(mode: str, kind: str, **options) -> bytes:
    array = pixels(mode)
    out = io.BytesIO()
    Image.fromarray(array[..., 0] if mode == "L" else array, mode).save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("mode", ["L", "LA", "RGB", "RGBA"])
def test_png_strips_are_the_picture(mode: str):
    data = written(mode, "PNG")
    picture = strips.streamed(data)
    assert picture is not None and (picture.width, picture.height) == (WIDTH, HEIGHT)
    got = np.concatenate([strip.copy() for strip in strips.rows(picture)])
    wanted = np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))
    assert np.array_equal(got, wanted)
    assert np.array_equal(decode(data).pixels, wanted)


@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("filtering", range(5))
def test_each_filter_of_a_png_is_undone(channels: int, filtering: int):
    array = pixels({1: "L", 3: "RGB", 4: "RGBA"}[channels])
    flags = [cv2.IMWRITE_PNG_FILTER, (8, 16, 32, 64, 128)[filtering], cv2.IMWRITE_PNG_COMPRESSION, 1]
    swapped = (
        array
        if channels == 1
        else cv2.cvtColor(array, cv2.COLOR_RGB2BGR if channels == 3 else cv2.COLOR_RGBA2BGRA)
    )
    data = cv2.imencode(".png", swapped, flags)[1].tobytes()
    got = decode(data).pixels
    assert np.array_equal(got[..., :channels] if channels > 1 else got[..., :1], array)
    assert channels == 4 or (got[..., 3] == 255).all()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_jpeg_strips_are_upright(orientation: int):
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = written("RGB", "JPEG", quality=95, exif=exif)
    picture = strips.streamed(data)
    assert picture is not None
    got = np.concatenate(list(strips.rows(picture)))
    wanted = decode(data)
    assert np.array_equal(got, wanted.pixels)
    assert got.shape[:2] == (picture.height, picture.width)
    assert picture.metadata == wanted.metadata


def test_what_cannot_be_taken_in_strips_is_left_to_the_decoder():
    interlaced = bytearray(written("RGB", "PNG"))
    interlaced[28] = 1
    interlaced[29:33] = zlib.crc32(bytes(interlaced[12:29])).to_bytes(4, "big")
    assert strips.streamed(bytes(interlaced)) is None
    out = io.BytesIO()
    Image.fromarray(pixels("RGB")).quantize(16).save(out, "PNG")
    assert strips.streamed(out.getvalue()) is None
    assert strips.streamed(b"GIF89a" + bytes(40)) is None


def test_broken_pictures_are_told():
    data = written("RGB", "PNG")
    with pytest.raises(DecodeError):
        strips.streamed(data[: len(data) // 2])
    place = data.index(b"IDAT") + 400
    broken = bytearray(data)
    broken[place : place + 60] = bytes(60)
    start = data.index(b"IDAT")
    length = int.from_bytes(data[start - 4 : start], "big")
    broken[start + 4 + length : start + 8 + length] = zlib.crc32(
        bytes(broken[start : start + 4 + length])
    ).to_bytes(4, "big")
    picture = strips.streamed(bytes(broken))
    assert picture is not None
    with pytest.raises(HeaderError):
        list(strips.rows(picture))


def test_compressed_rubbish_is_told():
    head = written("RGB", "PNG")[:33]

    def chunk(name: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")

    for body in (b"\x78\x9c" + b"\xff" * 80, b"rubbish" * 9, zlib.compress(b"\7" * (WIDTH * 3 + 1) * HEIGHT)):
        with pytest.raises(DecodeError) as error:
            decode(head + chunk(b"IDAT", body) + chunk(b"IEND", b""), "a.png")
        assert error.value.kind == "damaged"


def test_limits_hold():
    head = bytearray(written("RGB", "PNG"))
    head[16:24] = (40_000).to_bytes(4, "big") * 2
    head[29:33] = zlib.crc32(bytes(head[12:29])).to_bytes(4, "big")
    with pytest.raises(DecodeError) as error:
        strips.streamed(bytes(head))
    assert error.value.kind == "too_large"


def test_straight_bytes_are_encoded_as_their_tile():
    straight = np.dstack([np.resize(pixels("RGB"), (256, 256, 3)), np.full((256, 256), 255, np.uint8)])
    straight = np.ascontiguousarray(straight)
    assert encode_straight(straight) == encode_tile(to_half(straight))


def spooled(tmp_path: Path, mode: str = "RGBA") -> tuple[Journal, Spooled, Artwork, Artwork]:
    data = written(mode, "PNG")
    picture = strips.streamed(data)
    assert picture is not None
    journal = Journal.create(tmp_path, title="large")
    work = Spooled(picture, "large", journal)
    done = list(work)
    assert done[-1] == 1.0 and done == sorted(done)
    return journal, work, work.artwork, from_decoded(decode(data), "large")


def test_a_spooled_picture_is_the_decoded_one_and_none_of_it_is_in_memory(tmp_path: Path):
    journal, _, artwork, wanted = spooled(tmp_path)
    layer, other = artwork.layers[0], wanted.layers[0]
    assert isinstance(layer, Paint) and isinstance(other, Paint)
    assert not any(tile.resident for tile in layer.surface.tiles.values())
    assert {key: tile.digest for key, tile in layer.surface.tiles.items()} == {
        key: tile.digest for key, tile in other.surface.tiles.items()
    }
    assert np.array_equal(layer.surface.read(artwork.rect), other.surface.read(wanted.rect))
    journal.write(artwork, Entry(id="1", parent=None, label="x", time=0.0))
    again, report = journal.artwork()
    assert not report and again.width == WIDTH
    journal.discard()


def test_seeded_levels_are_those_that_would_be_made(tmp_path: Path):
    journal, work, artwork, wanted = spooled(tmp_path)
    seeded, plain = Renderer(), Renderer()
    seeded.seed(artwork.layers[0], work.mips)
    loads = journal.source.loads
    rect = Rect(0, 0, -(-WIDTH // 8), -(-HEIGHT // 8))
    got = seeded.compose(artwork, rect, 3)
    assert journal.source.loads == loads  # nothing was read back
    assert np.array_equal(got, plain.compose(wanted, rect, 3))
    journal.discard()


def test_tiles_read_back_leave_the_memory_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    journal, _, artwork, wanted = spooled(tmp_path)
    layer, other = artwork.layers[0], wanted.layers[0]
    assert isinstance(layer, Paint) and isinstance(other, Paint)
    one = next(iter(layer.surface.tiles.values()))
    monkeypatch.setattr(tiles, "LOADED_BUDGET", 2 * one.nbytes)
    for _ in range(2):
        for key, tile in layer.surface.tiles.items():
            assert np.array_equal(tile.pixels(), other.surface.tiles[key].pixels())
            assert sum(each.resident for each in layer.surface.tiles.values()) <= 3
    journal.discard()


def test_tiles_that_are_alike_are_one_and_leave_the_memory_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A page with white around it, or a pattern that repeats."""
    patch = np.random.default_rng(5).integers(0, 256, (256, 256, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(np.tile(patch, (9, 11, 1))).save(out, "PNG")
    picture = strips.streamed(out.getvalue())
    assert picture is not None
    journal = Journal.create(tmp_path, title="alike")
    work = Spooled(picture, "alike", journal)
    list(work)
    layer = work.artwork.layers[0]
    assert isinstance(layer, Paint) and len(layer.surface.tiles) == 99
    assert len(set(map(id, layer.surface.tiles.values()))) == 1
    monkeypatch.setattr(tiles, "LOADED_BUDGET", 1)
    whole = layer.surface.read(work.artwork.rect)
    assert np.array_equal(whole, np.tile(whole[:256, :256], (9, 11, 1)))
    assert sum(tile.resident for tile in set(layer.surface.tiles.values())) <= 1
    journal.discard()
