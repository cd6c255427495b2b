"""A training shared by several processes, started by torchrun.

``train_together`` starts them on this computer. On several, each starts its own by ``torchrun --nnodes … --nproc-per-node … -m
studio.engine.training.together REQUEST.json DEVICE``, with the run's folder and the pictures at the same places; the first one writes.
"""

from __future__ import annotations

import base64
import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

import msgspec
import torch

from studio.engine.failures import EngineError
from studio.engine.library.model_file import ModelFileError
from studio.engine.training.train import train
from studio.messages.events import AnyEvent, Event, Failed
from studio.messages.requests import Train
from studio.messages.training import STOP
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError

LOST = QT_TRANSLATE_NOOP(
    "engine",
    "One of the processes that trained together ended; the last checkpoint is kept. It said: {reason}",
)
SAID = b"danqing "
"""Begins a line that is an event."""
PATIENCE = 120.0
"""Seconds for the step under way, the checkpoint and the good-byes."""


def train_together(request: Train, processes: int, device: str = "auto") -> Generator[Event, None, None]:
    """The events of a run of so many processes. Closing it ends the run after its step, with a checkpoint. Raises EngineError."""
    stop = Path(request.run, STOP)
    stop.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as place:
        asked = Path(place, "request.json")
        asked.write_bytes(msgspec.json.encode(request))
        command = [
            sys.executable, "-m", "torch.distributed.run", "--standalone", f"--nproc-per-node={processes}",
            "-m", "studio.engine.training.together", str(asked), device,
        ]  # fmt: skip
        errors = open(Path(place, "errors"), "w+b")
        running = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, start_new_session=os.name == "posix"
        )
        with errors, running:
            try:
                yield from _events(running)
            except GeneratorExit:
                stop.parent.mkdir(parents=True, exist_ok=True)
                stop.touch()
                with contextlib.suppress(EngineError):
                    for _ in _events(running):
                        pass
                raise
            finally:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    running.wait(PATIENCE)
                running.kill()
                stop.unlink(missing_ok=True)
            if running.returncode:
                errors.seek(0)
                said = errors.read().decode(errors="replace").strip().splitlines()
                raise EngineError("engine_lost", LOST, reason=said[-1] if said else str(running.returncode))


def _events(running: subprocess.Popen[bytes]) -> Generator[Event, None, None]:
    """What the first process says, until it has no more to say. Raises EngineError where it fails."""
    assert running.stdout is not None
    for line in running.stdout:
        if not line.startswith(SAID):  # a library that prints
            continue
        event = heard(line)
        if isinstance(event, Failed):
            raise EngineError(event.kind, event.message, file=event.file, **event.arguments)
        yield event


def main(place: str, device: str) -> None:
    """One of the processes: the first one says its events, a line each."""
    request = msgspec.json.decode(Path(place).read_bytes(), type=Train)
    if device in ("auto", "cuda"):
        cards = torch.cuda.is_available()
        device = f"cuda:{os.environ.get('LOCAL_RANK', '0')}" if cards else "cpu"
    first = os.environ.get("RANK", "0") == "0"
    try:
        for event in train(request, device):
            if first:
                _say(event)
    except (EngineError, ModelFileError) as error:
        if first:
            _say(Failed(kind=error.kind, message=error.message, file=error.file, arguments=error.arguments))
    except RecipeError as error:
        if first:
            _say(Failed(kind="bad_request", message="{reason}", arguments={"reason": str(error)}))
    if torch.distributed.is_initialized():
        torch.distributed.destroy_process_group()


def _say(event: Event) -> None:
    sys.stdout.buffer.write(line_of(event))
    sys.stdout.buffer.flush()


def line_of(event: Event) -> bytes:
    """An event as a line. Not JSON, which has no word for losses that are no numbers."""
    return SAID + base64.b64encode(msgspec.msgpack.encode(event)) + b"\n"


def heard(line: bytes) -> Event:
    """The event of a line."""
    return msgspec.msgpack.decode(base64.b64decode(line.removeprefix(SAID)), type=AnyEvent)


if __name__ == "__main__":
    main(*sys.argv[1:])
