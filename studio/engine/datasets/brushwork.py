"""The brush of the rule-made landscapes: sky, ridges, mist, water, trees, boat and pavilion as batched tensor code.

Coordinates: ``u`` across in units of the picture's height with 0.5 in the middle, ``y`` down from 0 to 1.
Colours are sRGB encoded in 0…1. Textures are fixed tables; the factors only move and weight them, so that a picture
depends on its factors smoothly and on nothing else.
"""

from __future__ import annotations

from functools import lru_cache

import torch
import torch.nn.functional as nn

PAPER = (0.955, 0.930, 0.870)
RIDGES = 5


@lru_cache(maxsize=1)
def _lattice() -> torch.Tensor:
    """Random values in 0…1 on a line, for the profiles of ridges."""
    return torch.rand(1024, generator=torch.Generator().manual_seed(7))


@lru_cache(maxsize=1)
def _grain() -> torch.Tensor:
    """A seamless cloudy texture [1, 1, 513, 513] in 0…1 (octaves of smooth noise), the last row repeating the first."""
    generator = torch.Generator().manual_seed(11)
    total, weight = torch.zeros(1, 1, 512, 512), 1.0
    for cells in (8, 16, 32, 64, 128, 256):
        coarse = nn.pad(torch.randn(1, 1, cells, cells, generator=generator), (2, 2, 2, 2), mode="circular")
        step = 512 // cells
        fine = nn.interpolate(coarse, scale_factor=step, mode="bicubic", align_corners=False)
        total += weight * fine[..., 2 * step : -2 * step, 2 * step : -2 * step]
        weight *= 0.6
    ranked = torch.special.ndtr(total / total.std())
    return nn.pad(ranked, (0, 1, 0, 1), mode="circular")


def _profile(t: torch.Tensor) -> torch.Tensor:
    """Smooth noise on a line in 0…1."""
    cell = torch.floor(t)
    part = t - cell
    part = part * part * part * (part * (part * 6 - 15) + 10)
    index = cell.long()
    table = _lattice().to(t.device)
    return torch.lerp(table[index % 1024], table[(index + 1) % 1024], part)


def _texture(across: torch.Tensor, down: torch.Tensor) -> torch.Tensor:
    """The cloudy texture at two coordinate fields [B, 1, H, W] in texture widths; values in 0…1."""
    across, down = torch.broadcast_tensors(across, down)
    grid = torch.stack([across % 1.0, down % 1.0], -1).squeeze(1) * 2 - 1
    source = _grain().to(across.device).expand(len(grid), -1, -1, -1)
    return nn.grid_sample(source, grid, mode="bilinear", align_corners=True)


def _step(low: float | torch.Tensor, high: float | torch.Tensor, value: torch.Tensor) -> torch.Tensor:
    part = ((value - low) / (high - low)).clamp(0, 1)
    return part * part * (3 - 2 * part)


class Composition:
    """One batch of pictures being painted: the factors as [B, 1, 1, 1], the coordinates, the colours of their styles."""

    def __init__(self, factors: dict[str, torch.Tensor], height: int, width: int, device: torch.device) -> None:
        self.f = factors
        self.aspect = width / height
        self.pixel = 1.0 / height
        self.u = ((torch.arange(width, device=device) + 0.5 - width / 2) * self.pixel + 0.5).view(1, 1, 1, width)
        self.y = ((torch.arange(height, device=device) + 0.5) * self.pixel).view(1, 1, height, 1)
        self.device = device
        self.shore_line = 0.94 - 0.30 * factors["water"]
        self.wisps = _texture(self.u * 0.22 + 0.6 * factors["cloud_x"], self.y * 0.5 + 0.3 * factors["grain"] * 0.2)

    def colour(self, red: float, green: float, blue: float) -> torch.Tensor:
        return torch.tensor([red, green, blue], device=self.device).view(1, 3, 1, 1)

    def across(self, name: str, margin: float = 0.08) -> torch.Tensor:
        """The place of a factor in 0…1 across the picture, as u, kept off the edges."""
        return 0.5 + (self.f[name] - 0.5) * (1 - 2 * margin) * self.aspect

    def styled(self, ink: torch.Tensor, pigment: torch.Tensor, dusk: torch.Tensor, snow: torch.Tensor) -> torch.Tensor:
        """One colour in four styles, mixed by the picture's amounts."""
        mixed = torch.lerp(ink, pigment, self.f["pigment"])
        mixed = torch.lerp(mixed, dusk, 0.85 * self.f["dusk"])
        return torch.lerp(mixed, snow, 0.75 * self.f["snow"])


