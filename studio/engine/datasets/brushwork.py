"""The brush of the rule-made landscapes: sky, ridges, mist, water, trees, boat and pavilion as batched tensor code.

Coordinates: ``u`` across in units of the picture's height with 0.5 in the middle, ``y`` down from 0 to 1.
Colours are sRGB encoded in 0…1. Textures are fixed tables; the factors only move and weight them, so that a picture
depends on its factors smoothly and on nothing else.
"""

from __future__ import annotations

import torch
import torch.nn.functional as nn

from studio.engine.datasets.composition import PAPER, Composition, profile, smooth_step, texture
from studio.engine.datasets.foreground import paint_boat, paint_shore

RIDGES = 5


def paint_composition(scene: Composition) -> torch.Tensor:
    """[B, 3, H, W] in 0…1: the picture from far to near."""
    picture = _sky(scene)
    picture, open_sky = _ridges(scene, picture)
    picture = scene.in_ink(_at_night(scene, picture))
    picture = _sun_or_moon(scene, picture, open_sky)
    picture = _birds(scene, picture, open_sky)
    picture = _water(scene, picture)
    picture = paint_boat(scene, picture)
    picture = paint_shore(scene, picture)
    return _paper_and_seal(scene, picture).clamp(0, 1)


def _sky(scene: Composition) -> torch.Tensor:
    f, paper = scene.f, scene.colour(*PAPER)
    warm = scene.colour(0.02, 0.0, -0.03) * (f["hue_warm"] - 0.5) * 2
    top = scene.styled(
        scene.colour(0.925, 0.895, 0.825),
        scene.colour(0.88, 0.83, 0.69),
        scene.colour(0.50, 0.44, 0.58),
        scene.colour(0.66, 0.69, 0.73),
    )
    low = scene.styled(
        paper,
        scene.colour(0.965, 0.925, 0.80),
        scene.colour(0.99, 0.71, 0.47),
        scene.colour(0.86, 0.87, 0.88),
    )
    fall = smooth_step(0.0, 1.0, scene.y / scene.shore_line)
    sky = torch.lerp(top, low, fall) + warm
    cloud = smooth_step(0.5, 0.95, scene.wisps) * (0.10 + 0.30 * f["cloud"]) * (1 - 0.5 * fall)
    return torch.lerp(sky, torch.lerp(paper, low, 0.4 + 0.5 * f["dusk"]), cloud)


def _crest(scene: Composition, index: int) -> torch.Tensor:
    """The height y of ridge ``index`` (0 farthest) along the picture [B, 1, 1, W]."""
    f = scene.f
    broad = f[f"ridge{index}_broad"] * 1.3 + 40.0 * index + 100
    fine = f[f"ridge{index}_fine"] * 1.5 + 90.0 * index + 300
    rise = f[f"ridge{index}_rise"].clamp(-2, 2)
    u = scene.u
    wide = (2.1, 2.6, 2.9, 2.6, 2.2)[index]
    massif = 1 - (2 * profile(u * wide + broad) - 1).abs()
    crags = 1 - (2 * profile(u * wide * 2.7 + fine) - 1).abs()
    teeth = profile(u * wide * 8.1 + 1.7 * fine)
    chips = profile(u * wide * 21.0 + 2.3 * broad)
    shape = 0.62 * massif.pow(1.25) + 0.26 * crags + 0.08 * teeth + 0.04 * chips
    place = 0.5 + (f["peak"] - 0.5) * 0.84
    aim = (0.30, 0.55, 1.0, 0.55, 0.15)[index]
    width = (0.34, 0.26, 0.20, 0.26, 0.4)[index]
    mound = torch.exp(-(((u - 0.5) / scene.aspect + 0.5 - place) / width).square())
    envelope = (1 - aim) + aim * 1.75 * mound
    lift = (0.13, 0.10, 0.06, 0.03, 0.0)[index]
    reach = (0.30, 0.40, 0.52, 0.26, 0.11)[index] * (0.26 + 1.16 * f["height"]) * (1 + 0.22 * rise)
    crest = lift + reach * shape * envelope
    room = scene.shore_line - 0.05
    crest = room * torch.tanh(crest / room)
    if index >= 3:
        crest = crest + 0.016 * profile(u * 46 + fine) * profile(u * 6 + 3 * broad)
    return scene.shore_line - crest


