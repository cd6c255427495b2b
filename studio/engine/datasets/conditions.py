"""Rule-made landscapes by style, season and time of day: one class for each of their combinations."""

from __future__ import annotations

import itertools

import torch

from studio.engine.datasets import shanshui
from studio.messages.models import BETWEEN, ClassTitle

STYLES = {"ink": ("Ink", "水墨"), "blue-green": ("Blue-green", "青绿")}
SEASONS = {
    "spring": ("Spring", "春"),
    "summer": ("Summer", "夏"),
    "autumn": ("Autumn", "秋"),
    "winter": ("Winter", "冬"),
}
TIMES = {"day": ("Day", "昼"), "dusk": ("Dusk", "暮"), "night": ("Night", "夜")}
FACTORS = (STYLES, SEASONS, TIMES)
FACTOR_TITLES = (
    ClassTitle(title="Style", title_zh="画风"),
    ClassTitle(title="Season", title_zh="季节"),
    ClassTitle(title="Time of day", title_zh="时辰"),
)
KINDS = tuple(itertools.product(*FACTORS))
"""Style, season and time of each class, in the order of its number."""
CLASSES = tuple("-".join(kind) for kind in KINDS)
MOST, LEAST = 1.0, -1.2
"""How far a rule's number lies above the one at which a factor is half there, or below it, at least."""
_ASKED = {"pigment": "blue-green", "snow": "winter", "dusk": "dusk", "night": "night"}
"""The rule's factors that make a word of a class."""


def class_titles() -> tuple[ClassTitle, ...]:
    """What the classes are called."""
    titles = [[factor[word] for factor, word in zip(FACTORS, kind, strict=True)] for kind in KINDS]
    return tuple(
        ClassTitle(
            title=BETWEEN.join(one[0] for one in words), title_zh=BETWEEN.join(one[1] for one in words)
        )
        for words in titles
    )


def words_of(kinds: torch.Tensor) -> torch.Tensor:
    """Classes [B] → the numbers of style, season and time in each, int64 [B, 3]."""
    seasons, times = len(SEASONS), len(TIMES)
    return torch.stack([kinds // (seasons * times), kinds // times % seasons, kinds % times], 1)


def paint(z: torch.Tensor, kinds: torch.Tensor, size: int) -> torch.Tensor:
    """Paints z [B, 48] as its class [B] asks, [B, 3, size, size] in 0…1. Beyond the class z says what it always says."""
    z = z.clone()
    asked = [KINDS[number] for number in kinds.tolist()]
    for name, word in _ASKED.items():
        column, half = shanshui.LATENTS.index(name), shanshui.HALF_THERE[name]
        there = torch.tensor([word in kind for kind in asked], device=z.device)
        value = z[:, column]
        z[:, column] = torch.where(
            there, half + MOST + (value - half - MOST).abs(), half + LEAST - (value - half - LEAST).abs()
        )
    seasons = {
        season: torch.tensor([float(season in kind) for kind in asked], device=z.device)
        for season in ("spring", "autumn")
    }
    return shanshui.paint(z, size, seasons=seasons)


class ConditionsSource:
    """Landscapes of drawn classes, a new one for each draw. ``count`` is 0: unlimited. The codes are the class alone behind numbers that
    say nothing: an encoder finds its own."""

    paired = False
    count = 0
    rejected: tuple[str, ...] = ()
    classes = CLASSES
    class_titles = class_titles()

    def __init__(self, size: int, latent_size: int) -> None:
        self.size, self.latent_size = size, latent_size

    def batch(self, count: int, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        z = torch.randn(count, shanshui.LATENT_SIZE, generator=generator)
        kinds = torch.randint(len(CLASSES), (count,), generator=generator)
        codes = torch.randn(count, self.latent_size, generator=generator)
        told = torch.nn.functional.one_hot(kinds, len(CLASSES)).to(codes)
        return torch.cat([codes, told], 1), paint(z, kinds, self.size) * 2 - 1
