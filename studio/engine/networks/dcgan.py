"""Deep convolutional GAN as Radford, Metz & Chintala (2016, arXiv 1511.06434) give it: strided convolutions, batch
normalisation, no dense hidden layers; all weights drawn from N(0, 0.02²). Computed in float32 whatever is asked: the
statistics of a batch want full precision."""

from __future__ import annotations

import itertools

import torch
from torch import nn

from studio.engine.networks.discriminator import DiscriminatorShape
from studio.engine.networks.generator import GeneratorShape, mean_shape
from studio.engine.networks.layers import LEAK

DEVIATION = 0.02


def as_the_paper(module: nn.Module) -> None:
    """Weights from N(0, 0.02²), scales of the normalisation from N(1, 0.02²), biases 0."""
    for part in module.modules():
        if isinstance(part, nn.Conv2d | nn.ConvTranspose2d | nn.Linear):
            nn.init.normal_(part.weight, 0.0, DEVIATION)
            if part.bias is not None:
                nn.init.zeros_(part.bias)
        elif isinstance(part, nn.BatchNorm2d):
            nn.init.normal_(part.weight, 1.0, DEVIATION)
            nn.init.zeros_(part.bias)


class DcganGenerator(nn.Module):
    """Code [B, latent + classes] → picture [B, channels, S, S] in -1…1."""

    mean_w: torch.Tensor

    def __init__(self, shape: GeneratorShape) -> None:
        super().__init__()
        self.shape = shape
        self.mapping = nn.Identity()
        first = shape.widths[0]
        layers: list[nn.Module] = [nn.ConvTranspose2d(shape.code_size, first, 4, bias=False)]
        for a, b in itertools.pairwise(shape.widths):
            layers += [nn.BatchNorm2d(a), nn.ReLU(), nn.ConvTranspose2d(a, b, 4, 2, 1, bias=False)]
        last = shape.widths[-1]
        layers += [
            nn.BatchNorm2d(last),
            nn.ReLU(),
            nn.ConvTranspose2d(last, shape.channels, 4, 2, 1),
            nn.Tanh(),
        ]
        self.layers = nn.Sequential(*layers)
        self.register_buffer("mean_w", torch.zeros(mean_shape(shape, shape.code_size)))
        as_the_paper(self)

    def synthesize(self, w: torch.Tensor, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        return self.layers(w.float()[:, :, None, None])

    def forward(self, code: torch.Tensor, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        return self.synthesize(code, dtype)


class DcganDiscriminator(nn.Module):
    """Picture [B, channels, S, S] → realness [B]; the class enters as further planes, constant over the picture.

    ``separate``: real and generated pictures must be judged apart, or the statistics of a batch would tell them apart.
    """

    separate = True

    def __init__(self, shape: DiscriminatorShape) -> None:
        super().__init__()
        self.shape = shape
        first = shape.widths[0]
        layers: list[nn.Module] = [nn.Conv2d(shape.channels + shape.classes, first, 4, 2, 1)]
        for a, b in itertools.pairwise(shape.widths):
            layers += [nn.LeakyReLU(LEAK), nn.Conv2d(a, b, 4, 2, 1, bias=False), nn.BatchNorm2d(b)]
        layers += [nn.LeakyReLU(LEAK), nn.Conv2d(shape.widths[-1], 1, 4)]
        self.layers = nn.Sequential(*layers)
        as_the_paper(self)

    def forward(
        self, picture: torch.Tensor, code: torch.Tensor | None = None, dtype: torch.dtype = torch.float32
    ) -> torch.Tensor:
        return self.layers(with_class_planes(picture, code, self.shape.classes))[:, 0, 0, 0]


def with_class_planes(picture: torch.Tensor, code: torch.Tensor | None, classes: int) -> torch.Tensor:
    """The picture with one plane per class behind its channels, 1 for its own class and 0 for the others."""
    if not classes:
        return picture
    assert code is not None, "a judge of classes is told the class"
    planes = code[:, -classes:, None, None].expand(-1, -1, *picture.shape[2:])
    return torch.cat([picture, planes], 1)
