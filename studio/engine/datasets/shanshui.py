"""Procedurally painted 山水 landscapes: a rule that turns 48 normal numbers into a picture, its factors and captions.

The rule is a pure function of the vector z ~ N(0, I): the same z is the same picture at every size and in every batch,
so a generator can be taught on (z, picture) and an upscaler on two sizes of one picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import torch

from studio.engine.datasets.brushwork import paint_composition
from studio.engine.datasets.composition import Composition

SLIDERS = ("mist", "height", "peak", "water", "night", "snow", "pigment", "dusk")
"""The factors that have a slider; they are the first numbers of z, in this order."""

LATENTS = (
    *SLIDERS,
    *("sun_x", "sun_y", "sun_shown", "sun_size"),
    *(f"ridge{index}_{part}" for index in range(5) for part in ("broad", "fine", "rise")),
    *("grain", "cloud_x", "cloud", "shore_side", "shore_rise"),
    *("trees_shown", "tree_x", "tree_size", "second_x", "second_size"),
    *("boat_x", "boat_y", "boat_shown", "pavilion_x", "pavilion_shown"),
    *("ink", "hue_warm", "hue_green", "birds_x", "birds_y", "birds_shown"),
)
LATENT_SIZE = len(LATENTS)

STYLES = ("ink", "blue-green", "dusk", "snow", "night")
HALF_THERE = {"night": 1.0, "snow": 0.8, "pigment": 0.25, "dusk": 0.8}
"""The factors that make a style, and the number at which each is half there."""
STYLE_TITLES = {"ink": "Ink", "blue-green": "Blue-green", "dusk": "Dusk", "snow": "Snow", "night": "Night"}
STYLES_ZH = {"ink": "水墨", "blue-green": "青绿", "dusk": "暮色", "snow": "雪景", "night": "夜色"}


class Caption(msgspec.Struct, frozen=True):
    """What a picture shows, in English and in Chinese."""

    en: str
    zh: str


def latents(seeds: Sequence[int]) -> torch.Tensor:
    """z [B, 48] float32, one row per seed, each from its own CPU generator: alone or in a batch, the same numbers."""
    rows = [torch.randn(LATENT_SIZE, generator=torch.Generator().manual_seed(seed)) for seed in seeds]
    return torch.stack(rows)


def _amount(value: torch.Tensor, threshold: float, slope: float = 4.0) -> torch.Tensor:
    """A normal number as an amount in 0…1 that is mostly 0 or 1; the share above 0.5 is P(N > threshold)."""
    return torch.sigmoid(slope * (value - threshold))


def _level(value: torch.Tensor) -> torch.Tensor:
    """A normal number as a level in 0…1, evenly spread between its ends."""
    return torch.special.ndtr(value)


def factors(z: torch.Tensor) -> dict[str, torch.Tensor]:
    """The named factors of z [B, 48], each [B]: amounts and positions in 0…1, ridge shifts in ridge widths."""
    raw = dict(zip(LATENTS, z.float().unbind(1), strict=True))
    shown = {
        "sun_shown": -0.4,
        "trees_shown": -0.4,
        "boat_shown": 0.0,
        "pavilion_shown": 0.5,
        "birds_shown": 0.6,
    }
    result = {}
    for name, value in raw.items():
        if name in shown:
            result[name] = _amount(value, shown[name], 6.0)
        elif name in HALF_THERE:
            result[name] = _amount(value, HALF_THERE[name], 3.0)
        elif name.startswith("ridge") or name == "grain":
            result[name] = value
        else:
            result[name] = _level(value)
    return result


def paint(
    z: torch.Tensor, height: int, width: int | None = None, seasons: Mapping[str, torch.Tensor] | None = None
) -> torch.Tensor:
    """Paints z [B, 48] as [B, 3, height, width], float32 in 0…1, sRGB encoded, on the device of z.

    Square unless ``width`` is given. Larger sizes show the same composition with finer brush texture. ``seasons``: how much of
    ``spring`` and ``autumn`` is in each picture, [B] in 0…1; winter is the factor of snow.
    """
    with torch.no_grad():
        named = {**factors(z), **(seasons or {})}
        columns = {name: value.view(-1, 1, 1, 1) for name, value in named.items()}
        return paint_composition(Composition(columns, height, width or height, z.device))


def styles(z: torch.Tensor) -> list[str]:
    """The name of the style that governs each picture of z [B, 48]."""
    return governing(factors(z))


def governing(named: Mapping[str, torch.Tensor]) -> list[str]:
    """The same of named factors, each [B]."""
    weights = torch.stack([torch.full_like(named["night"], 0.45), 0.8 * named["pigment"], named["dusk"]], 1)
    weights = torch.cat([weights, torch.stack([1.05 * named["snow"], 1.1 * named["night"]], 1)], 1)
    return [STYLES[index] for index in weights.argmax(1).tolist()]


def in_style(z: torch.Tensor, style: str) -> torch.Tensor:
    """A copy of z [B, 48] in which ``style`` governs every picture; any other word leaves z as it is.

    What the seed says beyond that stays: its night may be deeper, never so light that it is none.
    """
    if style not in STYLES:
        return z.clone()
    low, high = style_ranges()[STYLES.index(style)].to(z)
    return z.clamp(low, high)


def style_ranges() -> torch.Tensor:
    """[5, 2, 48]: within which numbers z is of each style, ±100 where any number is."""
    ranges = torch.tensor([-100.0, 100.0]).view(1, 2, 1).repeat(len(STYLES), 1, LATENT_SIZE)
    for index, style in enumerate(STYLES):
        for name, threshold in HALF_THERE.items():
            column = LATENTS.index(name)
            if style == {"pigment": "blue-green"}.get(name, name):
                ranges[index, 0, column] = threshold + 1.0
            else:
                ranges[index, 1, column] = threshold - 1.2
    return ranges


_WORDS = (
    # factor, from, up to, English, Chinese
    ("height", 0.7, 1.1, "towering peaks", "高峰耸立"),
    ("height", -0.1, 0.3, "low hills", "丘陵平远"),
    ("mist", 0.65, 1.1, "drifting mist", "云雾缭绕"),
    ("water", 0.6, 1.1, "a wide river", "江水浩渺"),
    ("water", -0.1, 0.25, "a narrow stream", "一溪细流"),
    ("boat_shown", 0.5, 1.1, "a small boat", "一叶扁舟"),
    ("pavilion_shown", 0.5, 1.1, "a pavilion", "一座亭子"),
    ("trees_shown", 0.5, 1.1, "pines on the shore", "岸边古松"),
    ("birds_shown", 0.5, 1.1, "birds in flight", "飞鸟成行"),
)


def captions(z: torch.Tensor) -> list[Caption]:
    """One caption per picture of z [B, 48], in English and Chinese, naming only what can be seen."""
    named = {name: value.tolist() for name, value in factors(z).items()}
    result = []
    for row, style in enumerate(styles(z)):
        words = [word for word in _WORDS if word[1] < named[word[0]][row] <= word[2]]
        english, chinese = [word[3] for word in words], [word[4] for word in words]
        if named["sun_shown"][row] > 0.5:
            moon = named["night"][row] > 0.5
            english.append("a moon" if moon else "a red sun")
            chinese.append("明月当空" if moon else "红日当空")
        title = {"ink": "an ink wash", "snow": "a snowy", "night": "a night", "dusk": "a dusk"}.get(
            style, f"a {style}"
        )
        tail = f" with {', '.join(english)}" if english else ""
        result.append(Caption(f"{title} landscape{tail}", "，".join([f"{STYLES_ZH[style]}山水", *chinese])))
    return result
