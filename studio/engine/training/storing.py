"""Tensors into a file, whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import save_file


def store(tensors: Mapping[str, torch.Tensor], path: Path, metadata: dict[str, str] | None = None) -> Path:
    """Writes ``path`` as safetensors: beside, then renamed; nothing half is left. Raises OSError, ENOSPC where the disk is full, which
    the library tells as an error of its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}.part")
    try:
        save_file(
            {name: value.detach().cpu().contiguous() for name, value in tensors.items()}, beside, metadata
        )
        if not _whole(
            beside, tensors
        ):  # of its last few bytes the library does not say that there was no room
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        beside.chmod(0o644)
        os.replace(beside, path)
    except SafetensorError as error:
        said = re.search(r"os error (\d+)", str(error))
        raise OSError(int(said[1]) if said else errno.EIO, str(error), str(path)) from None
    finally:
        beside.unlink(missing_ok=True)
    return path


def copied(source: Path, target: Path) -> Path:
    """A copy of a file, whole or not at all. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        shutil.copyfile(source, beside)
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)
    return target


def _whole(path: Path, tensors: Mapping[str, torch.Tensor]) -> bool:
    """Whether the file is as long as its header and the tensors are."""
    with open(path, "rb") as file:
        header = int.from_bytes(file.read(8), "little")
    held = sum(value.numel() * value.element_size() for value in tensors.values())
    return path.stat().st_size == 8 + header + held
