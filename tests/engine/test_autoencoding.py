"""What is said of autoencoders: sharpness by hand, PSNR of a picture that is known, classes counted as a judge sees them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
import torch

from studio.engine.datasets import conditions
from studio.engine.evaluation.autoencoding import (
    as_asked,
    held_out,
    in_turn,
    judged,
    kernels,
    kernels_of_fields,
    left_as_asked,
    redrawn,
    redrawn_in_turn,
    right_by_rule,
    train_condition_judge,
)
from studio.engine.networks.model import GanModel
from studio.engine.networks.sharpness import laplacian_variance
from studio.messages.models import Slider


def test_sharpness_by_hand() -> None:
    checks = torch.tensor([[1.0, -1.0] * 4, [-1.0, 1.0] * 4] * 4).expand(1, 3, 8, 8)
    values = torch.tensor([-8.0, 8.0] * 18)  # 4 neighbours of the other sign: ∓4 − 4
    assert laplacian_variance(checks).item() == pytest.approx(values.var().item())
    assert laplacian_variance(torch.full((1, 3, 8, 8), 0.3)).item() == pytest.approx(0, abs=1e-10)


def test_a_picture_that_is_redrawn_a_tenth_too_light() -> None:
    pictures = held_out(2, 16)
    model = SimpleNamespace(
        encode=lambda given, label, **steps: given.flatten(1),
        drawn=lambda z, label: z.view(-1, 3, 16, 16) + 0.1,
        divergence=torch.tensor([0.0, 0.04, 0.06, 2.0]),
    )
    told = redrawn(cast(GanModel, model), pictures)
    assert torch.equal(told.pictures, pictures + 0.1)
    assert told.psnr == pytest.approx([20 + 10 * torch.tensor(4.0).log10().item()] * 2, abs=1e-3)
    assert told.sharpness == pytest.approx([1.0, 1.0], abs=1e-3) and told.active == 0.5


def test_kernel_distances_know_other_pictures_and_say_what_they_rest_on() -> None:
    pictures = held_out(96, 16)
    made, held, beside = pictures.split([24, 24, 48])
    alike = kernels(made, held, beside, "painted")
    other = kernels(-made, held, beside, "painted")
    assert alike.held == other.held and abs(alike.made) < 0.3 < other.made
    assert (
        "random" in alike.footing and "N 24 beside 48" in alike.footing and "16 px, painted" in alike.footing
    )
    codes = [(one.permute(1, 2, 0) * 127.5 + 127.5).byte().numpy() for one in held_out(2, 256)]
    same, dark = kernels_of_fields(codes, codes), kernels_of_fields(codes, [one // 4 for one in codes])
    assert "N 8 beside 16" in same.footing and same.held == dark.held and same.made < dark.made


def test_pictures_of_all_classes_in_turn_are_drawn_again_as_their_class() -> None:
    pictures, labels = in_turn(26, 8)
    assert labels[0] == labels[24] == conditions.CLASSES[0] and len(set(labels)) == 24
    model = SimpleNamespace(
        encode=lambda given, label: given.flatten(1) + conditions.CLASSES.index(label),
        drawn=lambda z, label: z.view(-1, 3, 8, 8) - conditions.CLASSES.index(label),
    )
    assert torch.allclose(redrawn_in_turn(cast(GanModel, model), pictures, labels), pictures, atol=1e-5)


class Knowing(torch.nn.Module):
    """Reads the class that stands in the first pixel of a picture."""

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        words = conditions.words_of(pictures[:, 0, 0, 0].round().long())
        parts = zip(words.unbind(1), (len(factor) for factor in conditions.FACTORS), strict=True)
        return torch.cat([torch.nn.functional.one_hot(word, size).float() for word, size in parts], 1)


def test_pictures_of_another_class_are_counted() -> None:
    def sample(seeds: tuple[int, ...], *, sliders: dict[str, float], variety: float, label: str) -> Any:
        kind = conditions.CLASSES.index(label)
        if sliders.get("b", 0) > 0 or (not sliders and kind == 23):  # what leads into another class
            kind = (kind + 1) % 24
        return SimpleNamespace(pictures=torch.full((1, 3, 4, 4), float(kind)))

    sliders = (Slider(name="a", title="a", title_zh="a"), Slider(name="b", title="b", title_zh="b"))
    model = cast(GanModel, SimpleNamespace(card=SimpleNamespace(sliders=sliders), sample=sample))
    assert as_asked(model, Knowing(), 48) == pytest.approx(46 / 48)
    assert left_as_asked(model, Knowing(), 48) == pytest.approx(0.75)


def test_a_judge_of_conditions_learns() -> None:
    steps = train_condition_judge(size=16, steps=30, batch=24)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            judge = end.value
            break
    assert judged(judge, held_out(3, 16)).shape == (3, 3)
    assert right_by_rule(judge, 96, 16) > 0.12  # by chance one of 24