def paint_composition(scene: Composition) -> torch.Tensor:
    """[B, 3, H, W] in 0…1: the picture from far to near."""
    picture = _sky(scene)
    picture, open_sky = _ridges(scene, picture)
    picture = _at_night(scene, picture)
    picture = _sun_or_moon(scene, picture, open_sky)
    picture = _birds(scene, picture, open_sky)
    picture = _water(scene, picture)
    picture = _boat(scene, picture)
    picture = _shore(scene, picture)
    return _paper_and_seal(scene, picture).clamp(0, 1)


def _sky(scene: Composition) -> torch.Tensor:
    f, paper = scene.f, scene.colour(*PAPER)
    warm = scene.colour(0.02, 0.0, -0.03) * (f["hue_warm"] - 0.5) * 2
    top = scene.styled(
        scene.colour(0.925, 0.895, 0.825), scene.colour(0.88, 0.83, 0.69), scene.colour(0.50, 0.44, 0.58),
        scene.colour(0.66, 0.69, 0.73),
    )
    low = scene.styled(
        paper, scene.colour(0.965, 0.925, 0.80), scene.colour(0.99, 0.71, 0.47), scene.colour(0.86, 0.87, 0.88)
    )
    fall = _step(0.0, 1.0, scene.y / scene.shore_line)
    sky = torch.lerp(top, low, fall) + warm
    cloud = _step(0.5, 0.95, scene.wisps) * (0.10 + 0.30 * f["cloud"]) * (1 - 0.5 * fall)
    return torch.lerp(sky, torch.lerp(paper, low, 0.4 + 0.5 * f["dusk"]), cloud)


def _crest(scene: Composition, index: int) -> torch.Tensor:
    """The height y of ridge ``index`` (0 farthest) along the picture [B, 1, 1, W]."""
    f = scene.f
    broad = f[f"ridge{index}_broad"] * 1.3 + 40.0 * index + 100
    fine = f[f"ridge{index}_fine"] * 1.5 + 90.0 * index + 300
    rise = f[f"ridge{index}_rise"].clamp(-2, 2)
    u = scene.u
    wide = (2.1, 2.6, 2.9, 2.6, 2.2)[index]
    massif = 1 - (2 * _profile(u * wide + broad) - 1).abs()
    crags = 1 - (2 * _profile(u * wide * 2.7 + fine) - 1).abs()
    teeth = _profile(u * wide * 8.1 + 1.7 * fine)
    chips = _profile(u * wide * 21.0 + 2.3 * broad)
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
        crest = crest + 0.016 * _profile(u * 46 + fine) * _profile(u * 6 + 3 * broad)
    return scene.shore_line - crest


def _steepness(crest: torch.Tensor, pixel: float) -> torch.Tensor:
    """How many times longer a crest [B, 1, 1, W] is than its ground: the width of its smooth edge follows it."""
    (rise,) = torch.gradient(crest, dim=-1)
    return (1 + (rise / pixel).square()).sqrt()


