"""What goes wrong in a run while it learns, seen early enough to change something: by its losses at each step, by its pictures
at each look."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping
from typing import NamedTuple

import torch
import torch.nn.functional as functional

from studio.engine.datasets.folder import FolderSource
from studio.engine.datasets.source import Source
from studio.engine.evaluation import measures
from studio.engine.evaluation.kernel import kernel_distance
from studio.engine.training.losses import RandomFeatures
from studio.engine.training.samples import in_colour
from studio.engine.training.step import SKIPPED
from studio.messages.training import DISTANCE, Trouble

REFERENCES, PAINTED = 256, 48
"""Real pictures that those of a look are compared with: of a folder, of a rule."""
LARGEST = 1e4
"""No loss of a healthy run comes near it."""
LOST_STEPS = 20
"""So many steps in a row with such losses, or without numbers: it does not come back."""
WINDOW = 50
"""Steps whose mean lead of the judge counts; it must be too far in front, or behind, for two of them."""
LEADS = {"relativistic": 10.0, "hinge": 10.0, "logistic": 15.0}
"""By loss: a judge that is so far in front has nothing left to tell. Healthy runs of a few hundred steps stayed below 5, 5 and 8.5."""
BEHIND = -4.0
SAME, BY_HEART = 0.45, 0.15
"""Below this variety pictures look alike; above this share of copies they are learnt by heart."""


class Seen(NamedTuple):
    """Of one look: ``variety`` of the pictures made by that of the real ones, nothing where those are all alike; ``copies``: the
    share that is nearly a training picture, below 0 where a rule makes new ones for ever; ``distance``: the kernel distance, which
    falls while pictures become better."""

    variety: float
    copies: float
    distance: float = math.nan

    def values(self) -> dict[str, float]:
        """What there is to tell, by name."""
        told = {"variety": self.variety, "copies": self.copies}
        told = {name: value for name, value in told.items() if value >= 0}
        told[DISTANCE] = self.distance
        return {name: value for name, value in told.items() if math.isfinite(value)}


class References:
    """The real pictures that a run's own are compared with, chosen once: no step depends on them."""

    def __init__(self, source: Source, features: RandomFeatures) -> None:
        self._features = features
        self.usual: float | None = None
        self._reach = torch.zeros(0)
        if not isinstance(source, FolderSource):
            draw = torch.Generator().manual_seed(1)
            self._whole = self._described(source.batch(PAINTED, draw)[1]).whole
        else:
            real = source.pictures(source.some("train", REFERENCES))
            whole, self._places = self._described(real)
            self._whole = whole
            self._mirrored = self._described(real.flip(3)).places if source.mirror else None
            self._reach = self._reaches(real)
            held = source.some("held", REFERENCES)
            self.usual = self._copies(self._described(source.pictures(held)).places) if len(held) else None
        (scaled,) = measures.standardised(self._whole)
        self._spread = measures.mean_apart(torch.cdist(scaled, scaled))

    def _described(self, pictures: torch.Tensor) -> measures.Described:
        return measures.described(in_colour(pictures).float().cpu().clamp(-1, 1), self._features)

    def _reaches(self, real: torch.Tensor) -> torch.Tensor:
        """How near a picture must come to each of ``real`` to be nearly that one: nearer than itself moved by a sixteenth of its side,
        and nearer than all but a twentieth of different ones are to each other."""
        side = real.shape[-1]
        by = max(1, side // 16)
        moved = functional.pad(real, (by, 0, by, 0), mode="replicate")[..., :side, :side]
        reach = (self._described(moved).places - self._places).norm(dim=1)
        gap = measures.usual_gap(self._places, self._mirrored)
        return reach.clamp(max=gap) if gap > 1e-3 else reach

    def _copies(self, places: torch.Tensor) -> float:
        near = measures.nearest(places, self._places, self._mirrored, 1)
        return float((near.distances[:, 0] < self._reach[near.numbers[:, 0]]).double().mean())

    def look(self, made: torch.Tensor) -> Seen:
        """``made``: pictures [B, C, S, S] in −1…1 of fixed seeds; what lies beyond is shown as the end of the range."""
        found = self._described(made)
        real, scaled = measures.standardised(self._whole, found.whole)
        own = measures.mean_apart(torch.cdist(scaled, scaled))
        variety = own / self._spread if self._spread > 1e-3 else math.nan
        distance = kernel_distance(real, scaled, seed=1)
        return Seen(variety, self._copies(found.places) if len(self._reach) else -1.0, distance)


class Watch:
    """Says once what goes wrong, and again when it was gone meanwhile."""

    def __init__(self, loss: str, usual: float | None = None) -> None:
        self._lead = LEADS[loss]
        self._usual = usual or 0.0
        self._lost = 0
        self._window: list[float] = []
        self._leads: deque[float] = deque(maxlen=2)
        self._seen: deque[Seen] = deque(maxlen=3)
        self._looks = self._empty = 0
        self._told: set[Trouble] = set()

    @property
    def wild(self) -> bool:
        """Whether the last step's losses were none that a run should be kept at."""
        return self._lost > 0

    def step(self, values: Mapping[str, float]) -> list[tuple[Trouble, float]]:
        """What the losses of a step say, each with the figure that shows it."""
        main = [
            values[name] for name in ("discriminator", "margin", "generator", "regression") if name in values
        ]
        wild = SKIPPED in values or not all(math.isfinite(one) and abs(one) < LARGEST for one in main)
        self._lost = self._lost + 1 if wild else 0
        if self._lost >= LOST_STEPS:
            return [("runaway", max((abs(one) for one in main), default=math.nan))]
        if "margin" not in values or wild:
            return []
        self._window.append(values["margin"])
        if len(self._window) < WINDOW:
            return []
        self._leads.append(sum(self._window) / WINDOW)
        self._window.clear()
        full = len(self._leads) == 2
        return [
            *self._said("judge_wins", full and min(self._leads) > self._lead, self._leads[-1]),
            *self._said("judge_lost", full and max(self._leads) < BEHIND, self._leads[-1]),
        ]

    def look(self, seen: Seen) -> list[tuple[Trouble, float]]:
        """What pictures say: of the last looks, so that one alone says nothing, and none of a model that still comes to life."""
        self._seen.append(seen)
        self._looks += 1
        varieties, copies, _ = zip(*self._seen, strict=True)
        alike = len(varieties) == 3 and max(varieties) < SAME and varieties[-1] <= 1.1 * varieties[0]
        known = len(copies) >= 2 and min(copies[-2:]) > max(BY_HEART, 1.5 * self._usual)
        return [
            *self._said("repeats", alike and self._looks > 3, seen.variety),
            *self._said("by_heart", known, seen.copies),
        ]

    def codes(self, active: int) -> list[tuple[Trouble, float]]:
        """What a look says of an autoencoder of whose codes so many numbers tell something: none in four looks in a row, for at first
        it is yet to begin, is the collapse of the posterior."""
        self._empty = 0 if active else self._empty + 1
        return self._said("codes_empty", self._empty > 3, float(active))

    def _said(self, trouble: Trouble, there: bool, value: float) -> list[tuple[Trouble, float]]:
        if not there:
            self._told.discard(trouble)
            return []
        if trouble in self._told:
            return []
        self._told.add(trouble)
        return [(trouble, value)]
