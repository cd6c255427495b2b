"""A model grows to twice its size: what it has learnt stays, a new block learns what is finer.

Progressive growing (Karras et al. 2018, arXiv 1710.10196) without its fade: the new colours begin near nothing, so that the first
picture is the smaller one doubled.
"""

from __future__ import annotations

import re

import torch

from studio.engine.training.recipe import TrainingRecipe

FAINT = 0.05
"""Of what the new block adds to the picture at first."""
NEXT_BLOCK = re.compile(r"^(blocks\.)(\d+)(\..+)$")


def grows(smaller: TrainingRecipe, recipe: TrainingRecipe) -> bool:
    """Whether networks of ``smaller`` become those of ``recipe`` by one more block at the picture's side."""
    drawn, judged = recipe.generator, recipe.discriminator
    return (
        (drawn.network, judged.network) == ("style", "residual")
        and smaller.generator.widths == drawn.widths[:-1]
        and smaller.discriminator.widths == judged.widths[1:]
    )


def grown_generator(
    old: dict[str, torch.Tensor], new: dict[str, torch.Tensor], blocks: int
) -> dict[str, torch.Tensor]:
    """State of the larger generator of ``blocks`` blocks: ``old`` where there is any, else as ``new`` begins."""
    faint = f"blocks.{blocks - 1}.colour.weight"
    return {name: old.get(name, value * FAINT if name == faint else value) for name, value in new.items()}


def grown_discriminator(
    old: dict[str, torch.Tensor], new: dict[str, torch.Tensor]
) -> dict[str, torch.Tensor]:
    """State of the larger judge: each block stands one further from the picture, before them a new one and a new opening."""
    moved = {
        NEXT_BLOCK.sub(lambda found: f"{found[1]}{int(found[2]) + 1}{found[3]}", name): value
        for name, value in old.items()
        if not name.startswith("opening.")
    }
    return {name: moved.get(name, value) for name, value in new.items()}
