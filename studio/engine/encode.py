"""A picture, or a folder of them, as latents of a model with an encoder. Needs torch."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from studio.engine.context import Context
from studio.engine.datasets.listing import NO_PICTURES, DataError, Listed, list_pictures
from studio.engine.datasets.reading import BROKEN, file_bytes, fitted, read_picture
from studio.engine.failures import EngineError
from studio.engine.generate import LOADING, check_classes, codes_of, load, pixels_of
from studio.engine.latent import encoding
from studio.engine.latent.projection import target_of
from studio.messages.events import CodeMap, Encoded, EncodedFile, Event, Progress
from studio.messages.models import ModelEntry
from studio.messages.pixels import Pixels
from studio.messages.requests import Encode, EncodeFolder
from studio.recipe import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from studio.engine.networks.model import GanModel

NO_ENCODER = QT_TRANSLATE_NOOP(
    "engine",
    "“{model}” has no encoder, so it cannot take pictures apart; “Find layer in model” looks for them in it.",
)
TOO_SMALL = QT_TRANSLATE_NOOP(
    "engine",
    "A picture of {width} × {height} pixels is too small: each side must have at least {least}. Enlarge it, or take more of the layer.",
)
ONE_PICTURE = QT_TRANSLATE_NOOP(
    "engine",
    "A map needs two pictures or more; “{folder}” holds one that can be used. Choose another folder.",
)
ALL_SMALL = QT_TRANSLATE_NOOP(
    "engine",
    "The pictures in “{folder}” are too small: each side must have at least {least} pixels. Choose another folder.",
)
ENCODING = QT_TRANSLATE_NOOP("engine", "Taking pictures apart")
MOST = 2000
"""Pictures of a folder; of more a part by chance."""
THUMB = 48


@torch.inference_mode()
def encode(request: Encode, entry: ModelEntry, context: Context) -> Iterator[Event]:
    """Raises EngineError, ModelFileError."""
    check_classes((request.label,), entry)
    pixels = pixels_of(request)
    if not context.models.holds(entry, context.device):
        yield Progress(done=0, total=1, text=LOADING)
    model = _with_encoder(entry, context)
    least = model.encoder.stride
    if min(pixels.shape[:2]) < least:
        size = {"width": str(pixels.shape[1]), "height": str(pixels.shape[0])}
        raise EngineError("bad_request", TOO_SMALL, least=str(least), **size)
    picture = target_of(pixels, model)
    found = encoding.found_in(model, picture, request.label)
    code = encoding.split(model, found.z[0])
    usual = encoding.usual_error(model) if request.usual else None
    yield Encoded(
        model=entry.card.name,
        digest=entry.digest,
        label=found.label,
        latent=_bytes(code.rest),
        sliders={
            one.name: round(float(amount), 2)
            for one, amount in zip(model.card.sliders, code.amounts, strict=True)
            if amount
        },
        seen=Pixels.of(_shown(picture)),
        reconstruction=Pixels.of(_shown(found.drawn)),
        error=Pixels.of(encoding.error_of(picture, found.drawn)[0, ..., None].float().cpu().numpy()),
        usual=Pixels.of(usual.float().cpu().numpy()) if usual is not None else None,
    )


@torch.inference_mode()
def encode_folder(request: EncodeFolder, entry: ModelEntry, context: Context) -> Iterator[Event]:
    """The pictures in the order of their names. Raises EngineError, ModelFileError."""
    check_classes((request.label,), entry)
    files = list_pictures(Path(request.folder))
    left = max(0, len(files) - MOST)
    if left:
        files = [files[index] for index in sorted(random.Random(1).sample(range(len(files)), MOST))]
    yield Progress(done=0, total=len(files), text=LOADING)
    model = _with_encoder(entry, context)
    least, small = model.encoder.stride, 0
    codes, errors, skipped, began = [], [], [], time.perf_counter()
    for done, listed in enumerate(files, 1):
        pixels = _read(listed, model)
        picture = target_of(pixels, model) if pixels is not None and min(pixels.shape[:2]) >= least else None
        if picture is None:
            skipped.append(listed.file)
            small += pixels is not None
        else:
            label = listed.label if listed.label in entry.card.classes else request.label
            found = encoding.found_in(model, picture, label)
            codes.append(found.z[0])
            errors.append(encoding.error_of(picture, found.drawn))
            yield _file(listed, model, found, picture)
        left_seconds = (time.perf_counter() - began) / done * (len(files) - done)
        yield Progress(done=done, total=len(files), seconds_left=left_seconds, text=ENCODING)
    if not codes and small:
        raise DataError(ALL_SMALL, folder=request.folder, least=str(least))
    if not codes:
        raise DataError(NO_PICTURES, folder=request.folder)
    if len(codes) == 1:
        raise DataError(ONE_PICTURE, folder=request.folder)
    places, shares = encoding.plane_of(torch.stack(codes))
    yield CodeMap(
        model=entry.card.name,
        digest=entry.digest,
        sliders=tuple(one.name for one in model.card.sliders),
        places=Pixels.of(places.cpu().numpy()),
        shares=shares,
        usual=Pixels.of(encoding.spread_of(torch.cat(errors)).float().cpu().numpy()),
        skipped=tuple(skipped),
        left=left,
    )


def _with_encoder(entry: ModelEntry, context: Context) -> Any:
    model = load(entry, context)
    if model.encoder is None:
        raise EngineError("bad_request", NO_ENCODER, model=entry.card.title)
    return model


def _read(listed: Listed, model: GanModel) -> np.ndarray | None:
    """The picture of a file, uint8 [h, w, 3 or 4], perhaps smaller than it is; None where it cannot be read."""
    try:
        reading = read_picture(file_bytes(listed.path), 2 * model.generator.shape.size)
    except BROKEN:
        return None
    pixels = reading.rgb
    if reading.alpha is not None and model.generator.shape.channels == 4:
        pixels = np.dstack([pixels, reading.alpha])
    return pixels


def _file(listed: Listed, model: GanModel, found: encoding.Found, picture: torch.Tensor) -> EncodedFile:
    code = encoding.split(model, found.z[0])
    return EncodedFile(
        file=listed.file,
        label=found.label,
        latent=_bytes(code.rest),
        amounts=_bytes(code.amounts),
        thumbnail=Pixels.of(fitted(_shown(picture)[..., :3], THUMB)),
    )


def _shown(picture: torch.Tensor) -> np.ndarray:
    """uint8 [S, S, 3 or 4] of what a network draws or sees, [1, channels, S, S]."""
    from studio.engine.networks.model import straight

    return codes_of(straight(picture))[0]


def _bytes(values: torch.Tensor) -> bytes:
    return values.float().cpu().numpy().tobytes()
