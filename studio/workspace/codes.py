"""Codes of a model as what makes a picture: a request, a state of the sliders, a point between several codes."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import numpy as np

from studio.messages.events import Encoded
from studio.messages.models import ModelEntry
from studio.messages.requests import ClassMix, Generate, Part
from studio.workspace.finding import PAINTABLE
from studio.workspace.walk import State, asked_of

NEIGHBOURS = 12
"""Pictures of which one is made at most."""
SHIFTS = 3


class Code(NamedTuple):
    """``latent`` [latent] less what ``amounts`` [sliders], in standard deviations, add to it."""

    latent: np.ndarray
    amounts: np.ndarray
    label: str


def part_of(latent: bytes, label: str) -> Part:
    """A picture of this code alone, under a seed that is its own."""
    seed = int.from_bytes(hashlib.sha256(latent).digest()[:4], "big") >> 1
    return Part(seed=seed, weight=1.0, label=label, latent=latent)


def state_of_code(latent: bytes, sliders: dict[str, float], label: str) -> State:
    part = part_of(latent, label)
    moved = {name: amount for name, amount in sorted(sliders.items()) if amount}
    return State(seed=part.seed, sliders=moved, variety=1.0, mix=ClassMix(label=label), parts=(part,))


def request_at(entry: ModelEntry, state: State) -> Generate:
    """The full picture of a state, fine enough to be painted on."""
    size = max(entry.card.learned_size, PAINTABLE)
    return Generate(
        model=entry.card.name, digest=entry.digest, seeds=(state.seed,), size=size, **asked_of(state)
    )


def request_of(entry: ModelEntry, encoded: Encoded) -> Generate:
    """The picture of what was found in another one."""
    return request_at(entry, state_of_code(encoded.latent, encoded.sliders, encoded.label))


def shares_near(places: np.ndarray, codes: np.ndarray, at: tuple[float, float], radius: float) -> np.ndarray:
    """Shares [N], together 1, of codes [N, numbers] whose pictures lie at ``places`` [N, 2], for a brush of ``radius`` at ``at``.

    In the plane (1 − (d/r)²)², which is 0 at the brush's edge, so that nothing jumps as it moves; times a Gaussian in the space of the codes
    about the middle of what is under the brush, found by mean shift (Comaniciu & Meer 2002), σ the median distance from it: pictures
    that lie near only in the plane do not mix, for what is between them is no picture. Nothing under the brush: the nearest picture.
    """
    away = np.linalg.norm(places - np.asarray(at), axis=1)
    reach = max(radius, float(away.min()) * 1.001 + 1e-9)
    chosen = np.argsort(away, kind="stable")[:NEIGHBOURS]
    chosen = chosen[away[chosen] < reach]
    near = (1 - (away[chosen] / reach) ** 2) ** 2
    weights = near
    for _ in range(SHIFTS):
        apart = np.linalg.norm(codes[chosen] - weights @ codes[chosen] / weights.sum(), axis=1)
        weights = near * np.exp(-0.5 * (apart / max(float(np.median(apart)), 1e-9)) ** 2)
    shares = np.zeros(len(places))
    shares[chosen] = weights / weights.sum()
    return shares
