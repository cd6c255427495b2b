"""How long a generated picture takes on this computer: measured at each press, kept from one session to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.messages.models import ModelEntry
from studio.settings import PictureTime

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

KEPT = 24
"""Measurements in the settings; the oldest go."""
ANY = "auto"


class PictureTimes:
    """Kept in the settings, written in the background."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    @property
    def _device(self) -> str:
        """What the engine works on; before it has said so, what the artist wants it to."""
        engine = self._studio.engine
        known = engine.device if engine is not None else None
        return known.device if known is not None else self._studio.settings.device

    def note(self, entry: ModelEntry, size: int, count: int, seconds: float) -> None:
        """A press of ``count`` pictures of side ``size`` took ``seconds`` for each."""
        model, device = _name(entry), self._device
        new = PictureTime(model=model, size=size, count=count, device=device, seconds=seconds)
        others = (one for one in self._studio.settings.picture_times if _key(one) != _key(new))
        self._studio.keep_soon(picture_times=(new, *others)[:KEPT])

    def seconds(self, entry: ModelEntry, size: int, count: int) -> float:
        """Seconds for each picture of such a press, measured here; 0 where the model was never measured on this device.

        A press that is not known is taken to be like the last one of the same side, else like the model's last.
        """
        model, device = _name(entry), self._device
        times = [
            one
            for one in self._studio.settings.picture_times
            if one.model == model and _is_on(one.device, device)
        ]
        alike = [one for one in times if one.size == size]
        same = [one for one in alike if one.count == count]
        found = same or alike or times
        return found[0].seconds if found else 0.0


def _name(entry: ModelEntry) -> str:
    """Checkpoints of one run share a name but not a digest."""
    return entry.digest or entry.card.name


def _key(time: PictureTime) -> tuple[str, int, int, str]:
    return time.model, time.size, time.count, time.device


def _is_on(measured: str, wanted: str) -> bool:
    """Whether a device is the wanted one: ``cuda`` is any graphics card of its sort, ``auto`` anything."""
    return wanted in (ANY, measured, measured.partition(":")[0])
