"""A material as it looks under one light: colour, height, normals and roughness on a plane or a sphere, tiled.

Microfacets by GGX (Walter et al., "Microfacet models for refraction", EGSR 2007) with Smith's shadowing and Schlick's
Fresnel term; reflectance 0.04 at normal incidence, as of most things that are no metal.
"""

from __future__ import annotations

import math
from typing import Annotated, Literal

import cv2
import msgspec
import numpy as np

from studio.raster.colour import linear_to_srgb, srgb_to_linear
from studio.recipe import QT_TRANSLATE_NOOP, check, declare

Form = Literal["plane", "sphere"]
Standard = Literal["opengl", "directx"]
WORDS = (QT_TRANSLATE_NOOP("recipe", "plane"), QT_TRANSLATE_NOOP("recipe", "sphere"))
REFLECTANCE = 0.04
GREY = 0.6
"""Encoded colour of what has none."""
LIGHT_HEIGHT = 0.7
"""Of the lamp above the plane, which is 2 wide."""


class Material(msgspec.Struct, frozen=True, kw_only=True):
    form: Annotated[Form, declare(QT_TRANSLATE_NOOP("recipe", "Form"))] = "sphere"
    tiles: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Tiles"), low=1, high=8, step=1,
            description=QT_TRANSLATE_NOOP("recipe", "How often the material repeats along a side."),
        ),
    ] = 3  # fmt: skip
    relief: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Relief strength"), low=0.0, high=10.0, soft_high=3.0, step=0.05,
            description=QT_TRANSLATE_NOOP("recipe", "How strongly heights and normals are felt; 1 as they are."),
        ),
    ] = 1.0  # fmt: skip
    standard: Annotated[Standard, declare(QT_TRANSLATE_NOOP("recipe", "Green"))] = "opengl"
    roughness: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Roughness"), low=0.0, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "0 shines like glass; a roughness map is multiplied with it."),
        ),
    ] = 0.5  # fmt: skip


class Maps(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """Encoded float32 pictures of one size, [h, w, 3] or [h, w], 0–1; None for what there is not."""

    colour: np.ndarray | None = None
    height: np.ndarray | None = None
    normal: np.ndarray | None = None
    roughness: np.ndarray | None = None


def normals_of(maps: Maps, parameters: Material) -> np.ndarray | None:
    """Normals float32 [h, w, 3] in tangent space: x to the right, y upwards, z out of the surface; None for flat ones.

    A normal map counts before a height map, whose slopes are central differences over the repeating picture, the height
    being a tenth of the picture's width.
    """
    if maps.normal is not None:
        normal = 2 * maps.normal - 1
        if parameters.standard == "directx":
            normal = normal * np.array((1, -1, 1), np.float32)
        flat = np.maximum(normal[..., 2:], 0.05)
        slopes = normal[..., :2] / flat
    elif maps.height is not None:
        high = maps.height * np.float32(0.1 * maps.height.shape[1])
        across = (np.roll(high, -1, 1) - np.roll(high, 1, 1)) / 2
        down = (np.roll(high, -1, 0) - np.roll(high, 1, 0)) / 2
        slopes = np.stack([-across, down], -1)
    else:
        return None
    slopes = slopes * np.float32(parameters.relief)
    long = np.sqrt((slopes * slopes).sum(-1, keepdims=True) + 1)
    return np.concatenate([slopes / long, 1 / long], -1).astype(np.float32)


def lit(maps: Maps, parameters: Material, light: tuple[float, float], side: int) -> np.ndarray:
    """The material, encoded straight RGBA float32 [side, side, 4]; ``light``: where the lamp stands, −1 … 1, y upwards."""
    parameters = check(parameters)
    at = (np.arange(side, dtype=np.float32) + np.float32(0.5)) * np.float32(2 / side) - 1
    x, y = np.broadcast_to(at, (side, side)), np.broadcast_to(-at[:, None], (side, side))
    frame = _sphere(x, y, light) if parameters.form == "sphere" else _plane(x, y, light)
    u, v = frame.u * parameters.tiles, frame.v * parameters.tiles
    normal = frame.normal
    bent = normals_of(maps, parameters)
    if bent is not None:
        there = _seen(bent, u, v, side, parameters.tiles)
        normal = there[..., :1] * frame.right + there[..., 1:2] * frame.up + there[..., 2:] * frame.normal
        normal = normal / np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-6)
    colour = np.full((side, side, 3), GREY, np.float32)
    if maps.colour is not None:
        colour = _seen(maps.colour, u, v, side, parameters.tiles)
    rough = np.full((side, side), parameters.roughness, np.float32)
    if maps.roughness is not None:
        rough = rough * _seen(maps.roughness, u, v, side, parameters.tiles)
    light_of = _reflected(srgb_to_linear(colour), np.clip(rough, 0.03, 1), normal, frame)
    out = np.empty((side, side, 4), np.float32)
    out[..., :3] = np.clip(linear_to_srgb(light_of), 0, 1)
    out[..., 3] = frame.cover
    return out


