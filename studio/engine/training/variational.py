"""The step of a variational autoencoder: encoder and decoder together, by the evidence lower bound.

Of pictures x in D numbers, with q(z|x) = N(μ, σ²) from the encoder: ½·D·log MSE + β·KL(q ‖ N(0, I)). The first part is the Gaussian
likelihood whose variance is the best there is, that of the batch (σ-VAE, Rybkin et al. 2021, arXiv 2006.13202), so that no weight
between both has to be found. Losses of the pictures' texture keep it from being blurred; a later adversarial part of the run sharpens
what the decoder draws.
"""

from __future__ import annotations

import torch
import torch.nn.functional as functional

from studio.engine.networks.encoder import ClassReader
from studio.engine.training.checkpoint import TrainingState
from studio.engine.training.losses import regression
from studio.engine.training.step import (
    SKIPPED,
    Batch,
    Way,
    adversarial_step,
    moved,
    set_warm_rate,
    steered_rate,
    warm_rate,
)

LEAST_ERROR = 1e-5
RISING = 0.2
"""Share of the variational steps in which the divergence comes to its whole weight: at once, it would empty the latents."""
FOLLOWED = 0.005
"""How far the moments of all codes move towards those of a batch."""


def kl_divergence(mean: torch.Tensor, log_variance: torch.Tensor) -> torch.Tensor:
    """KL(N(mean, e^log_variance) ‖ N(0, I)) in nats, by dimension: ½ (μ² + σ² − 1 − log σ²) (Kingma & Welling 2014, appendix B).
    The shape of ``mean``."""
    return 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance)


def reparametrised(mean: torch.Tensor, log_variance: torch.Tensor, noise: torch.Tensor) -> torch.Tensor:
    """z = μ + σ·ε: a draw whose gradient reaches μ and σ."""
    return mean + (0.5 * log_variance).exp() * noise


