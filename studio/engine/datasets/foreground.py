"""What stands near: boat, bank, pines, pavilion. See brushwork for the rest of the picture."""

from __future__ import annotations

import torch

from studio.engine.datasets.composition import PAPER, Composition, profile, smooth_step, texture


def _dark(scene: Composition) -> torch.Tensor:
    """The colour of near things: the darkest ink of the style."""
    tone = scene.styled(
        scene.colour(0.14, 0.14, 0.15),
        scene.colour(0.10, 0.24, 0.23),
        scene.colour(0.17, 0.09, 0.13),
        scene.colour(0.24, 0.26, 0.29),
    )
    return torch.lerp(tone, scene.colour(0.03, 0.045, 0.08), 0.9 * scene.f["night"])


def paint_boat(scene: Composition, picture: torch.Tensor) -> torch.Tensor:
    f, dark = scene.f, _dark(scene)
    place_u = scene.across("boat_x", 0.22)
    place_y = scene.shore_line + (0.985 - scene.shore_line) * (0.25 + 0.35 * f["boat_y"])
    size = 0.060
    a, b = (scene.u - place_u) / size, (scene.y - place_y) / size
    soft = max(scene.pixel, 1 / 256) / size
    hull = smooth_step(-soft, soft, 0.17 * (1.15 - a.square()) - (b + 0.38 * a.square() - 0.10).abs())
    hull = hull * smooth_step(-soft, soft, 1.0 - a.abs())
    roof = smooth_step(
        -soft, soft, 0.46 - ((a - 0.1).square() + (b + 0.05).square() * 1.7).sqrt()
    ) * smooth_step(-soft, soft, -b)
    man = smooth_step(-soft, soft, 0.17 - ((a + 0.55).square() * 2.2 + (b + 0.28).square() * 0.45).sqrt())
    shade = torch.exp(-((b - 0.42) / 0.30).square()) * (1 - smooth_step(0.7, 1.1, a.abs())) * 0.45
    alpha = torch.maximum(torch.maximum(hull, 0.75 * roof), man)
    return torch.lerp(picture, dark, torch.maximum(alpha * 0.93, shade) * f["boat_shown"])


def paint_shore(scene: Composition, picture: torch.Tensor) -> torch.Tensor:
    """The near bank in one lower corner, with its pines and a pavilion."""
    f, dark = scene.f, _dark(scene)
    side = torch.tanh(6 * (f["shore_side"] - 0.5))
    u = (scene.u - 0.5) / scene.aspect + 0.5
    slope = torch.sigmoid(((u - 0.5) * side * 2 - 0.15) * 5.5)
    rise = (
        (0.05 + 0.17 * f["shore_rise"])
        * slope
        * (0.75 + 0.5 * profile(scene.u * 3.3 + 3 * f["shore_rise"] + 500))
    )
    rise = rise + 0.010 * slope * profile(scene.u * 31 + 520)
    bank = 1.012 - rise
    depth = scene.y - bank
    pixel = max(scene.pixel, 1 / 256)
    strokes = smooth_step(0.35, 0.75, texture(scene.u * 1.6 + depth * 1.2, depth * 1.1 + 0.3))
    tone = torch.lerp(
        dark,
        torch.lerp(dark, scene.colour(*PAPER), 0.55 * (1 - 0.85 * f["night"])),
        (1 - strokes) * smooth_step(0.0, 0.09, depth),
    )
    tone = torch.lerp(
        tone,
        scene.colour(0.93, 0.94, 0.95) * (1 - 0.7 * f["night"]),
        0.75 * f["snow"] * (1 - strokes) * torch.exp(-depth.clamp_min(0) / 0.05),
    )
    tone = scene.seasoned(tone, strokes) * (1 - 0.6 * f["night"]) if scene.has_seasons else tone
    picture = torch.lerp(picture, tone, 0.95 * smooth_step(-pixel, pixel, depth))
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
    scene: Composition,
    picture: torch.Tensor,
    bank: torch.Tensor,
    side: torch.Tensor,
    dark: torch.Tensor,
    name: str,
    lean: float,
) -> torch.Tensor:
    f = scene.f
    place = 0.5 + side * scene.aspect * (0.20 + 0.24 * f[f"{name}_x"])
    tall = 0.15 + 0.17 * f[f"{name}_size"]
    foot = _ground(scene, bank, place) + 0.01
    up = ((foot - scene.y) / tall).clamp(-0.2, 1.4)
    axis = place + lean * 0.05 * torch.sin(2.6 * up) * tall / 0.25
    pixel = max(scene.pixel, 1 / 256)
    trunk_width = 0.0085 * (1.25 - up.clamp(0, 1))
    trunk = (
        smooth_step(-pixel, pixel, trunk_width - (scene.u - axis).abs())
        * smooth_step(0.0, 0.05, up + 0.05)
        * smooth_step(0.0, 0.05, 1.0 - up)
    )
    rough = texture(scene.u * 1.5 + 0.3, scene.y * 1.5) - 0.5
    needles = torch.zeros_like(trunk)
    for at, shift, wide in (
        (0.50, 0.30, 0.24),
        (0.66, -0.26, 0.26),
        (0.80, 0.16, 0.27),
        (0.94, -0.06, 0.22),
        (1.04, 0.03, 0.13),
    ):
        centre_u = place + lean * (0.05 * tall / 0.25 + shift * tall * 0.8)
        a = (scene.u - centre_u) / (wide * tall * 1.5)
        b = (scene.y - (foot - at * tall)) / (0.085 * tall * 1.25)
        pad = 1 - (a.square() + (b + 0.9 * a.square() - 0.3).square()).sqrt() + 1.1 * rough
        needles = torch.maximum(needles, smooth_step(-0.12, 0.22, pad))
    alpha = torch.maximum(0.9 * trunk, 0.88 * needles) * f["trees_shown"]
    tone = torch.lerp(dark, dark * 0.9 + scene.colour(0.03, 0.08, 0.05), needles * f["pigment"])
    if scene.has_seasons:
        leaves = scene.seasoned(tone + 0.12, rough + 0.65) * (1 - 0.6 * f["night"])
        tone = torch.lerp(tone, leaves, needles * (f["spring"] + f["autumn"]))
    cap = f["snow"] * needles * 0.55 * smooth_step(-0.1, 0.35, rough)
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
    roof = smooth_step(-soft, soft, b - eave) * smooth_step(
        -soft, soft, eave + 0.62 * (1 - a.abs().clamp(0, 1)).pow(1.6) + 0.10 - b
    )
    roof = roof * smooth_step(-soft, soft, 1.08 - a.abs())
    posts = (
        smooth_step(-soft, soft, 0.085 - ((a.abs() - 0.66).abs()))
        * smooth_step(-soft, soft, b)
        * smooth_step(-soft, soft, 1.0 - b)
    )
    rail = smooth_step(-soft, soft, 0.07 - (b - 0.22).abs()) * smooth_step(-soft, soft, 0.7 - a.abs())
    alpha = torch.maximum(torch.maximum(roof, posts), 0.7 * rail) * f["pavilion_shown"]
    red = torch.lerp(
        dark, scene.colour(0.60, 0.22, 0.16), 0.7 * (1 - 0.8 * f["night"]) * (1 - 0.5 * f["dusk"])
    )
    return torch.lerp(picture, torch.lerp(dark, red, posts), alpha * 0.95)
