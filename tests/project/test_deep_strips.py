"""Very large TIFFs, and PNGs of 16 bits, by strips from the open file: the same pixels as at once, no more held than a band."""

from __future__ import annotations

import io
import itertools
import tracemalloc
from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image

from studio.document.layer import Paint
from studio.project import strips, tiff, tiff_rows
from studio.project.decode import decode
from studio.project.errors import DecodeError
from studio.project.file_bytes import FileBytes
from studio.project.headers import HeaderError
from studio.project.journal import Journal
from studio.project.load import from_decoded
from studio.project.png import encode_png
from studio.project.spool import Spooled
from studio.project.surfaces import surface_of_strips
from studio.project.tiff import encode_tiff
from studio.raster.geometry import Rect
from studio.render.renderer import Renderer

WIDTH, HEIGHT = 333, 530


@pytest.fixture(autouse=True)
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strips, "FROM_PIXELS", 1)


def pixels(channels: int, dtype: type, size: tuple[int, int] = (HEIGHT, WIDTH)) -> np.ndarray:
    random = np.random.default_rng(11)
    noise = cv2.GaussianBlur(random.random((*size, channels), dtype=np.float32), (31, 31), 8)
    noise = noise.reshape(*size, channels) + random.random((*size, channels), dtype=np.float32) / 50
    if dtype == np.float32:
        return noise * 1.5
    return (noise.clip(0, 1) * np.iinfo(dtype).max).astype(dtype)


def taken(data: bytes, path: Path) -> np.ndarray:
    """The strips joined; those of the file are those of its bytes, and each but the last has 256 rows."""
    path.write_bytes(data)
    from_bytes, from_file = strips.streamed(data), strips.streamed_file(path)
    assert from_bytes is not None and from_file is not None
    assert (from_file.width, from_file.height, from_file.icc) == (
        from_bytes.width,
        from_bytes.height,
        from_bytes.icc,
    )
    assert from_file.metadata == from_bytes.metadata == decode(data).metadata
    bands = [band.copy() for band in strips.rows(from_file)]
    assert all(len(band) == 256 for band in bands[:-1])
    found = np.concatenate(bands)
    assert np.array_equal(found, np.concatenate([band.copy() for band in strips.rows(from_bytes)]))
    return found


TIFFS: dict[str, dict] = {
    "one strip": {"rowsperstrip": HEIGHT},
    "strips": {"rowsperstrip": 7},
    "deflate": {"rowsperstrip": 50, "compression": "zlib"},
    "big endian": {"rowsperstrip": 50, "byteorder": ">"},
    "tiles": {"tile": (64, 96)},
    "deflated tiles": {"tile": (32, 32), "compression": "zlib"},
    "BigTIFF": {"bigtiff": True, "rowsperstrip": 33},
    "BigTIFF, big endian": {"bigtiff": True, "byteorder": ">", "tile": (64, 64)},
}


@pytest.mark.parametrize("how", TIFFS)
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_tiff_strips_are_the_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, dtype: type, channels: int
) -> None:
    monkeypatch.setattr(tiff_rows, "LARGEST_PIECE", 64 * WIDTH * 4)
    array = pixels(channels, dtype)
    more = {"extrasamples": ["unassalpha"]} if channels == 4 else {}
    file = io.BytesIO()
    tifffile.imwrite(
        file,
        array[..., 0] if channels == 1 else array,
        photometric="minisblack" if channels == 1 else "rgb",
        metadata=None,
        **TIFFS[how],
        **more,
    )
    found, wanted = taken(file.getvalue(), tmp_path / "a.tif"), decode(file.getvalue()).pixels
    assert found.dtype == wanted.dtype and np.array_equal(found, wanted)
    assert np.array_equal(found[..., :channels], array)


@pytest.mark.parametrize("compression", ["tiff_lzw", "packbits", "tiff_adobe_deflate"])
@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
def test_what_pillow_packs_is_taken(tmp_path: Path, compression: str, mode: str) -> None:
    array = pixels(len(mode), np.uint8)
    file = io.BytesIO()
    picture = Image.fromarray(array[..., 0] if mode == "L" else array, mode)
    picture.save(file, "TIFF", compression=compression)
    assert np.array_equal(taken(file.getvalue(), tmp_path / "a.tif"), decode(file.getvalue()).pixels)


@pytest.mark.parametrize("channels", [3, 4])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("big", [False, True])
def test_our_own_tiffs_are_taken_with_what_they_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, channels: int, dtype: type, big: bool
) -> None:
    if big:
        monkeypatch.setattr(tiff, "_CLASSIC", 0)
    exif = Image.Exif()
    exif[271] = "Danqing"
    exif.get_ifd(34665)[0x829A] = 0.5
    array = pixels(channels, dtype)
    data = b"".join(encode_tiff(array, exif=exif.tobytes().removeprefix(b"Exif\0\0"), xmp=b"<x/>", ppi=300))
    assert np.array_equal(taken(data, tmp_path / "a.tif")[..., :channels], array)
    picture = strips.streamed_file(tmp_path / "a.tif")
    assert picture is not None and picture.ppi == pytest.approx(300)
    assert picture.metadata["xmp"] == b"<x/>" and picture.metadata["exif"]


