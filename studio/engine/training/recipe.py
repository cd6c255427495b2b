"""What a training run is made of: a TOML file decoded into a frozen struct with ranges."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec

from studio.engine.networks.discriminator import DiscriminatorShape
from studio.engine.networks.encoder import EncoderShape
from studio.engine.networks.generator import GeneratorShape
from studio.messages.training import Tuning
from studio.paths import resources
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError, declare

Rate = Annotated[float, msgspec.Meta(gt=0.0, le=0.1)]
Weight = Annotated[float, msgspec.Meta(ge=0.0, le=1000.0)]
Count = Annotated[int, msgspec.Meta(ge=1, le=100_000_000)]


LEAST_PENALTY = 0.25
LATENT_SIZE = 48
"""Latents of the rule-made landscapes; stated here so that a recipe is read without painting one."""
CONDITIONS = 24
"""Classes of the landscapes by style, season and time."""
PAIRS = {"style": "residual", "dense": "dense", "dcgan": "dcgan", "few": "few"}
"""Which judge belongs to which generator."""


class Finish(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What makes a finished model of the last checkpoint of a run on the rule-made landscapes: a learned enlargement and
    sliders with names.

    The enlargement by ``factor`` (residual ``blocks`` of ``width`` channels, from ``seed``) takes ``upscale_steps`` steps, none
    for no enlargement: the first ``plain`` of them by regression, the others with a patch discriminator, each part with the
    randomness of its ``upscale_seeds``; its weights then lie ``crispness`` of the way between both. A judge of ``judge_steps``
    steps from ``judge_seed`` reads the factors of ``pictures`` pictures, from which the directions of the sliders are found.
    """

    factor: Literal[2, 4] = 4
    width: Annotated[int, msgspec.Meta(ge=4, le=256)] = 48
    blocks: Annotated[int, msgspec.Meta(ge=1, le=32)] = 4
    seed: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)] = 1
    upscale_steps: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 2000
    upscale_seeds: tuple[int, int] = (3, 12)
    plain: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)] = 0.25
    crispness: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)] = 0.6
    judge_steps: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] = 900
    judge_seed: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)] = 17
    pictures: Annotated[int, msgspec.Meta(ge=240, le=1_000_000)] = 2400


