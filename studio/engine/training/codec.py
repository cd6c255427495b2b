"""Training of the picture codec: rate and distortion together, at all qualities in turn.

Of a crop of N pixels: bits / N + λ · squared error in levels of 255, λ by quality (Ballé et al. 2017, equation 6). Rounding has no
gradient: the rate sees numbers with noise of ±½ in its place, the picture sees rounded ones whose gradient passes straight
(Minnen & Singh 2020, arXiv 2007.08739, section 3).
"""

from __future__ import annotations

import time
from collections.abc import Generator
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import numpy as np
import torch
from safetensors import SafetensorError

from studio.engine.compression.network import FREQUENCIES, ship
from studio.engine.datasets import shanshui
from studio.engine.datasets.listing import NO_PICTURES, DataError, list_pictures
from studio.engine.datasets.reading import BROKEN, file_bytes, read_picture
from studio.engine.datasets.rules import scenes
from studio.engine.networks.codec import STRIDE, Codec, CodecShape
from studio.engine.training.loop import PRECISIONS
from studio.engine.training.muon import Muon
from studio.engine.training.schedule import begin_step
from studio.engine.training.upscale import Keeping, draw_of
from studio.messages.events import Checkpoint, Progress
from studio.paths import resources
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError

FOLDER = "codec"
PIECE = 256
"""Side in pixels of the pieces of pictures that crops are taken from."""
LANDSCAPE_EVERY = 4
KEPT_EVERY = 250
CLIPPED = 1.0
PAINTING = QT_TRANSLATE_NOOP("engine", "Painting pictures to learn from")
READING = QT_TRANSLATE_NOOP("engine", "Reading the pictures")


