"""Checkpoints: one safetensors file holding averaged and raw weights, optimisers and JSON. Each is a model at once.

Tensors: ``generator.*`` (averaged), ``raw.*``, ``discriminator.*``, ``optimiser.*``; ``upscaler.*`` and ``directions`` of the
model that the run goes on from.
Metadata: ``danqing`` (the model card) and ``training`` (step, pictures seen, seconds, recipe), both JSON.
"""

from __future__ import annotations

import copy
from pathlib import Path

import msgspec
import torch
from safetensors import SafetensorError, safe_open

from studio.engine.library.model_file import CARD_KEY, ModelFileError, read_header
from studio.engine.networks.build import new_discriminator, new_generator
from studio.engine.networks.encoder import Aggregate, ClassReader, Encoder
from studio.engine.networks.load import ENCODER_KEY, SHAPE_KEY
from studio.engine.networks.packing import part_of
from studio.engine.training.growing import grown_discriminator, grown_generator, grows
from studio.engine.training.heritage import Heritage, heritage_of, inherited
from studio.engine.training.muon import Muon
from studio.engine.training.recipe import TrainingRecipe
from studio.engine.training.storing import store
from studio.messages.models import ClassTitle, ModelCard, Slider
from studio.recipe import RecipeError

MOST_DIMENSIONS = 16
"""Sliders of a variational autoencoder."""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """The training part of a checkpoint's metadata."""

    step: int
    pictures_seen: int
    seconds: float
    recipe: TrainingRecipe
    augment: float | None = None


class TrainingState:
    """Everything that a training run changes. Built from the recipe's seed; a checkpoint fills it exactly."""

    def __init__(self, recipe: TrainingRecipe, device: torch.device) -> None:
        torch.manual_seed(recipe.seed)
        self.recipe = recipe
        self.generator = new_generator(recipe.generator).to(device)
        self.average = copy.deepcopy(self.generator).requires_grad_(False).eval()
        self.discriminator = new_discriminator(recipe.discriminator).to(device)
        self.generator_optimiser = torch.optim.Adam(self.generator.parameters(), betas=(0.0, 0.99))
        self.discriminator_optimiser = torch.optim.Adam(self.discriminator.parameters(), betas=(0.0, 0.99))
        self.warm_optimisers = _warm_optimisers(self.generator)
        self.encoder = Encoder(recipe.encoder).to(device) if recipe.encoder is not None else None
        self.aggregate = (
            Aggregate(recipe.encoder.latent_size).to(device) if recipe.encoder is not None else None
        )
        self.encoder_optimisers = _warm_optimisers(self.encoder) if self.encoder is not None else ()
        told = recipe.encoder is not None and recipe.encoder.classes > 0 and recipe.independence > 0
        self.reader = (
            ClassReader(recipe.generator.latent_size, recipe.generator.classes).to(device) if told else None
        )
        self.reader_optimisers = _warm_optimisers(self.reader) if self.reader is not None else ()
        self.heritage: Heritage | None = None
        self.classes: tuple[str, ...] = ()
        self.class_titles: tuple[ClassTitle, ...] = ()
        self.augment = recipe.augment
        self.step = 0
        self.pictures_seen = 0
        self.seconds = 0.0


def _warm_optimisers(module: torch.nn.Module) -> tuple[Muon, torch.optim.Adam]:
    matrices = [p for name, p in module.named_parameters() if is_matrix(name, p)]
    others = [p for name, p in module.named_parameters() if not is_matrix(name, p)]
    return Muon(matrices), torch.optim.Adam(others, betas=(0.9, 0.99))


def is_matrix(name: str, parameter: torch.nn.Parameter) -> bool:
    """Whether Muon takes it: kernels and dense weights, not the learnt places nor what makes colours."""
    return name.endswith("weight") and parameter.dim() >= 2 and "colour" not in name