class _Frame(msgspec.Struct, frozen=True, eq=False):
    """For each pixel: place on the material, its frame of right, up and normal, the ways to lamp and eye, its cover."""

    u: np.ndarray
    v: np.ndarray
    right: np.ndarray
    up: np.ndarray
    normal: np.ndarray
    lamp: np.ndarray
    eye: np.ndarray
    cover: np.ndarray


def _plane(x: np.ndarray, y: np.ndarray, light: tuple[float, float]) -> _Frame:
    ones, nothing = np.ones_like(x), np.zeros_like(x)
    lamp = np.stack([light[0] - x, light[1] - y, ones * np.float32(LIGHT_HEIGHT)], -1)
    eye = np.stack([-x, -y, 3 * ones], -1)
    right, up, normal = (
        np.stack(one, -1)
        for one in ((ones, nothing, nothing), (nothing, ones, nothing), (nothing, nothing, ones))
    )
    return _Frame((x + 1) / 2, (1 - y) / 2, right, up, normal, _unit(lamp), _unit(eye), ones)


def _sphere(x: np.ndarray, y: np.ndarray, light: tuple[float, float]) -> _Frame:
    radius = np.float32(0.96)
    x, y = x / radius, y / radius
    square = x * x + y * y
    z = np.sqrt(np.clip(1 - square, 0, 1))
    normal = np.stack([x, y, z], -1)
    normal = normal / np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-6)
    longitude, latitude = (
        np.arctan2(normal[..., 0], normal[..., 2]),
        np.arcsin(np.clip(normal[..., 1], -1, 1)),
    )
    right = np.stack([np.cos(longitude), np.zeros_like(longitude), -np.sin(longitude)], -1)
    up = np.cross(normal, right)
    far = math.hypot(*light)
    shrunk = min(1.0, 0.98 / far) if far else 1.0
    lx, ly = light[0] * shrunk, light[1] * shrunk
    lamp = np.broadcast_to(
        np.array((lx, ly, math.sqrt(max(0.0, 1 - lx * lx - ly * ly))), np.float32), normal.shape
    )
    eye = np.broadcast_to(np.array((0, 0, 1), np.float32), normal.shape)
    pixel = 2 / x.shape[0]
    cover = np.clip((1 - np.sqrt(square)) / pixel + 0.5, 0, 1)
    # A square of the material is as wide as high at the equator: half the way round is two of them.
    return _Frame(longitude / math.pi + 0.5, 0.5 - latitude / math.pi, right, up, normal, lamp, eye, cover)


def _unit(way: np.ndarray) -> np.ndarray:
    return way / np.maximum(np.linalg.norm(way, axis=-1, keepdims=True), 1e-6)


def _seen(picture: np.ndarray, u: np.ndarray, v: np.ndarray, side: int, tiles: int) -> np.ndarray:
    """The repeating picture at u, v (one repetition each 1), made small first where it is finer than what is shown."""
    height, width = picture.shape[:2]
    wanted = max(1, round(1.5 * side / tiles))
    if max(width, height) > wanted:
        share = wanted / max(width, height)
        size = max(1, round(width * share)), max(1, round(height * share))
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        height, width = picture.shape[:2]
    wide = cv2.copyMakeBorder(np.ascontiguousarray(picture, np.float32), 1, 1, 1, 1, cv2.BORDER_WRAP)
    x = ((u - np.floor(u)) * width + 0.5).astype(np.float32)
    y = ((v - np.floor(v)) * height + 0.5).astype(np.float32)
    return np.asarray(cv2.remap(wide, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)


def _reflected(colour: np.ndarray, rough: np.ndarray, normal: np.ndarray, frame: _Frame) -> np.ndarray:
    """Linear light [h, w, 3] towards the eye from one lamp and a weak even sky."""
    half = _unit(frame.lamp + frame.eye)
    to_lamp, to_eye, to_half = (
        np.clip((normal * way).sum(-1), 0, 1) for way in (frame.lamp, frame.eye, half)
    )
    eye_half = np.clip((frame.eye * half).sum(-1), 0, 1)
    alpha = (rough * rough) ** 2
    spread = alpha / (math.pi * np.square(to_half * to_half * (alpha - 1) + 1))
    k = np.square(rough + 1) / 8
    shadow = 1 / ((to_lamp * (1 - k) + k) * (np.maximum(to_eye, 0.05) * (1 - k) + k) * 4)
    fresnel = REFLECTANCE + (1 - REFLECTANCE) * (1 - eye_half) ** 5
    shine = np.minimum(spread * shadow * fresnel, 30) * to_lamp * math.pi
    sky = 0.10 + 0.06 * normal[..., 1]
    return colour * ((1 - fresnel) * to_lamp + sky)[..., None] + shine[..., None]