class CodecRecipe(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``pictures`` pieces are the stock of which each step takes ``batch`` crops of ``crop`` pixels. ``weights``: λ of each quality.
    Kernels learn by Muon at ``rate`` falling to ``rate_end`` as a cosine, the rest by Adam at a tenth of it, frequencies at the
    same."""

    name: str
    title: str
    title_zh: str = ""
    seed: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)] = 1
    batch: Annotated[int, msgspec.Meta(ge=1, le=256)] = 8
    crop: Annotated[int, msgspec.Meta(ge=STRIDE, le=PIECE, multiple_of=STRIDE)] = 128
    steps: Annotated[int, msgspec.Meta(ge=1, le=100_000_000)] = 6000
    pictures: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 900
    rate: Annotated[float, msgspec.Meta(gt=0.0, le=0.1)] = 0.01
    rate_end: Annotated[float, msgspec.Meta(gt=0.0, le=0.1)] = 0.0004
    weights: tuple[Annotated[float, msgspec.Meta(gt=0.0, le=10.0)], ...] = (0.0025, 0.0067, 0.018)
    precision: Literal["float32", "bfloat16"] = "bfloat16"
    licence: str = ""
    codec: CodecShape = CodecShape(levels=3)


def codec_recipe(name: str) -> CodecRecipe | None:
    """The recipe of a codec by its name in resources/recipes/codec or as a TOML file there is; None where it is something else.

    Raises RecipeError naming the file.
    """
    path = resources() / "recipes" / FOLDER / f"{name}.toml"
    own = Path(name)
    if own.suffix == ".toml" and own.is_file():
        path = own
    try:
        plain = msgspec.toml.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    if "codec" not in plain:
        return None
    try:
        recipe = msgspec.convert(plain, CodecRecipe)
    except msgspec.ValidationError as error:
        raise RecipeError(
            f"{path}: not a codec's recipe ({error}); compare it with resources/recipes/codec"
        ) from None
    if len(recipe.weights) != recipe.codec.levels:
        raise RecipeError(f"{path}: there must be a weight for each of the {recipe.codec.levels} levels")
    return recipe


def train_codec(
    recipe: CodecRecipe, run: Path, *, data: Path | None = None, steps: int = 0, resume: bool = False
) -> Generator[Progress | Checkpoint, None, None]:
    """Learns up to the recipe's last step, or ``steps`` more, and writes ``run``/model.safetensors. Yields Progress with the values of
    each step, and Checkpoint at the end. Stopped, it keeps where it was; ``resume`` goes on from there to the same weights. Raises
    DataError, OSError."""
    torch.manual_seed(recipe.seed)
    codec = Codec(recipe.codec)
    optimisers = _optimisers(codec)
    keeping = Keeping(run / "learning.safetensors", {"codec": codec}, optimisers)
    first = _restored(keeping, recipe) if resume else 0
    last = min(first + steps, recipe.steps) if steps else recipe.steps
    stock = yield from (_of_folder(data, recipe) if data is not None else _painted(recipe))
    done = first
    try:
        for step in range(first, last):
            began = time.perf_counter()
            values = _step(codec, optimisers, recipe, step, stock)
            done = step + 1
            left = (time.perf_counter() - began) * (last - step - 1)
            if done % KEPT_EVERY == 0 or done == last:
                keeping.store(done)
            yield Progress(done=done, total=last, seconds_left=left, values=values)
    except GeneratorExit:
        keeping.store(done)
        raise
    made_by = msgspec.json.encode(recipe).decode()
    path = ship(codec, run / "model.safetensors", recipe=made_by, licence=recipe.licence)
    yield Checkpoint(step=last, path=str(path), pictures_seen=last * recipe.batch)


def _restored(keeping: Keeping, recipe: CodecRecipe) -> int:
    try:
        return keeping.restore()
    except (SafetensorError, RuntimeError, ValueError, KeyError) as error:
        raise RecipeError(
            f"{keeping.path}: not what {recipe.name} has learnt so far ({error}); remove it or choose another run folder"
        ) from None


def _optimisers(codec: Codec) -> dict[str, torch.optim.Optimizer]:
    named = dict(codec.named_parameters())
    matrices = [one for name, one in named.items() if one.dim() == 4]
    counted = [one for name, one in named.items() if name.startswith(FREQUENCIES) or name in ("gain", "back")]
    chosen = {id(one) for one in (*matrices, *counted)}
    others = [one for one in named.values() if id(one) not in chosen]
    return {
        "matrices": Muon(matrices),
        "others": torch.optim.Adam(others, betas=(0.9, 0.99)),
        "counted": torch.optim.Adam(counted, betas=(0.9, 0.99)),
    }


def _step(
    codec: Codec,
    optimisers: dict[str, torch.optim.Optimizer],
    recipe: CodecRecipe,
    step: int,
    stock: torch.Tensor,
) -> dict[str, float]:
    begin_step(optimisers, recipe.rate, recipe.rate_end, step, recipe.steps)
    draw = draw_of(recipe.seed, step)
    real = _crops(stock, recipe, draw)
    level = torch.randint(recipe.codec.levels, (recipe.batch,), generator=draw)
    dtype = PRECISIONS[recipe.precision]
    numbers = codec.numbers(real, level, dtype)
    noise = torch.rand(numbers.shape, generator=draw) - 0.5
    likely = codec.frequencies(numbers + noise, level)
    bits = -likely.log2().sum((1, 2, 3)) / recipe.crop**2
    rounded = numbers + (numbers.round() - numbers).detach()
    made = codec.picture(rounded, level, dtype)
    error = (made - real).square().mean((1, 2, 3)) * 127.5**2
    weight = torch.tensor(recipe.weights)[level]
    loss = (bits + weight * error).mean()
    loss.backward()
    for name in ("others", "counted"):  # Muon's steps are bounded by themselves
        parameters = [one for group in optimisers[name].param_groups for one in group["params"]]
        torch.nn.utils.clip_grad_norm_(parameters, CLIPPED)
    if bool(loss.isfinite()):
        for optimiser in optimisers.values():
            optimiser.step()
    return {"loss": loss.item(), "bits": bits.mean().item(), "error": error.mean().sqrt().item()}


def _crops(stock: torch.Tensor, recipe: CodecRecipe, draw: torch.Generator) -> torch.Tensor:
    """[batch, 3, crop, crop] in −1…1, half of them mirrored."""
    side, found = recipe.crop, []
    chosen = torch.randint(len(stock), (recipe.batch,), generator=draw).tolist()
    corners = torch.randint(PIECE - side + 1, (recipe.batch, 2), generator=draw).tolist()
    mirrored = (torch.rand(recipe.batch, generator=draw) < 0.5).tolist()
    for number, (top, left), turned in zip(chosen, corners, mirrored, strict=True):
        crop = stock[number, top : top + side, left : left + side]
        found.append(crop.flip(1) if turned else crop)
    return torch.stack(found).permute(0, 3, 1, 2).float() / 127.5 - 1


def _painted(recipe: CodecRecipe) -> Generator[Progress, None, torch.Tensor]:
    """Pieces made by rule, uint8 [pictures, 256, 256, 3]: scenes, and a landscape among each few."""
    stock = torch.empty(recipe.pictures, PIECE, PIECE, 3, dtype=torch.uint8)
    for number in range(recipe.pictures):
        if number % LANDSCAPE_EVERY:
            stock[number] = torch.from_numpy(scenes.draw(recipe.seed * 100_003 + number, PIECE).pixels)
        else:
            picture = shanshui.paint(shanshui.latents((recipe.seed * 100_003 + number,)), PIECE)[0]
            stock[number] = (picture.permute(1, 2, 0) * 255 + 0.5).to(torch.uint8)
        yield Progress(done=number + 1, total=recipe.pictures, text=PAINTING, stage="painting")
    return stock


def _of_folder(folder: Path, recipe: CodecRecipe) -> Generator[Progress, None, torch.Tensor]:
    """Pieces of the folder's pictures at their own size, the same ones for the same seed. Raises DataError where there are none."""
    listed = list_pictures(folder)
    found: list[torch.Tensor] = []
    for done, one in enumerate(listed):
        try:
            rgb = read_picture(file_bytes(one.path)).rgb
        except BROKEN:
            continue
        random = np.random.default_rng((recipe.seed, done))
        rgb = np.pad(
            rgb,
            [(0, max(0, PIECE - rgb.shape[0])), (0, max(0, PIECE - rgb.shape[1])), (0, 0)],
            mode="symmetric",
        )
        for _ in range(-(-recipe.pictures // len(listed))):
            top, left = (int(random.integers(length - PIECE + 1)) for length in rgb.shape[:2])
            found.append(torch.from_numpy(rgb[top : top + PIECE, left : left + PIECE].copy()))
        yield Progress(done=done + 1, total=len(listed), text=READING, stage="reading")
    if not found:
        raise DataError(NO_PICTURES, folder=str(folder))
    return torch.stack(found)