def model_card(state: TrainingState, device: str) -> ModelCard:
    """The card of a model in training: no named directions yet."""
    recipe, shape, classes = state.recipe, state.recipe.generator, state.classes
    parameters = sum(p.numel() for p in new_generator(shape).parameters())
    return ModelCard(
        name=recipe.name,
        title=recipe.title,
        title_zh=recipe.title_zh or recipe.title,
        kind="gan",
        size=shape.size,
        learned_size=shape.size,
        sliders=(),
        classes=classes,
        class_titles=state.class_titles,
        abilities=("generate", "variety", "explore", *(("classes",) if classes else ()), "learning"),
        latent_size=shape.latent_size,
        parameters=parameters,
        pictures_seen=state.pictures_seen,
        steps=state.step,
        trained_on=recipe.source,
        trained_with=f"{device}, {state.seconds:.0f} s",
        licence=recipe.licence,
        recipe=recipe.name,
    )


def with_dimensions(card: ModelCard, codes: Aggregate) -> tuple[ModelCard, torch.Tensor]:
    """The card with a slider for each of the dimensions that tell most, and their directions [sliders, latent], one standard deviation
    of all codes long."""
    chosen = codes.active()[:MOST_DIMENSIONS]
    deviation = (codes.moments.diagonal() - codes.mean.square()).clamp_min(0).sqrt()
    sliders = tuple(
        Slider(name=f"dimension-{one + 1}", title=f"Dimension {one + 1}", title_zh=f"维度 {one + 1}")
        for one in chosen.tolist()
    )
    card = msgspec.structs.replace(card, kind="vae", sliders=sliders)
    return card, torch.diag(deviation)[chosen].cpu()


def checkpoint_path(run: Path, step: int) -> Path:
    return run / "checkpoints" / f"step-{step:08d}.safetensors"


def newest_checkpoint(run: Path) -> Path | None:
    """The checkpoint of the highest step under ``run``, or None."""
    found = sorted((run / "checkpoints").glob("step-*.safetensors"))
    return found[-1] if found else None


def tensors_of(state: TrainingState) -> dict[str, torch.Tensor]:
    """All that a checkpoint holds of the networks and of what their optimisers remember."""
    tensors: dict[str, torch.Tensor] = {}
    parts: dict[str, torch.nn.Module] = {
        "generator": state.average,
        "raw": state.generator,
        "discriminator": state.discriminator,
    }
    if state.encoder is not None and state.aggregate is not None:
        parts |= {"encoder": state.encoder, "aggregate": state.aggregate}
    if state.reader is not None:
        parts["reader"] = state.reader
    for part, module in parts.items():
        tensors |= {f"{part}.{name}": value for name, value in module.state_dict().items()}
    for part, optimiser in _optimisers(state):
        tensors |= optimiser_tensors(part, optimiser)
    return tensors


def bytes_of(state: TrainingState) -> int:
    """How large a checkpoint of it is."""
    return sum(value.numel() * value.element_size() for value in tensors_of(state).values())


def save_checkpoint(state: TrainingState, path: Path, device: str) -> Path:
    """Writes ``path`` whole or not at all (beside, then renamed). Raises OSError."""
    tensors = tensors_of(state)
    card = model_card(state, device)
    written = Written(
        step=state.step,
        pictures_seen=state.pictures_seen,
        seconds=state.seconds,
        recipe=state.recipe,
        augment=state.augment,
    )
    metadata = {SHAPE_KEY: msgspec.json.encode(state.recipe.generator).decode()}
    if state.encoder is not None and state.aggregate is not None:
        card, tensors["directions"] = with_dimensions(card, state.aggregate)
        metadata[ENCODER_KEY] = msgspec.json.encode(state.encoder.shape).decode()
    elif state.heritage is not None:
        card = inherited(card, state.heritage)
        tensors |= state.heritage.tensors
        metadata |= state.heritage.metadata
    metadata |= {
        CARD_KEY: msgspec.json.encode(card).decode(),
        "training": msgspec.json.encode(written).decode(),
    }
    return store(tensors, path, metadata)


def _optimisers(state: TrainingState) -> list[tuple[str, torch.optim.Optimizer]]:
    """The optimisers in use: those of the warm start are dropped when it is over."""
    warm = [("matrices", state.warm_optimisers[0]), ("others", state.warm_optimisers[1])]
    coding = {"encoder": state.encoder_optimisers, "reader": state.reader_optimisers}
    beside = [(f"{name}{n}", one) for name, these in coding.items() for n, one in enumerate(these)]
    if state.step < state.recipe.warm_steps:
        return [*warm, *beside]
    generator = (
        warm if state.recipe.generator_optimiser == "muon" else [("generator", state.generator_optimiser)]
    )
    return [*generator, ("discriminator", state.discriminator_optimiser), *beside]


