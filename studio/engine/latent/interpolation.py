"""From one code to the next on the way on which all codes are as likely as those a model was taught with."""

from __future__ import annotations

from collections.abc import Iterator

import torch

from studio.messages.requests import Station


def slerp(start: torch.Tensor, end: torch.Tensor, share: float) -> torch.Tensor:
    """[..., N]: the code ``share`` 0–1 of the way along the great circle, its length between the two lengths.

    With Ω the angle between a and b: sin((1 − t)Ω) / sin Ω · a/|a| + sin(tΩ) / sin Ω · b/|b|, times (1 − t)|a| + t|b|
    (Shoemake, Animating rotation with quaternion curves, 1985; for codes White, Sampling generative networks, 2016): the
    straight way would pass the middle of the Gaussian, where no code lies. Exactly the ends at 0 and 1; of codes that
    point the same way or opposite ways, which have no one circle, the straight way.
    """
    if share in (0.0, 1.0):
        return start if share == 0.0 else end
    lengths = start.norm(dim=-1, keepdim=True), end.norm(dim=-1, keepdim=True)
    a, b = start / lengths[0].clamp_min(1e-12), end / lengths[1].clamp_min(1e-12)
    angle = torch.acos((a * b).sum(-1, keepdim=True).clamp(-1, 1))
    sine = torch.sin(angle)
    length = torch.lerp(lengths[0], lengths[1], share)
    round_way = (torch.sin((1 - share) * angle) * a + torch.sin(share * angle) * b) / sine.clamp_min(1e-12)
    return torch.where(sine > 1e-3, round_way * length, torch.lerp(start, end, share))


def stations(count: int, between: int, closed: bool) -> Iterator[tuple[int, int, float]]:
    """Of each frame: the station it comes from, the one it goes to, and its share of the way. ``between`` frames lead from
    each station to the next; ``closed`` leads back to the first and does not show it twice."""
    legs = count if closed else count - 1
    for leg in range(legs):
        for step in range(between):
            yield leg, (leg + 1) % count, step / between
    if not closed:
        yield count - 1, count - 1, 0.0


def between(start: Station, end: Station, share: float) -> tuple[dict[str, float], float]:
    """Sliders and variety ``share`` 0–1 of the straight way; a slider that one end does not name is at 0 there."""
    names = dict.fromkeys((*start.sliders, *end.sliders))
    sliders = {
        name: (1 - share) * start.sliders.get(name, 0.0) + share * end.sliders.get(name, 0.0)
        for name in names
    }
    return sliders, (1 - share) * start.variety + share * end.variety