def _ridge_tone(scene: Composition, index: int, depth: torch.Tensor) -> torch.Tensor:
    """The colour of the rock at ``depth`` under its crest, before texture and mist."""
    near = (0.26, 0.42, 0.60, 0.76, 0.90)[index]
    f, sink = scene.f, _step(0.0, 0.30, depth)
    ink = torch.lerp(scene.colour(0.70, 0.70, 0.68), scene.colour(0.13, 0.135, 0.15), near * (0.75 + 0.3 * f["ink"]))
    ink = torch.lerp(ink, scene.colour(0.74, 0.72, 0.67), 0.55 * sink)
    azurite, malachite = scene.colour(0.12, 0.34, 0.53), scene.colour(0.27, 0.55, 0.43)
    green = torch.lerp(azurite, malachite, (0.15 + 0.5 * f["hue_green"] + sink * 0.5).clamp(0, 1))
    green = torch.lerp(green, scene.colour(0.82, 0.66, 0.40), 0.75 * _step(0.08, 0.34, depth))
    pigment = torch.lerp(scene.colour(0.66, 0.76, 0.74), green, 0.35 + 0.65 * near)
    dusk = torch.lerp(scene.colour(0.80, 0.55, 0.50), scene.colour(0.21, 0.13, 0.22), near)
    dusk = torch.lerp(dusk, scene.colour(0.93, 0.62, 0.44), 0.45 * sink)
    snow = torch.lerp(scene.colour(0.72, 0.75, 0.79), scene.colour(0.34, 0.38, 0.44), near)
    return scene.styled(ink, pigment, dusk, snow)


