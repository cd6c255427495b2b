"""Palettes of a folder: moments by hand, groups that are there, names, what is refused, and a model that is told them."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from PIL import Image

from studio.engine.datasets.folder import FolderSource
from studio.engine.datasets.listing import DataError
from studio.engine.datasets.pack import packed
from studio.engine.datasets.palettes import ALIKE, TOO_FEW, moments, nearest, palettes_of
from studio.engine.networks.discriminator import DiscriminatorShape
from studio.engine.networks.encoder import EncoderShape
from studio.engine.networks.generator import GeneratorShape
from studio.engine.networks.load import load_generator
from studio.engine.training.checkpoint import TrainingState, newest_checkpoint
from studio.engine.training.loop import learnt_from, train
from studio.engine.training.recipe import TrainingRecipe
from studio.messages.data import Decisions

BLUE, PAPER, RED = (20, 30, 110), (250, 228, 150), (190, 40, 30)
COLOURS = (BLUE, PAPER, RED)
TINY = TrainingRecipe(
    name="tiny-palettes", title="Tiny", source="folder", batch=4, steps=3, precision="float32", sample_every=100,
    sample_count=4, generator=GeneratorShape(latent_size=6, style_size=16, mapping_layers=2, widths=(16, 12, 8)),
    discriminator=DiscriminatorShape(widths=(8, 12, 16)),
)  # fmt: skip
THREE = Decisions(side=16, classes="palettes", palettes=3)


def sheets(each: int, side: int = 16, spread: int = 5) -> tuple[np.ndarray, np.ndarray]:
    """Pictures uint8 [3 each, side, side, 3] of one colour each but for some noise, mixed, and the number of each one's colour."""
    random = np.random.default_rng(4)
    kinds = random.permutation(np.repeat(np.arange(3), each))
    noise = random.integers(-spread, spread + 1, (len(kinds), side, side, 3))
    pictures = np.array(COLOURS)[kinds][:, None, None] + noise
    return np.clip(pictures, 0, 255).astype(np.uint8), kinds


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Flat, on a 中文 path: palettes need no sub-folders."""
    place = tmp_path / "图片"
    place.mkdir()
    pictures, kinds = sheets(4)
    for number, (picture, kind) in enumerate(zip(pictures, kinds, strict=True)):
        Image.fromarray(picture).save(place / f"{number:02}-{kind}.png")
    return place


def pack_of(folder: Path, cache: Path, decisions: Decisions):
    packing = packed(folder, None, decisions, cache)
    while True:
        try:
            next(packing)
        except StopIteration as end:
            return end.value


def test_moments_by_hand() -> None:
    """Black is L 0 and white L 1 (a = b = 0): half of each has the mean ½ and the deviation ½. Grey in one channel is the same."""
    half = np.zeros((1, 32, 32, 3), np.uint8)
    half[:, 16:] = 255
    assert moments(half)[0] == pytest.approx([0.5, 0, 0, 0.5, 0, 0], abs=1e-3)
    assert moments(half[..., :1])[0] == pytest.approx([0.5, 0, 0, 0.5, 0, 0], abs=1e-3)
    clear = np.zeros((1, 32, 32, 4), np.uint8)  # nothing at all lies on white paper
    assert moments(clear)[0] == pytest.approx([1, 0, 0, 0, 0, 0], abs=1e-3)
    red = np.full((1, 32, 32, 3), (255, 0, 0), np.uint8)  # Ottosson 2020: L 0.628, a 0.225, b 0.126
    assert moments(red)[0] == pytest.approx([0.628, 0.225, 0.126, 0, 0, 0], abs=1e-3)


def test_palettes_that_are_there_are_found_and_named() -> None:
    pictures, kinds = sheets(20)
    found = palettes_of(pictures, 3)
    assert [one.title.title for one in found] == ["Dark blue", "Red", "Light yellow"]
    assert [one.title.title_zh for one in found] == ["深蓝", "红", "浅黄"]
    assert [one.name for one in found] == ["dark-blue", "red", "light-yellow"]
    for one, colour in zip(found, (BLUE, RED, PAPER), strict=True):
        assert one.title.swatches[0] == pytest.approx(colour, abs=8)
    assert (np.array([0, 2, 1])[kinds] == nearest(moments(pictures), found)).all()
    again = palettes_of(pictures, 3)
    assert [one.centre.tobytes() for one in again] == [one.centre.tobytes() for one in found]


def test_palettes_of_one_name_are_told_apart_by_a_number() -> None:
    greys = np.stack([np.full((8, 8, 3), level, np.uint8) for level in (120, 122, 160, 162)])
    assert [one.name for one in palettes_of(greys, 2)] == ["grey", "grey-2"]


def test_too_few_pictures_or_colours_are_refused() -> None:
    pictures, _ = sheets(1)
    with pytest.raises(DataError) as refused:
        palettes_of(pictures, 2)
    assert refused.value.message == TOO_FEW
    with pytest.raises(DataError) as refused:
        palettes_of(np.full((30, 8, 8, 3), 90, np.uint8), 2)
    assert refused.value.message == ALIKE


def test_a_source_tells_the_palette_of_each_picture(folder: Path, tmp_path: Path) -> None:
    pack = pack_of(folder, tmp_path / "cache", msgspec.structs.replace(THREE, validation=0.25))
    source = FolderSource(pack, 6, mirror=False, by_class=True)
    assert source.classes == ("dark-blue", "red", "light-yellow")
    for draw in (source.batch, source.held):
        codes, pictures = draw(32, torch.Generator().manual_seed(1))
        colours = (pictures.mean((2, 3)) + 1) * 127.5
        told = torch.tensor([BLUE, RED, PAPER]).float()[codes[:, 6:].argmax(1)]
        assert (colours - told).abs().max() < 8


def test_an_autoencoder_that_is_told_palettes_has_its_codes_read_for_them(
    folder: Path, tmp_path: Path
) -> None:
    recipe = msgspec.structs.replace(
        TINY, warm_steps=2, encoder=EncoderShape(latent_size=6, widths=(8, 12, 16))
    )
    recipe, source = learnt_from(
        pack_of(folder, tmp_path / "cache", THREE), recipe, THREE, own_channels=False
    )
    state = TrainingState(recipe, torch.device("cpu"))
    assert state.encoder is not None and state.encoder.shape.classes == 3
    assert state.reader is not None, "nothing would keep the palette out of the codes"
    assert len(source.class_titles) == 3


def test_a_model_keeps_its_palettes_and_a_run_goes_on_with_them(folder: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    list(train(TINY, data=folder, run=run, steps=2, decisions=THREE))
    (folder / "new.png").write_bytes((folder / next(folder.iterdir()).name).read_bytes())
    list(train(TINY, data=folder, run=run, steps=1, resume=True))  # the run knows what was decided
    newest = newest_checkpoint(run)
    assert newest is not None and newest.stem.endswith("03")
    card = load_generator(newest).card
    assert card.classes == ("dark-blue", "red", "light-yellow")
    assert [one.title_zh for one in card.class_titles] == ["深蓝", "红", "浅黄"]
    assert all(one.swatches for one in card.class_titles)
    picture = load_generator(newest).sample((1,), sliders={}, variety=1.0)
    assert picture.pictures.shape == (1, 3, 16, 16)
