"""Training of the network that weighs pictures in fusion: of two renderings of a rule-made landscape, which is sharper?

``python -m studio.engine.training.activity FILE`` trains it anew, always to the same weights on one machine, and writes
FILE (resources/networks/activity.safetensors is such a file). Half of the pairs are noisy, so that noise is not taken for detail. The logit at a pixel is the difference of the logarithms of both activities, averaged
around it: what is learned is the L1 norm itself, which fusion compares.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import torch
import torch.nn.functional as functional
from safetensors.torch import save_file

from studio.engine.datasets import shanshui
from studio.engine.library.model_file import CARD_KEY
from studio.engine.networks.activity import SHAPE_KEY, ActivityNetwork, ActivityShape
from studio.messages.events import Progress
from studio.messages.models import ModelCard

STEPS = 1200
POOL = 64
SIDE = 256
CROP = 48
BATCH = 8
TRACE = 1e-4
"""Added to an activity before its logarithm is taken: below it nothing is seen."""


def landscapes(count: int, side: int, seed: int) -> torch.Tensor:
    """uint8 [count, 3, side, side], painted by rule."""
    draw = torch.Generator().manual_seed(seed)
    painted = []
    for _ in range(0, count, 8):
        z = torch.randn(8, shanshui.LATENT_SIZE, generator=draw)
        painted.append((shanshui.paint(z, side) * 255 + 0.5).to(torch.uint8))
    return torch.cat(painted)[:count]


def blurred(picture: torch.Tensor, sigma: float) -> torch.Tensor:
    """[B, C, H, W] blurred by a Gaussian, the edge repeated; below 0.1 as it is."""
    if sigma < 0.1:
        return picture
    radius = max(1, int(3 * sigma + 0.5))
    places = torch.arange(-radius, radius + 1, dtype=torch.float32)
    kernel = torch.exp(-places.square() / (2 * sigma * sigma))
    kernel = (kernel / kernel.sum()).repeat(picture.shape[1], 1)
    x = functional.pad(picture, (radius,) * 4, mode="replicate")
    x = functional.conv2d(x, kernel[:, None, None, :], groups=picture.shape[1])
    return functional.conv2d(x, kernel[:, None, :, None], groups=picture.shape[1])


def crops(pool: torch.Tensor, draw: torch.Generator) -> torch.Tensor:
    """[BATCH, 3, CROP, CROP], 0–1: turned, mirrored, of any contrast and lightness, some at half their size."""
    made = []
    for _ in range(BATCH):
        index, top, left, turn, flip = (
            int(torch.randint(high, (1,), generator=draw))
            for high in (len(pool), SIDE - 2 * CROP + 1, SIDE - 2 * CROP + 1, 4, 2)
        )
        one = pool[index, :, top : top + 2 * CROP, left : left + 2 * CROP].float() / 255
        small, rest = torch.rand(2, generator=draw).tolist()
        one = functional.avg_pool2d(one, 2) if small < 0.5 else one[:, :CROP, :CROP]
        one = torch.rot90(one, turn, (1, 2))
        one = one.flip(2) if flip else one
        contrast = 0.4 + 1.2 * rest
        level, mixed = torch.rand(2, generator=draw).tolist()
        one = one[torch.randperm(3, generator=draw)] if mixed < 0.5 else one
        made.append(((one - one.mean()) * contrast + 0.2 + 0.6 * level).clamp(0, 1))
    return torch.stack(made)


def pair(pool: torch.Tensor, draw: torch.Generator) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """(sharper, softer, where they differ [B, H, W]), both with the same strength of noise of their own."""
    truth = crops(pool, draw)
    little, more, loud = torch.rand(3, generator=draw).tolist()
    low = max(0.0, 1.6 * little - 0.6)
    high = low + 0.6 + 4.0 * more * more
    sharper, softer = blurred(truth, low), blurred(truth, high)
    differs = (sharper - softer).square().mean(1)
    strength = 0.04 * max(0.0, 2 * loud - 1)
    noisy = [one + strength * torch.randn(one.shape, generator=draw) for one in (sharper, softer)]
    return noisy[0], noisy[1], differs


def logits(network: ActivityNetwork, first: torch.Tensor, second: torch.Tensor, sigma: float) -> torch.Tensor:
    """[B, H, W]: above 0 where the first one counts for more."""
    found = network(torch.cat([first, second]))
    averaged = torch.log(blurred(found[:, None], sigma)[:, 0] + TRACE)
    return averaged[: len(first)] - averaged[len(first) :]


def train_activity(
    network: ActivityNetwork, *, steps: int = STEPS, pool: int = POOL, seed: int = 7
) -> Iterator[Progress]:
    """Trains in place; yields Progress each step, with the share of what differs that is told right."""
    stock = landscapes(pool, SIDE, seed)
    optimiser = torch.optim.Adam(network.parameters(), betas=(0.9, 0.99))
    for step in range(steps):
        draw = torch.Generator().manual_seed(seed * 1_000_003 + step)
        for group in optimiser.param_groups:
            group["lr"] = 3e-3 * max(0.02, 1 - step / steps)
        sharper, softer, differs = pair(stock, draw)
        sigma = 1.0 + 3.0 * float(torch.rand(1, generator=draw))
        told = logits(network, sharper, softer, sigma)
        weight = blurred(differs[:, None], sigma)[:, 0]
        weight = (weight / (weight.mean((1, 2), keepdim=True) + 1e-6)).clamp(max=4)
        loss = (functional.softplus(-4 * told) * weight).mean()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        right = float(((told > 0) * weight).sum() / weight.sum().clamp(min=1e-6))
        yield Progress(done=step + 1, total=steps, values={"loss": loss.item(), "right": right})


def write(network: ActivityNetwork, path: Path, steps: int) -> None:
    """A safetensors file in half precision, with its card. Raises OSError."""
    tensors = {name: value.detach().half().contiguous() for name, value in network.state_dict().items()}
    card = ModelCard(
        name="activity",
        title="Activity for fusion",
        title_zh="融合用的活动度",
        kind="activity",
        size=0,
        learned_size=0,
        abilities=(),
        parameters=sum(value.numel() for value in tensors.values()),
        pictures_seen=2 * BATCH * steps,
        steps=steps,
        trained_on="procedurally painted landscapes (studio/engine/datasets/shanshui.py)",
        trained_with="python -m studio.engine.training.activity",
        note="the L1 norm of its features says how much there is to see at a pixel",
    )
    shape = msgspec.json.encode(network.shape).decode()
    metadata = {CARD_KEY: msgspec.json.encode(card).decode(), SHAPE_KEY: shape}
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}.part")
    save_file(tensors, beside, metadata)
    beside.chmod(0o644)
    os.replace(beside, path)


def new_network(seed: int = 7) -> ActivityNetwork:
    """An untrained one from ``seed``."""
    torch.manual_seed(seed)
    return ActivityNetwork(ActivityShape())


def main(path: Path, steps: int = STEPS) -> None:
    """Trains and writes ``path``, on one thread, so that sums are added in one order: two minutes."""
    torch.set_num_threads(1)
    network = new_network()
    for progress in train_activity(network, steps=steps):
        if progress.done % 100 == 0:
            told = "  ".join(f"{name} {value:.3f}" for name, value in progress.values.items())
            sys.stdout.write(f"{progress.done} of {progress.total}: {told}\n")
    write(network, path, steps)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
