"""Pictures from rules. The registry of everything that needs no input, by name."""

from studio.synthesis.maker import Maker
from studio.synthesis.noise import GAUSSIAN_NOISE, UNIFORM_NOISE

MAKERS: dict[str, Maker] = {maker.name: maker for maker in (GAUSSIAN_NOISE, UNIFORM_NOISE)}
