"""A material made of layers: their pixels fetched once, lit anew with each move of the lamp, off the UI thread."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from studio.document.artwork import Artwork
from studio.document.layer import Filter, Layer
from studio.jobs.job import Job, JobFailed, JobFinished, Priority
from studio.project.assembling import in_srgb
from studio.raster.colour import unpremultiply
from studio.recipe import QT_TRANSLATE_NOOP
from studio.render.renderer import Renderer
from studio.synthesis import material
from studio.synthesis.material import Maps, Material
from studio.workspace.fusing import alone

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

Role = Literal["colour", "height", "normal", "roughness"]
ROLES: tuple[Role, ...] = ("colour", "height", "normal", "roughness")
LIGHTING = QT_TRANSLATE_NOOP("jobs", "Lighting a material")
WORDS: Mapping[Role, tuple[str, ...]] = {
    "normal": ("normal", "nrm", "法线"),
    "roughness": ("rough", "gloss", "粗糙"),
    "height": ("height", "bump", "displace", "depth", "高度", "凹凸", "置换"),
    "colour": ("colour", "color", "albedo", "diffuse", "base", "颜色", "漫反射", "底色"),
}
"""What layers are called that are one of these."""
LONGEST = 768
"""Longer side of what is fetched of a layer, about."""
_LUMA = np.array((0.2126, 0.7152, 0.0722), np.float32)


def layers_of(artwork: Artwork) -> Iterator[Layer]:
    """What a map can be, the topmost first."""
    yield from reversed([layer for layer in artwork.walk() if not isinstance(layer, Filter)])


def guessed(artwork: Artwork) -> dict[Role, str]:
    """Which layer is which, by their names; the colour is else the lowest that is none of the others."""
    found: dict[Role, str] = {}
    layers = list(layers_of(artwork))
    for role, words in WORDS.items():
        for layer in layers:
            if layer.id not in found.values() and any(word in layer.name.casefold() for word in words):
                found[role] = layer.id
                break
    if "colour" not in found:
        rest = [layer.id for layer in layers if layer.id not in found.values()]
        if rest:
            found["colour"] = rest[-1]
    return found


class Lamp:
    """Fetches maps and lights them; what is asked for while it works replaces what waits."""

    def __init__(
        self, studio: Studio, artwork: Artwork, arrived: Callable[[np.ndarray | Exception], None]
    ) -> None:
        """``arrived`` gets encoded straight RGBA uint8 [side, side, 4], or why there is none."""
        self._studio, self._artwork, self._arrived = studio, artwork, arrived
        self._renderer = Renderer()
        self._fetched: dict[str, np.ndarray] = {}
        self._job: Job | None = None

    def show(
        self, chosen: Mapping[Role, str], values: Material, light: tuple[float, float], side: int
    ) -> None:
        chosen = dict(chosen)

        def make() -> Generator[float, None, np.ndarray]:
            for layer_id in chosen.values():
                if layer_id not in self._fetched:
                    self._fetched[layer_id] = self._fetch(layer_id)
                    yield 0.5
            made = material.lit(self._maps(chosen), values, light, side)
            return np.rint(made * 255).astype(np.uint8)

        def heard(event: object) -> None:
            if isinstance(event, JobFinished):
                self._arrived(event.result)
            elif isinstance(event, JobFailed):
                self._arrived(event.error)

        self._job = self._studio.render_lane.submit(
            make, label=LIGHTING, priority=Priority.live, replace="material", on_event=heard
        )

    def put_out(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _fetch(self, layer_id: str) -> np.ndarray:
        """Straight encoded sRGB float32 [h, w, 4] of one layer by itself, at a fitting level."""
        artwork = self._artwork
        layer = artwork.find(layer_id)
        assert layer is not None
        level = max(0, (max(artwork.width, artwork.height) // LONGEST).bit_length() - 1)
        seen = artwork.with_(layers=(alone(artwork, layer),))
        pixels = self._renderer.compose(seen, artwork.rect.at_level(level), level)
        return unpremultiply(in_srgb(np.asarray(pixels, np.float32), artwork))

    def _maps(self, chosen: Mapping[Role, str]) -> Maps:
        found: dict[str, Any] = {}
        for role, layer_id in chosen.items():
            straight = np.clip(np.nan_to_num(self._fetched[layer_id][..., :3]), 0, 1)
            found[role] = straight if role in ("colour", "normal") else straight @ _LUMA
        return Maps(**found)
