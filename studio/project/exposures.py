"""How long a camera exposed a picture, from its EXIF block."""

from __future__ import annotations

import math

from studio.project.headers import camera_tags

_TIME, _NUMBER, _SENSITIVITY, _SHUTTER, _APERTURE = 0x829A, 0x829D, 0x8827, 0x9201, 0x9202


def exposure_of(exif: bytes) -> float | None:
    """Seconds at ISO 100 and f/1 that give the same light on the sensor: t · (S / 100) / N²; None where no time is told.

    ``exif``: a TIFF structure, as files hold it. The time is ExposureTime, else 2^−ShutterSpeedValue; N is FNumber, else
    2^(ApertureValue / 2), else 1; S is PhotographicSensitivity, else 100 (CIPA DC-008, Exif 2.32, tables 7 and 8). A
    broken block tells nothing.
    """
    camera = camera_tags(exif)
    time = _number(camera.get(_TIME))
    if time is None and (shutter := _number(camera.get(_SHUTTER), signed=True)) is not None:
        time = 2.0**-shutter
    if time is None:
        return None
    number = _number(camera.get(_NUMBER))
    if number is None and (aperture := _number(camera.get(_APERTURE), signed=True)) is not None:
        number = 2.0 ** (aperture / 2)
    sensitivity = _number(camera.get(_SENSITIVITY))
    return time * (sensitivity or 100.0) / 100.0 / (number or 1.0) ** 2


def _number(values: tuple | None, signed: bool = False) -> float | None:
    """A finite number, above 0 unless ``signed`` (then within ±60); None for anything else, as broken files have it."""
    found = values[0] if values else None
    if not isinstance(found, int | float) or not math.isfinite(found):
        return None
    return float(found) if (abs(found) <= 60 if signed else found > 0) else None


def times_of(blocks: list[bytes]) -> tuple[float, ...] | None:
    """The exposure of each picture, relative to each other; None unless all tell one and they are not all equal."""
    found = [exposure_of(block) for block in blocks]
    known = [one for one in found if one is not None]
    if len(known) < len(found) or not known or max(known) == min(known):
        return None
    return tuple(known)
