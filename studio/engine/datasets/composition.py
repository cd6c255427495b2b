"""What all brushes share: fixed textures, coordinates, and one batch of pictures with its factors.

Coordinates: ``u`` across in units of the picture's height with 0.5 in the middle, ``y`` down from 0 to 1.
Colours are sRGB encoded in 0…1.
"""

from __future__ import annotations

from functools import lru_cache

import torch
import torch.nn.functional as nn

PAPER = (0.955, 0.930, 0.870)


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


def profile(t: torch.Tensor) -> torch.Tensor:
    """Smooth noise on a line in 0…1."""
    cell = torch.floor(t)
    part = t - cell
    part = part * part * part * (part * (part * 6 - 15) + 10)
    index = cell.long()
    table = _lattice().to(t.device)
    return torch.lerp(table[index % 1024], table[(index + 1) % 1024], part)


def texture(across: torch.Tensor, down: torch.Tensor) -> torch.Tensor:
    """The cloudy texture at two coordinate fields [B, 1, H, W] in texture widths; values in 0…1."""
    across, down = torch.broadcast_tensors(across, down)
    grid = torch.stack([across % 1.0, down % 1.0], -1).squeeze(1) * 2 - 1
    source = _grain().to(across.device).expand(len(grid), -1, -1, -1)
    return nn.grid_sample(source, grid, mode="bilinear", align_corners=True)


def smooth_step(low: float | torch.Tensor, high: float | torch.Tensor, value: torch.Tensor) -> torch.Tensor:
    part = ((value - low) / (high - low)).clamp(0, 1)
    return part * part * (3 - 2 * part)


class Composition:
    """One batch of pictures being painted: the factors as [B, 1, 1, 1], the coordinates, the colours of their styles."""

    def __init__(
        self, factors: dict[str, torch.Tensor], height: int, width: int, device: torch.device
    ) -> None:
        self.f = factors
        self.aspect = width / height
        self.pixel = 1.0 / height
        self.u = ((torch.arange(width, device=device) + 0.5 - width / 2) * self.pixel + 0.5).view(
            1, 1, 1, width
        )
        self.y = ((torch.arange(height, device=device) + 0.5) * self.pixel).view(1, 1, height, 1)
        self.device = device
        self.shore_line = 0.94 - 0.30 * factors["water"]
        self.wisps = texture(
            self.u * 0.22 + 0.6 * factors["cloud_x"], self.y * 0.5 + 0.3 * factors["grain"] * 0.2
        )

    def colour(self, red: float, green: float, blue: float) -> torch.Tensor:
        return torch.tensor([red, green, blue], device=self.device).view(1, 3, 1, 1)

    def across(self, name: str, margin: float = 0.08) -> torch.Tensor:
        """The place of a factor in 0…1 across the picture, as u, kept off the edges."""
        return 0.5 + (self.f[name] - 0.5) * (1 - 2 * margin) * self.aspect

    def styled(
        self, ink: torch.Tensor, pigment: torch.Tensor, dusk: torch.Tensor, snow: torch.Tensor
    ) -> torch.Tensor:
        """One colour in four styles, mixed by the picture's amounts."""
        mixed = torch.lerp(ink, pigment, self.f["pigment"])
        mixed = torch.lerp(mixed, dusk, 0.85 * self.f["dusk"])
        return torch.lerp(mixed, snow, 0.75 * self.f["snow"])

    @property
    def has_seasons(self) -> bool:
        return "spring" in self.f

    def seasoned(self, tone: torch.Tensor, mottled: torch.Tensor) -> torch.Tensor:
        """``tone`` of what grows, in spring or autumn, with its pigments told at dusk, night and in snow, too; as it is without seasons.
        ``mottled`` [B, 1, H, W] in 0…1 says where blossoms and turned leaves stand."""
        if not self.has_seasons:
            return tone
        light = 0.35 + 0.85 * tone.mean(1, keepdim=True)
        tone = torch.lerp(tone, self.colour(0.12, 0.62, 0.60) * light, 0.5 * self.f["pigment"])
        spots = 0.75 * smooth_step(0.55, 0.80, mottled)
        fresh = torch.lerp(tone, self.colour(0.52, 0.74, 0.36) * light, 0.55)
        fresh = torch.lerp(fresh, self.colour(0.95, 0.62, 0.70), spots)
        turned = torch.lerp(tone, self.colour(0.86, 0.50, 0.22) * light, 0.60)
        turned = torch.lerp(turned, self.colour(0.80, 0.24, 0.11), spots)
        return torch.lerp(torch.lerp(tone, fresh, self.f["spring"]), turned, self.f["autumn"])

    def in_ink(self, picture: torch.Tensor) -> torch.Tensor:
        """``picture`` with less than half of its colour, at dusk with more, where no pigment is used; as it is without seasons."""
        if not self.has_seasons:
            return picture
        grey = picture.mean(1, keepdim=True) * self.colour(1.015, 1.0, 0.965)
        return torch.lerp(picture, grey, (0.6 - 0.3 * self.f["dusk"]) * (1 - self.f["pigment"]))
