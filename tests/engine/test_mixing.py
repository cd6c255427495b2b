"""One picture made of several: weighted sums of styles."""

from __future__ import annotations

from pathlib import Path

import msgspec
import torch
from safetensors.torch import save_file

from studio.engine.context import Context
from studio.engine.latent.mixing import style_of
from studio.engine.library.catalog import Catalog
from studio.engine.networks.build import new_generator
from studio.engine.networks.generator import GeneratorShape
from studio.engine.networks.load import load_generator
from studio.engine.run import run
from studio.messages.events import Failed, Picture
from studio.messages.models import ModelCard
from studio.messages.requests import BANDS, MOST_PARTS, Generate, Interpolate, Part, Station
from studio.workspace.mixing import started
from studio.workspace.walk import State, asked_of
from tests.engine.conftest import CARD

SEEDS = (3, 9, 12)


def made(**fields) -> Picture:
    fields = {"seeds": (SEEDS[0],), **fields}
    return _only(Generate(model="tiny", size=32, **fields), Picture)


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
    w = style_of(model, Generate(model="tiny", seeds=(3,), sliders=sliders, variety=0.6, parts=parts), 3)
    alone = model.styles(model.latents(SEEDS), sliders, 0.6)
    assert torch.allclose(w, alone[0:1] - alone[1:2] + alone[2:3], atol=1e-6)


def test_all_of_one_part_is_that_picture_bit_for_bit(tiny: Path) -> None:
    whole = (Part(seed=9, weight=1.0), Part(seed=3, weight=0.0))
    alone = _only(Generate(model="tiny", seeds=(9,), sliders={"night": 2.0}, size=32), Picture)
    assert made(parts=whole, sliders={"night": 2.0}).pixels == alone.pixels
    assert made(parts=whole).pixels != alone.pixels, "sliders move what is mixed"


def test_a_picture_with_another_start_of_its_sliders_is_the_same_bit_for_bit(tiny: Path) -> None:
    state = State(seed=9, sliders={"night": 2.0, "mist": -1.0, "pca-1": 0.5}, variety=0.8)
    moved = started(started(state, "night"), "pca-1")
    assert moved.sliders == {"mist": -1.0}
    pictures = [made(**{**asked_of(one), "seeds": (9,)}) for one in (state, moved)]
    assert pictures[0].pixels == pictures[1].pixels
    further = msgspec.structs.replace(moved, sliders={**moved.sliders, "night": 0.5})
    asked = msgspec.structs.replace(state, sliders={**state.sliders, "night": 2.5})
    pictures = [made(**{**asked_of(one), "seeds": (9,)}) for one in (asked, further)]
    assert pictures[0].pixels == pictures[1].pixels


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
    w = style_of(model, Generate(model="two", seeds=(3,), parts=parts), 3)
    blended = model.styles(model.latents((3,)), {}, 0.7, "a", "b", 0.75)
    assert torch.allclose(w, blended, atol=1e-6)


def write(home: Path, shape: GeneratorShape, card: ModelCard) -> Path:
    torch.manual_seed(1)
    path = home / "data" / "models" / f"{card.name}.safetensors"
    path.parent.mkdir(parents=True, exist_ok=True)
    generator = new_generator(shape)
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


# ── bands of layers ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_layers_with_one_style_in_every_band_draw_as_before(tiny: Path) -> None:
    model = load_generator(tiny)
    w = model.styles(model.latents((3,)), {}, 0.7)
    assert torch.equal(model.render(w), model.render(w[:, None].expand(-1, 3, -1)))


def test_all_bands_of_another_picture_are_that_picture(tiny: Path) -> None:
    """With the sliders that it had; those of the request move all of it."""
    general = Part(seed=3, weight=1.0)
    taken = tuple(Part(seed=9, weight=1.0, band=band, sliders={"mist": 1.5}) for band in BANDS)
    alone = _only(Generate(model="tiny", seeds=(9,), sliders={"night": 1.0, "mist": 1.5}, size=32), Picture)
    assert made(parts=(general, *taken), sliders={"night": 1.0}).pixels == alone.pixels
    one = made(parts=(general, taken[0]), sliders={"night": 1.0})
    own = made(parts=(general,), sliders={"night": 1.0})
    assert one.pixels not in (own.pixels, alone.pixels)


def test_a_band_has_the_variety_asked_for(tiny: Path) -> None:
    model = load_generator(tiny)
    asked = Generate(model="tiny", seeds=(3,), variety=0.7, varieties={"middle": 0.2})
    w = style_of(model, asked, 3)
    z = model.latents((3,))
    assert torch.equal(w[:, 0], model.styles(z, {}, 0.7)) and torch.equal(w[:, 2], w[:, 0])
    assert torch.equal(w[:, 1], model.styles(z, {}, 0.2))
    several = [
        one
        for one in run(
            Generate(model="tiny", seeds=(3, 9), size=32, varieties=dict.fromkeys(BANDS, 0.2)), Context()
        )
        if isinstance(one, Picture)
    ]
    plain = [
        one
        for one in run(Generate(model="tiny", seeds=(3, 9), size=32, variety=0.2), Context())
        if isinstance(one, Picture)
    ]
    assert [one.pixels for one in several] == [one.pixels for one in plain]


def test_what_a_band_cannot_be_is_said(tiny: Path, home: Path) -> None:
    general = Part(seed=3, weight=1.0)
    assert "add up to 1" in refused(parts=(general, Part(seed=9, weight=0.5, band="fine"))).message
    assert "add up to 1" in refused(parts=(Part(seed=9, weight=1.0, band="fine"),)).message
    assert refused(varieties={"coarse": 9.0}).kind == "bad_request"
    unknown = refused(parts=(general, Part(seed=9, weight=1.0, band="fine", sliders={"fog": 1.0})))
    assert "fog" in unknown.message.format(**unknown.arguments)
    shape = GeneratorShape(network="dense", latent_size=4, style_size=4, widths=(8,), side=8)
    card = msgspec.structs.replace(CARD, name="dense", size=8, learned_size=8, sliders=())
    write(home, shape, card)
    failed = _only(Generate(model="dense", seeds=(1,), varieties={"fine": 0.1}, size=32), Failed)
    assert failed.kind == "bad_request" and "style network" in failed.message


def test_the_catalogue_tells_whose_layers_take_styles(tiny: Path, home: Path) -> None:
    shape = GeneratorShape(network="dense", latent_size=4, style_size=4, widths=(8,), side=8)
    write(home, shape, msgspec.structs.replace(CARD, name="dense", size=8, learned_size=8, sliders=()))
    assert "bands" in Catalog().find("tiny").card.abilities
    assert "bands" not in Catalog().find("dense").card.abilities
