"""Pictures as latents: what is found is drawn again, sliders are the code, folders become maps, and what cannot be is said."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

from studio.engine.context import Context
from studio.engine.latent import encoding
from studio.engine.latent.encoding import error_of, plane_of, split
from studio.engine.networks.encoder import Aggregate, Encoder, EncoderShape
from studio.engine.networks.generator import Generator, GeneratorShape
from studio.engine.networks.load import load_generator
from studio.engine.run import run
from studio.messages.events import CodeMap, Encoded, EncodedFile, Event, Failed, Finished, Picture
from studio.messages.models import ModelCard, Slider
from studio.messages.requests import Encode, EncodeFolder, Generate, Part, Request


@pytest.fixture(params=[(), ("hills", "lakes")], ids=["plain", "classes"])
def vae(home: Path, request: pytest.FixtureRequest) -> Path:
    return write_vae(home / "data" / "models" / "tiny-vae.safetensors", request.param)


def write_vae(path: Path, classes: tuple[str, ...] = ()) -> Path:
    """A model of 16 pixels with an encoder: three sliders of four latents, one standard deviation of 2 each."""
    torch.manual_seed(3)
    shape = GeneratorShape(
        latent_size=4, style_size=8, mapping_layers=1, widths=(8, 8, 8), classes=len(classes)
    )
    seen = EncoderShape(latent_size=4, widths=(8, 8, 8), classes=len(classes))
    codes = Aggregate(4)
    codes.mean += torch.tensor([0.5, 0.0, -0.5, 1.0])
    card = ModelCard(
        name="tiny-vae", title="Tiny VAE", title_zh="小", kind="vae", size=16, learned_size=16, classes=classes, latent_size=4,
        sliders=tuple(Slider(name=f"dimension-{n}", title=f"{n}", title_zh=f"{n}") for n in (2, 1, 4)),
    )  # fmt: skip
    parts = {"generator": Generator(shape), "encoder": Encoder(seen), "aggregate": codes}
    tensors = {
        f"{part}.{key}": value for part, one in parts.items() for key, value in one.state_dict().items()
    }
    tensors["directions"] = 2 * torch.eye(4)[[1, 0, 3]]
    texts = {"danqing": card, "shape": shape, "encoder": seen}
    path.parent.mkdir(parents=True)
    save_file(tensors, path, {key: msgspec.json.encode(value).decode() for key, value in texts.items()})
    return path


def picture(seed: int, side: int = 16) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (side, side, 3), np.uint8)


def asked(pixels: np.ndarray, **fields) -> Encode:
    return Encode(model="tiny-vae", pixels=pixels.tobytes(), shape=pixels.shape, **fields)


def answers(request: Request) -> list[Event]:
    return list(run(request, Context()))


def encoded(pixels: np.ndarray, **fields) -> Encoded:
    (found,) = [one for one in answers(asked(pixels, **fields)) if isinstance(one, Encoded)]
    return found


def test_the_code_with_its_sliders_is_the_mean_code_and_draws_the_reconstruction(vae: Path) -> None:
    found, model = encoded(picture(1)), load_generator(vae)
    x = torch.from_numpy(picture(1).copy()).permute(2, 0, 1)[None].float() / 127.5 - 1
    rest = torch.frombuffer(bytearray(found.latent), dtype=torch.float32)
    amounts = torch.tensor([found.sliders.get(one.name, 0.0) for one in model.card.sliders])
    assert torch.allclose(rest + amounts @ model.directions, model.encode(x, found.label)[0], atol=1e-3)
    assert abs(rest[1]) < 0.011, "what sliders can hold is in the sliders"
    assert np.array_equal(found.seen.array(), picture(1))
    part = Part(seed=9, weight=1.0, label=found.label, latent=found.latent)
    request = Generate(
        model="tiny-vae", seeds=(9,), size=32, parts=(part,), sliders=found.sliders, variety=1.0, label=found.label
    )  # fmt: skip
    (drawn,) = [one for one in answers(request) if isinstance(one, Picture)]
    assert drawn.real_size == 16
    again = load_generator(vae).styles(rest[None], found.sliders, 1.0, found.label)
    levels = (model.generator.synthesize(again).clamp(-1, 1)[0].permute(1, 2, 0) * 127.5 + 127.5).round()
    assert np.abs(levels.numpy() - found.reconstruction.array()).max() <= 1
    moved = {**found.sliders, "dimension-2": found.sliders.get("dimension-2", 0.0) + 1}
    (other,) = [
        one for one in answers(msgspec.structs.replace(request, sliders=moved)) if isinstance(one, Picture)
    ]
    assert other.pixels != drawn.pixels


def test_without_a_class_the_nearest_one_is_taken(vae: Path) -> None:
    found = encoded(picture(2))
    if not found.label:
        return
    model = load_generator(vae)
    x = torch.from_numpy(picture(2).copy()).permute(2, 0, 1)[None].float() / 127.5 - 1
    errors = {
        one: float((model.drawn(model.encode(x, one, refinements=0), one) - x).abs().mean())
        for one in ("hills", "lakes")
    }
    nearest = min(errors, key=lambda one: errors[one])
    assert found.label == nearest


def test_what_sliders_cannot_reach_stays_in_the_code(vae: Path) -> None:
    model = load_generator(vae)
    z = torch.tensor([90.0, 1.234, 0.7, -4.0])
    rest, amounts = split(model, z)
    assert amounts.tolist() == pytest.approx([0.62, 3.0, -2.5]), "in hundredths, at most 3"
    assert torch.allclose(rest + amounts @ model.directions, z) and rest[2] == z[2]


def test_the_error_by_hand_and_what_is_usual(vae: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = torch.zeros(1, 3, 8, 8)
    other = one.clone()
    other[0, 0, 3, 4] = 1.0
    assert error_of(one, other)[0, 3, 4].item() == pytest.approx(127.5 / 3), (
        "so small a picture is not smoothed"
    )
    assert error_of(one, other).sum().item() == pytest.approx(127.5 / 3)
    wide = torch.zeros(1, 1, 48, 48)
    wide[0, 0, 20, 20] = 1.0
    assert error_of(wide, torch.zeros_like(wide))[0, 19, 21].item() == pytest.approx(127.5 / 9)
    monkeypatch.setattr(encoding, "OWN_PICTURES", 3)
    usual = encoded(picture(3), usual=True).usual
    assert usual is not None and usual.shape == (16, 16, 2) and usual.array()[..., 0].mean() > 0


def test_the_plane_is_that_of_the_two_widest_axes() -> None:
    codes = torch.tensor([[5.0, 0.0, 0.0], [-5.0, 0.0, 0.1], [0.0, 2.0, 0.0], [0.0, -2.0, -0.1]]) + 7
    places, shares = plane_of(codes)
    assert torch.allclose(places, torch.tensor([[1.0, 0], [-1, 0], [0, 0.4], [0, -0.4]]), atol=0.02)
    assert shares[0] == pytest.approx(50 / 58.02, abs=1e-3) and shares[1] == pytest.approx(
        8 / 58.02, abs=1e-3
    )
    flat, shares = plane_of(torch.tensor([[1.0], [3.0]]))
    assert flat.abs().tolist() == [[1.0, 0.0], [1.0, 0.0]] and shares == (1.0, 0.0)
    same, shares = plane_of(torch.ones(3, 4))
    assert not same.any() and shares == (0.0, 0.0)


def test_a_folder_becomes_a_map(vae: Path, tmp_path: Path) -> None:
    folder = tmp_path / "图"
    (folder / "lakes").mkdir(parents=True)
    for index in range(4):
        Image.fromarray(picture(index, 40)).save(folder / ("lakes" if index == 3 else "") / f"{index}.png")
    Image.fromarray(picture(9, 3)).save(folder / "small.png")
    (folder / "broken.png").write_bytes(b"no picture")
    events = answers(EncodeFolder(model="tiny-vae", folder=str(folder)))
    files = [one for one in events if isinstance(one, EncodedFile)]
    (found,) = [one for one in events if isinstance(one, CodeMap)]
    assert [one.file for one in files] == ["0.png", "1.png", "2.png", "lakes/3.png"]
    assert (
        isinstance(events[-1], Finished) and found.skipped == ("broken.png", "small.png") and found.left == 0
    )
    assert found.places.shape == (4, 2) and np.abs(found.places.array()).max() == pytest.approx(1.0)
    assert found.usual.shape == (16, 16, 2) and found.sliders == ("dimension-2", "dimension-1", "dimension-4")
    assert files[3].label in ("", "lakes") and files[0].thumbnail.shape == (16, 16, 3)
    model = load_generator(vae)
    alone = encoded(picture(0, 40), label=files[0].label)
    z = [
        np.frombuffer(rest, np.float32) + np.asarray(amounts, np.float32) @ model.directions.numpy()
        for rest, amounts in (
            (files[0].latent, np.frombuffer(files[0].amounts, np.float32)),
            (alone.latent, [alone.sliders.get(name, 0.0) for name in found.sliders]),
        )
    ]
    assert np.allclose(*z, atol=1e-4), "alone and in a folder a picture is the same"


def failure(request: Request) -> Failed:
    (failed,) = [one for one in answers(request) if isinstance(one, Failed)]
    return failed


def sentence(request: Request) -> str:
    failed = failure(request)
    assert failed.kind == "bad_request"
    return failed.message.format(**failed.arguments)


def test_what_cannot_be_is_said(vae: Path, tiny_gan: None, tmp_path: Path) -> None:
    assert "3 × 3 pixels is too small: each side must have at least 4" in sentence(asked(picture(1, 3)))
    gan = msgspec.structs.replace(asked(picture(1)), model="tiny")
    assert "“Tiny” has no encoder" in sentence(gan)
    Image.fromarray(picture(1)).save(tmp_path / "one.png")
    assert "holds one that can be used" in sentence(EncodeFolder(model="tiny-vae", folder=str(tmp_path)))
    Image.fromarray(picture(1, 3)).save(tmp_path / "one.png")
    assert "each side must have at least 4" in sentence(EncodeFolder(model="tiny-vae", folder=str(tmp_path)))
    (tmp_path / "one.png").write_bytes(b"")
    assert "no picture that can be read" in sentence(EncodeFolder(model="tiny-vae", folder=str(tmp_path)))
    part = Part(seed=1, weight=1.0, latent=b"\x00" * 12)
    other = Generate(model="tiny-vae", seeds=(1,), size=32, parts=(part,))
    assert "A latent of 3 numbers does not fit this model, which has 4" in sentence(other)


@pytest.fixture
def tiny_gan(home: Path, vae: Path, write) -> None:
    write(home / "data" / "models" / "tiny.safetensors")
