"""The request of a training run becomes its loop: recipe by name or file, folder, device."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from studio.engine.training.loop import train as loop
from studio.engine.training.recipe import TrainingRecipe, read_recipe
from studio.messages.events import Checkpoint, Progress, Sample
from studio.messages.requests import Train
from studio.paths import embedded_models, resources
from studio.recipe import RecipeError


def find_recipe(name: str) -> TrainingRecipe:
    """A recipe by its name in resources/recipes or by the path of a TOML file. Raises RecipeError naming the choices."""
    path = Path(name)
    if path.suffix == ".toml" or path.exists():
        return read_recipe(path)
    folder = resources() / "recipes"
    known = sorted(item.stem for item in folder.glob("*.toml"))
    if name not in known:
        raise RecipeError(
            f"there is no training recipe {name}; known are: {', '.join(known)}, or give a TOML file"
        )
    return read_recipe(folder / f"{name}.toml")


def shipped_weights(recipe: TrainingRecipe) -> Path | None:
    """The embedded model of the recipe's name, from which a resumed run without checkpoints goes on."""
    path = embedded_models() / recipe.name / "model.safetensors"
    return path if path.is_file() else None


def train(request: Train, device: str = "cpu") -> Iterator[Progress | Sample | Checkpoint]:
    """Runs ``request``. Raises RecipeError for a recipe or checkpoint that cannot be used, DataError, OSError."""
    recipe = find_recipe(request.recipe)
    start = Path(request.start_from) if request.start_from else None
    yield from loop(
        recipe,
        data=Path(request.data) if request.data else None,
        run=Path(request.run),
        steps=request.steps or None,
        checkpoint_every=request.checkpoint_every or 500,
        resume=request.resume or start is not None,
        device=device,
        start=start or shipped_weights(recipe),
        test_data=Path(request.test_data) if request.test_data else None,
        decisions=request.decisions,
    )
