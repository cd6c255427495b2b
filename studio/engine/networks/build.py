"""From shapes to networks: which class draws, which one judges."""

from __future__ import annotations

from torch import nn

from studio.engine.networks.dcgan import DcganDiscriminator, DcganGenerator
from studio.engine.networks.dense import DenseDiscriminator, DenseGenerator
from studio.engine.networks.discriminator import Discriminator, DiscriminatorShape
from studio.engine.networks.few import FewDiscriminator, FewGenerator
from studio.engine.networks.generator import Generator, GeneratorShape

AnyGenerator = Generator | DenseGenerator | DcganGenerator | FewGenerator
AnyDiscriminator = Discriminator | DenseDiscriminator | DcganDiscriminator | FewDiscriminator

GENERATORS: dict[str, type[nn.Module]] = {
    "style": Generator,
    "dense": DenseGenerator,
    "dcgan": DcganGenerator,
    "few": FewGenerator,
}
DISCRIMINATORS: dict[str, type[nn.Module]] = {
    "residual": Discriminator,
    "dense": DenseDiscriminator,
    "dcgan": DcganDiscriminator,
    "few": FewDiscriminator,
}


def new_generator(shape: GeneratorShape) -> AnyGenerator:
    return GENERATORS[shape.network](shape)  # type: ignore[return-value]


def new_discriminator(shape: DiscriminatorShape) -> AnyDiscriminator:
    return DISCRIMINATORS[shape.network](shape)  # type: ignore[return-value]
