"""Training of the detail network: crops of pictures at their own size, made four times smaller, and back.

What the small crop tells is taught by L1. What it does not tell (the grain of paper, the rough edge of a dry brush) has no one right
answer, and L1 alone would leave it out: so the energy of fine changes must be that of the real crop too, near each place and over the
whole crop, whatever their phase. The network reaches that by steeper edges or by its noise, whichever costs less L1; mostly by edges.
What is noise in an artist's scans is therefore measured after the last step and comes as grain (``training/grain.py``).
"""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import cv2
import msgspec
import numpy as np
import torch
import torch.nn.functional as functional
from PIL import Image
from safetensors import SafetensorError

from studio.engine.datasets import shanshui
from studio.engine.datasets.listing import NO_PICTURES, DataError, list_pictures
from studio.engine.datasets.reading import BROKEN, FORMATS, file_bytes, read_picture
from studio.engine.datasets.rules import leaves, scenes
from studio.engine.detail.enlarge import enlarged
from studio.engine.detail.file import DetailCard, load_detail, ship
from studio.engine.detail.grain import Grain
from studio.engine.library.details import place_in, shipped_file
from studio.engine.networks.detail import FACTOR, Detail, DetailShape, bicubic
from studio.engine.training.grain import Compared, grain_of
from studio.engine.training.loop import PRECISIONS
from studio.engine.training.muon import Muon
from studio.engine.training.schedule import begin_step
from studio.engine.training.upscale import Keeping, draw_of
from studio.messages.events import Checkpoint, DetailLearnt, Progress
from studio.paths import resources
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError

FOLDER = "detail"
PIECE = 256
"""Side in pixels of the pieces of pictures that crops are taken from."""
SCALES = (1, 2, 4)
"""How many times smaller than they are pictures are also learnt from: what a model draws is a whole picture, not a crop of one."""
KEPT_EVERY = 250
CLIPPED = 1.0
SOFTEST, LOUDEST, WORST, BEST = 0.8, 0.02, 70, 98
"""Of small crops: deviation of a blur in pixels, of noise in 0…1, JPEG qualities."""
WINDOW = 16
"""Pixels a side of the places whose energy is compared."""
LEAST = 2 / 127.5
"""Changes smaller than this count as none: two levels of 255."""
TINY = 1e-8
GOAL = 0.92
"""Part of the real energy that is aimed at: the last tenth would cost more likeness than it shows."""
EACH, LANDSCAPE_EVERY, HELD_EVERY = 2, 6, 6
MEASURED = 48
SCANS, SCAN = 16, 768
"""Pictures whose grain is measured at most, and pixels a side of what is looked at of each."""
LEARNING = "detail-learning.safetensors"
PAINTING = QT_TRANSLATE_NOOP("engine", "Painting pictures to learn from")
READING = QT_TRANSLATE_NOOP("engine", "Reading the pictures")
LOOKING = QT_TRANSLATE_NOOP("engine", "Measuring the grain of your pictures")
LEARNING_IT = QT_TRANSLATE_NOOP("engine", "Learning the detail of your pictures")
ALL_SMALL = QT_TRANSLATE_NOOP(
    "engine",
    "The pictures in “{folder}” are smaller than {side} pixels a side; there is no detail to learn. Choose the scans at their full size.",
)


