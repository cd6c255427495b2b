"""Training of the learned enlargement: rule-made pictures at two sizes, and the generator's own pictures.

Small pictures of the rule are taught by regression (L1 and random features); a patch discriminator judges their
enlargements, and those of generated pictures, so that both come out crisp; the latter must still look like their
original from afar (equal means).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import torch
import torch.nn.functional as functional
from safetensors.torch import load_file
from torch import nn

from studio.engine.datasets import shanshui
from studio.engine.networks.build import AnyGenerator
from studio.engine.networks.layers import Conv, leaky
from studio.engine.networks.upscaler import Upscaler, UpscalerShape
from studio.engine.training.checkpoint import optimiser_tensors, restore_optimiser
from studio.engine.training.losses import RandomFeatures, gradient_penalties, relativistic
from studio.engine.training.storing import store
from studio.messages.events import Progress

AT_ONCE = 16
"""Pictures that are painted at a time."""
EVERY = 10
"""Steps between two such times."""
KEPT_EVERY = 250


class PatchJudge(nn.Module):
    """Pictures [B, 3, H, W] in -1…1 → realness of each patch [B, H/4, W/4]."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.ModuleList([Conv(12, 32), Conv(32, 32), Conv(128, 64), Conv(64, 64)])
        self.verdict = Conv(64, 1, 1, gain=1.0)

    def forward(self, picture: torch.Tensor, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        x = functional.pixel_unshuffle(picture.to(dtype), 2).contiguous(memory_format=torch.channels_last)
        x = leaky(self.layers[1](leaky(self.layers[0](x))))
        x = leaky(self.layers[3](leaky(self.layers[2](functional.pixel_unshuffle(x, 2)))))
        return self.verdict(x).float()[:, 0]


class Pool:
    """A stock of pictures at both sizes, repainted a few at a time."""

    def __init__(self, size: int, factor: int, count: int, generator: AnyGenerator | None) -> None:
        self.size, self.factor, self.generator = size, factor, generator
        self.count = count
        self.large = torch.zeros(count, 3, size * factor, size * factor, dtype=torch.uint8)
        self.small = torch.zeros(count, 3, size, size)
        self.made = torch.zeros(count, 3, size, size)
        self.filled = 0

    @torch.no_grad()
    def paint(self, count: int, draw: torch.Generator) -> None:
        """Replaces ``count`` pictures, the oldest first. Half of the small ones are area means, half painted small."""
        z = torch.randn(count, shanshui.LATENT_SIZE, generator=draw)
        large = shanshui.paint(z, self.size * self.factor)
        small = torch.where(
            torch.rand(count, 1, 1, 1, generator=draw) < 0.5,
            functional.avg_pool2d(large, self.factor),
            shanshui.paint(z, self.size),
        )
        places = torch.arange(self.filled, self.filled + count) % self.count
        self.large[places] = (large * 255 + 0.5).to(torch.uint8)
        self.small[places] = small * 2 - 1
        self.made[places] = self.small[places] if self.generator is None else self.generator(z).clamp(-1, 1)
        self.filled += count

    def crops(
        self, count: int, side: int, draw: torch.Generator
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Equal crops [count, 3, side, side] of small and generated pictures, and of the large ones."""
        stock = min(self.filled, self.count)
        picked = torch.randint(stock, (count,), generator=draw).tolist()
        corners = torch.randint(self.size - side + 1, (count, 2), generator=draw).tolist()
        factor, small, made, large = self.factor, [], [], []
        for index, (top, left) in zip(picked, corners, strict=True):
            small.append(self.small[index, :, top : top + side, left : left + side])
            made.append(self.made[index, :, top : top + side, left : left + side])
            wide = self.large[
                index, :, top * factor : (top + side) * factor, left * factor : (left + side) * factor
            ]
            large.append(wide.float() / 127.5 - 1)
        return torch.stack(small), torch.stack(made), torch.stack(large)

    def paints(self, step: int) -> bool:
        """Whether pictures are repainted at ``step``: every tenth, until each place had four."""
        return step == 0 or (step % EVERY == 0 and self.filled < 4 * self.count)

    def refill(self, done: int, seed: int) -> Iterator[None]:
        """The stock as it was after ``done`` steps of that ``seed``, painted again; yields after each few pictures."""
        painted = list(range(0, done, EVERY))[: -(-4 * self.count // AT_ONCE)]
        last = painted[max(0, len(painted) - -(-self.count // AT_ONCE)) :]
        self.filled = (len(painted) - len(last)) * AT_ONCE
        for step in last:
            self.paint(AT_ONCE, draw_of(seed, step))
            yield


class Keeping(NamedTuple):
    """What of a training lies in ``path`` while it is not at its end: networks and optimisers by name, and the step."""

    path: Path
    networks: dict[str, nn.Module]
    optimisers: dict[str, torch.optim.Optimizer]

    def store(self, step: int) -> None:
        """Whole or not at all. Raises OSError."""
        tensors = {"step": torch.tensor(step)}
        for part, network in self.networks.items():
            tensors |= {f"{part}.{name}": value for name, value in network.state_dict().items()}
        for part, optimiser in self.optimisers.items():
            tensors |= optimiser_tensors(part, optimiser)
        store(tensors, self.path)

    def restore(self) -> int:
        """The step after which it goes on; 0 where nothing was kept."""
        if not self.path.exists():
            return 0
        tensors = load_file(self.path)
        for part, network in self.networks.items():
            own = {
                name[len(part) + 1 :]: value for name, value in tensors.items() if name.startswith(f"{part}.")
            }
            network.load_state_dict(own)
        for part, optimiser in self.optimisers.items():
            restore_optimiser(part, optimiser, tensors)
        return int(tensors["step"])


def draw_of(seed: int, step: int) -> torch.Generator:
    """The randomness of one step."""
    return torch.Generator().manual_seed(seed * 1_000_003 + step)


def softened(picture: torch.Tensor, draw: torch.Generator) -> torch.Tensor:
    """Small pictures as a young generator might make them: a little soft, a little noisy."""
    count = len(picture)
    mean = functional.avg_pool2d(functional.pad(picture, (1, 1, 1, 1), mode="replicate"), 3, 1)
    picture = torch.lerp(picture, mean, 0.6 * torch.rand(count, 1, 1, 1, generator=draw))
    strength = 0.03 * torch.rand(count, 1, 1, 1, generator=draw)
    return picture + strength * torch.randn(picture.shape, generator=draw)


def train_upscaler(
    upscaler: Upscaler,
    generator: AnyGenerator | None,
    *,
    size: int = 64,
    steps: int = 1500,
    regression_steps: int = 700,
    batch: int = 8,
    crop: int = 32,
    pool: int = 384,
    rate: float = 8e-4,
    adversarial: float = 0.05,
    dtype: torch.dtype = torch.bfloat16,
    seed: int = 3,
    kept: Path | None = None,
) -> Iterator[Progress]:
    """Trains ``upscaler`` in place; yields Progress each step. ``generator`` (averaged) may be absent.

    ``kept``: a file that has the state when it is stopped, and every few steps before; where it is there the training goes on
    from it, to the same weights.
    """
    stock = Pool(size, upscaler.shape.factor, pool, generator)
    torch.manual_seed(seed)
    pair = _Pair(upscaler, dtype, adversarial)
    state = Keeping(
        kept or Path(),
        {"upscaler": upscaler, "judge": pair.judge},
        {"upscaler": pair.optimiser, "judge": pair.judge_optimiser},
    )
    first = state.restore() if kept is not None else 0
    for _ in stock.refill(first, seed):
        yield Progress(done=first, total=steps)
    for step in range(first, steps):
        draw = draw_of(seed, step)
        if stock.paints(step):
            stock.paint(AT_ONCE, draw)
        pair.set_rate(rate * max(0.05, 1 - step / steps))
        small, made, large = stock.crops(batch, crop, draw)
        values = pair.learn(softened(small, draw), made, large, step, judged=step >= regression_steps)
        if kept is not None and (step + 1) % KEPT_EVERY == 0:
            state.store(step + 1)
        try:
            yield Progress(done=step + 1, total=steps, values=values)
        except GeneratorExit:
            if kept is not None:
                state.store(step + 1)
            raise


class _Pair:
    """The upscaler and its judge, with what moves them."""

    def __init__(self, upscaler: Upscaler, dtype: torch.dtype, adversarial: float) -> None:
        self.upscaler, self.dtype, self.adversarial = upscaler, dtype, adversarial
        self.judge, self.features = PatchJudge(), RandomFeatures(torch.device("cpu"))
        self.optimiser = torch.optim.Adam(upscaler.parameters(), betas=(0.5, 0.99))
        self.judge_optimiser = torch.optim.Adam(self.judge.parameters(), lr=2e-4, betas=(0.0, 0.99))

    def set_rate(self, rate: float) -> None:
        """Of the upscaler; the judge's stays."""
        for group in self.optimiser.param_groups:
            group["lr"] = rate

    def learn(
        self, small: torch.Tensor, made: torch.Tensor, large: torch.Tensor, step: int, *, judged: bool
    ) -> dict[str, float]:
        """One step on ``small`` pictures and the ``large`` ones they should become; ``judged``: and on generated ones, ``made``, that
        have none."""
        dtype = self.dtype
        enlarged = self.upscaler(small, dtype)
        loss = (enlarged - large).abs().mean()
        values = {"l1": loss.item()}
        for mine, goal in zip(self.features(enlarged, dtype), self.features(large, dtype), strict=True):
            loss = loss + 0.3 * (mine - goal).abs().mean()
        if judged:
            half = len(small) // 2
            finer = self.upscaler(made[half:], dtype)
            mean = functional.avg_pool2d(finer, self.upscaler.shape.factor)
            loss = loss + 0.3 * (mean - made[half:]).abs().mean()
            shown = torch.cat([enlarged[:half], finer])
            values["judge"] = self._judge(large, shown.detach(), step)
            loss = loss + self.adversarial * self._disbelief(shown, large)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self.optimiser.step()
        return values

    def _disbelief(self, shown: torch.Tensor, large: torch.Tensor) -> torch.Tensor:
        """How much less real the judge takes ``shown`` for than ``large``; it does not learn from that."""
        self.judge.requires_grad_(False)
        found = relativistic(self.judge(shown, self.dtype), self.judge(large, self.dtype)).mean()
        self.judge.requires_grad_(True)
        return found

    def _judge(self, real: torch.Tensor, fake: torch.Tensor, step: int) -> float:
        """The judge's own step; its loss without the penalties, which come each eighth time."""
        judge = self.judge
        loss = relativistic(judge(real, self.dtype), judge(fake, self.dtype))
        said = loss.item()
        if step % 8 == 0:
            shown = [one.detach().requires_grad_() for one in (real[:4], fake[-4:])]
            realness = judge(torch.cat(shown)).mean((1, 2)) * 4.0
            loss = loss + 0.4 * sum(gradient_penalties(realness, shown), torch.zeros(()))
        self.judge_optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self.judge_optimiser.step()
        return said


def new_upscaler(shape: UpscalerShape, seed: int = 1) -> Upscaler:
    """An untrained upscaler from ``seed``."""
    torch.manual_seed(seed)
    return Upscaler(shape)
