"""The networks: shapes, determinism, precision, the model file and what it refuses."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from studio.engine.library.model_file import ModelFileError
from studio.engine.networks.discriminator import Discriminator, DiscriminatorShape
from studio.engine.networks.generator import Generator, GeneratorShape
from studio.engine.networks.layers import ModulatedConv
from studio.engine.networks.load import load_generator
from studio.engine.networks.upscaler import Upscaler, UpscalerShape
from studio.messages.models import ModelCard, Slider
from studio.paths import embedded_models

SHAPE = GeneratorShape(latent_size=6, style_size=16, mapping_layers=2, widths=(16, 12, 8))


def tiny_model(path: Path, *, truncation: str = "w", sliders: int = 2) -> Path:
    """A model file with random weights: 16 pixels, learned to 32, two sliders."""
    torch.manual_seed(0)
    shape = msgspec.structs.replace(SHAPE, truncation=truncation)
    enlarged = UpscalerShape(factor=2, width=8, blocks=1)
    generator, upscaler = Generator(shape), Upscaler(enlarged)
    tensors = {f"generator.{name}": value.half() for name, value in generator.state_dict().items()}
    tensors |= {f"upscaler.{name}": value.half() for name, value in upscaler.state_dict().items()}
    tensors["directions"] = torch.eye(6)[:2]
    named = tuple(
        Slider(name=name, title=name.title(), title_zh="雾") for name in ("mist", "night")[:sliders]
    )
    card = ModelCard(
        name="tiny",
        title="Tiny",
        title_zh="小",
        kind="gan",
        size=16,
        learned_size=32,
        sliders=named,
        latent_size=6,
    )
    metadata = {"danqing": msgspec.json.encode(card).decode(), "shape": msgspec.json.encode(shape).decode()}
    metadata["upscaler"] = msgspec.json.encode(enlarged).decode()
    save_file(tensors, path, metadata)
    return path


def test_modulated_convolution_equals_its_definition() -> None:
    """Against equations 1–3 of StyleGAN2, written out with one kernel per picture."""
    torch.manual_seed(1)
    layer = ModulatedConv(5, 7, 4)
    x, w = torch.randn(3, 5, 6, 6), torch.randn(3, 4)
    style = layer.affine(w)
    for index in range(3):
        kernel = layer.weight * style[index].view(1, -1, 1, 1)
        kernel = kernel / kernel.square().sum((1, 2, 3), keepdim=True).add(1e-6).sqrt()
        expected = (
            torch.nn.functional.conv2d(x[index : index + 1], kernel, padding=1) * (2 / (1 + 0.2**2)) ** 0.5
        )
        assert torch.allclose(layer(x, w)[index : index + 1], expected, atol=1e-4)


def test_remembered_weights_change_nothing() -> None:
    torch.manual_seed(1)
    layer = ModulatedConv(5, 7, 4)
    x, w = torch.randn(2, 5, 6, 6), torch.randn(2, 4)
    before = layer(x, w)
    layer.settle()
    assert torch.allclose(layer(x, w), before, atol=1e-6)


def test_shapes_of_all_networks() -> None:
    generator = Generator(SHAPE)
    picture = generator(torch.randn(2, 6))
    assert picture.shape == (2, 3, 16, 16) and SHAPE.size == 16
    judge = Discriminator(DiscriminatorShape(latent_size=6, widths=(8, 12, 16)))
    assert judge(picture, torch.randn(2, 6)).shape == judge(picture).shape == (2,)
    for factor in (2, 4):
        assert Upscaler(UpscalerShape(factor=factor, width=8, blocks=1))(picture).shape[-1] == 16 * factor


def test_enlargement_starts_from_the_bicubic_picture() -> None:
    torch.manual_seed(5)
    upscaler = Upscaler(UpscalerShape(factor=4, width=8, blocks=1))
    torch.nn.init.zeros_(upscaler.closing.weight)
    for height, width in ((16, 16), (7, 12)):
        picture = torch.rand(2, 3, height, width) * 2 - 1
        bicubic = torch.nn.functional.interpolate(picture, scale_factor=4, mode="bicubic")
        assert torch.allclose(upscaler(picture), bicubic, atol=1e-5)


def test_bfloat16_is_near_float32() -> None:
    torch.manual_seed(2)
    generator = Generator(SHAPE)
    z = torch.randn(4, 6)
    exact = generator(z)
    assert (generator(z, torch.bfloat16) - exact).abs().mean() < 0.03 * exact.std()


def test_every_weight_of_generator_and_judge_learns() -> None:
    torch.manual_seed(3)
    generator, judge = Generator(SHAPE), Discriminator(DiscriminatorShape(latent_size=6, widths=(8, 12, 16)))
    z = torch.randn(4, 6)
    judge(generator(z), z).square().sum().backward()
    for module in (generator, judge):
        for name, parameter in module.named_parameters():
            assert parameter.grad is not None and parameter.grad.abs().sum() > 0, name


def test_a_seed_is_the_same_picture_alone_and_among_others(tmp_path: Path) -> None:
    model = load_generator(tiny_model(tmp_path / "model.safetensors"))
    together = model.sample((4, 9, 2), sliders={"mist": 1.0}, variety=0.8)
    alone = model.sample((9,), sliders={"mist": 1.0}, variety=0.8)
    assert together.pictures.shape == (3, 3, 32, 32)
    assert torch.equal(together.pictures[1], alone.pictures[0])
    assert torch.equal(together.latents[1], alone.latents[0])


def test_sliders_move_and_zero_moves_nothing(tmp_path: Path) -> None:
    model = load_generator(tiny_model(tmp_path / "model.safetensors"))
    plain = model.sample((1,), sliders={}).pictures
    assert torch.equal(model.sample((1,), sliders={"night": 0.0}).pictures, plain)
    assert not torch.equal(model.sample((1,), sliders={"night": 2.0}).pictures, plain)


@pytest.mark.parametrize("truncation", ["w", "z"])
def test_no_variety_is_one_picture_for_all_seeds(tmp_path: Path, truncation: str) -> None:
    model = load_generator(tiny_model(tmp_path / "model.safetensors", truncation=truncation))
    one, other = model.sample((1, 2), sliders={}, variety=0.0).pictures
    assert torch.equal(one, other)


def test_quick_pictures_are_near(tmp_path: Path) -> None:
    model = load_generator(tiny_model(tmp_path / "model.safetensors"))
    full = model.sample((1,), sliders={}).pictures
    quick = model.sample((1,), sliders={}, quick=True).pictures
    assert quick.shape == full.shape
    assert (quick - full).abs().mean() < 0.05
    plain = model.sample((1,), sliders={}, quick=True, enlarged=False).pictures
    assert plain.shape[2] * 2 == full.shape[2]


def test_a_file_that_lacks_a_tensor_names_it(tmp_path: Path) -> None:
    path = tiny_model(tmp_path / "model.safetensors")
    from safetensors import safe_open

    with safe_open(path, "np") as file:
        tensors = {name: np.array(file.get_tensor(name)) for name in file.keys()}  # noqa: SIM118
        metadata = file.metadata()
    del tensors["generator.plan.weight"]
    from safetensors.numpy import save_file as save_arrays

    save_arrays(tensors, path, metadata)
    with pytest.raises(RuntimeError, match=r"plan\.weight"):
        load_generator(path)


def test_sliders_without_directions_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="directions"):
        load_generator(tiny_model(tmp_path / "model.safetensors", sliders=1))


def test_the_embedded_model_keeps_what_its_card_says() -> None:
    path = embedded_models() / "shanshui-gan" / "model.safetensors"
    model = load_generator(path)
    assert path.stat().st_size <= 16 << 20 and model.card.parameters <= 8_000_000
    assert model.card.learned_size >= 256 and len(model.card.sliders) == len(model.directions) == 8
    assert model.card.pictures_seen > 0 and model.card.licence
    plain = model.sample((1,), sliders={}, variety=0.7).pictures
    night = model.sample((1,), sliders={"night": 3.0}, variety=0.7).pictures
    assert plain.shape == (1, 3, 256, 256) and plain.std() > 0.1
    assert night.mean() < plain.mean() - 0.2
