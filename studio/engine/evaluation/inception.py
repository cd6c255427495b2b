"""FID and inception score with the true network, from a weights file that the artist supplies; nothing is ever downloaded.

Fréchet Inception distance: Heusel et al. 2017, arXiv 1706.08500, equation 6, over the 2048 features before the logits. Inception
score: Salimans et al. 2016, arXiv 1606.03498, exp(mean over the pictures of KL(p(y|x) ‖ p(y))), all pictures as one split.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

from studio.engine.datasets.listing import DataError
from studio.engine.evaluation.figures import REPLICATES, SEED, interval
from studio.engine.evaluation.kernel import subsets
from studio.engine.evaluation.measures import frechet
from studio.engine.networks.inception import FEATURES, SIDE, Inception, wanted
from studio.messages.events import Footing, InceptionFigures
from studio.recipe import QT_TRANSLATE_NOOP

KNOWN = {
    "6726825d": "pt_inception-2015-12-05",
    "0cc3c7bd": "inception_v3_google",
    "1a9a5a14": "inception_v3_google",
}
"""Beginnings of the SHA-256 of the files that are about, which their names end with."""
FID_LOGITS = 1008
"""Of the TensorFlow graph; that of torchvision has 1000."""
AUXILIARY = "AuxLogits."
BATCH = 16
RESIZE = f"bilinear to {SIDE} px, half-pixel centres, with the mean of what shrinks"

OTHER_HASH = QT_TRANSLATE_NOOP(
    "engine",
    "These are not the weights that FID is defined with: the SHA-256 begins with {found}, not with {known}. Get "
    "pt_inception-2015-12-05-6726825d.pth again, or give a safetensors file of your own.",
)
EMPTY = QT_TRANSLATE_NOOP("engine", "The file of the Inception weights is empty. Choose another file.")
NO_WEIGHTS_FILE = QT_TRANSLATE_NOOP(
    "engine", "The file of the Inception weights cannot be read: {reason}. Choose another file."
)
NO_FILE = QT_TRANSLATE_NOOP(
    "engine", "There is no file of Inception weights of this name. Choose another file."
)
MISSING = QT_TRANSLATE_NOOP(
    "engine", "The file holds no Inception-v3 network: “{tensor}” is missing. Choose another file."
)
MISSHAPEN = QT_TRANSLATE_NOOP(
    "engine",
    "The file holds no Inception-v3 network: “{tensor}” has {found} values instead of {expected}. Choose another file.",
)
NO_NUMBERS = QT_TRANSLATE_NOOP(
    "engine", "The weights are damaged: “{tensor}” holds values that are no numbers. Choose another file."
)
UNKNOWN = QT_TRANSLATE_NOOP(
    "engine", "The file holds another network: an Inception-v3 has no “{tensor}”. Choose another file."
)


class Weights(NamedTuple):
    """``name``: of the well-known file; ``digest``: SHA-256 of the file."""

    network: Inception
    name: str
    digest: str


def load(file: str | Path) -> Weights:
    """The network in ``file``: a well-known .pth, told by its hash before it is opened and read as tensors alone, or safetensors.

    Raises DataError naming the file."""
    path = Path(file)
    try:
        with open(path, "rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
            opened.seek(8)
            plain = opened.read(1) == b"{"
        if not path.stat().st_size:
            raise DataError(EMPTY, file=str(path))
        name = KNOWN.get(digest[:8], "")
        if not plain and not name:
            raise DataError(OTHER_HASH, file=str(path), found=digest[:8], known=next(iter(KNOWN)))
        tensors = load_file(path) if plain else torch.load(path, "cpu", weights_only=True)
    except FileNotFoundError:
        raise DataError(NO_FILE, file=str(path)) from None
    except (OSError, SafetensorError, RuntimeError) as error:
        reason = getattr(error, "strerror", "") or str(error).splitlines()[0]
        raise DataError(NO_WEIGHTS_FILE, file=str(path), reason=reason) from None
    logits = tensors["fc.bias"].numel() if "fc.bias" in tensors else FID_LOGITS
    _check(path, tensors, wanted(logits))
    fid = logits == FID_LOGITS
    return Weights(Inception(tensors, fid=fid), name or "own weights", digest)


def _check(path: Path, tensors: dict[str, torch.Tensor], expected: dict[str, tuple[int, ...]]) -> None:
    for name, shape in expected.items():
        if name not in tensors:
            raise DataError(MISSING, file=str(path), tensor=name)
        found = tuple(tensors[name].shape)
        if found != shape:
            sizes = {"found": "×".join(map(str, found)), "expected": "×".join(map(str, shape))}
            raise DataError(MISSHAPEN, file=str(path), tensor=name, **sizes)
        if not bool(torch.isfinite(tensors[name]).all()):
            raise DataError(NO_NUMBERS, file=str(path), tensor=name)
    for name in tensors:
        if (
            name not in expected
            and not name.endswith("num_batches_tracked")
            and not name.startswith(AUXILIARY)
        ):
            raise DataError(UNKNOWN, file=str(path), tensor=name)


def seen(
    pictures: torch.Tensor, network: Inception
) -> Generator[int, None, tuple[torch.Tensor, torch.Tensor]]:
    """Features float64 [n, 2048] and shares float64 [n, logits] of pictures [n, 3, S, S] in −1…1. Yields how many are done."""
    parts = []
    for start in range(0, len(pictures), BATCH):
        parts.append(network(pictures[start : start + BATCH]))
        yield min(start + BATCH, len(pictures))
    return torch.cat([one.features for one in parts]).double(), torch.cat(
        [one.shares for one in parts]
    ).double()


def distance(one: torch.Tensor, other: torch.Tensor) -> float:
    """The Fréchet distance of features [n, D] and [m, D] float64, n and m ≥ 2, through [n, m] alone.

    With Σ₁ = AAᵀ and Σ₂ = BBᵀ, A and B the features less their mean over √(n−1) and √(m−1), the eigenvalues of Σ₁Σ₂ are the squared
    singular values of AᵀB: tr (Σ₁Σ₂)^½ is their sum, exact and quicker where there are fewer pictures than features.
    """
    if min(len(one), len(other)) > one.shape[1]:
        return frechet(one, other)
    first, second = (part - part.mean(0) for part in (one, other))
    first, second = first / (len(one) - 1) ** 0.5, second / (len(other) - 1) ** 0.5
    between = torch.linalg.svdvals(first @ second.T).sum()
    means = (one.mean(0) - other.mean(0)).square().sum()
    return max(float(means + first.square().sum() + second.square().sum() - 2 * between), 0.0)


def score(shares: torch.Tensor) -> float:
    """The inception score of shares [n, logits]: between 1 and the number of logits."""
    mean = shares.mean(0, keepdim=True)
    apart = torch.special.xlogy(shares, shares) - torch.special.xlogy(shares, mean)
    return float(apart.sum(1).mean().exp())


def figures(
    real: torch.Tensor, made: torch.Tensor, shares: torch.Tensor
) -> Generator[int, None, tuple[float, float, dict[str, tuple[float, float]]]]:
    """FID and score of features float64 [n, D] and [m, D] and the shares of the made, with their intervals as of the other figures.
    Yields the number of replicates done."""
    draw = torch.Generator().manual_seed(SEED)
    of_real = subsets(len(real), len(real) // 2, REPLICATES, draw)
    of_made = subsets(len(made), len(made) // 2, REPLICATES, draw)
    values = {"fid": distance(real, made), "inception_score": score(shares)}
    found: dict[str, list[float]] = {name: [] for name in values}
    for number in range(REPLICATES):
        first, second = of_real[:, number].nonzero()[:, 0], of_made[:, number].nonzero()[:, 0]
        found["fid"].append(distance(real[first], made[second]))
        found["inception_score"].append(score(shares[second]))
        yield number + 1
    least = {"fid": 0.0, "inception_score": 1.0}
    intervals = {}
    for name, value in values.items():
        low, high = interval(value, found[name])
        intervals[name] = (max(low, least[name]), high)
    return values["fid"], values["inception_score"], intervals


def measured(
    real: torch.Tensor, made: torch.Tensor, weights: Weights
) -> Generator[tuple[int, int], None, InceptionFigures]:
    """FID and inception score of the ``made`` pictures beside the ``real`` ones. Yields (done, total)."""
    total = len(real) + len(made) + REPLICATES
    done = 0
    features, shares = [], []
    for pictures in (real, made):
        told = seen(pictures, weights.network)
        while True:
            try:
                yield done + next(told), total
            except StopIteration as end:
                features.append(end.value[0])
                shares.append(end.value[1])
                break
        done += len(pictures)
    work = figures(features[0], features[1], shares[1])
    while True:
        try:
            yield done + next(work), total
        except StopIteration as end:
            fid, score_of_made, intervals = end.value
            break
    return InceptionFigures(
        fid=fid, inception_score=score_of_made, intervals=intervals,
        footing=Footing(
            features=f"Inception-v3, {FEATURES} features ({weights.name})", weights=weights.digest,
            side=made.shape[-1], resize=RESIZE,
        ),
    )  # fmt: skip