def _ridges(scene: Composition, picture: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Five ridges, far to near, each dark at its crest and dissolving into mist; also where the sky stays open."""
    f = scene.f
    mist = scene.styled(
        scene.colour(0.955, 0.94, 0.895), scene.colour(0.95, 0.92, 0.83), scene.colour(0.98, 0.78, 0.60),
        scene.colour(0.92, 0.935, 0.95),
    )
    open_sky = torch.ones_like(picture[:, :1])
    pixel = max(scene.pixel, 1 / 256)
    for index in range(RIDGES):
        crest = _crest(scene, index)
        depth = scene.y - crest
        steep = _steepness(crest, scene.pixel) * pixel
        cover = _step(-0.6 * steep, 0.9 * steep, depth)
        tone = _ridge_tone(scene, index, depth)
        near = (0.25, 0.45, 0.65, 0.8, 0.9)[index]
        drift = f["grain"] * 0.11 + 0.37 * index
        strokes = _texture(scene.u * 1.9 + depth * 0.9 + drift + 0.2 * f[f"ridge{index}_broad"], depth * 0.55 + drift)
        fine = _texture(scene.u * 6.1 + depth * 3.2 + drift, depth * 1.7 + 2 * drift)
        strokes = _step(0.30, 0.95, 0.72 * strokes + 0.40 * fine - 0.06)
        edge = torch.exp(-depth.clamp_min(0) / (0.012 + 0.006 * near))
        tone = tone * (1 - (0.10 + 0.42 * near) * strokes) * (1 - 0.35 * near * edge)
        white = f["snow"] * (0.25 + 0.70 * near) * (1 - strokes) * (1 - 0.75 * edge) * (1 - _step(0.02, 0.30, depth) * 0.5)
        tone = torch.lerp(tone, scene.colour(0.97, 0.975, 0.98), white)
        thick = 0.44 - 0.38 * f["mist"]
        fade = 1 - torch.exp(-(depth.clamp_min(0) / thick * (0.45 + 1.1 * scene.wisps)).pow(1.6))
        tone = torch.lerp(tone, mist, fade * (0.48 + 0.50 * f["mist"]) * (1 - 0.25 * (index == 4)))
        haze = f["mist"] * (0.5, 0.36, 0.2, 0.08, 0.0)[index]
        tone = torch.lerp(tone, mist, haze)
        picture = torch.lerp(picture, tone, cover)
        open_sky = open_sky * (1 - cover)
        above = scene.shore_line - scene.y - 0.05 - (0.10, 0.15, 0.17, 0.08, 0.02)[index] * (0.5 + f["height"])
        bank = torch.exp(-(above / (0.035 + 0.05 * f["mist"])).square())
        veil = bank * _step(0.15, 0.75, scene.wisps) * _step(0.1, 0.9, f["mist"]) * (0.95 if index < 4 else 0.5)
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
    disc = 1 - _step(-edge, edge, away - size)
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
        wing = scene.y - 0.10 - 0.24 * f["birds_y"] - down + 0.016 * ((left / 0.017).abs().clamp(0, 2) - 0.62).abs()
        thin = max(0.0032, 0.8 * scene.pixel)
        stroke = torch.exp(-(wing / thin).square()) * (1 - _step(0.015, 0.020, left.abs()))
        total = torch.maximum(total, stroke * 0.0032 / thin * 1.6)
    tone = torch.lerp(scene.colour(0.2, 0.2, 0.22), scene.colour(0.05, 0.07, 0.12), f["night"])
    return torch.lerp(picture, tone, (total * f["birds_shown"] * open_sky).clamp(0, 0.9))


def _water(scene: Composition, picture: torch.Tensor) -> torch.Tensor:
    f, line = scene.f, scene.shore_line
    below = scene.y - line
    ripple = 0.6 * _texture(scene.u * 0.5 + 0.1 * f["grain"], scene.y * 5.0) + 0.4 * _texture(scene.u * 1.7, scene.y * 11.0) - 0.5
    source_y = line - below * 1.15 + 0.02 * ripple
    source_x = (scene.u - 0.5) / scene.aspect + 0.5 + 0.035 * ripple * _step(0.0, 0.15, below)
    grid = torch.stack(torch.broadcast_tensors(source_x, source_y), -1).squeeze(1) * 2 - 1
    mirrored = nn.grid_sample(picture, grid, mode="bilinear", padding_mode="border", align_corners=False)
    tint = scene.styled(
        scene.colour(0.90, 0.89, 0.85), scene.colour(0.66, 0.78, 0.72), scene.colour(0.92, 0.66, 0.50),
        scene.colour(0.80, 0.84, 0.87),
    )
    tint = torch.lerp(tint, tint * scene.colour(0.20, 0.27, 0.42), 0.92 * f["night"])
    water = torch.lerp(mirrored, tint, 0.42 + 0.33 * _step(0.0, 0.3, below))
    light = torch.lerp(scene.colour(1.0, 1.0, 1.0), scene.colour(0.45, 0.52, 0.62), f["night"])
    lines = _step(0.22, 0.42, ripple) * (0.10 + 0.3 * _step(0.0, 0.3, below))
    water = torch.lerp(water, light, lines) * (1 - 0.12 * _step(0.18, 0.4, -ripple))
    mist_line = torch.exp(-(below / 0.016).square()) * (0.22 + 0.4 * f["mist"])
    picture = torch.lerp(picture, water, _step(-scene.pixel, scene.pixel, below))
    return torch.lerp(picture, torch.lerp(light, scene.colour(*PAPER), 0.4 * (1 - f["night"])), mist_line * (1 - 0.6 * f["night"]))


def _dark(scene: Composition) -> torch.Tensor:
    """The colour of near things: the darkest ink of the style."""
    tone = scene.styled(
        scene.colour(0.14, 0.14, 0.15), scene.colour(0.10, 0.24, 0.23), scene.colour(0.17, 0.09, 0.13),
        scene.colour(0.24, 0.26, 0.29),
    )
    return torch.lerp(tone, scene.colour(0.03, 0.045, 0.08), 0.9 * scene.f["night"])


def _boat(scene: Composition, picture: torch.Tensor) -> torch.Tensor:
    f, dark = scene.f, _dark(scene)
    place_u = scene.across("boat_x", 0.22)
    place_y = scene.shore_line + (0.985 - scene.shore_line) * (0.25 + 0.35 * f["boat_y"])
    size = 0.060
    a, b = (scene.u - place_u) / size, (scene.y - place_y) / size
    soft = max(scene.pixel, 1 / 256) / size
    hull = _step(-soft, soft, 0.17 * (1.15 - a.square()) - (b + 0.38 * a.square() - 0.10).abs())
    hull = hull * _step(-soft, soft, 1.0 - a.abs())
    roof = _step(-soft, soft, 0.46 - ((a - 0.1).square() + (b + 0.05).square() * 1.7).sqrt()) * _step(-soft, soft, -b)
    man = _step(-soft, soft, 0.17 - ((a + 0.55).square() * 2.2 + (b + 0.28).square() * 0.45).sqrt())
    shade = torch.exp(-((b - 0.42) / 0.30).square()) * (1 - _step(0.7, 1.1, a.abs())) * 0.45
    alpha = torch.maximum(torch.maximum(hull, 0.75 * roof), man)
    return torch.lerp(picture, dark, torch.maximum(alpha * 0.93, shade) * f["boat_shown"])


def _shore(scene: Composition, picture: torch.Tensor) -> torch.Tensor:
    """The near bank in one lower corner, with its pines and a pavilion."""
    f, dark = scene.f, _dark(scene)
    side = torch.tanh(6 * (f["shore_side"] - 0.5))
    u = (scene.u - 0.5) / scene.aspect + 0.5
    slope = torch.sigmoid(((u - 0.5) * side * 2 - 0.15) * 5.5)
    rise = (0.05 + 0.17 * f["shore_rise"]) * slope * (0.75 + 0.5 * _profile(scene.u * 3.3 + 3 * f["shore_rise"] + 500))
    rise = rise + 0.010 * slope * _profile(scene.u * 31 + 520)
    bank = 1.012 - rise
    depth = scene.y - bank
    pixel = max(scene.pixel, 1 / 256)
    strokes = _step(0.35, 0.75, _texture(scene.u * 1.6 + depth * 1.2, depth * 1.1 + 0.3))
    tone = torch.lerp(dark, torch.lerp(dark, scene.colour(*PAPER), 0.55 * (1 - 0.85 * f["night"])), (1 - strokes) * _step(0.0, 0.09, depth))
    tone = torch.lerp(tone, scene.colour(0.93, 0.94, 0.95) * (1 - 0.7 * f["night"]), 0.75 * f["snow"] * (1 - strokes) * torch.exp(-depth.clamp_min(0) / 0.05))
    picture = torch.lerp(picture, tone, 0.95 * _step(-pixel, pixel, depth))
    picture = _pavilion(scene, picture, bank, side, dark)
    for name, lean in (("tree", 1.0), ("second", -1.0)):
        picture = _pine(scene, picture, bank, side, dark, name, lean)
    return picture


def _ground(scene: Composition, bank: torch.Tensor, place: torch.Tensor) -> torch.Tensor:
    """The y of the bank under u = ``place`` [B, 1, 1, 1]."""
    column = ((place - 0.5) / scene.aspect + 0.5) * bank.shape[-1] - 0.5
    column = column.clamp(0, bank.shape[-1] - 1)
    low = column.floor().long()
    high = (low + 1).clamp(max=bank.shape[-1] - 1)
    return torch.lerp(bank.gather(-1, low), bank.gather(-1, high), column - low)


def _pine(
    scene: Composition, picture: torch.Tensor, bank: torch.Tensor, side: torch.Tensor, dark: torch.Tensor, name: str, lean: float
) -> torch.Tensor:
    f = scene.f
    place = 0.5 + side * scene.aspect * (0.20 + 0.24 * f[f"{name}_x"])
    tall = 0.15 + 0.17 * f[f"{name}_size"]
    foot = _ground(scene, bank, place) + 0.01
    up = ((foot - scene.y) / tall).clamp(-0.2, 1.4)
    axis = place + lean * 0.05 * torch.sin(2.6 * up) * tall / 0.25
    pixel = max(scene.pixel, 1 / 256)
    trunk_width = 0.0085 * (1.25 - up.clamp(0, 1))
    trunk = _step(-pixel, pixel, trunk_width - (scene.u - axis).abs()) * _step(0.0, 0.05, up + 0.05) * _step(0.0, 0.05, 1.0 - up)
    rough = _texture(scene.u * 1.5 + 0.3, scene.y * 1.5) - 0.5
    needles = torch.zeros_like(trunk)
    for at, shift, wide in ((0.50, 0.30, 0.24), (0.66, -0.26, 0.26), (0.80, 0.16, 0.27), (0.94, -0.06, 0.22), (1.04, 0.03, 0.13)):
        centre_u = place + lean * (0.05 * tall / 0.25 + shift * tall * 0.8)
        a = (scene.u - centre_u) / (wide * tall * 1.5)
        b = (scene.y - (foot - at * tall)) / (0.085 * tall * 1.25)
        pad = 1 - (a.square() + (b + 0.9 * a.square() - 0.3).square()).sqrt() + 1.1 * rough
        needles = torch.maximum(needles, _step(-0.12, 0.22, pad))
    alpha = torch.maximum(0.9 * trunk, 0.88 * needles) * f["trees_shown"]
    tone = torch.lerp(dark, dark * 0.9 + scene.colour(0.03, 0.08, 0.05), needles * f["pigment"])
    cap = f["snow"] * needles * 0.55 * _step(-0.1, 0.35, rough)
    tone = torch.lerp(tone, scene.colour(0.94, 0.95, 0.96) * (1 - 0.65 * f["night"]), cap)
    return torch.lerp(picture, tone, alpha)


def _pavilion(
    scene: Composition, picture: torch.Tensor, bank: torch.Tensor, side: torch.Tensor, dark: torch.Tensor
) -> torch.Tensor:
    f = scene.f
    place = 0.5 + side * scene.aspect * (0.06 + 0.20 * f["pavilion_x"])
    size = 0.062
    foot = _ground(scene, bank, place) + 0.008
    a, b = (scene.u - place) / size, (foot - scene.y) / size
    soft = max(scene.pixel, 1 / 256) / size
    eave = 0.95 + 0.22 * a.abs().pow(3)
    roof = _step(-soft, soft, b - eave) * _step(-soft, soft, eave + 0.62 * (1 - a.abs().clamp(0, 1)).pow(1.6) + 0.10 - b)
    roof = roof * _step(-soft, soft, 1.08 - a.abs())
    posts = _step(-soft, soft, 0.085 - ((a.abs() - 0.66).abs())) * _step(-soft, soft, b) * _step(-soft, soft, 1.0 - b)
    rail = _step(-soft, soft, 0.07 - (b - 0.22).abs()) * _step(-soft, soft, 0.7 - a.abs())
    alpha = torch.maximum(torch.maximum(roof, posts), 0.7 * rail) * f["pavilion_shown"]
    red = torch.lerp(dark, scene.colour(0.60, 0.22, 0.16), 0.7 * (1 - 0.8 * f["night"]) * (1 - 0.5 * f["dusk"]))
    return torch.lerp(picture, torch.lerp(dark, red, posts), alpha * 0.95)


def _paper_and_seal(scene: Composition, picture: torch.Tensor) -> torch.Tensor:
    """Fibres of the paper, a faint darkening to the corners, and the painter's cinnabar seal."""
    fibre = _texture(scene.u * 2.3, scene.y * 7.0) + _texture(scene.u * 6.1 + 0.4, scene.y * 2.1) - 1.0
    picture = picture * (1 + 0.018 * fibre)
    corner = (((scene.u - 0.5) / scene.aspect).square() + (scene.y - 0.5).square()) * 2
    picture = picture * (1 - 0.09 * corner.square())
    a, b = scene.u - (0.5 + 0.435 * scene.aspect), scene.y - 0.065
    size, pixel = 0.026, max(scene.pixel, 1 / 512)
    square = _step(-pixel, pixel, size - a.abs()) * _step(-pixel, pixel, size * 1.15 - b.abs())
    carved = _step(-pixel, pixel, 0.0032 - (a - 0.004).abs()) * _step(-pixel, pixel, 0.019 - b.abs())
    carved = torch.maximum(carved, _step(-pixel, pixel, 0.0032 - ((b + 0.002).abs() - 0.010).abs()) * _step(-pixel, pixel, 0.017 - a.abs()))
    return torch.lerp(picture, scene.colour(0.74, 0.20, 0.14), square * (1 - 0.85 * carved) * (0.9 - 0.35 * scene.f["night"]))
