"""Which devices there are, which one is chosen, and what they are called. Needs torch."""

from __future__ import annotations

import contextlib
import os
import platform
from collections.abc import Iterator

import torch

from studio.messages.events import Device
from studio.recipe import QT_TRANSLATE_NOOP

NOT_HERE = QT_TRANSLATE_NOOP(
    "engine", "The device “{device}” is not available here. Choose one of these: {available}."
)


class DeviceError(Exception):
    """A device was asked for that this computer does not have."""

    def __init__(self, device: str):
        self.arguments = {"device": device, "available": ", ".join(available())}
        super().__init__(NOT_HERE.format(**self.arguments))


def available() -> tuple[str, ...]:
    """Names of the usable devices, the fastest first; ``cpu`` is always the last."""
    found: list[str] = []
    if torch.cuda.is_available():
        found += [f"cuda:{index}" for index in range(torch.cuda.device_count())]
    if torch.xpu.is_available():
        found += [f"xpu:{index}" for index in range(torch.xpu.device_count())]
    if torch.backends.mps.is_available():
        found.append("mps")
    return (*found, "cpu")


def choose(wanted: str = "auto") -> str:
    """The device for ``wanted``: ``auto`` is the fastest one, ``cuda`` the first of its sort. Raises DeviceError."""
    names = available()
    if wanted in ("", "auto"):
        return names[0]
    for name in names:
        if name == wanted or name.split(":")[0] == wanted:
            return name
    raise DeviceError(wanted)


def describe(device: str, reason: str = "") -> Device:
    """The event that names ``device``, its memory in bytes, and the other devices there."""
    if device.startswith(("cuda", "xpu")):
        cards = torch.cuda if device.startswith("cuda") else torch.xpu
        card = cards.get_device_properties(torch.device(device))
        name, memory = card.name, card.total_memory
    else:
        name, memory = "Apple GPU" if device == "mps" else processor_name(), main_memory()
    return Device(device=device, device_name=name, memory=memory, reason=reason, available=available())


@contextlib.contextmanager
def threads(count: int) -> Iterator[None]:
    """The processor's work is done by ``count`` threads inside, 0 for as many as before."""
    before = torch.get_num_threads()
    if count in (0, before):
        yield
        return
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def processor_name() -> str:
    """What the processor calls itself, without the marks of its maker's lawyers."""
    name = ""
    try:
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as lines:
            name = next(
                (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), ""
            )
    except OSError:  # not Linux
        name = ""
    name = name or platform.processor() or platform.machine()
    return name.replace("(R)", "").replace("(TM)", "").replace(" CPU", "").strip()


def main_memory() -> int:
    """Bytes of main memory, 0 if unknown."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 0


def is_out_of_memory(error: BaseException) -> bool:
    """Whether ``error`` says that a device or the main memory is full; torch has no single type for it."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    text = str(error)
    return isinstance(error, RuntimeError) and ("out of memory" in text or "can't allocate memory" in text)


def forget_memory(device: str) -> None:
    """Hands cached device memory back before another attempt."""
    if device.startswith("cuda"):
        torch.cuda.empty_cache()
    elif device.startswith("xpu"):
        torch.xpu.empty_cache()
    elif device == "mps":
        torch.mps.empty_cache()
