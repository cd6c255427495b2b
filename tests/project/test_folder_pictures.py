"""Pictures of a folder that are only glanced at are those that are opened, whichever way up they were taken."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from studio.project import folder_pictures
from studio.workspace.assembling import flattened

PIXELS = cv2.resize(np.random.default_rng(1).integers(0, 255, (15, 20, 3), np.uint8), (800, 600))


def written(path: Path, *, orientation: int = 1, mode: str = "RGB") -> Path:
    picture, exif = Image.fromarray(PIXELS).convert(mode), Image.Exif()
    exif[0x0112] = orientation
    data = io.BytesIO()
    picture.save(data, "jpeg", quality=95, exif=exif)
    path.write_bytes(data.getvalue())
    return path


def seen(path: Path, longest: int, *, glance: bool) -> np.ndarray:
    (met,) = folder_pictures.opened([path], flattened, longest, glance=glance)
    assert met.pixels is not None, met.error
    return met.pixels


@pytest.mark.parametrize("longest", [96, 180, 500])
@pytest.mark.parametrize(("orientation", "mode"), [(1, "RGB"), (6, "RGB"), (3, "L"), (8, "CMYK")])
def test_a_glance_shows_the_same(tmp_path: Path, longest: int, orientation: int, mode: str) -> None:
    path = written(tmp_path / "圖.jpg", orientation=orientation, mode=mode)
    quick, whole = (seen(path, longest, glance=one) for one in (True, False))
    assert quick.shape == whole.shape and quick.dtype == whole.dtype
    assert np.abs(quick - whole).mean() < 0.01 and np.abs(quick - whole).max() < 0.1


def test_what_is_broken_is_told_in_a_glance_too(tmp_path: Path) -> None:
    half = tmp_path / "half.jpg"
    half.write_bytes(written(tmp_path / "whole.jpg").read_bytes()[:4000])
    head = tmp_path / "head.jpg"
    head.write_bytes(b"\xff\xd8\xff nothing")
    found = list(folder_pictures.opened([half, head, tmp_path / "gone.jpg"], flattened, 96, glance=True))
    assert all(met.pixels is None and met.error is not None for met in found)
