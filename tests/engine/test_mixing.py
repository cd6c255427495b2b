"""One picture made of several: weighted sums of styles."""

from __future__ import annotations

from pathlib import Path

import msgspec
import torch
from safetensors.torch import save_file

from studio.engine.context import Context
from studio.engine.latent.mixing import style_of
from studio.engine.networks.generator import Generator, GeneratorShape
from studio.engine.networks.load import load_generator
from studio.engine.run import run
from studio.messages.events import Failed, Picture
from studio.messages.models import ModelCard
from studio.messages.requests import MOST_PARTS, Generate, Interpolate, Part, Station
from tests.engine.conftest import CARD

SEEDS = (3, 9, 12)


def made(**fields) -> Picture:
    return _only(Generate(model="tiny", seeds=(SEEDS[0],), size=32, **fields), Picture)


def refused(**fields) -> Failed:
    fields = {"seeds": (1,), **fields}
    return _only(Generate(model="tiny", size=32, **fields), Failed)


def _only(request: Generate, kind: type):
    found = [one for one in run(request, Context()) if isinstance(one, kind)]
    assert len(found) == 1
    return found[0]


def test_the_style_is_the_weighted_sum_of_the_styles(tiny: Path) -> None:
    model, sliders = load_generator(tiny), {"mist": 1.5, "pca-1": -0.5}
    weights = (1.0, -1.0, 1.0)
    parts = tuple(Part(seed=seed, weight=weight) for seed, weight in zip(SEEDS, weights, strict=True))
    w = style_of(model, Generate(model="tiny", seeds=(3,), sliders=sliders, variety=0.6, parts=parts))
    alone = model.styles(model.latents(SEEDS), sliders, 0.6)
    assert torch.allclose(w, alone[0:1] - alone[1:2] + alone[2:3], atol=1e-6)


def test_all_of_one_part_is_that_picture_bit_for_bit(tiny: Path) -> None:
    whole = (Part(seed=9, weight=1.0), Part(seed=3, weight=0.0))
    alone = _only(Generate(model="tiny", seeds=(9,), sliders={"night": 2.0}, size=32), Picture)
    assert made(parts=whole, sliders={"night": 2.0}).pixels == alone.pixels
    assert made(parts=whole).pixels != alone.pixels, "sliders move what is mixed"


def test_a_mixture_lies_between_its_parts(tiny: Path) -> None:
    """Not a cross-fade of pixels, but nearer to each part than they are to each other."""
    half = made(parts=(Part(seed=3, weight=0.5), Part(seed=9, weight=0.5)))
    ends = [made(parts=(Part(seed=seed, weight=1.0),)) for seed in (3, 9)]
    pictures = [torch.from_numpy(one.pixels.array().astype("float32")) for one in (*ends, half)]
    apart = (pictures[0] - pictures[1]).square().mean()
    assert all((one - pictures[2]).square().mean() < apart for one in pictures[:2])


def test_what_cannot_be_mixed_is_said(tiny: Path) -> None:
    half = Part(seed=3, weight=0.5)
    assert "add up to 1" in refused(parts=(half,)).message
    for weight in (float("nan"), float("inf")):
        failed = refused(parts=(half, Part(seed=1, weight=weight)))
        assert failed.kind == "bad_request" and "add up to 1" in failed.message
    many = tuple(Part(seed=seed, weight=1 / 17) for seed in range(MOST_PARTS + 1))
    assert "16 others at most; 17" in refused(parts=many).message.format(**refused(parts=many).arguments)
    assert "one picture" in refused(parts=(half, half), seeds=(1, 2)).message
    unknown = refused(parts=(half, Part(seed=4, weight=0.5, label="梅")))
    assert unknown.kind == "bad_request" and "梅" in unknown.message.format(**unknown.arguments)


def test_each_part_is_of_its_own_class(home: Path) -> None:
    shape = GeneratorShape(latent_size=4, style_size=8, mapping_layers=1, widths=(8, 8), classes=2)
    card = msgspec.structs.replace(CARD, name="two", size=8, learned_size=8, classes=("a", "b"), sliders=())
    path = write(home, shape, card)
    model = load_generator(path)
    parts = (Part(seed=3, weight=0.25, label="a"), Part(seed=3, weight=0.75, label="b"))
    w = style_of(model, Generate(model="two", seeds=(3,), parts=parts))
    blended = model.styles(model.latents((3,)), {}, 0.7, "a", "b", 0.75)
    assert torch.allclose(w, blended, atol=1e-6)


def write(home: Path, shape: GeneratorShape, card: ModelCard) -> Path:
    torch.manual_seed(1)
    path = home / "data" / "models" / f"{card.name}.safetensors"
    path.parent.mkdir(parents=True, exist_ok=True)
    generator = Generator(shape)
    generator.mean_w.normal_()
    tensors = {f"generator.{name}": value for name, value in generator.state_dict().items()}
    said = {"danqing": msgspec.json.encode(card).decode(), "shape": msgspec.json.encode(shape).decode()}
    save_file(tensors, path, said)
    return path


def test_a_film_starts_at_a_mixture(tiny: Path) -> None:
    parts = (Part(seed=3, weight=0.5), Part(seed=9, weight=0.5))
    ends = (Station(seed=3, parts=parts, sliders={"mist": 1.0}), Station(seed=12))
    frames = [
        one
        for one in run(Interpolate(model="tiny", stations=ends, between=2, size=32), Context())
        if isinstance(one, Picture)
    ]
    assert frames[0].pixels == made(parts=parts, sliders={"mist": 1.0}).pixels
    assert frames[2].pixels == _only(Generate(model="tiny", seeds=(12,), size=32), Picture).pixels
    assert frames[1].pixels not in (frames[0].pixels, frames[2].pixels)
