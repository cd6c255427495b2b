"""How a picture looks without colour, or to eyes that see colour otherwise. Tables of encoded sRGB, 0–1.

A table [n, n, n, 3] gives the colour at each point of a grid over red (first axis), green and blue.
"""

from __future__ import annotations

import numpy as np

CHANNELS = ("red", "green", "blue")
ALPHA = "alpha"
"""How opaque the picture is, as a grey: no colour of its own, and so none of the kinds below."""
KINDS = ("value", "protanopia", "deuteranopia", "tritanopia", *CHANNELS)

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
"""Rec. 709 luminance of linear red, green and blue."""

# Machado, Oliveira, Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009),
# table of severity 1.0; for linear RGB.
MATRICES = {
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def linear(encoded: np.ndarray) -> np.ndarray:
    """Linear light of encoded sRGB values (IEC 61966-2-1)."""
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def encoded(light: np.ndarray) -> np.ndarray:
    """Encoded sRGB values of linear light (IEC 61966-2-1); its parts meet where those of :func:`linear` do, which the
    standard's rounded 0.0031308 misses."""
    return np.where(
        light <= 0.04045 / 12.92, light * 12.92, 1.055 * np.maximum(light, 0) ** (1 / 2.4) - 0.055
    )


def seen(colours: np.ndarray, kind: str) -> np.ndarray:
    """What becomes of encoded sRGB ``colours`` [..., 3] in the view ``kind``: ``value`` is their luminance as a grey, a
    channel that channel as a grey.

    Raises KeyError for a kind that is not known.
    """
    if kind in CHANNELS:
        channel = np.asarray(colours, np.float64)[..., CHANNELS.index(kind)]
        return np.repeat(channel[..., None], 3, axis=-1)
    light = linear(np.asarray(colours, np.float64))
    if kind == "value":
        return np.repeat(encoded(light @ LUMINANCE)[..., None], 3, axis=-1)
    return np.clip(encoded(np.clip(light @ MATRICES[kind].T, 0, 1)), 0, 1)


def grid(points: int) -> np.ndarray:
    """The table that changes nothing: float64 [n, n, n, 3]."""
    steps = np.linspace(0, 1, points)
    return np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1)