@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("filtering", range(5))
def test_png_strips_of_16_bits_are_the_picture(tmp_path: Path, channels: int, filtering: int) -> None:
    array = pixels(channels, np.uint16)
    order = [2, 1, 0, 3][:channels] if channels > 1 else [0]
    flags = [cv2.IMWRITE_PNG_FILTER, (8, 16, 32, 64, 128)[filtering], cv2.IMWRITE_PNG_COMPRESSION, 1]
    data = cv2.imencode(".png", np.ascontiguousarray(array[..., order]), flags)[1].tobytes()
    found = taken(data, tmp_path / "a.png")
    assert found.dtype == np.uint16 and np.array_equal(found, decode(data).pixels)
    assert np.array_equal(found[..., :channels], array)


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_a_deep_picture_is_spooled_as_it_is_decoded(tmp_path: Path, suffix: str) -> None:
    array = pixels(4, np.uint16)
    array[100:400, 20:300, 3] = 0
    data = b"".join((encode_png if suffix == ".png" else encode_tiff)(array))
    path = tmp_path / f"deep{suffix}"
    path.write_bytes(data)
    wanted = from_decoded(decode(data), "deep")
    picture = strips.streamed_file(path)
    assert picture is not None
    journal = Journal.create(tmp_path, title="deep")
    work = Spooled(picture, "deep", journal)
    assert list(work)[-1] == 1.0 and not picture.source
    artwork = work.artwork
    layer, other = artwork.layers[0], wanted.layers[0]
    assert isinstance(layer, Paint) and isinstance(other, Paint)
    assert artwork.precision == wanted.precision == "float32" and artwork.source_bits == 16
    assert not any(tile.resident for tile in layer.surface.tiles.values())
    assert {key: tile.digest for key, tile in layer.surface.tiles.items()} == {
        key: tile.digest for key, tile in other.surface.tiles.items()
    }
    seeded, plain = Renderer(), Renderer()
    seeded.seed(layer, work.mips)
    rect = Rect(0, 0, -(-WIDTH // 8), -(-HEIGHT // 8))
    loads = journal.source.loads
    got = seeded.compose(artwork, rect, 3)
    assert journal.source.loads == loads
    np.testing.assert_allclose(got, plain.compose(wanted, rect, 3), atol=1e-6)
    again = strips.streamed(data)
    assert again is not None
    strip_tiles = surface_of_strips(again, "deep").tiles
    assert {key: tile.digest for key, tile in strip_tiles.items()} == {
        key: tile.digest for key, tile in other.surface.tiles.items()
    }
    journal.discard()


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_no_more_than_a_few_bands_of_a_file_are_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    """Of 54 MB in the file; a band is 2 MB."""
    array = np.random.default_rng(4).integers(0, 65536, (9000, 1000, 3)).astype(np.uint16)
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"".join((encode_png if suffix == ".png" else encode_tiff)(array)))
    assert path.stat().st_size > 50e6
    asked: list[int] = []
    plain = FileBytes.__getitem__

    def noted(self: FileBytes, key):
        found = plain(self, key)
        asked.append(len(found) if isinstance(found, bytes) else 1)
        return found

    monkeypatch.setattr(FileBytes, "__getitem__", noted)
    tracemalloc.start()
    try:
        picture = strips.streamed_file(path)
        assert picture is not None
        total = sum(len(band) for band in strips.rows(picture))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert total == 9000 and max(asked) <= 1 << 20
    assert peak < 20e6


def test_what_cannot_be_taken_is_left_to_the_decoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    array = pixels(3, np.uint16)

    def left(**how) -> bool:
        file = io.BytesIO()
        tifffile.imwrite(file, how.pop("array", array), metadata=None, **how)
        return strips.streamed(file.getvalue()) is None

    assert not left(photometric="rgb")
    assert left(photometric="rgb", planarconfig="separate", array=np.moveaxis(array, 2, 0))
    assert left(photometric="rgb", extratags=[(50706, "B", 4, b"\1\4\0\0", True)])  # a DNG
    assert left(photometric="rgb", extratags=[(274, "H", 1, 6, True)])
    assert left(photometric="minisblack", array=array[..., 0].astype(np.uint32))
    monkeypatch.setattr(tiff_rows, "LARGEST_PIECE", 1000)
    assert left(photometric="rgb", compression="zlib", rowsperstrip=HEIGHT)
    assert strips.streamed_file(tmp_path / "a.gif") is None if _gif(tmp_path / "a.gif") else True
    with pytest.raises(DecodeError) as error:
        strips.streamed_file(tmp_path / "nothing.png")
    assert error.value.kind == "missing"


def _gif(path: Path) -> bool:
    Image.new("RGB", (3, 3)).save(path)
    return True


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, of a directory that ends too soon
def test_broken_files_are_told(tmp_path: Path) -> None:
    data = b"".join(encode_tiff(pixels(3, np.uint16)))
    path = tmp_path / "a.tif"
    place = data.index(b"\x78", 8)
    path.write_bytes(data[:place] + bytes(200) + data[place + 200 :])
    picture = strips.streamed_file(path)
    assert picture is not None
    with pytest.raises(HeaderError):
        list(strips.rows(picture))
    for cut in itertools.chain(range(0, 60, 7), (len(data) // 2,)):
        path.write_bytes(data[:cut])
        try:
            found = strips.streamed_file(path)
        except DecodeError:
            continue
        if found is not None:
            with pytest.raises(HeaderError):
                list(strips.rows(found))


def test_a_file_that_shrinks_while_it_is_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    noise = np.random.default_rng(1).integers(0, 65536, (2000, 500, 3)).astype(np.uint16)
    path.write_bytes(b"".join(encode_png(noise)))
    picture = strips.streamed_file(path)
    assert picture is not None
    bands = strips.rows(picture)
    next(bands)
    with open(path, "r+b") as file:
        file.truncate(4000)
    with pytest.raises(HeaderError):
        list(bands)
