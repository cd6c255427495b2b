"""Which device the models are computed on: what the engine says is there, and what the artist chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.messages.events import Device, Event, Failed, Finished
from studio.messages.requests import UseDevice
from studio.workspace import notices

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

EVERYWHERE = ("auto", "cpu")
"""What each computer has."""


class Devices:
    """A device that the engine does not know of is kept in the settings only after it has been switched to."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._count = 0
        self._pending = 0

    @property
    def available(self) -> tuple[str, ...]:
        """Names of the devices there, the fastest first; nothing before the engine has said so."""
        engine = self._studio.engine
        known = engine.device if engine is not None else None
        return known.available if isinstance(known, Device) else ()

    def is_there(self, device: str) -> bool:
        """Whether ``device`` (a name, or a sort such as cuda) is known to be there."""
        names = self.available
        return device in EVERYWHERE or any(device in (name, name.split(":")[0]) for name in names)

    def choose(self, device: str) -> bool:
        """Asks the engine to use ``device``; whether the settings may keep it at once. If not they keep it when the engine has
        switched, and are told again when it has refused, so that whoever shows them shows what holds."""
        engine, settings = self._studio.engine, self._studio.settings
        if engine is None or (device == settings.device and not self._pending):
            return True
        self._count += 1
        wish = self._pending = self._count
        sure = self.is_there(device)

        def answered(event: Event) -> None:
            if isinstance(event, Device):
                self._studio.engine_says(event)
            elif isinstance(event, Failed):
                self._studio.engine_failed(event, notices.DEVICE_NOT_USED)
            if isinstance(event, Finished | Failed) and wish == self._pending:
                if isinstance(event, Finished) and not sure:
                    self._studio.keep_soon(device=device)
                self._pending = 0
                self._studio.settings_changed.emit(self._studio.settings)

        engine.submit(UseDevice(device=device), on_event=answered)
        return sure
