"""The embedded autoencoder on landscapes it has not seen: how near, how sharp, how many of its latents tell something, how fast."""

from __future__ import annotations

from studio import paths
from studio.bench.figures import Figure, figure
from studio.engine.evaluation.autoencoding import (
    drawn_at_will,
    held_out,
    kernels,
    milliseconds_both_ways,
    redrawn,
)
from studio.engine.networks.load import load_generator

PSNR, SHARPNESS, ACTIVE = 24.0, 0.8, 60.0
PAINTED = "painted at this size"


def measure(quick: bool = False) -> list[Figure]:
    model = load_generator(paths.embedded_models() / "shanshui-vae" / "model.safetensors")
    count = 8 if quick else 256
    pictures, held, beside = held_out(4 * count, model.card.size).split([count, count, 2 * count])
    told, at_once = redrawn(model, pictures), redrawn(model, pictures, refinements=0)
    psnr, sharpness = _mean(told.psnr), _mean(told.sharpness)
    first = f"PSNR {psnr:.2f} dB on average, {_mean(at_once.psnr):.2f} as the encoder says it at once"
    finding, drawing = milliseconds_both_ways(model, 3 if quick else 30)
    again = kernels(told.pictures, held, beside, PAINTED)
    new = kernels(drawn_at_will(model, [""] * count), held, beside, PAINTED)
    return [
        figure(f"{PSNR:.0f} dB less PSNR, {len(pictures)} held-out", "dB", [PSNR - psnr], {"max": 0}, first),
        figure(
            f"{SHARPNESS} less sharpness by that of the picture", "", [SHARPNESS - sharpness], {"max": 0},
            f"sharpness {sharpness:.2f}, {_mean(at_once.sharpness):.2f} at once",
        ),
        figure(
            f"{ACTIVE:.0f} % less active dimensions", "%", [ACTIVE - 100 * told.active], {"max": 0},
            f"{100 * told.active:.0f} % of {model.card.latent_size}",
        ),
        figure("kernel distance of pictures drawn again", "", [again.made], note=again.said),
        figure("kernel distance of new pictures", "", [new.made], note=new.said),
        figure("a picture's code found", "ms", finding),
        figure("a picture drawn from its code", "ms", drawing),
    ]  # fmt: skip


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
