"""A folder of pictures as a training source: any size and mode, in the folder or below it."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageOps, UnidentifiedImageError

from studio.engine.networks.generator import code_of
from studio.recipe import RecipeError

SUFFIXES = frozenset((".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".bmp", ".gif"))


def square_thumbnail(data: bytes, size: int, channels: int = 3) -> np.ndarray:
    """A picture's bytes as its middle square [size, size, channels] uint8 sRGB, upright: grey or colour, its transparency on
    white, or colour with alpha, premultiplied.

    Raises OSError, ValueError or SyntaxError (what Pillow raises) when the bytes are no picture.
    """
    with Image.open(io.BytesIO(data)) as opened:
        picture = ImageOps.exif_transpose(opened)
        if picture.mode.startswith("I") or picture.mode == "F":
            values = np.asarray(picture, np.float32)
            high = 65535.0 if values.max(initial=0) > 255 else 255.0
            picture = Image.fromarray((values.clip(0, high) * (255.0 / high)).astype(np.uint8))
        if channels == 4:
            squared = ImageOps.fit(
                picture.convert("RGBA").convert("RGBa"), (size, size), Image.Resampling.LANCZOS
            )
            return np.asarray(squared, np.uint8)
        if "A" in picture.getbands() or "transparency" in picture.info:
            picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture.convert("RGBA"))
        squared = ImageOps.fit(picture.convert("RGB"), (size, size), Image.Resampling.LANCZOS)
        if channels == 1:
            squared = squared.convert("L")
    return np.asarray(squared, np.uint8).reshape(size, size, channels)


class FolderSource:
    """Pictures of a folder, read once into memory at ``size``; z is drawn independently of them.

    ``by_class``: the sub-folder right below ``folder`` is a picture's class; there must be two or more of them.
    """

    paired = False

    def __init__(
        self,
        folder: Path | None,
        size: int,
        latent_size: int,
        *,
        flip: bool,
        channels: int = 3,
        by_class: bool = False,
    ) -> None:
        if folder is None or not folder.is_dir():
            raise RecipeError(f"{folder or 'no folder'}: give a folder of pictures to train on")
        self.latent_size, self.flip = latent_size, flip
        kept: list[np.ndarray] = []
        rejected: list[str] = []
        names: list[str] = []
        for path in sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file()):
            try:
                kept.append(square_thumbnail(path.read_bytes(), size, channels))
                names.append(path.relative_to(folder).parts[0] if path.parent != folder else "")
            except (
                OSError,
                ValueError,
                SyntaxError,
                UnidentifiedImageError,
                Image.DecompressionBombError,
            ) as error:
                rejected.append(f"{path}: {error}")
        if not kept:
            raise RecipeError(
                f"{folder}: holds no picture that can be read; PNG, JPEG, WebP, TIFF, BMP and GIF are"
            )
        self.pictures = torch.from_numpy(np.stack(kept)).permute(0, 3, 1, 2).contiguous()
        self.count = len(kept)
        self.classes = tuple(sorted(set(names) - {""})) if by_class else ()
        if by_class and len(self.classes) < 2:
            raise RecipeError(f"{folder}: needs two sub-folders or more, one for each class of pictures")
        if by_class and "" in names:
            raise RecipeError(f"{folder}: pictures beside the sub-folders have no class; move them into one")
        self.labels = torch.tensor([self.classes.index(name) if by_class else 0 for name in names])
        self.rejected = tuple(rejected)

    def batch(self, count: int, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        z = torch.randn(count, self.latent_size, generator=generator)
        chosen = torch.randint(self.count, (count,), generator=generator)
        pictures = self.pictures[chosen].float() / 127.5 - 1
        if self.flip:
            turned = torch.rand(count, generator=generator) < 0.5
            pictures = torch.where(turned.view(-1, 1, 1, 1), pictures.flip(3), pictures)
        return code_of(z, self.labels[chosen], len(self.classes)), pictures
