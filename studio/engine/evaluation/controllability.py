"""Does a slider change what it says and nothing else? Of any model: judged by plain attributes of the pixels, and by the classes of the
folder it learnt from where a classifier can tell these apart.

Each slider is moved on the same pictures from −2 to 2 standard deviations. A change is told in deviations between unmoved pictures, so that
a brighter one and one that is rather of another class can be set beside each other (as GANSpace's and StyleSpace's attribute scores,
Wu et al. 2021, arXiv 2011.12799, section 4).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from typing import NamedTuple

import torch
import torch.nn.functional as functional
from msgspec.structs import replace

from studio.engine.evaluation.pictures import over_white
from studio.engine.latent.ranking import rank
from studio.engine.networks.classifier import Classifier, ClassifierShape
from studio.engine.networks.model import GanModel
from studio.engine.networks.sharpness import laplacian_variance
from studio.messages.events import Controlled, SliderFigures
from studio.messages.measurements import BY_CLASS, PLAIN

AMOUNTS = (-2.0, -1.0, 0.0, 1.0, 2.0)
SEEDS = tuple(range(400, 432))
VARIETY = 0.7
FOUND = 6
"""So many of the found directions are judged where nobody says which."""
STEPS, BATCH, SIDE = 200, 32, 32
HELD_OUT = 0.2
LEAST_HELD = 8
LUMA = (0.2126, 0.7152, 0.0722)
LEAST, LEAST_SHARE = 0.01, 0.05
"""Deviations below these count as these: of pictures that are all alike nothing can be told in deviations."""
Steps = Generator[tuple[int, int], None, Controlled]
Read = Callable[[torch.Tensor], torch.Tensor]


class Judge(NamedTuple):
    """``right``: the share of ``held`` pictures that were not taught of which it names the class, below 0 where nobody counted."""

    network: Classifier
    right: float = -1.0
    held: int = 0


@torch.no_grad()
def attributes(pictures: torch.Tensor) -> torch.Tensor:
    """Of colour pictures [B, 3, S, S] in −1…1, sRGB encoded, as ``PLAIN`` names them, [B, 5], black 0 and white 1: mean luma (Rec. 709), its
    deviation over the picture, colourfulness (Hasler and Süsstrunk 2003, equation 4), mean of red less blue, and the root of the
    variance of the Laplacian."""
    x = pictures.float() / 2 + 0.5
    red, green, blue = x.flatten(2).unbind(1)
    luma = red * LUMA[0] + green * LUMA[1] + blue * LUMA[2]
    first, second = red - green, (red + green) / 2 - blue
    spread = (first.var(1, correction=0) + second.var(1, correction=0)).sqrt()
    colour = spread + 0.3 * (first.mean(1).square() + second.mean(1).square()).sqrt()
    values = (
        luma.mean(1),
        luma.std(1, correction=0),
        colour,
        (red - blue).mean(1),
        laplacian_variance(x).sqrt(),
    )
    return torch.stack(values, 1)


def taught(
    pictures: torch.Tensor, labels: torch.Tensor, classes: tuple[str, ...]
) -> Generator[tuple[int, int], None, Judge]:
    """A classifier of the pictures [n, 3, S, S] in −1…1 by their ``labels`` int64 [n], of which every fifth is held out. Yields (done,
    total)."""
    small = functional.interpolate(pictures.float(), size=(SIDE, SIDE), mode="bilinear", antialias=True)
    order = torch.randperm(len(small), generator=torch.Generator().manual_seed(1))
    held, seen = order[: round(HELD_OUT * len(order))], order[round(HELD_OUT * len(order)) :]
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        network = Classifier(ClassifierShape(side=SIDE, classes=classes))
    optimiser = torch.optim.AdamW(network.parameters(), weight_decay=1e-2)
    draw = torch.Generator().manual_seed(2)
    for step in range(STEPS):
        optimiser.param_groups[0]["lr"] = 2e-3 * (1 - step / STEPS) + 4e-5
        chosen = seen[torch.randint(len(seen), (BATCH,), generator=draw)]
        loss = functional.cross_entropy(network(small[chosen]), labels[chosen])
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        yield step + 1, STEPS
    network = network.eval().requires_grad_(False)
    right = float((network(small[held]).argmax(1) == labels[held]).double().mean()) if len(held) else -1.0
    return Judge(network, right, len(held))


def trusted(judge: Judge, labels: torch.Tensor) -> bool:
    """Whether a taught classifier is more than half way from what always naming the commonest class would be right in to all."""
    chance = float(torch.bincount(labels).max() / len(labels))
    return judge.held >= LEAST_HELD and judge.right >= (1 + chance) / 2


@torch.no_grad()
def shares(pictures: torch.Tensor, network: Classifier) -> torch.Tensor:
    """Of colour pictures [B, 3, S, S] in −1…1 the share of each class, [B, classes]."""
    side = network.shape.side
    if pictures.shape[-1] != side:
        pictures = functional.interpolate(pictures, size=(side, side), mode="bilinear", antialias=True)
    return network(pictures.clamp(-1, 1)).softmax(1)


def controlled(
    model: GanModel, judge: Judge | None, sliders: tuple[str, ...], vectors: Mapping[str, torch.Tensor]
) -> Steps:
    """What each of ``sliders`` changes, or without any of those of the card and the strongest that are found. ``vectors`` [style]: of those
    that were taught. Yields (done, total)."""
    if not sliders:
        sliders = yield from _there(model)
    classes = judge.network.shape.classes if judge else ()
    names = (*PLAIN, *(BY_CLASS + one for one in classes))

    def read(pictures: torch.Tensor) -> torch.Tensor:
        parts = [attributes(pictures)]
        return torch.cat([*parts, shares(pictures, judge.network)], 1) if judge else parts[0]

    known = {slider.name: slider for slider in model.card.sliders}
    z = model.latents(SEEDS)
    total = 1 + len(sliders)
    still = _moved(model, z, read, vectors, {})
    least = torch.tensor([LEAST] * len(PLAIN) + [LEAST_SHARE] * len(classes))
    unit = still.std(0).maximum(least)
    yield 1, total
    found = []
    for number, name in enumerate(sliders, 2):
        values = [
            still if amount == 0 else _moved(model, z, read, vectors, {name: amount}) for amount in AMOUNTS
        ]
        told = _told(name, names, torch.stack(values) / unit)
        called = known.get(name)
        found.append(told if called is None else replace(told, title=called.title, title_zh=called.title_zh))
        yield number, total
    return Controlled(
        sliders=tuple(found), pictures=len(SEEDS), amount=AMOUNTS[-1], variety=VARIETY, classes=classes,
        right=judge.right if judge else -1.0, held_out=judge.held if judge else 0,
    )  # fmt: skip


def _there(model: GanModel) -> Generator[tuple[int, int], None, tuple[str, ...]]:
    own = tuple(slider.name for slider in model.card.sliders)
    ranking = rank(model, FOUND)
    while True:
        try:
            next(ranking)
        except StopIteration as end:
            return (*own, *(one.name for one in end.value))
        yield 0, 0


@torch.inference_mode()
def _moved(
    model: GanModel,
    z: torch.Tensor,
    read: Read,
    vectors: Mapping[str, torch.Tensor],
    sliders: Mapping[str, float],
) -> torch.Tensor:
    """What is read of the pictures of ``z`` under ``sliders``, [B, attributes]."""
    known = {name: amount for name, amount in sliders.items() if name not in vectors}
    w = model.styles(z, known, VARIETY)
    for name, amount in sliders.items():
        if name in vectors:
            w = w + amount * vectors[name]
    parts = [over_white(model.render(one, quick=True, enlarged=False)).float().cpu() for one in w.split(1)]
    return read(torch.cat(parts).clone())


def _told(name: str, names: tuple[str, ...], values: torch.Tensor) -> SliderFigures:
    """Of ``values`` [amounts, pictures, attributes] in deviations: the mean change from one end to the other, and the correlation with the
    amount within each picture, which says how surely the attribute follows."""
    change = (values[-1] - values[0]).mean(0)
    amounts = torch.tensor(AMOUNTS)[:, None, None].expand_as(values)
    within = values - values.mean(0, keepdim=True)
    size = (amounts.square().sum((0, 1)) * within.square().sum((0, 1))).sqrt()
    correlation = (amounts * within).sum((0, 1)) / size.clamp_min(1e-9)
    return SliderFigures(
        name=name,
        changes={one: round(float(value), 3) for one, value in zip(names, change, strict=True)},
        correlations={one: round(float(value), 3) for one, value in zip(names, correlation, strict=True)},
    )