def likelihood(fake: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
    """½ log MSE: the negative log-likelihood of each number under the variance that fits the batch best, less a constant."""
    return 0.5 * (fake - real).square().mean().clamp_min(LEAST_ERROR).log()


def freed(divergence: torch.Tensor, nats: float) -> torch.Tensor:
    """Sum over the dimensions [B, latent] of the batch's mean divergence, each of which has ``nats`` for nothing (free bits, Kingma et al.
    2016, arXiv 1606.04934)."""
    return divergence.mean(0).clamp_min(nats).sum()


def legible(reader: ClassReader, z: torch.Tensor, kinds: torch.Tensor) -> torch.Tensor:
    """Cross-entropy in nats of what ``reader`` takes the class of z to be against the classes [B, classes] that they are; the lower it
    is, the more z says of the class."""
    return functional.cross_entropy(reader(z), kinds.argmax(1))


def variational_step(
    state: TrainingState, step: int, batch: Batch, draw: torch.Generator, way: Way
) -> dict[str, float]:
    """One step of encoder and decoder. Values: ``error`` (root mean square, 0…2), ``divergence`` (nats of a whole picture), and of
    classes ``legible`` (nats by which they stay unknown to who reads the codes)."""
    recipe, encoder = state.recipe, state.encoder
    assert encoder is not None and state.aggregate is not None
    rate = warm_rate(recipe, step)
    set_warm_rate((*state.warm_optimisers, *state.encoder_optimisers, *state.reader_optimisers), rate)
    learning = (state.generator, encoder, *((state.reader,) if state.reader is not None else ()))
    for module in learning:
        module.zero_grad(set_to_none=True)
    weight = recipe.beta * min(1.0, (step + 1) / max(1.0, RISING * recipe.warm_steps))
    noise = torch.randn(len(batch.z), encoder.shape.latent_size, generator=draw).to(batch.z.device)
    values = {"error": 0.0, "divergence": 0.0}
    encoder.follow(batch.real, _kinds(state, batch.z))
    for part in batch.shares(way.parts, way.ranks):
        real, kinds = batch.real[part], _kinds(state, batch.z[part])
        mean, log_variance = encoder(real, kinds, way.dtype)
        z = reparametrised(mean, log_variance, noise[part])
        divergence = kl_divergence(mean, log_variance)
        fake = state.generator(torch.cat([z, kinds], 1), way.dtype)
        share = len(real) / len(batch.real)
        loss = likelihood(fake, real) + weight * freed(divergence, recipe.free_nats) / real[0].numel()
        if state.reader is not None:
            read, apart = _kept_apart(state.reader, z, kinds)
            values["legible"] = values.get("legible", 0.0) + read.item() * share
            loss = loss + read + recipe.independence * apart / real[0].numel()
        if recipe.texture:
            loss = loss + recipe.texture * regression(fake, real, way.features, way.dtype)
        (loss * share).backward()
        values["error"] += (fake - real).square().mean().sqrt().item() * share
        values["divergence"] += divergence.sum(1).mean().item() * share
        state.aggregate.follow(z.detach(), divergence.detach(), max(FOLLOWED, 1 / (step + 1)))
    stepped = moved(state.generator, state.warm_optimisers, way.ranks)
    stepped = moved(encoder, state.encoder_optimisers, way.ranks) and stepped
    if state.reader is not None:
        stepped = moved(state.reader, state.reader_optimisers, way.ranks) and stepped
    values = {**way.ranks.summed(values), "rate": rate}
    return values if stepped else {**values, SKIPPED: 1.0}


def sharpening_step(
    state: TrainingState, step: int, batch: Batch, draw: torch.Generator, way: Way
) -> dict[str, float]:
    """One adversarial step in which the decoder draws the very pictures of the batch again; the encoder learns from what the decoder is
    told (VAE/GAN, Larsen et al. 2016, arXiv 1512.09300)."""
    recipe, encoder = state.recipe, state.encoder
    assert encoder is not None and state.aggregate is not None
    encoder.zero_grad(set_to_none=True)
    kinds = _kinds(state, batch.z)
    mean, log_variance = encoder(batch.real, kinds, way.dtype)
    noise = torch.randn(mean.shape, generator=draw).to(mean.device)
    z = reparametrised(mean, log_variance, noise)
    code = z.detach().requires_grad_(True)
    told = batch._replace(z=torch.cat([code, kinds], 1), paired=True)
    values = adversarial_step(state, step, told, draw, way)
    divergence = kl_divergence(mean, log_variance)
    state.aggregate.follow(z.detach(), divergence.detach(), FOLLOWED)
    if code.grad is None:  # the judge leads alone
        return values
    spread, numbers = recipe.beta * freed(divergence, recipe.free_nats), batch.real[0].numel()
    read = torch.zeros(())
    if state.reader is not None:
        state.reader.zero_grad(set_to_none=True)
        read, apart = _kept_apart(state.reader, z, kinds)
        values["legible"] = read.item()
        spread = spread + recipe.independence * apart
    beside = (spread / numbers + read) / way.ranks.world
    torch.autograd.backward([z, beside], [code.grad, None])
    set_warm_rate((*state.encoder_optimisers, *state.reader_optimisers), steered_rate(recipe, step))
    stepped = moved(encoder, state.encoder_optimisers, way.ranks)
    if state.reader is not None:
        stepped = moved(state.reader, state.reader_optimisers, way.ranks) and stepped
    return values if stepped else {**values, SKIPPED: 1.0}


def _kept_apart(
    reader: ClassReader, z: torch.Tensor, kinds: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """What the reader minimises, and what the encoder does against it, in nats."""
    return legible(reader, z.detach(), kinds), reader.confusion(z)


def _kinds(state: TrainingState, codes: torch.Tensor) -> torch.Tensor:
    """The classes [B, classes] behind what a source gave as codes; [B, 0] without classes."""
    count = state.recipe.generator.classes
    return codes[:, codes.shape[1] - count :] if count else codes[:, :0]