def _steepness(crest: torch.Tensor, pixel: float) -> torch.Tensor:
    """How many times longer a crest [B, 1, 1, W] is than its ground: the width of its smooth edge follows it."""
    (rise,) = torch.gradient(crest, dim=-1)
    return (1 + (rise / pixel).square()).sqrt()


def _ridge_tone(scene: Composition, index: int, depth: torch.Tensor) -> torch.Tensor:
    """The colour of the rock at ``depth`` under its crest, before texture and mist."""
    near = (0.26, 0.42, 0.60, 0.76, 0.90)[index]
    f, sink = scene.f, smooth_step(0.0, 0.30, depth)
    ink = torch.lerp(
        scene.colour(0.70, 0.70, 0.68), scene.colour(0.13, 0.135, 0.15), near * (0.75 + 0.3 * f["ink"])
    )
    ink = torch.lerp(ink, scene.colour(0.74, 0.72, 0.67), 0.55 * sink)
    azurite, malachite = scene.colour(0.12, 0.34, 0.53), scene.colour(0.27, 0.55, 0.43)
    green = torch.lerp(azurite, malachite, (0.15 + 0.5 * f["hue_green"] + sink * 0.5).clamp(0, 1))
    green = torch.lerp(green, scene.colour(0.82, 0.66, 0.40), 0.75 * smooth_step(0.08, 0.34, depth))
    pigment = torch.lerp(scene.colour(0.66, 0.76, 0.74), green, 0.35 + 0.65 * near)
    dusk = torch.lerp(scene.colour(0.80, 0.55, 0.50), scene.colour(0.21, 0.13, 0.22), near)
    dusk = torch.lerp(dusk, scene.colour(0.93, 0.62, 0.44), 0.45 * sink)
    snow = torch.lerp(scene.colour(0.72, 0.75, 0.79), scene.colour(0.34, 0.38, 0.44), near)
    return scene.styled(ink, pigment, dusk, snow)