def optimiser_tensors(part: str, optimiser: torch.optim.Optimizer) -> dict[str, torch.Tensor]:
    """What ``optimiser`` remembers of each parameter, named after ``part``."""
    state = optimiser.state_dict()["state"]
    return {
        f"optimiser.{part}.{index}.{name}": torch.as_tensor(value)
        for index, values in state.items()
        for name, value in values.items()
    }


def restore_optimiser(part: str, optimiser: torch.optim.Optimizer, tensors: dict[str, torch.Tensor]) -> None:
    """Gives ``optimiser`` what :func:`optimiser_tensors` found among ``tensors``; nothing where they have none of ``part``."""
    prefix = f"optimiser.{part}."
    state: dict[int, dict[str, torch.Tensor]] = {}
    for name, value in tensors.items():
        if name.startswith(prefix):
            index, field = name[len(prefix) :].split(".")
            state.setdefault(int(index), {})[field] = value
    if state:
        optimiser.load_state_dict({"state": state, "param_groups": optimiser.state_dict()["param_groups"]})


def _refuse_pickle(path: Path) -> None:
    """What else is wrong with a file is said in the words of a checkpoint."""
    try:
        read_header(path)
    except ModelFileError as error:
        if error.kind == "model_unsafe":
            raise


def load_checkpoint(state: TrainingState, path: Path) -> None:
    """Fills ``state`` from a checkpoint, or from a shipped model, which has averaged weights only. One of half the size grows: the
    run then begins at step 0 with what that one has learnt.

    Raises ModelFileError for a pickle, RecipeError when it is no checkpoint of this recipe's networks.
    """
    _refuse_pickle(path)
    try:
        with safe_open(path, "pt") as file:
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - not a dict
            metadata = file.metadata() or {}
        written = msgspec.json.decode(metadata.get("training", "null"), type=Written | None)
        heritage = heritage_of(tensors, metadata)
    except (OSError, SafetensorError, msgspec.DecodeError) as error:
        raise RecipeError(
            f"{path}: cannot be learnt on from ({error}); choose another model or checkpoint"
        ) from None
    if written is None:
        raise RecipeError(f"{path}: holds no training state; train without --resume")
    for name, tensor in tensors.items():
        if tensor.is_floating_point() and not bool(torch.isfinite(tensor).all()):
            raise RecipeError(
                f"{path}: holds values that are no numbers at tensor “{name}”; go on from an earlier checkpoint"
            )
    average, judge = part_of(tensors, "generator"), part_of(tensors, "discriminator")
    raw = part_of(tensors, "raw") or average
    larger = grows(written.recipe, state.recipe)
    if larger:
        new, blocks = state.generator.state_dict(), len(state.recipe.generator.widths) - 1
        average, raw = (grown_generator(part, new, blocks) for part in (average, raw))
        judge = grown_discriminator(judge, state.discriminator.state_dict())
    try:
        state.average.load_state_dict(average)
        state.generator.load_state_dict(raw)
        if judge:  # an embedded autoencoder leaves it out
            state.discriminator.load_state_dict(judge)
        if state.encoder is not None and state.aggregate is not None:
            state.encoder.load_state_dict(part_of(tensors, "encoder"))
            state.aggregate.load_state_dict(part_of(tensors, "aggregate"))
        if state.reader is not None:
            state.reader.load_state_dict(part_of(tensors, "reader"))
    except RuntimeError:
        theirs, ours = written.recipe.name, state.recipe.name
        if theirs != ours:
            words = f"was learnt by the recipe {theirs}, whose networks have another shape than those of {ours}; take {theirs} or another model"
        else:
            words = f"its networks have another shape than those of the recipe {ours}; choose another model or checkpoint"
        raise RecipeError(f"{path}: {words}") from None
    state.pictures_seen, state.seconds = written.pictures_seen, written.seconds
    if larger:
        return
    state.heritage, state.step = heritage, written.step
    if written.augment is not None and state.recipe.adapt:
        state.augment = written.augment
    for part, optimiser in _optimisers(state):
        restore_optimiser(part, optimiser, tensors)
