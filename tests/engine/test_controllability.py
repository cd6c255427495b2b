"""What sliders change, read from pixels and by a classifier of the folder's classes."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import numpy as np
import pytest
import torch

from studio.engine.context import Context
from studio.engine.evaluation import controllability
from studio.engine.evaluation.controllability import Judge, attributes, controlled, taught, trusted
from studio.engine.evaluation.document import document
from studio.engine.evaluation.evaluate import evaluate
from studio.engine.failures import EngineError
from studio.engine.library.catalog import Catalog
from studio.engine.training.checkpoint import newest_checkpoint
from studio.engine.training.loop import train
from studio.messages.events import Evaluated
from studio.messages.measurements import PLAIN
from studio.messages.models import Slider
from studio.messages.requests import Evaluate
from tests.engine.test_lessons import flowers, recipe_of  # noqa: F401

SIDE = 16


def over(work: Generator[Any, None, Any]) -> Any:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def plain(red: float, green: float, blue: float) -> torch.Tensor:
    return (torch.tensor([red, green, blue]) * 2 - 1).view(1, 3, 1, 1).expand(1, 3, SIDE, SIDE)


def test_attributes_are_their_formulas() -> None:
    checks = (torch.arange(SIDE)[:, None] + torch.arange(SIDE)) % 2
    half = torch.cat([plain(1, 0, 0)[..., : SIDE // 2], plain(0, 0, 1)[..., : SIDE // 2]], 3)
    pictures = torch.cat([plain(1, 0.5, 0), (checks * 2.0 - 1).expand(1, 3, -1, -1), half])
    brightness, contrast, colour, warmth, detail = attributes(pictures).T.tolist()
    assert tuple(PLAIN) == ("brightness", "contrast", "colourfulness", "warmth", "detail")
    assert brightness == pytest.approx([0.2126 + 0.5 * 0.7152, 0.5, (0.2126 + 0.0722) / 2], abs=1e-6)
    assert contrast == pytest.approx([0, 0.5, (0.2126 - 0.0722) / 2], abs=1e-6)
    # orange: rg 0.5 and yb 0.75 everywhere; red beside blue: rg 1 and 0, yb 0.5 and −1
    assert colour == pytest.approx(
        [0.3 * (0.25 + 0.5625) ** 0.5, 0, (0.25 + 0.5625) ** 0.5 + 0.3 * (0.25 + 0.0625) ** 0.5], abs=1e-6
    )
    assert warmth == pytest.approx([1, 0, 0], abs=1e-6)
    assert detail[0] == pytest.approx(0, abs=1e-6) and detail[1] > 3.9


class Painter:
    """A model whose pictures are plain colours: the first number of w is their light, the second what is red in them; ``still`` does
    nothing, and ``odd`` lightens half of the pictures and darkens the others."""

    def __init__(self) -> None:
        names = ("light", "red", "still", "odd")
        self.card = SimpleNamespace(
            sliders=tuple(Slider(name=name, title=name.title(), title_zh="光") for name in names)
        )

    def latents(self, seeds: tuple[int, ...]) -> torch.Tensor:
        return torch.randn(len(seeds), 2, generator=torch.Generator().manual_seed(1))

    def styles(self, z: torch.Tensor, sliders: dict[str, float], variety: float) -> torch.Tensor:
        side = torch.where(torch.arange(len(z)) % 2 == 0, 1.0, -1.0)[:, None] * torch.tensor([[1.0, 0.0]])
        return variety * (
            z
            + sliders.get("light", 0.0) * torch.tensor([1.0, 0.0])
            + sliders.get("red", 0.0) * torch.tensor([0.0, 1.0])
            + sliders.get("odd", 0.0) * side
        )

    def render(self, w: torch.Tensor, *, quick: bool, enlarged: bool) -> torch.Tensor:
        assert quick and not enlarged
        light = 0.5 + 0.08 * w[:, 0]
        red = 0.12 * w[:, 1]
        luma = torch.tensor(controllability.LUMA)
        # red at equal luma: green gives what red takes
        colour = torch.stack([light + red, light - red * luma[0] / luma[1], light], 1)
        return colour[:, :, None, None].expand(-1, -1, SIDE, SIDE) * 2 - 1


def test_each_slider_is_told_by_what_it_changes_and_how_surely() -> None:
    model: Any = Painter()
    found = over(controlled(model, None, ("light", "red", "still", "odd"), {}))
    told = {one.name: one for one in found.sliders}
    light, red = told["light"], told["red"]
    assert light.ranked[0] == "brightness" and light.correlations["brightness"] == pytest.approx(1, abs=1e-3)
    spread = model.latents(controllability.SEEDS)[:, 0].std()
    assert light.changes["brightness"] == pytest.approx(4 / float(spread), rel=0.01)
    assert abs(light.changes["warmth"]) < 0.05 and light.title == "Light" and light.title_zh == "光"
    assert red.changes["warmth"] > 1 and abs(red.changes["brightness"]) < 0.05
    assert light.seen and red.seen and not told["still"].seen
    assert abs(told["odd"].correlations["brightness"]) < 0.2, "up here, down there: it does not follow"
    assert set(told["still"].changes.values()) == {0.0}


def test_a_taught_slider_is_moved_by_its_vector() -> None:
    model: Any = Painter()
    found = over(controlled(model, None, ("own-12345678",), {"own-12345678": torch.tensor([0.7, 0.0])}))
    assert found.sliders[0].ranked[0] == "brightness" and found.sliders[0].changes["brightness"] > 3


def coloured(count: int, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Grainy pictures, the first half reddish, the second bluish."""
    draw = torch.Generator().manual_seed(seed)
    grain = torch.rand(count, 3, SIDE, SIDE, generator=draw) - 0.5
    labels = (torch.arange(count) >= count // 2).long()
    colour = torch.where(labels[:, None] == 0, torch.tensor([0.4, 0.0, -0.4]), torch.tensor([-0.4, 0.0, 0.4]))
    return (grain + colour[:, :, None, None]).clamp(-1, 1), labels


def test_a_classifier_of_the_folder_is_trusted_where_it_tells_classes_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(controllability, "STEPS", 40)
    pictures, labels = coloured(80, 3)
    judge: Judge = over(taught(pictures, labels, ("红", "蓝")))
    assert judge.held == 16 and judge.right > 0.9 and trusted(judge, labels)
    found = over(controlled(Painter(), judge, ("red", "light"), {}))  # type: ignore[arg-type]
    assert found.classes == ("红", "蓝") and found.right == judge.right
    red, light = found.sliders
    assert red.changes["class 红"] > max(0.5, 2 * abs(light.changes["class 红"]))
    assert red.correlations["class 红"] > 0.5
    assert red.changes["class 蓝"] == pytest.approx(-red.changes["class 红"], abs=0.01)
    shuffled = labels[torch.randperm(80, generator=torch.Generator().manual_seed(1))]
    assert not trusted(over(taught(pictures, shuffled, ("红", "蓝"))), shuffled), "there is nothing to tell"
    assert not trusted(Judge(judge.network, 1.0, 3), labels), "three right ones say nothing"
    assert not trusted(Judge(judge.network, 0.9, 40), torch.tensor([0] * 90 + [1] * 10)), (
        "always the commonest"
    )


@pytest.mark.parametrize("told", [True, False])
def test_the_sliders_of_an_own_model_are_judged(
    tmp_path: Path,
    flowers: Path,  # noqa: F811
    told: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also those of one that was not told the classes: its folder has them all the same."""
    monkeypatch.setattr(controllability, "STEPS", 2)
    monkeypatch.setattr(controllability, "FOUND", 2)
    monkeypatch.setattr(controllability, "trusted", lambda *_: True)
    list(train(recipe_of("style", by_class=told), data=flowers, run=tmp_path / "run"))
    entry = Catalog().find(str(newest_checkpoint(tmp_path / "run")))
    request, context = Evaluate(model=entry.path, count=8, sliders=()), Context(device="cpu")
    (found,) = [one for one in evaluate(request, entry, context) if isinstance(one, Evaluated)]
    assert found.controlled is not None and 1 <= len(found.controlled.sliders) <= 2
    assert set(found.controlled.classes) == {"兰", "梅", "竹"}
    plain = json.loads(document(found))["controllability"]
    assert plain["judge"]["right"] == found.controlled.right and plain["amounts"] == [-2, 2]
    for one in plain["sliders"]:
        assert list(one["all"]) == sorted(one["all"], key=lambda name: -abs(one["all"][name]["change"]))
        assert one["next"] == list(one["all"])[1] and len(one["all"]) == len(PLAIN) + 3
        assert all(np.isfinite([part["change"], part["correlation"]]).all() for part in one["all"].values())
    (name, *_) = [one.name for one in found.controlled.sliders]
    (alone,) = [
        one
        for one in evaluate(msgspec.structs.replace(request, sliders=(name,)), entry, context)
        if isinstance(one, Evaluated)
    ]
    assert alone.controlled is not None and alone.controlled.sliders == found.controlled.sliders[:1]
    with pytest.raises(EngineError, match="no slider"):
        list(evaluate(msgspec.structs.replace(request, sliders=("mist",)), entry, context))