class TrainingRecipe(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A GAN's training. ``warm_steps`` regress the generator onto rule-made pictures with their own z (only the
    procedural source knows z): Muon at ``warm_rate``, a tenth of it in Adam for biases and constants.
    Then ``steps`` − ``warm_steps`` steps are adversarial.

    ``generator_optimiser``: Adam without momentum, as GANs are used to, or Muon going on from the warm start, which
    follows a strong ``keep`` faster. ``keep`` weighs the regression that stays during the adversarial part, at an eighth of the size (layout and
    colour) and, times ``keep_fine``, at full size; ``fineness`` weighs how much fine detail stands where. ``gamma`` weighs the R1 and R2 penalties, applied every
    ``penalty_every`` steps. ``ema_pictures`` is the half-life of the averaged weights.

    ``loss``: relativistic pairing, the logistic loss of the first GANs (non-saturating), or hinge. ``momentum`` and
    ``second_moment`` are Adam's β₁ and β₂ of both networks. ``augment`` is the share of pictures that each augmentation
    touches, with ``cutout`` that of a square too; ``adapt`` above 0 moves it so that this mean sign of the judge's margin is held. ``redraw`` weighs what a
    judge that redraws (few) gets wrong. ``by_class``: pictures of each sub-folder are a class that can be asked for.
    ``encoder``: makes it a variational autoencoder, whose ``warm_steps`` teach encoder and decoder together and need no z of the source;
    ``beta`` weighs the divergence of its codes, of which each number has ``free_nats`` for nothing, ``texture`` a regression beside
    the likelihood. Its adversarial steps go on with the decoder alone.
    ``independence`` weighs, in nats, what can still be read of the class in the codes.
    ``grown_from``: the recipe of half the size whose model this one begins with.
    ``finish``: what is done after the last step; without it the last checkpoint is the model.
    """

    name: str
    title: str
    title_zh: str = ""
    source: Literal["shanshui", "conditions", "folder"] = "shanshui"
    seed: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, high=2**31 - 1, seed=True)] = 1
    steps: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Steps"), low=1, high=100_000_000)] = 20_000
    warm_steps: Annotated[int, msgspec.Meta(ge=0, le=100_000_000)] = 0
    batch: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Batch size"), low=1, high=1024)] = 16
    precision: Literal["float32", "bfloat16"] = "bfloat16"
    generator: GeneratorShape = GeneratorShape()
    discriminator: DiscriminatorShape = DiscriminatorShape()
    warm_rate: Rate = 1e-3
    warm_rate_end: Rate = 2e-4
    generator_rate: Rate = 2e-4
    generator_optimiser: Literal["adam", "muon"] = "adam"
    discriminator_rate: Rate = 2e-4
    rate_end: Annotated[float, msgspec.Meta(gt=0.0, le=1.0)] = 0.25
    gamma: Weight = 1.0
    penalty_every: Count = 8
    keep: Weight = 0.0
    keep_fine: Weight = 0.0
    fineness: Weight = 0.0
    discriminator_lead: Annotated[int, msgspec.Meta(ge=0, le=100_000)] = 0
    ema_pictures: Annotated[float, msgspec.Meta(gt=0.0, le=1e8)] = 10_000.0
    loss: Literal["relativistic", "logistic", "hinge"] = "relativistic"
    momentum: Annotated[float, msgspec.Meta(ge=0.0, le=0.99)] = 0.0
    second_moment: Annotated[float, msgspec.Meta(ge=0.5, lt=1.0)] = 0.99
    augment: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)] = 0.0
    adapt: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)] = 0.0
    cutout: bool = False
    redraw: Weight = 0.0
    by_class: bool = False
    flip: bool = False
    sample_every: Count = 100
    sample_count: Annotated[int, msgspec.Meta(ge=1, le=256)] = 64
    licence: str = ""
    encoder: EncoderShape | None = None
    beta: Weight = 1.0
    free_nats: Weight = 0.0
    texture: Weight = 0.0
    independence: Annotated[float, msgspec.Meta(ge=0.0, le=1e6)] = 2000.0
    grown_from: str = ""
    finish: Finish | None = None


def read_recipe(path: Path) -> TrainingRecipe:
    """The recipe in a TOML file. Raises RecipeError naming the file when it cannot be read or a value is out of range."""
    try:
        recipe = msgspec.toml.decode(path.read_bytes(), type=TrainingRecipe)
    except OSError as error:
        raise RecipeError(
            f"{path}: cannot be read ({error.strerror}); give a recipe's name or a TOML file"
        ) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RecipeError(
            f"{path}: not a training recipe ({error}); compare it with resources/recipes"
        ) from None
    return check_recipe(recipe)


def check_recipe(recipe: TrainingRecipe) -> TrainingRecipe:
    """Returns the recipe if its parts fit each other. Raises RecipeError."""
    drawn, judged = recipe.generator, recipe.discriminator
    if PAIRS[drawn.network] != judged.network:
        raise RecipeError(
            f"{recipe.name}: a {drawn.network} generator needs a {PAIRS[drawn.network]} discriminator, not {judged.network}"
        )
    if drawn.network == "dense":
        if not drawn.side or drawn.side != judged.side:
            raise RecipeError(f"{recipe.name}: dense networks need the picture's side, the same in both")
    elif len(drawn.widths) != len(judged.widths):
        raise RecipeError(
            f"{recipe.name}: generator and discriminator must have as many widths as each other"
        )
    elif drawn.side or judged.side:
        raise RecipeError(f"{recipe.name}: side is for dense networks; here the widths say it")
    if not 2 <= len(drawn.widths) <= 8:
        raise RecipeError(f"{recipe.name}: between 2 and 8 widths are possible (8 to 512 pixels)")
    if drawn.network == "few" and len(drawn.widths) < 4:
        raise RecipeError(f"{recipe.name}: few networks need at least 4 widths (32 pixels)")
    if judged.latent_size not in (0, drawn.latent_size):
        raise RecipeError(f"{recipe.name}: discriminator.latent_size must be 0 or the generator's")
    if drawn.channels != judged.channels:
        raise RecipeError(f"{recipe.name}: generator and discriminator must have the same channels")
    if recipe.redraw and judged.network != "few":
        raise RecipeError(f"{recipe.name}: redraw is for few networks, whose judge redraws")
    if recipe.finish is not None:
        _check_finish(recipe)
    if recipe.encoder is not None:
        _check_encoder(recipe, recipe.encoder)
    if recipe.precision != "float32" and drawn.network in ("dcgan", "few"):
        raise RecipeError(f'{recipe.name}: batch statistics want precision = "float32"')
    return recipe


def _check_encoder(recipe: TrainingRecipe, encoder: EncoderShape) -> None:
    drawn = recipe.generator
    if (encoder.latent_size, encoder.channels, encoder.classes) != (
        drawn.latent_size,
        drawn.channels,
        drawn.classes,
    ):
        raise RecipeError(
            f"{recipe.name}: encoder and generator must have the same latents, channels and classes"
        )
    if encoder.size != drawn.size:
        raise RecipeError(
            f"{recipe.name}: the encoder sees {encoder.size} pixels, the generator draws {drawn.size}"
        )
    if recipe.source == "conditions" and drawn.classes != CONDITIONS:
        raise RecipeError(
            f"{recipe.name}: the conditions by rule are {CONDITIONS} classes, not {drawn.classes}"
        )
    if not recipe.warm_steps:
        raise RecipeError(f"{recipe.name}: an encoder is taught in warm_steps; there are none")


def _check_finish(recipe: TrainingRecipe) -> None:
    """The judge knows the factors of the rule's own pictures alone, and the latents are theirs."""
    drawn = recipe.generator
    if recipe.source != "shanshui" or (drawn.network, drawn.channels, drawn.latent_size) != (
        "style",
        3,
        LATENT_SIZE,
    ):
        raise RecipeError(
            f"{recipe.name}: finish is for style networks on the shanshui source, with {LATENT_SIZE} latents in 3 channels"
        )


