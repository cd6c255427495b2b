"""The Inception-v3 network as a table, and its forward pass: Szegedy et al., "Rethinking the Inception Architecture for Computer
Vision", 2015, arXiv 1512.00567, table 1 and figures 5 to 7 and 10.

``fid`` is the network of the TensorFlow graph that the Fréchet Inception distance was defined with (Heusel et al. 2017): the mean over
a border counts only the pixels that are there, the last block takes the maximum instead of the mean, and its 1008 logits have no
bias (Salimans et al. 2016 take them so). Names of tensors are those of the weights files that are about.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import torch
import torch.nn.functional as functional

SIDE = 299
FEATURES = 2048
_EPSILON = 1e-3


class Convolution(NamedTuple):
    """Channels in and out, kernel (height, width), stride; ``padded``: so that a stride of 1 keeps the size."""

    name: str
    source: int
    target: int
    kernel: tuple[int, int] = (1, 1)
    stride: int = 1
    padded: bool = True


Branch = tuple[Convolution, ...]


class Block(NamedTuple):
    """Branches side by side, joined by channels: each a chain. ``split``: a branch's last two convolutions see the same. ``pooled``: of
    what is put into the block, the mean before the last branch, or the maximum of every second place as a branch of its own.
    """

    name: str
    branches: tuple[Branch, ...]
    pooled: str = "mean"
    split: tuple[int, ...] = ()


def _chain(name: str, source: int, *steps: tuple[str, int, tuple[int, int]]) -> Branch:
    found = []
    for part, target, kernel in steps:
        found.append(Convolution(f"{name}{part}", source, target, kernel))
        source = target
    return tuple(found)


def _a(name: str, source: int, pool: int) -> Block:
    """Figure 5."""
    return Block(
        name,
        (
            _chain("branch1x1", source, ("", 64, (1, 1))),
            _chain("branch5x5_", source, ("1", 48, (1, 1)), ("2", 64, (5, 5))),
            _chain("branch3x3dbl_", source, ("1", 64, (1, 1)), ("2", 96, (3, 3)), ("3", 96, (3, 3))),
            _chain("branch_pool", source, ("", pool, (1, 1))),
        ),
    )


def _c(name: str, narrow: int) -> Block:
    """Figure 6, n = 7."""
    source, across, down = 768, (1, 7), (7, 1)
    return Block(
        name,
        (
            _chain("branch1x1", source, ("", 192, (1, 1))),
            _chain("branch7x7_", source, ("1", narrow, (1, 1)), ("2", narrow, across), ("3", 192, down)),
            _chain(
                "branch7x7dbl_", source, ("1", narrow, (1, 1)), ("2", narrow, down), ("3", narrow, across),
                ("4", narrow, down), ("5", 192, across),
            ),
            _chain("branch_pool", source, ("", 192, (1, 1))),
        ),
    )  # fmt: skip


def _e(name: str, source: int) -> Block:
    """Figure 7."""
    return Block(
        name,
        (
            _chain("branch1x1", source, ("", 320, (1, 1))),
            (
                Convolution("branch3x3_1", source, 384),
                Convolution("branch3x3_2a", 384, 384, (1, 3)),
                Convolution("branch3x3_2b", 384, 384, (3, 1)),
            ),
            (
                Convolution("branch3x3dbl_1", source, 448),
                Convolution("branch3x3dbl_2", 448, 384, (3, 3)),
                Convolution("branch3x3dbl_3a", 384, 384, (1, 3)),
                Convolution("branch3x3dbl_3b", 384, 384, (3, 1)),
            ),
            _chain("branch_pool", source, ("", 192, (1, 1))),
        ),
        split=(1, 2),
    )


def _halving(one: Convolution) -> Convolution:
    return one._replace(stride=2, padded=False)


def _b(name: str) -> Block:
    """Figure 10: half the size."""
    double = _chain("branch3x3dbl_", 288, ("1", 64, (1, 1)), ("2", 96, (3, 3)), ("3", 96, (3, 3)))
    return Block(
        name,
        ((Convolution("branch3x3", 288, 384, (3, 3), 2, False),), (*double[:2], _halving(double[2]))),
        pooled="largest",
    )


def _d(name: str) -> Block:
    three = _chain("branch3x3_", 768, ("1", 192, (1, 1)), ("2", 320, (3, 3)))
    seven = _chain(
        "branch7x7x3_", 768, ("1", 192, (1, 1)), ("2", 192, (1, 7)), ("3", 192, (7, 1)), ("4", 192, (3, 3))
    )
    return Block(name, ((three[0], _halving(three[1])), (*seven[:3], _halving(seven[3]))), pooled="largest")


STEM: tuple[Convolution | None, ...] = (
    Convolution("Conv2d_1a_3x3", 3, 32, (3, 3), 2, False),
    Convolution("Conv2d_2a_3x3", 32, 32, (3, 3), 1, False),
    Convolution("Conv2d_2b_3x3", 32, 64, (3, 3)),
    None,
    Convolution("Conv2d_3b_1x1", 64, 80),
    Convolution("Conv2d_4a_3x3", 80, 192, (3, 3), 1, False),
    None,
)
"""None: the maximum of 3 × 3 at every second place."""
BLOCKS = (
    _a("Mixed_5b", 192, 32), _a("Mixed_5c", 256, 64), _a("Mixed_5d", 288, 64), _b("Mixed_6a"),
    _c("Mixed_6b", 128), _c("Mixed_6c", 160), _c("Mixed_6d", 160), _c("Mixed_6e", 192),
    _d("Mixed_7a"), _e("Mixed_7b", 1280), _e("Mixed_7c", 2048),
)  # fmt: skip


def wanted(logits: int) -> dict[str, tuple[int, ...]]:
    """Names and shapes of the tensors of a weights file for so many logits."""
    found: dict[str, tuple[int, ...]] = {}
    named = [(one.name, one) for one in STEM if one is not None]
    named += [
        (f"{block.name}.{one.name}", one) for block in BLOCKS for branch in block.branches for one in branch
    ]
    for name, one in named:
        found[f"{name}.conv.weight"] = (one.target, one.source, *one.kernel)
        for part in ("weight", "bias", "running_mean", "running_var"):
            found[f"{name}.bn.{part}"] = (one.target,)
    return found | {"fc.weight": (logits, FEATURES), "fc.bias": (logits,)}


class Seen(NamedTuple):
    """``features`` [B, 2048] and ``shares`` [B, logits], what the network takes each picture for, together 1."""

    features: torch.Tensor
    shares: torch.Tensor


class Inception:
    """``tensors`` as :func:`wanted` names them. ``fid``: as the TensorFlow graph has it, see above."""

    def __init__(self, tensors: Mapping[str, torch.Tensor], *, fid: bool) -> None:
        self.fid = fid
        self._tensors = {name: tensors[name].float() for name in wanted(len(tensors["fc.bias"]))}

    @torch.inference_mode()
    def __call__(self, pictures: torch.Tensor) -> Seen:
        """Of pictures [B, 3, S, S] in −1…1, which are brought to 299 px bilinearly, larger ones with the mean of what shrinks."""
        x = functional.interpolate(
            pictures, size=(SIDE, SIDE), mode="bilinear", antialias=pictures.shape[-1] > SIDE
        )
        for one in STEM:
            x = functional.max_pool2d(x, 3, 2) if one is None else self._convolved(x, one, one.name)
        for block in BLOCKS:
            x = self._joined(x, block)
        features = x.mean((2, 3))
        bias = None if self.fid else self._tensors["fc.bias"]
        logits = functional.linear(features, self._tensors["fc.weight"], bias)
        return Seen(features, logits.softmax(1))

    def _convolved(self, x: torch.Tensor, one: Convolution, name: str) -> torch.Tensor:
        weight, bias, mean, variance = (
            self._tensors[f"{name}.bn.{key}"] for key in ("weight", "bias", "running_mean", "running_var")
        )
        padding = (one.kernel[0] // 2, one.kernel[1] // 2) if one.padded else 0
        x = functional.conv2d(x, self._tensors[f"{name}.conv.weight"], stride=one.stride, padding=padding)
        return functional.relu(functional.batch_norm(x, mean, variance, weight, bias, eps=_EPSILON))

    def _joined(self, x: torch.Tensor, block: Block) -> torch.Tensor:
        made = []
        for number, branch in enumerate(block.branches):
            inside = self._surroundings(x, block) if branch[0].name == "branch_pool" else x
            shared = number in block.split
            for one in branch[:-2] if shared else branch:
                inside = self._convolved(inside, one, f"{block.name}.{one.name}")
            if shared:
                made += [self._convolved(inside, one, f"{block.name}.{one.name}") for one in branch[-2:]]
            else:
                made.append(inside)
        if block.pooled == "largest":
            made.append(functional.max_pool2d(x, 3, 2))
        return torch.cat(made, 1)

    def _surroundings(self, x: torch.Tensor, block: Block) -> torch.Tensor:
        if self.fid and block is BLOCKS[-1]:
            return functional.max_pool2d(x, 3, 1, padding=1)
        return functional.avg_pool2d(x, 3, 1, padding=1, count_include_pad=not self.fid)