def _ridges(scene: Composition, picture: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Five ridges, far to near, each dark at its crest and dissolving into mist; also where the sky stays open."""
    f = scene.f
    mist = scene.styled(
        scene.colour(0.955, 0.94, 0.895),
        scene.colour(0.95, 0.92, 0.83),
        scene.colour(0.98, 0.78, 0.60),
        scene.colour(0.92, 0.935, 0.95),
    )
    open_sky = torch.ones_like(picture[:, :1])
    pixel = max(scene.pixel, 1 / 256)
    for index in range(RIDGES):
        crest = _crest(scene, index)
        depth = scene.y - crest
        steep = _steepness(crest, scene.pixel) * pixel
        cover = smooth_step(-0.6 * steep, 0.9 * steep, depth)
        tone = _ridge_tone(scene, index, depth)
        near = (0.25, 0.45, 0.65, 0.8, 0.9)[index]
        drift = f["grain"] * 0.11 + 0.37 * index
        strokes = texture(
            scene.u * 1.9 + depth * 0.9 + drift + 0.2 * f[f"ridge{index}_broad"], depth * 0.55 + drift
        )
        fine = texture(scene.u * 6.1 + depth * 3.2 + drift, depth * 1.7 + 2 * drift)
        tone = scene.seasoned(tone, fine)
        strokes = smooth_step(0.30, 0.95, 0.72 * strokes + 0.40 * fine - 0.06)
        edge = torch.exp(-depth.clamp_min(0) / (0.012 + 0.006 * near))
        tone = tone * (1 - (0.10 + 0.42 * near) * strokes) * (1 - 0.35 * near * edge)
        white = (
            f["snow"]
            * (0.25 + 0.70 * near)
            * (1 - strokes)
            * (1 - 0.75 * edge)
            * (1 - smooth_step(0.02, 0.30, depth) * 0.5)
        )
        tone = torch.lerp(tone, scene.colour(0.97, 0.975, 0.98), white)
        thick = 0.44 - 0.38 * f["mist"]
        fade = 1 - torch.exp(-(depth.clamp_min(0) / thick * (0.45 + 1.1 * scene.wisps)).pow(1.6))
        tone = torch.lerp(tone, mist, fade * (0.48 + 0.50 * f["mist"]) * (1 - 0.25 * (index == 4)))
        haze = f["mist"] * (0.5, 0.36, 0.2, 0.08, 0.0)[index]
        tone = torch.lerp(tone, mist, haze)
        picture = torch.lerp(picture, tone, cover)
        open_sky = open_sky * (1 - cover)
        above = (
            scene.shore_line - scene.y - 0.05 - (0.10, 0.15, 0.17, 0.08, 0.02)[index] * (0.5 + f["height"])
        )
        bank = torch.exp(-(above / (0.035 + 0.05 * f["mist"])).square())
        veil = (
            bank
            * smooth_step(0.15, 0.75, scene.wisps)
            * smooth_step(0.1, 0.9, f["mist"])
            * (0.95 if index < 4 else 0.5)
        )
        picture = torch.lerp(picture, mist, veil)
    return picture, open_sky


def _at_night(scene: Composition, picture: torch.Tensor) -> torch.Tensor:
    """Moonlight: dark and blue, the mist the brightest part."""
    grey = picture.mean(1, keepdim=True)
    dark = torch.lerp(picture, grey, 0.35) * scene.colour(0.30, 0.40, 0.58) + scene.colour(0.015, 0.025, 0.06)
    return torch.lerp(picture, dark * (0.55 + 0.55 * grey), 0.92 * scene.f["night"])


def _sun_or_moon(scene: Composition, picture: torch.Tensor, open_sky: torch.Tensor) -> torch.Tensor:
    f = scene.f
    size = 0.042 + 0.035 * f["sun_size"]
    place_y = 0.10 + 0.30 * f["sun_y"]
    away = ((scene.u - scene.across("sun_x", 0.12)).square() + (scene.y - place_y).square()).sqrt()
    edge = max(scene.pixel, 1 / 256)
    disc = 1 - smooth_step(-edge, edge, away - size)
    glow = torch.exp(-(away / (size * 2.6)).square()) * (0.22 + 0.25 * f["night"] + 0.2 * f["dusk"])
    sun = torch.lerp(scene.colour(0.80, 0.27, 0.19), scene.colour(0.95, 0.38, 0.20), f["dusk"])
    light = torch.lerp(sun, scene.colour(0.97, 0.95, 0.84), f["night"])
    halo = torch.lerp(scene.colour(0.97, 0.80, 0.62), scene.colour(0.62, 0.70, 0.80), f["night"])
    picture = torch.lerp(picture, halo, glow * f["sun_shown"] * (0.35 + 0.65 * open_sky))
    return torch.lerp(picture, light, 0.92 * disc * f["sun_shown"] * open_sky)


def _birds(scene: Composition, picture: torch.Tensor, open_sky: torch.Tensor) -> torch.Tensor:
    f = scene.f
    total = torch.zeros_like(picture[:, :1])
    for across, down in ((0.0, 0.0), (0.055, 0.022), (0.10, -0.012), (0.03, 0.055)):
        left = scene.u - scene.across("birds_x", 0.15) - across
        wing = (
            scene.y
            - 0.10
            - 0.24 * f["birds_y"]
            - down
            + 0.016 * ((left / 0.017).abs().clamp(0, 2) - 0.62).abs()
        )
        thin = max(0.0032, 0.8 * scene.pixel)
        stroke = torch.exp(-(wing / thin).square()) * (1 - smooth_step(0.015, 0.020, left.abs()))
        total = torch.maximum(total, stroke * 0.0032 / thin * 1.6)
    tone = torch.lerp(scene.colour(0.2, 0.2, 0.22), scene.colour(0.05, 0.07, 0.12), f["night"])
    return torch.lerp(picture, tone, (total * f["birds_shown"] * open_sky).clamp(0, 0.9))


def _water(scene: Composition, picture: torch.Tensor) -> torch.Tensor:
    f, line = scene.f, scene.shore_line
    below = scene.y - line
    ripple = (
        0.6 * texture(scene.u * 0.5 + 0.1 * f["grain"], scene.y * 5.0)
        + 0.4 * texture(scene.u * 1.7, scene.y * 11.0)
        - 0.5
    )
    source_y = line - below * 1.15 + 0.02 * ripple
    source_x = (scene.u - 0.5) / scene.aspect + 0.5 + 0.035 * ripple * smooth_step(0.0, 0.15, below)
    grid = torch.stack(torch.broadcast_tensors(source_x, source_y), -1).squeeze(1) * 2 - 1
    mirrored = nn.grid_sample(picture, grid, mode="bilinear", padding_mode="border", align_corners=False)
    tint = scene.styled(
        scene.colour(0.90, 0.89, 0.85),
        scene.colour(0.66, 0.78, 0.72),
        scene.colour(0.92, 0.66, 0.50),
        scene.colour(0.80, 0.84, 0.87),
    )
    tint = torch.lerp(tint, tint * scene.colour(0.20, 0.27, 0.42), 0.92 * f["night"])
    water = torch.lerp(mirrored, tint, 0.42 + 0.33 * smooth_step(0.0, 0.3, below))
    light = torch.lerp(scene.colour(1.0, 1.0, 1.0), scene.colour(0.45, 0.52, 0.62), f["night"])
    lines = smooth_step(0.22, 0.42, ripple) * (0.10 + 0.3 * smooth_step(0.0, 0.3, below))
    water = torch.lerp(water, light, lines) * (1 - 0.12 * smooth_step(0.18, 0.4, -ripple))
    mist_line = torch.exp(-(below / 0.016).square()) * (0.22 + 0.4 * f["mist"])
    picture = torch.lerp(picture, water, smooth_step(-scene.pixel, scene.pixel, below))
    return torch.lerp(
        picture,
        torch.lerp(light, scene.colour(*PAPER), 0.4 * (1 - f["night"])),
        mist_line * (1 - 0.6 * f["night"]),
    )


def _paper_and_seal(scene: Composition, picture: torch.Tensor) -> torch.Tensor:
    """Fibres of the paper, a faint darkening to the corners, and the painter's cinnabar seal."""
    fibre = texture(scene.u * 2.3, scene.y * 7.0) + texture(scene.u * 6.1 + 0.4, scene.y * 2.1) - 1.0
    picture = picture * (1 + 0.018 * fibre)
    corner = (((scene.u - 0.5) / scene.aspect).square() + (scene.y - 0.5).square()) * 2
    picture = picture * (1 - 0.09 * corner.square())
    a, b = scene.u - (0.5 + 0.435 * scene.aspect), scene.y - 0.065
    size, pixel = 0.026, max(scene.pixel, 1 / 512)
    square = smooth_step(-pixel, pixel, size - a.abs()) * smooth_step(-pixel, pixel, size * 1.15 - b.abs())
    carved = smooth_step(-pixel, pixel, 0.0032 - (a - 0.004).abs()) * smooth_step(
        -pixel, pixel, 0.019 - b.abs()
    )
    carved = torch.maximum(
        carved,
        smooth_step(-pixel, pixel, 0.0032 - ((b + 0.002).abs() - 0.010).abs())
        * smooth_step(-pixel, pixel, 0.017 - a.abs()),
    )
    return torch.lerp(
        picture,
        scene.colour(0.74, 0.20, 0.14),
        square * (1 - 0.85 * carved) * (0.9 - 0.35 * scene.f["night"]),
    )