class DetailRecipe(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``pictures`` pieces are the stock of which each step takes ``batch`` crops of ``crop`` pixels. Kernels learn by Muon at ``rate``
    falling to ``rate_end`` as a cosine, the rest by Adam at a tenth of it. ``local`` and ``whole`` weigh the energies of fine changes
    near each place and over a crop, ``coarse`` those of changes twice as large beside the finest, which cost more likeness;
    ``squares`` weighs squared errors beside absolute ones. ``begin``: with what the network that comes with the studio has learnt, or with nothing."""

    name: str
    title: str
    title_zh: str = ""
    seed: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)] = 1
    batch: Annotated[int, msgspec.Meta(ge=1, le=256)] = 8
    crop: Annotated[int, msgspec.Meta(ge=32, le=PIECE, multiple_of=WINDOW)] = 192
    steps: Annotated[int, msgspec.Meta(ge=1, le=100_000_000)] = 3000
    pictures: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 900
    rate: Annotated[float, msgspec.Meta(gt=0.0, le=0.1)] = 0.01
    rate_end: Annotated[float, msgspec.Meta(gt=0.0, le=0.1)] = 0.0002
    squares: Annotated[float, msgspec.Meta(ge=0.0, le=100.0)] = 0.0
    coarse: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)] = 1.0
    local: Annotated[float, msgspec.Meta(ge=0.0, le=10.0)] = 0.2
    whole: Annotated[float, msgspec.Meta(ge=0.0, le=10.0)] = 0.02
    precision: Literal["float32", "bfloat16"] = "bfloat16"
    begin: Literal["nothing", "shipped"] = "nothing"
    licence: str = ""
    network: DetailShape = DetailShape()


class Measured(NamedTuple):
    """``gain``: PSNR in dB above bicubic, ``sharpness``: variance of the Laplacian by that of the real pieces."""

    gain: float
    sharpness: float


class Stock(NamedTuple):
    """Pieces uint8 [count, 256, 256, 3] to learn from, and of pictures that are never learnt from; the latter may be none. ``scans``:
    the middles of some pictures that are learnt from at their own size, uint8 [h, w, 3]."""

    pieces: torch.Tensor
    held_out: torch.Tensor
    scans: tuple[np.ndarray, ...] = ()


def detail_recipe(name: str) -> DetailRecipe | None:
    """The recipe of a detail network by its name in resources/recipes/detail or as a TOML file there is; None where it is something
    else. Raises RecipeError naming the file."""
    path = resources() / "recipes" / FOLDER / f"{name}.toml"
    own = Path(name)
    if own.suffix == ".toml" and own.is_file():
        path = own
    try:
        plain = msgspec.toml.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    if path == own and FOLDER not in plain:
        return None
    plain["network"] = plain.pop(FOLDER, {})
    try:
        return msgspec.convert(plain, DetailRecipe)
    except msgspec.ValidationError as error:
        raise RecipeError(
            f"{path}: not a detail network's recipe ({error}); compare it with resources/recipes/detail"
        ) from None


def train_detail(
    recipe: DetailRecipe,
    run: Path,
    *,
    data: Path | None = None,
    test_data: Path | None = None,
    left_out: frozenset[str] = frozenset(),
    steps: int = 0,
    resume: bool = False,
) -> Generator[Progress | Checkpoint, None, None]:
    """Learns up to the recipe's last step, or ``steps`` of it, and writes the network into ``run``. Yields Progress with the values of
    each step, and Checkpoint at the end. Stopped, it keeps where it was; ``resume`` goes on from there to the same weights.
    ``left_out``: files of ``data`` by their names below it, ``test_data``: pictures that are never learnt from. Raises DataError,
    OSError."""
    torch.manual_seed(recipe.seed)
    network = Detail(recipe.network)
    if recipe.begin == "shipped":
        network.load_state_dict(_shipped(recipe).state_dict())
    optimisers = _optimisers(network)
    keeping = Keeping(run / LEARNING, {"detail": network}, optimisers)
    first = _restored(keeping, recipe) if resume else 0
    last = min(first + steps, recipe.steps) if steps else recipe.steps
    yield Progress(done=first, total=last, text=READING)
    stock = yield from (
        _of_folder(data, test_data, recipe, left_out) if data is not None else _painted(recipe, first, last)
    )
    done = first
    try:
        for step in range(first, last):
            began = time.perf_counter()
            values = _step(network, optimisers, recipe, step, stock.pieces)
            done = step + 1
            left = (time.perf_counter() - began) * (last - step - 1)
            if done % KEPT_EVERY == 0 or done == last:
                keeping.store(done)
            yield Progress(done=done, total=last, seconds_left=left, values=values, text=LEARNING_IT)
    except GeneratorExit:
        keeping.store(done)
        raise
    network.eval()
    grain = yield from _grain(network, stock.scans, last)
    pieces = [piece.numpy() for piece in stock.held_out[:MEASURED]]
    found = measured(network, grain, pieces) if pieces else Measured(0.0, 0.0)
    path = ship(network, _card(recipe, network, data, len(stock.pieces), last, found), place_in(run), grain)
    if last == recipe.steps:
        keeping.path.unlink(missing_ok=True)
    yield Checkpoint(step=last, path=str(path), pictures_seen=last * recipe.batch)


def need_large(folder: Path) -> None:
    """Looks at the sizes of the folder's pictures, before anything is learnt. Raises DataError where none is large enough."""
    small = 0
    for one in list_pictures(folder):
        try:
            with Image.open(one.path, formats=FORMATS) as picture:
                if min(picture.size) >= PIECE:
                    return
        except BROKEN:
            continue
        small += 1
    raise DataError(ALL_SMALL if small else NO_PICTURES, folder=str(folder), side=str(PIECE))


def is_detail_begun(run: Path) -> bool:
    """Whether a run has a detail network that was stopped before its last step."""
    return (run / LEARNING).is_file()


def learnt(path: Path) -> DetailLearnt:
    """What a finished network says of itself. Raises EngineError."""
    card = load_detail(path).card
    return DetailLearnt(
        path=str(path), pictures=card.pictures, steps=card.steps, gain=card.gain, sharpness=card.sharpness
    )


def _shipped(recipe: DetailRecipe) -> Detail:
    shipped = load_detail(shipped_file()).network
    if shipped.shape != recipe.network:
        raise RecipeError(
            f'{recipe.name}: its network has another shape than the one that comes with Danqing; leave [detail] out or say begin = "nothing"'
        )
    return shipped


def _card(
    recipe: DetailRecipe, network: Detail, data: Path | None, pieces: int, steps: int, found: Measured
) -> DetailCard:
    return DetailCard(
        name=recipe.name,
        title=recipe.title,
        title_zh=recipe.title_zh or recipe.title,
        trained_on=data.name if data is not None else "pictures made by rule",
        pictures=pieces,
        steps=steps,
        parameters=sum(one.numel() for one in network.parameters()),
        gain=round(found.gain, 2),
        sharpness=round(found.sharpness, 3),
        licence=recipe.licence,
    )


def _restored(keeping: Keeping, recipe: DetailRecipe) -> int:
    try:
        return keeping.restore()
    except (SafetensorError, RuntimeError, ValueError, KeyError) as error:
        raise RecipeError(
            f"{keeping.path}: not what {recipe.name} has learnt so far ({error}); remove it or choose another run folder"
        ) from None


def _optimisers(network: Detail) -> dict[str, torch.optim.Optimizer]:
    parameters = list(network.parameters())
    return {
        "matrices": Muon([one for one in parameters if one.dim() == 4]),
        "others": torch.optim.Adam([one for one in parameters if one.dim() != 4], betas=(0.9, 0.99)),
    }


def _grain(
    network: Detail, scans: tuple[np.ndarray, ...], last: int
) -> Generator[Progress, None, Grain | None]:
    """What the network's pictures lack of the grain of the scans; without scans none."""
    seen = []
    for number, real in enumerate(scans):
        yield Progress(done=last, total=last, text=LOOKING)
        small = quarter(real)
        seen.append(Compared(real, small, remade(network, None, small, number)))
    return grain_of(seen) if seen else None


def quarter(real: np.ndarray) -> np.ndarray:
    """A picture uint8 [4h, 4w, 3] a quarter as large by cubic convolution, in whole codes."""
    planes = torch.from_numpy(real.astype(np.float32)).permute(2, 0, 1)[None]
    small = functional.interpolate(
        planes, scale_factor=1 / FACTOR, mode="bicubic", antialias=True, align_corners=False
    )
    return small[0].permute(1, 2, 0).round().clamp(0, 255).to(torch.uint8).numpy()


def remade(network: Detail, grain: Grain | None, small: np.ndarray, seed: int) -> np.ndarray:
    """The picture uint8 [h, w, 3] four times as large, as it is made for the artist."""
    steps = enlarged(network, small, seed, grain=grain)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def measured(
    network: Detail, grain: Grain | None, pictures: Sequence[np.ndarray], piece: int = PIECE
) -> Measured:
    """The network beside bicubic on pictures uint8 [4h, 4w, 3] that were made four times smaller by cubic convolution; the sharpness
    on crops of ``piece`` pixels a side."""
    error = plain = mine = goal = 0.0
    for number, real in enumerate(pictures):
        small = quarter(real)
        made = remade(network, grain, small, number)
        planes = torch.from_numpy(small.astype(np.float32)).permute(2, 0, 1)[None]
        usual = bicubic(planes)[0].permute(1, 2, 0).round().clamp(0, 255).numpy()
        error += np.square(made - real.astype(np.float32)).mean().item()
        plain += np.square(usual - real).mean().item()
        mine, goal = mine + _fine(made, piece), goal + _fine(real, piece)
    return Measured(10 * float(np.log10(max(plain, 1e-12) / max(error, 1e-12))), mine / max(goal, 1e-12))


def _fine(codes: np.ndarray, piece: int) -> float:
    """The Laplacian's variance of the brightness of uint8 [h, w, 3], the mean of its whole crops."""
    planes = torch.from_numpy(codes.astype(np.float32)).mean(2)[None, None]
    crops = planes.unfold(2, piece, piece).unfold(3, piece, piece).reshape(-1, 1, piece, piece)
    return laplacian(crops).var((1, 2, 3)).mean().item()


def _step(
    network: Detail,
    optimisers: dict[str, torch.optim.Optimizer],
    recipe: DetailRecipe,
    step: int,
    stock: torch.Tensor,
) -> dict[str, float]:
    begin_step(optimisers, recipe.rate, recipe.rate_end, step, recipe.steps)
    draw = draw_of(recipe.seed, step)
    real = _crops(stock, recipe, draw)
    small = reduced(real, draw)
    chance = torch.randn(len(real), 1, recipe.crop, recipe.crop, generator=draw)
    made = network(small, chance, PRECISIONS[recipe.precision])
    error = made - real
    near = error.abs().mean() + recipe.squares * error.square().mean()
    local, whole = energy_gap(made, real, recipe.coarse)
    loss = near + recipe.local * local + recipe.whole * whole
    loss.backward()
    others = [one for group in optimisers["others"].param_groups for one in group["params"]]
    torch.nn.utils.clip_grad_norm_(others, CLIPPED)
    if bool(loss.isfinite()):
        for optimiser in optimisers.values():
            optimiser.step()
    return {
        "loss": loss.item(),
        "l1": error.abs().mean().item(),
        "local": local.item(),
        "whole": whole.item(),
    }


def energy_gap(
    made: torch.Tensor, real: torch.Tensor, coarse: float = 1.0
) -> tuple[torch.Tensor, torch.Tensor]:
    """How far apart the energies of fine changes are, of pictures [B, 3, S, S] in −1…1 and of their halves: the mean difference of its
    roots near each place, and that of its logarithms over each picture and over all. Changes twice as large count ``coarse`` times as much."""
    local = whole = torch.zeros((), device=made.device)
    for octave, weight in enumerate((1.0, coarse)):
        mine, goal = (laplacian(one).square() for one in (made, real))
        window = WINDOW >> octave
        roots = [(functional.avg_pool2d(one, window, window // 2) + LEAST**2).sqrt() for one in (mine, goal)]
        local = local + weight * (roots[0] - roots[1]).abs().mean()
        each = [one.mean((1, 2, 3)) for one in (mine, goal * GOAL)]
        logs = [(one + LEAST**2).log() for one in each]
        over = each[0].mean().clamp_min(TINY).log() - each[1].mean().clamp_min(TINY).log()
        whole = whole + weight * ((logs[0] - logs[1]).abs().mean() + over.abs())
        made, real = functional.avg_pool2d(made, 2), functional.avg_pool2d(real, 2)
    return local, whole


def laplacian(picture: torch.Tensor) -> torch.Tensor:
    """The sum of the four neighbours less four times each value, [B, C, H, W] → [B, C, H − 2, W − 2]."""
    inner = picture[..., 1:-1, 1:-1]
    sides = (
        picture[..., :-2, 1:-1] + picture[..., 2:, 1:-1] + picture[..., 1:-1, :-2] + picture[..., 1:-1, 2:]
    )
    return sides - 4 * inner


def reduced(real: torch.Tensor, draw: torch.Generator) -> torch.Tensor:
    """Crops [B, 3, S, S] a quarter as large as others might have made them so: by area or cubic convolution, some from softened
    ones, some with noise or kept as a JPEG. Half of them are clean."""
    made = []
    for one in real.split(1):
        kind, clean, soft, loud, quality = torch.rand(5, generator=draw).tolist()
        if soft < 0.3:
            one = _blurred(one, FACTOR * SOFTEST * soft / 0.3)
        if kind < 0.5:
            small = functional.avg_pool2d(one, FACTOR)
        else:
            small = functional.interpolate(
                one, scale_factor=1 / FACTOR, mode="bicubic", antialias=True, align_corners=False
            )
        if clean < 0.5:
            strength = 2 * LOUDEST * max(0.0, 2 * loud - 1)
            small = small + strength * torch.randn(small.shape, generator=draw)
            if quality < 0.5:
                small = _as_jpeg(small, round(WORST + 2 * quality * (BEST - WORST)))
        made.append(small.clamp(-1, 1))
    return torch.cat(made)


def _blurred(picture: torch.Tensor, sigma: float) -> torch.Tensor:
    radius = max(1, round(3 * sigma))
    weights = torch.exp(-0.5 * (torch.arange(-radius, radius + 1) / max(sigma, 1e-3)) ** 2)
    weights = (weights / weights.sum()).expand(3, 1, 1, -1)
    padded = functional.pad(picture, (radius,) * 4, mode="replicate")
    across = functional.conv2d(padded, weights, groups=3)
    return functional.conv2d(across, weights.transpose(2, 3), groups=3)


def _as_jpeg(picture: torch.Tensor, quality: int) -> torch.Tensor:
    codes = (picture[0].permute(1, 2, 0) * 127.5 + 127.5).round().clamp(0, 255).to(torch.uint8).numpy()
    data = cv2.imencode(".jpg", codes, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    shown = cv2.imdecode(data, cv2.IMREAD_COLOR)
    return torch.from_numpy(shown).permute(2, 0, 1)[None].float() / 127.5 - 1


def _crops(stock: torch.Tensor, recipe: DetailRecipe, draw: torch.Generator) -> torch.Tensor:
    """[batch, 3, crop, crop] in −1…1, some mirrored and turned by quarters."""
    side, found = recipe.crop, []
    chosen = torch.randint(len(stock), (recipe.batch,), generator=draw).tolist()
    corners = torch.randint(PIECE - side + 1, (recipe.batch, 2), generator=draw).tolist()
    turns = torch.randint(8, (recipe.batch,), generator=draw).tolist()
    for number, (top, left), turn in zip(chosen, corners, turns, strict=True):
        crop = torch.rot90(stock[number, top : top + side, left : left + side], turn % 4)
        found.append(crop.flip(1) if turn >= 4 else crop)
    return torch.stack(found).permute(0, 3, 1, 2).float() / 127.5 - 1


def _painted(recipe: DetailRecipe, first: int, last: int) -> Generator[Progress, None, Stock]:
    """Pieces of pictures made by rule: scenes, dead leaves, and a landscape among each few."""
    found: list[torch.Tensor] = []
    for number in range(-(-recipe.pictures // EACH)):
        seed = recipe.seed * 100_003 + number
        if number % LANDSCAPE_EVERY == LANDSCAPE_EVERY - 1:
            picture = shanshui.paint(shanshui.latents((seed,)), 2 * PIECE)[0]
            rgb = (picture.permute(1, 2, 0) * 255 + 0.5).to(torch.uint8).numpy()
        else:
            draw = leaves.draw if number % LANDSCAPE_EVERY == 0 else scenes.draw
            rgb = draw(seed, 2 * PIECE).pixels
        found += _pieces(rgb, EACH, np.random.default_rng((recipe.seed, number)))
        if number % 8 == 0:
            yield Progress(done=first, total=last, text=PAINTING)
    held = max(1, len(found) // HELD_EVERY)
    return Stock(torch.stack(found[:-held]), torch.stack(found[-held:]))


def _of_folder(
    folder: Path, test_folder: Path | None, recipe: DetailRecipe, left_out: frozenset[str]
) -> Generator[Progress, None, Stock]:
    """Pieces of the folder's pictures at their own size, the same ones for the same seed; those of every sixth picture are held out.
    Raises DataError where none is large enough."""
    every = list_pictures(folder, test_folder)
    listed = [one for one in every if one.split == "train" and one.file not in left_out]
    found: list[torch.Tensor] = []
    held: list[torch.Tensor] = []
    scans: list[np.ndarray] = []
    met = used = 0
    for number, one in enumerate(listed):
        try:
            rgb = read_picture(file_bytes(one.path)).rgb
        except BROKEN:
            continue
        met += 1
        if min(rgb.shape[:2]) < PIECE:
            continue
        used += 1
        pieces = _pieces(
            rgb, -(-recipe.pictures // len(listed)), np.random.default_rng((recipe.seed, number))
        )
        if used % HELD_EVERY == 0:
            held += pieces
        else:
            found += pieces
            if number % -(-len(listed) // SCANS) == 0 or not scans:
                scans.append(_middle(rgb))
        yield Progress(done=0, total=recipe.steps, text=READING)
    if not met:
        raise DataError(NO_PICTURES, folder=str(folder))
    if not used:
        raise DataError(ALL_SMALL, folder=str(folder), side=str(PIECE))
    nothing = torch.empty(0, PIECE, PIECE, 3, dtype=torch.uint8)
    return Stock(torch.stack(found), torch.stack(held) if held else nothing, tuple(scans))


def _middle(rgb: np.ndarray) -> np.ndarray:
    height, width = (min(length // FACTOR * FACTOR, SCAN) for length in rgb.shape[:2])
    top, left = (rgb.shape[0] - height) // 2, (rgb.shape[1] - width) // 2
    return rgb[top : top + height, left : left + width].copy()


def _pieces(rgb: np.ndarray, count: int, random: np.random.Generator) -> list[torch.Tensor]:
    """Pieces of a picture uint8 [h, w, 3], half of them at its own size, the others as far smaller as it allows."""
    scales = [one for one in SCALES if min(rgb.shape[:2]) // one >= PIECE]
    smaller = {
        one: cv2.resize(rgb, (rgb.shape[1] // one, rgb.shape[0] // one), interpolation=cv2.INTER_AREA)
        for one in scales
    }
    found = []
    for _ in range(count):
        scale = 1 if random.random() < 0.5 else scales[int(random.integers(len(scales)))]
        one = smaller[scale]
        top, left = (int(random.integers(length - PIECE + 1)) for length in one.shape[:2])
        found.append(torch.from_numpy(one[top : top + PIECE, left : left + PIECE].copy()))
    return found
