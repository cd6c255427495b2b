"""What the screen shows of a picture's colours: its profile to the screen's, a soft proof, a view without colour.

All of it becomes one table over encoded red, green and blue, read between its points for each pixel shown.
"""

from __future__ import annotations

import contextlib
import io
from typing import Any

import numpy as np
from PIL import Image, ImageCms, ImageFilter

from studio.raster import icc, vision
from studio.raster.colour import is_opaque

POINTS = 52
"""Points of the table on each axis: every fifth of 256 values, so that its points are exact bytes."""


class ProfileError(ValueError):
    """A colour profile that cannot be used; the message says why."""


class Lookup:
    """A table over colours, for the pixels of a view. Safe from any thread."""

    def __init__(self, table: np.ndarray) -> None:
        """``table``: float [n, n, n, 3], 0–1, axes red, green, blue."""
        self.table = np.asarray(table, np.float32)
        # Pillow's first axis is its first channel, here blue, and runs fastest.
        swapped = np.ascontiguousarray(self.table[..., ::-1])
        self._filter = ImageFilter.Color3DLUT(self.table.shape[0], swapped.reshape(-1), channels=3)

    def view(self, pixels: np.ndarray) -> np.ndarray:
        """A changed copy of premultiplied uint8 BGRA [h, w, 4]; 2 ms for 256×256."""
        height, width = pixels.shape[:2]
        if is_opaque(pixels):
            return self._applied(np.ascontiguousarray(pixels), width, height)
        alpha = pixels[..., 3:].astype(np.uint16)
        straight = np.minimum((pixels.astype(np.uint16) * 255 + alpha // 2) // np.maximum(alpha, 1), 255)
        straight[..., 3:] = alpha
        out = self._applied(straight.astype(np.uint8), width, height).astype(np.uint16)
        out[..., :3] = (out[..., :3] * alpha + 127) // 255
        return out.astype(np.uint8)

    def _applied(self, pixels: np.ndarray, width: int, height: int) -> np.ndarray:
        picture = Image.frombuffer("RGBA", (width, height), pixels, "raw", "RGBA", 0, 1)
        return np.asarray(picture.filter(self._filter))


class AlphaView:
    """How opaque a picture is, as an opaque grey: black where it is transparent. Safe from any thread."""

    def __init__(self, after: Lookup | None = None) -> None:
        """``after``: from sRGB to the screen's colours."""
        self._after = after

    def view(self, pixels: np.ndarray) -> np.ndarray:
        """uint8 BGRA [h, w, 4] of premultiplied uint8 BGRA."""
        out = np.repeat(pixels[..., 3:], 4, axis=-1)
        out[..., 3] = 255
        return out if self._after is None else self._after.view(out)


def _profile(icc: bytes) -> Any:
    if not icc:
        return ImageCms.createProfile("sRGB")
    try:
        return ImageCms.ImageCmsProfile(io.BytesIO(icc))
    except (ImageCms.PyCMSError, OSError) as error:
        raise ProfileError(str(error)) from None


def profile_name(icc: bytes) -> str:
    """What a profile calls itself. Raises ProfileError for bytes that are no profile."""
    try:
        return ImageCms.getProfileDescription(_profile(icc)).strip() or "ICC"
    except ImageCms.PyCMSError as error:
        raise ProfileError(str(error)) from None


def lookup(
    document: bytes = b"",
    display: bytes = b"",
    proof: bytes | None = None,
    kind: str = "",
    *,
    gamut: bool = False,
) -> Lookup | AlphaView | None:
    """The table from the document's colours to the screen's; None where nothing would change.

    ``document`` and ``display``: ICC profiles, empty for sRGB. ``proof``: the profile of a press or printer to imitate,
    with ``gamut`` marking what it cannot print in grey. ``kind``: one of ``vision.KINDS``, or
    ``vision.ALPHA``. Raises ProfileError.
    """
    if kind == vision.ALPHA:
        after = Lookup(_converted(vision.grid(POINTS), b"", display, None, False)) if display else None
        return AlphaView(after)
    if not document and not display and proof is None and not kind:
        return None
    colours = vision.grid(POINTS)
    if document or proof is not None:
        colours = _converted(colours, document, b"" if kind else display, proof, gamut)
        after = display if kind else None
    else:
        after = display or None
    if kind:
        colours = vision.seen(np.clip(colours, 0, 1), kind)
    if after:
        colours = _converted(colours, b"", after, None, False)
    return Lookup(colours)


def _converted(
    colours: np.ndarray, source: bytes, target: bytes, proof: bytes | None, gamut: bool
) -> np.ndarray:
    """Colours of one profile in another. Between matrix profiles they are not clamped: what is read between a point inside
    the other's gamut and one outside is then as exact as anywhere."""
    if proof is None:
        with contextlib.suppress(icc.UnknownProfile):
            return icc.convert(colours, source, target)
    eight = np.ascontiguousarray(np.round(colours * 255).astype(np.uint8).reshape(POINTS, -1, 3))
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION | ImageCms.Flags.HIGHRESPRECALC
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    try:
        if proof is None:
            change = ImageCms.buildTransform(_profile(source), _profile(target), "RGB", "RGB", intent, flags)
        else:
            flags |= ImageCms.Flags.SOFTPROOFING | (ImageCms.Flags.GAMUTCHECK if gamut else 0)
            change = ImageCms.buildProofTransform(
                _profile(source), _profile(target), _profile(proof), "RGB", "RGB", intent, intent, flags
            )
        out = ImageCms.applyTransform(Image.fromarray(eight), change)
    except (ImageCms.PyCMSError, ValueError, OSError) as error:
        raise ProfileError(str(error)) from None
    assert out is not None, "only a change in place gives no picture"
    return np.asarray(out).reshape(colours.shape).astype(np.float64) / 255