def tuned(recipe: TrainingRecipe, tuning: Tuning) -> TrainingRecipe:
    """The recipe with what a run has changed of it; rates stay within their range."""
    if tuning == Tuning(parts=tuning.parts):
        return recipe

    def rate(value: float, times: float = 1.0) -> float:
        return min(value * tuning.rate * times, 0.1)

    return msgspec.structs.replace(
        recipe,
        warm_rate=rate(recipe.warm_rate),
        warm_rate_end=rate(recipe.warm_rate_end),
        generator_rate=rate(recipe.generator_rate),
        discriminator_rate=rate(recipe.discriminator_rate, tuning.judge_rate),
        gamma=recipe.gamma
        if tuning.penalty == 1
        else min((recipe.gamma or LEAST_PENALTY) * tuning.penalty, 1000.0),
        beta=recipe.beta * tuning.divergence,
        augment=max(recipe.augment, tuning.augment),
    )


def with_channels(recipe: TrainingRecipe, channels: int) -> TrainingRecipe:
    """The recipe with networks of so many channels."""
    return msgspec.structs.replace(
        recipe,
        encoder=_replaced(recipe.encoder, channels=channels),
        generator=msgspec.structs.replace(recipe.generator, channels=channels),
        discriminator=msgspec.structs.replace(recipe.discriminator, channels=channels),
    )


def with_classes(recipe: TrainingRecipe, count: int) -> TrainingRecipe:
    """The recipe with networks that are told one of ``count`` classes."""
    return msgspec.structs.replace(
        recipe,
        encoder=_replaced(recipe.encoder, classes=count),
        generator=msgspec.structs.replace(recipe.generator, classes=count),
        discriminator=msgspec.structs.replace(recipe.discriminator, classes=count),
    )


def _replaced(encoder: EncoderShape | None, **what: int) -> EncoderShape | None:
    return None if encoder is None else msgspec.structs.replace(encoder, **what)


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
