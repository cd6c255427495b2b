"""Pictures in few bytes: numbers coded exactly, tiles without seams, damaged files named, figures beside JPEG and WebP."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable
from pathlib import Path

import cv2
import msgspec
import numpy as np
import pytest
import torch
from PIL import Image

from studio.engine.compression import compress as compressing
from studio.engine.compression import likeness, transform
from studio.engine.compression.coding import from_bytes, to_bytes
from studio.engine.compression.compress import compress, decompress
from studio.engine.compression.container import FIRST, HEADER, Damaged, Packed, pack, unpack
from studio.engine.compression.network import REACH, counts_of, load_codec, ship
from studio.engine.compression.source import source_of
from studio.engine.datasets.reading import over_white, without_white
from studio.engine.datasets.rules import scenes
from studio.engine.failures import EngineError
from studio.engine.networks.codec import Codec, CodecShape, Frequencies
from studio.engine.training.codec import CodecRecipe, codec_recipe, train_codec
from studio.engine.training.train import train
from studio.messages.events import Checkpoint, Compressed, Picture, Progress
from studio.messages.requests import Compress, Decompress, Train
from studio.project.profiles import space
from studio.recipe import RecipeError

TINY = CodecRecipe(
    name="tiny-codec", title="Tiny", batch=2, crop=32, steps=6, pictures=2, weights=(0.01, 0.1), precision="float32",
    codec=CodecShape(width=8, latents=6, levels=2),
)  # fmt: skip


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(4)
    codec = Codec(TINY.codec)
    with torch.no_grad():  # as if it had learnt: numbers that are not all 0
        codec.gain += 3
        codec.back -= 3
        codec.frequencies.spread += 1.5
    return ship(codec, tmp_path_factory.mktemp("codec") / "model.safetensors", recipe="{}", licence="CC0")


def picture(path: Path, height: int = 50, width: int = 70, *, alpha: bool = False) -> np.ndarray:
    pixels = scenes.draw(2, 96).pixels[:height, :width]
    if alpha:
        pixels = np.dstack([pixels, np.arange(height * width).reshape(height, width).astype(np.uint8)])
    Image.fromarray(pixels).save(path)
    return pixels


def there_and_back(source: Path, model: Path, **options: object) -> tuple[Compressed, np.ndarray]:
    out = source.with_suffix(".dqz")
    told = [*compress(Compress(file=str(source), out=str(out), model=str(model), quality=2, **options))][-1]
    assert isinstance(told, Compressed) and out.stat().st_size == told.bytes
    seen = [*decompress(Decompress(file=str(out), model=str(model)))][-1]
    assert isinstance(seen, Picture)
    return told, seen.pixels.array()


def test_numbers_are_read_as_they_were_written() -> None:
    draw = np.random.default_rng(3)
    counts = draw.integers(1, 900, (5, 2 * REACH + 1))
    numbers = draw.integers(-REACH, REACH + 1, (5, 7, 9)).astype(np.int32)
    data = to_bytes(numbers, counts)
    np.testing.assert_array_equal(from_bytes(data, numbers.shape, counts), numbers)
    sure = np.ones((5, 2 * REACH + 1), np.int64)
    sure[:, REACH] = 16_000
    assert len(to_bytes(np.zeros_like(numbers), sure)) < len(data) / 10, "what is expected costs little"


def test_frequencies_are_those_of_the_mixture() -> None:
    frequencies = Frequencies(1, 1)
    numbers = torch.arange(-400, 401, dtype=torch.float32).view(1, 1, -1)
    likely = frequencies(numbers, torch.zeros(1, dtype=torch.int64)).detach()
    assert likely.sum().item() == pytest.approx(1, abs=1e-4)
    weight, middle, spread = (
        one[0, 0].detach().double()
        for one in (frequencies.weight.softmax(-1), frequencies.middle, frequencies.spread.exp())
    )
    over = sum(
        w * (torch.sigmoid((2.5 - m) / s) - torch.sigmoid((1.5 - m) / s))
        for w, m, s in zip(weight, middle, spread, strict=True)
    )
    assert likely[0, 0, 402].item() == pytest.approx(float(over), rel=1e-3)


def test_counts_hold_every_number(model: Path) -> None:
    counts = load_codec(model).counts
    assert counts.shape == (2, 6, 2 * REACH + 1) and counts.min() >= 1
    assert torch.equal(counts_of(Codec(TINY.codec)), counts_of(Codec(TINY.codec)))


@pytest.mark.parametrize(("height", "width"), [(1, 1), (15, 17), (50, 70)])
def test_any_size_there_and_back(tmp_path: Path, model: Path, height: int, width: int) -> None:
    pixels = picture(tmp_path / "图.png", height, width)
    told, seen = there_and_back(tmp_path / "图.png", model)
    assert seen.shape == pixels.shape and (told.width, told.height) == (width, height)
    assert told.beside[0].format == "DQZ"
    assert told.beside[0].psnr == pytest.approx(likeness.psnr(pixels, seen)), (
        "the figure is of what comes back"
    )


def test_alpha_comes_back_exactly(tmp_path: Path, model: Path) -> None:
    pixels = picture(tmp_path / "a.png", alpha=True)
    _, seen = there_and_back(tmp_path / "a.png", model, compare=False)
    np.testing.assert_array_equal(seen[..., 3], pixels[..., 3])


def test_colours_of_another_profile_come_back_as_they_looked() -> None:
    rgb = np.full((4, 4, 3), (60, 120, 60), np.uint8)
    plain, wide = io.BytesIO(), io.BytesIO()
    Image.fromarray(rgb).save(plain, "PNG")
    Image.fromarray(rgb).save(wide, "PNG", icc_profile=space("Adobe RGB (1998)").icc)
    assert (source_of(plain.getvalue()).reading.rgb == rgb).all()
    seen = source_of(wide.getvalue()).reading.rgb[0, 0].astype(int)
    assert seen[1] > 120 and seen[0] < 55, "less red and more green in our smaller space"
    broken = io.BytesIO()
    Image.fromarray(rgb).save(broken, "PNG", icc_profile=b"no profile")
    assert (source_of(broken.getvalue()).reading.rgb == rgb).all()


def test_bits_that_are_not_kept_are_told(tmp_path: Path, model: Path) -> None:
    deep = (scenes.draw(2, 32).pixels.astype(np.uint16) * 257)[..., ::-1]
    for name in ("a.png", "a.tif"):
        (tmp_path / name).write_bytes(cv2.imencode(name[1:], deep)[1].tobytes())
        assert source_of((tmp_path / name).read_bytes()).bits == 16
    told, _ = there_and_back(tmp_path / "a.png", model, compare=False)
    assert told.bits == 16


def test_a_transparent_picture_comes_back_as_it_looked(tmp_path: Path, model: Path) -> None:
    pixels = picture(tmp_path / "a.png", alpha=True)
    told, seen = there_and_back(tmp_path / "a.png", model)
    part, back = pixels[..., 3:] / 255.0, seen[..., 3:] / 255.0
    on_white = (part * pixels[..., :3] + 255 * (1 - part), back * seen[..., :3] + 255 * (1 - back))
    on_black = (part * pixels[..., :3], back * seen[..., :3])
    assert likeness.psnr(*on_white) == pytest.approx(told.beside[0].psnr, abs=0.1), (
        "the figure is of what comes back"
    )
    assert likeness.psnr(*on_black) == pytest.approx(told.beside[0].psnr, abs=0.1), "whatever lies under it"
    assert told.alpha and [one.format for one in told.beside] in (["DQZ"], ["DQZ", "WEBP"]), (
        "JPEG keeps no alpha"
    )
    assert (seen[pixels[..., 3] == 0] == 0).all()


def test_white_is_taken_off_again() -> None:
    alpha = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 256, 1)
    rgb = np.repeat(np.repeat(np.arange(256, dtype=np.uint8)[None], 256, 0)[..., None], 3, 2)
    straight = without_white(over_white(rgb, alpha), alpha)
    apart = np.abs(straight.astype(float) - rgb)[1:] * (alpha[1:, :, None] / 255.0)
    assert apart.max() <= 1.01, "half a step of eight bits each way, once laid down"


def test_tiles_leave_no_seam(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded, rgb = load_codec(model), scenes.draw(5, 160).pixels
    whole = [*transform.numbers_of(rgb, loaded.codec, 1)][-1]
    assert whole is not None and len(np.unique(whole)) > 3
    drawn = [*transform.pixels_of(whole, loaded.codec, 1, 160, 160)][-1]
    monkeypatch.setattr(transform, "TILE", 4)
    assert transform.tiles_in(160, 160) == 9
    parted = [*transform.numbers_of(rgb, loaded.codec, 1)][-1]
    assert parted is not None and (parted != whole).mean() < 0.002, "but where a half is rounded"
    again = [*transform.pixels_of(whole, loaded.codec, 1, 160, 160)][-1]
    assert drawn is not None and again is not None
    assert np.abs(drawn.astype(int) - again.astype(int)).max() <= 1


def signed(data: bytes) -> bytes:
    """With the checksum that these bytes should have, as one who means harm would write it."""
    check = zlib.crc32(data[: HEADER.size] + data[FIRST:])
    return data[: HEADER.size] + check.to_bytes(4, "little") + data[FIRST:]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda data: b"", "no compressed picture"),
        (lambda data: b"\x89PNG" + data, "no compressed picture"),
        (lambda data: data[:-3], "bytes of"),
        (lambda data: data[:-3] + bytes([data[-3] ^ 1]) + data[-2:], "checksum"),
        (lambda data: data[:5] + bytes([data[5] ^ 1]) + data[6:], "checksum"),
        (lambda data: data[:3] + b"\x01" + data[4:], "version 1"),
        (lambda data: signed(data[:5] + b"\xff\xff\xff\x7f" + data[9:]), "pixels"),
        (lambda data: signed(data[:4] + b"\x09" + data[5:]), "quality 10"),
    ],
)
def test_a_damaged_file_is_named(
    tmp_path: Path, model: Path, spoil: Callable[[bytes], bytes], words: str
) -> None:
    picture(tmp_path / "a.png")
    there_and_back(tmp_path / "a.png", model, compare=False)
    path = tmp_path / "a.dqz"
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(EngineError, match=words) as caught:
        list(decompress(Decompress(file=str(path), model=str(model))))
    assert "a.dqz" in str(caught.value)


def test_noise_in_the_place_of_a_file_is_damaged() -> None:
    chance = random.Random(5)
    good = pack(Packed(0, 20, 10, b"12345678", b"abcd" * 9, np.zeros((10, 20), np.uint8)))
    for _ in range(300):
        data = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            found = unpack(bytes(data))
        except Damaged:
            continue
        assert bytes(data) == good and found.width * found.height == 200


def test_another_codec_is_named(tmp_path: Path, model: Path) -> None:
    picture(tmp_path / "a.png")
    there_and_back(tmp_path / "a.png", model, compare=False)
    other = ship(Codec(TINY.codec), tmp_path / "other.safetensors", recipe="{}", licence="CC0")
    with pytest.raises(EngineError, match="another codec"):
        list(decompress(Decompress(file=str(tmp_path / "a.dqz"), model=str(other))))


def test_what_cannot_be_read_or_is_no_codec_is_named(tmp_path: Path, model: Path) -> None:
    (tmp_path / "no.png").write_bytes(b"nothing")
    asked = Compress(
        file=str(tmp_path / "no.png"), out=str(tmp_path / "out.dqz"), model=str(model), quality=2
    )
    with pytest.raises(EngineError, match=r"no\.png"):
        list(compress(asked))
    picture(tmp_path / "a.png")
    asked = msgspec.structs.replace(asked, file=str(tmp_path / "a.png"))
    with pytest.raises(EngineError, match="qualities from 1 to 2"):
        list(compress(msgspec.structs.replace(asked, quality=3)))
    with pytest.raises(EngineError, match=r"no\.png.* not a picture codec"):
        list(compress(msgspec.structs.replace(asked, model=str(tmp_path / "no.png"), quality=1)))
    assert not (tmp_path / "out.dqz").exists() and not list(tmp_path.glob("*.part"))


def test_a_picture_is_never_written_over_by_its_own_compressed_one(tmp_path: Path, model: Path) -> None:
    picture(tmp_path / "a.png")
    before = (tmp_path / "a.png").read_bytes()
    (tmp_path / "在").symlink_to(tmp_path, target_is_directory=True)
    for out in (tmp_path / "a.png", tmp_path / "在" / "a.png"):
        with pytest.raises(EngineError, match=r"a\.png.* is the picture itself"):
            list(compress(Compress(file=str(tmp_path / "a.png"), out=str(out), model=str(model), quality=1)))
    assert (tmp_path / "a.png").read_bytes() == before


def test_a_file_that_is_not_there_and_a_folder_are_named(tmp_path: Path, model: Path) -> None:
    for place, words in ((tmp_path / "无.png", "There is no file"), (tmp_path, "is a folder")):
        with pytest.raises(EngineError, match=words):
            list(
                compress(Compress(file=str(place), out=str(tmp_path / "o.dqz"), model=str(model), quality=1))
            )
        with pytest.raises(EngineError, match=words):
            list(decompress(Decompress(file=str(place), model=str(model))))


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, model: Path) -> None:
    picture(tmp_path / "a.png")
    out = tmp_path / "nowhere" / "a.dqz"
    with pytest.raises(OSError) as caught:
        list(compress(Compress(file=str(tmp_path / "a.png"), out=str(out), model=str(model), quality=1)))
    assert caught.value.filename == str(out)


def test_likeness_by_hand() -> None:
    black, grey = np.zeros((32, 32, 3), np.uint8), np.full((32, 32, 3), 16, np.uint8)
    assert likeness.psnr(black, grey) == pytest.approx(20 * np.log10(255 / 16), abs=1e-4)
    assert likeness.ssim(grey, grey) == pytest.approx(1)
    assert likeness.ssim(black, grey) == pytest.approx(
        (0.01 * 255) ** 2 / (16**2 + (0.01 * 255) ** 2), rel=1e-3
    )
    skimage = pytest.importorskip("skimage.metrics")
    one = scenes.draw(1, 96).pixels
    two = np.asarray(Image.open(io.BytesIO(likeness._written(one, "JPEG", 20))))
    luma = [picture @ likeness.LUMA for picture in (one.astype(np.float32), two.astype(np.float32))]
    theirs = skimage.structural_similarity(
        *luma, data_range=255, gaussian_weights=True, use_sample_covariance=False
    )
    assert likeness.ssim(one, two) == pytest.approx(theirs, abs=0.01)


def test_others_are_as_large_at_most(tmp_path: Path) -> None:
    rgb = scenes.draw(1, 96).pixels
    best = likeness.at_most(rgb, "JPEG", 1500)
    assert best is not None and len(best[0]) <= 1500 and best[1].shape == rgb.shape
    assert likeness.at_most(rgb, "JPEG", 100) is None


def test_a_training_that_was_stopped_goes_on_to_the_same(tmp_path: Path) -> None:
    whole = list(train_codec(TINY, tmp_path / "whole"))
    last = whole[-1]
    assert isinstance(last, Checkpoint) and load_codec(Path(last.path)).codec.shape == TINY.codec
    steps = train_codec(TINY, tmp_path / "halting")
    while not (isinstance(event := next(steps), Progress) and event.done == 3 and event.values):
        pass
    steps.close()
    list(train_codec(TINY, tmp_path / "halting", resume=True))
    one, other = (load_codec(tmp_path / run / "model.safetensors").digest for run in ("whole", "halting"))
    assert one == other
    wider = msgspec.structs.replace(TINY, codec=CodecShape(width=12, latents=6, levels=2))
    with pytest.raises(RecipeError, match=r"learning\.safetensors"):
        list(train_codec(wider, tmp_path / "halting", resume=True))


def test_it_learns(tmp_path: Path) -> None:
    recipe = msgspec.structs.replace(TINY, steps=60, rate=0.02)
    losses = [e.values["loss"] for e in train_codec(recipe, tmp_path) if isinstance(e, Progress) and e.values]
    assert sum(losses[-5:]) < 0.5 * sum(losses[:5])


def test_the_shipped_recipe_and_a_folder(tmp_path: Path) -> None:
    recipe = codec_recipe("codec-vae")
    assert recipe is not None and recipe.codec.levels == 5 and codec_recipe("tiny") is None
    own = tmp_path / "own.toml"
    own.write_text(
        'name = "own"\ntitle = "Own"\nbatch = 1\ncrop = 16\nsteps = 1\npictures = 1\nweights = [0.01]\n'
        "[codec]\nwidth = 8\nlatents = 4\nlevels = 1\n"
    )
    folder = tmp_path / "pictures"
    folder.mkdir()
    with pytest.raises(EngineError, match="pictures"):
        list(train(Train(recipe=str(own), data=str(folder), run=str(tmp_path / "run"))))
    picture(folder / "a.png")
    (folder / "broken.png").write_bytes(b"")
    events = list(train(Train(recipe=str(own), data=str(folder), run=str(tmp_path / "run"))))
    assert isinstance(events[-1], Checkpoint) and load_codec(Path(events[-1].path)).counts.shape[0] == 1
    own.write_text(own.read_text().replace("levels = 1", "levels = 2"))
    with pytest.raises(RecipeError, match="weight for each"):
        codec_recipe(str(own))
    assert compressing.embedded_codec().name == "codec-vae.safetensors"
