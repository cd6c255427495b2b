"""Small JSON files of ours that name their kind and version by one key, such as ``"danqing_latent": 1``: read with one set of refusals."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from studio.project.errors import DecodeError, read_failure

Kept = TypeVar("Kept", bound=msgspec.Struct)


def read_kept(path: str | Path, kind: type[Kept], word: str, version: int, largest: int) -> Kept:
    """The file at ``path``, of at most ``largest`` bytes, as ``kind``. Its version stands under ``danqing_`` and ``word``. Raises
    DecodeError: ``newer_`` and ``word`` where it is above ``version``, ``not_a_`` and ``word`` where it is something else."""
    try:
        with open(path, "rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        raise read_failure(error, path) from None
    try:
        found = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        said = msgspec.json.decode(found.get(f"danqing_{word}", msgspec.Raw(b"null")), type=int)
        if said > version:
            raise DecodeError(f"newer_{word}", path, {"version": str(said)})
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise DecodeError(f"not_a_{word}", path) from None
