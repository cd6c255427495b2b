"""Pictures by rule that are as hard to cut as photographs, with their true masks.

Six samples, and six that are harder in one way each: thin before a sky, patched on a ground like its own fur, cut by the
picture's edge, of several materials, one of many alike, so near that it fills the picture.
Each is a textured, shaded object of one to three materials over a textured background, with a soft edge, light falling
off, blur and sensor noise. ``clicks`` are where a hand would press.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

WIDTH, HEIGHT = 480, 360


@dataclass(frozen=True)
class Photograph:
    name: str
    pixels: np.ndarray
    """Premultiplied float32 [360, 480, 4], opaque."""
    truth: np.ndarray
    """float32 [360, 480] 0–1."""
    clicks: tuple[tuple[int, int], ...]


def cloud(rng: np.random.Generator, scale: float, octaves: int = 4) -> np.ndarray:
    """Fractal value noise, about −1 to 1, its coarsest features ``scale`` pixels wide."""
    out = np.zeros((HEIGHT, WIDTH), np.float32)
    for octave in range(octaves):
        step = max(scale / 2**octave, 1.5)
        size = (int(WIDTH / step) + 3, int(HEIGHT / step) + 3)
        small = rng.standard_normal((size[1], size[0])).astype(np.float32)
        out += cv2.resize(small, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC) * 0.5**octave
    return out / max(float(np.abs(out).max()), 1e-6)


def grid() -> tuple[np.ndarray, np.ndarray]:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    return x, y


def blob(rng: np.random.Generator, cx: float, cy: float, rx: float, ry: float, wobble: float) -> np.ndarray:
    """Signed distance, roughly in pixels, positive inside an uneven ellipse."""
    x, y = grid()
    angle = np.arctan2((y - cy) / ry, (x - cx) / rx)
    radius = np.hypot((x - cx) / rx, (y - cy) / ry)
    edge = np.ones_like(angle)
    for wave in range(2, 7):
        edge += wobble / wave * np.sin(wave * angle + rng.uniform(0, 6.28))
    return (edge - radius) * min(rx, ry)


def soft(distance: np.ndarray, width: float = 1.5) -> np.ndarray:
    return np.clip(distance / width + 0.5, 0, 1).astype(np.float32)


def coloured(value: np.ndarray, dark: tuple[float, ...], light: tuple[float, ...]) -> np.ndarray:
    t = np.clip(value * 0.5 + 0.5, 0, 1)[..., None]
    return np.array(dark, np.float32) * (1 - t) + np.array(light, np.float32) * t


def finished(
    rng: np.random.Generator,
    name: str,
    back: np.ndarray,
    front: np.ndarray,
    mask: np.ndarray,
    *clicks: tuple[int, int],
) -> Photograph:
    x, y = grid()
    light = 1.06 - 0.22 * ((x / WIDTH - 0.3) ** 2 + (y / HEIGHT - 0.3) ** 2)
    seen = back + mask[..., None] * (front - back)
    seen = cv2.GaussianBlur(seen * light[..., None], (0, 0), 0.8)
    seen += rng.normal(0, 0.018, seen.shape).astype(np.float32) * np.sqrt(np.maximum(seen, 0.05))
    pixels = np.ones((HEIGHT, WIDTH, 4), np.float32)
    pixels[..., :3] = np.round(np.clip(seen, 0, 1) * 255) / 255
    return Photograph(name, pixels, cv2.GaussianBlur(mask, (0, 0), 0.8), clicks)


def leaf(rng: np.random.Generator) -> Photograph:
    x, y = grid()
    back = coloured(cloud(rng, 14, 5), (0.16, 0.10, 0.06), (0.55, 0.42, 0.30))
    mask = soft(blob(rng, 240, 180, 150, 85, 0.12))
    veins = np.abs(np.sin((x - 240 + 1.4 * np.abs(y - 180)) / 13)) ** 12 + np.exp(-((y - 180) ** 2) / 14)
    front = (
        coloured(cloud(rng, 60, 3) * 0.7, (0.10, 0.32, 0.06), (0.38, 0.60, 0.18)) + veins[..., None] * 0.10
    )
    return finished(rng, "leaf", back, front, mask, (200, 165))


def apple(rng: np.random.Generator) -> Photograph:
    x, y = grid()
    rings = np.sin((y + 8 * cloud(rng, 120, 2)) / 5) * 0.5 + cloud(rng, 40, 4) * 0.5
    back = coloured(rings, (0.36, 0.16, 0.10), (0.70, 0.44, 0.28))
    mask = soft(blob(rng, 250, 190, 105, 100, 0.05))
    round_ = np.clip(1 - np.hypot((x - 220) / 130, (y - 150) / 125), 0, 1)[..., None]
    front = coloured(cloud(rng, 25, 4) * 0.5, (0.42, 0.05, 0.06), (0.70, 0.20, 0.12)) * (0.55 + 0.7 * round_)
    front = front + np.exp(-((x - 215) ** 2 + (y - 145) ** 2) / 260)[..., None] * 0.55
    return finished(rng, "apple", back, front, mask, (270, 210), (215, 145))


def animal(rng: np.random.Generator) -> Photograph:
    blades = cv2.blur(rng.standard_normal((HEIGHT, WIDTH)).astype(np.float32), (1, 9)) * 2.2
    soil = np.clip(cloud(rng, 60, 2) * 3 - 0.6, 0, 1)[..., None]
    back = coloured(blades + 0.3 * cloud(rng, 80, 2), (0.10, 0.22, 0.06), (0.45, 0.62, 0.22))
    back = back * (1 - soil) + coloured(cloud(rng, 9, 3), (0.14, 0.09, 0.05), (0.40, 0.28, 0.18)) * soil
    body = blob(rng, 260, 220, 130, 75, 0.08)
    head = blob(rng, 140, 140, 55, 50, 0.06)
    fur = cv2.blur(rng.standard_normal((HEIGHT, WIDTH)).astype(np.float32), (7, 2)) * 1.6
    mask = soft(np.maximum(body, head) + fur * 1.5, 3.0)
    front = coloured(fur + 0.4 * cloud(rng, 70, 3), (0.36, 0.22, 0.12), (0.78, 0.60, 0.42))
    return finished(rng, "animal", back, front, mask, (270, 220), (140, 140))


def vase(rng: np.random.Generator) -> Photograph:
    x, y = grid()
    back = coloured(cloud(rng, 200, 3) * 0.4 + (x / WIDTH - 0.5), (0.62, 0.58, 0.50), (0.88, 0.85, 0.78))
    width = 60 + 38 * np.sin((y - 60) / 62) * (y > 40)
    side = np.minimum(width - np.abs(x - 240), np.minimum(y - 60, 320 - y))
    mask = soft(side)
    bands = (np.sin(y / 17 + 0.4 * np.sin(x / 11)) > 0.35).astype(np.float32)
    shade = (1.0 - 0.45 * np.abs((x - 215) / 110) ** 1.5)[..., None]
    white = coloured(cloud(rng, 30, 3) * 0.3, (0.36, 0.50, 0.62), (0.52, 0.66, 0.76))
    blue = coloured(cloud(rng, 12, 3), (0.05, 0.10, 0.34), (0.16, 0.26, 0.58))
    front = (white * (1 - bands[..., None]) + blue * bands[..., None]) * shade
    return finished(rng, "vase", back, front, mask, (240, 100), (240, 200), (240, 290))


def portrait(rng: np.random.Generator) -> Photograph:
    x, y = grid()
    back = coloured(cloud(rng, 70, 3) * 1.4, (0.12, 0.16, 0.18), (0.56, 0.56, 0.50))
    shirt = np.minimum(blob(rng, 240, 380, 150, 130, 0.03), 400 - y)
    face = blob(rng, 240, 160, 58, 75, 0.03)
    hair = np.minimum(blob(rng, 240, 140, 82, 92, 0.08), 190 - y) + cloud(rng, 6, 2) * 3
    neck = np.minimum(28 - np.abs(x - 240), np.minimum(y - 200, 290 - y))
    mask = soft(np.maximum.reduce([shirt, face, hair, neck]), 2.5)
    skin = coloured(cloud(rng, 50, 3) * 0.4 - (x - 240) / 160, (0.56, 0.36, 0.26), (0.90, 0.70, 0.58))
    strands = coloured(np.sin(x / 2.3 + cloud(rng, 50, 2) * 6), (0.05, 0.03, 0.03), (0.22, 0.14, 0.09))
    cloth = coloured(
        np.sin((x + y) / 5) * 0.4 + cloud(rng, 60, 2) * 0.5, (0.50, 0.10, 0.12), (0.72, 0.24, 0.22)
    )
    front = np.where(soft(np.maximum(face, neck))[..., None] > 0.5, skin, strands)
    front = front + soft(shirt)[..., None] * (cloth - front)
    return finished(rng, "portrait", back, front.astype(np.float32), mask, (240, 175), (180, 95), (240, 320))


def pebble(rng: np.random.Generator) -> Photograph:
    stones = np.full((HEIGHT, WIDTH, 3), 0.16, np.float32)
    for _ in range(520):
        tone, warm = rng.uniform(0.30, 0.66), rng.uniform(0.78, 1.0)
        centre = int(rng.uniform(0, WIDTH)), int(rng.uniform(0, HEIGHT))
        axes = int(rng.uniform(8, 20)), int(rng.uniform(8, 20))
        stone = (tone, tone * (0.5 + 0.46 * warm), tone * (0.4 + 0.5 * warm))
        cv2.ellipse(stones, centre, axes, rng.uniform(0, 180), 0, 360, stone, -1, cv2.LINE_AA)
    mask = soft(blob(rng, 235, 185, 115, 80, 0.10))
    speck = (cloud(rng, 4, 2) > 0.45).astype(np.float32)[..., None]
    front = coloured(cloud(rng, 45, 4), (0.46, 0.26, 0.16), (0.78, 0.52, 0.34)) - speck * 0.18
    return finished(rng, "pebble", stones, front, mask, (230, 180), (170, 190), (300, 190))


def rocket(rng: np.random.Generator) -> Photograph:
    """Thinner than the brush, before a sky that goes from dark to light; masts and a ground besides."""
    x, y = grid()
    height = (y / HEIGHT)[..., None]
    sky = np.array((0.05, 0.10, 0.24), np.float32) * (1 - height) + height * np.array(
        (0.34, 0.42, 0.52), np.float32
    )
    sky = sky + np.clip((y - 250) / 110, 0, 1)[..., None] ** 2 * np.array((0.42, 0.24, 0.06), np.float32)
    sky = sky + (cloud(rng, 150, 4) * 0.05)[..., None]
    lean = rng.uniform(-0.04, 0.04)
    middle = rng.uniform(200, 280) + lean * (y - 200)
    half = np.where(y < 110, np.sqrt(np.clip((y - 62) / 48, 0, 1)), 1.0) * rng.uniform(6.5, 8.5)
    body = np.minimum(half - np.abs(x - middle), np.minimum(y - 62, 318 - y))
    foot = np.minimum(half + (y - 270) * 0.35, 17) - np.abs(x - middle)
    mask = soft(np.maximum(body, np.minimum(foot, np.minimum(y - 270, 322 - y))), 1.3)
    bands = (np.abs(y - 150) < 5) | (np.abs(y - 214) < 14) | (np.abs(y - 92) < 3)
    round_ = np.clip(1 - 0.5 * ((x - middle + 3) / 8) ** 2, 0.35, 1)[..., None]
    white = coloured(cloud(rng, 20, 3) * 0.4, (0.72, 0.72, 0.70), (0.92, 0.91, 0.88)) * round_
    front = np.where(
        bands[..., None], coloured(cloud(rng, 10, 3), (0.10, 0.10, 0.12), (0.26, 0.26, 0.28)), white
    )
    orange = coloured(cloud(rng, 20, 3) * 0.4, (0.52, 0.24, 0.08), (0.70, 0.36, 0.14)) * round_
    front = np.where((y > 262)[..., None], orange, front)
    for mast, top in ((rng.uniform(90, 130), 110), (rng.uniform(350, 390), 90)):
        rung = (np.abs(x - mast) < 6) & (np.abs(((y + x - mast) % 14) - 7) < 1.0)
        lattice = ((np.abs(np.abs(x - mast) - 6) < 1.2) | rung) & (y > top)
        sky = np.where(lattice[..., None], np.array((0.12, 0.12, 0.14), np.float32), sky)
    ground = soft(y - 326 + cloud(rng, 30, 3) * 6)[..., None]
    back = sky * (1 - ground) + coloured(cloud(rng, 20, 4), (0.03, 0.03, 0.03), (0.16, 0.13, 0.10)) * ground
    clicks = [(round(float(middle[row, 0])), row) for row in (180, 214, 290)]
    return finished(rng, "rocket", back, front.astype(np.float32), mask, *clicks)


def cat(rng: np.random.Generator) -> Photograph:
    """White, ginger and black fur on a rug whose hairs are like it."""
    x, y = grid()
    fur = cv2.blur(rng.standard_normal((HEIGHT, WIDTH)).astype(np.float32), (3, 6)) * 1.8
    rug = cv2.blur(rng.standard_normal((HEIGHT, WIDTH)).astype(np.float32), (6, 3)) * 1.8
    back = coloured(rug * 0.9 + cloud(rng, 90, 3) * 0.8, (0.34, 0.26, 0.20), (0.66, 0.54, 0.44))
    wall = soft(130 - y + cloud(rng, 100, 2) * 8, 6)[..., None]
    back = (
        back * (1 - wall) + coloured(cloud(rng, 120, 3) * 0.5, (0.50, 0.50, 0.48), (0.66, 0.66, 0.64)) * wall
    )
    body, head = blob(rng, 270, 240, 120, 78, 0.05), blob(rng, 165, 150, 52, 48, 0.04)
    ears = [np.minimum(26 - np.abs(x - ear) * 1.6 - (112 - y) * 0.55, y - 78) for ear in (136, 196)]
    tail = 9 - np.abs(np.hypot(x - 385, y - 210) - 44) - 40 * (x < 385)
    ears = [ear - np.clip(y - 130, 0, None) for ear in ears]
    mask = soft(np.maximum.reduce([body, head, *ears, tail]) + fur * 1.2, 2.5)
    which = cloud(rng, 80, 2) + 0.25 * np.sin(x / 37)
    white = coloured(fur * 0.5 + cloud(rng, 40, 2) * 0.3, (0.66, 0.62, 0.56), (0.92, 0.90, 0.86))
    ginger = coloured(fur * 0.7 + np.sin((x + y) / 7) * 0.3, (0.46, 0.24, 0.10), (0.80, 0.52, 0.28))
    black = coloured(fur * 0.7, (0.06, 0.05, 0.05), (0.24, 0.19, 0.16))
    front = np.where((which > 0.22)[..., None], ginger, np.where((which < -0.25)[..., None], black, white))
    deep = cv2.erode((mask > 0.5).astype(np.uint8), np.ones((27, 27))) > 0
    coats = (which > 0.3, which < -0.33, np.abs(which) < 0.15)
    clicks = [deepest(coat & deep) for coat in coats]
    return finished(rng, "cat", back, cv2.GaussianBlur(front.astype(np.float32), (0, 0), 1.2), mask, *clicks)


def deepest(part: np.ndarray) -> tuple[int, int]:
    """The place (x, y) farthest from the edge of ``part``, bool [h, w]."""
    row, column = np.unravel_index(
        cv2.distanceTransform(part.astype(np.uint8), cv2.DIST_L2, 5).argmax(), part.shape
    )
    return int(column), int(row)


def arm(rng: np.random.Generator) -> Photograph:
    """Comes in from a corner, its sleeve striped, before shelves that have the colour of its skin."""
    x, y = grid()
    back = coloured(cloud(rng, 50, 4), (0.20, 0.26, 0.30), (0.60, 0.62, 0.58))
    shelf = coloured(cloud(rng, 30, 3), (0.30, 0.20, 0.12), (0.48, 0.34, 0.22))
    back = np.where((np.sin(y / 28) > 0.86)[..., None], shelf, back)
    along, aside = (480 - x) * 0.78 + (360 - y) * 0.62, (480 - x) * -0.62 + (360 - y) * 0.78 + 30
    sleeve = np.minimum(62 - along * 0.055 + 4 * np.sin(along / 30) - np.abs(aside), 230 - along)
    hand = blob(rng, 239, 207, 62, 48, 0.10)
    fingers = [
        np.minimum(9 - np.abs(aside - off), np.minimum(along - 270, 370 - along - abs(off) / 2))
        for off in (-30, -8, 14, 36)
    ]
    wrist = np.minimum(34 - np.abs(aside), np.minimum(along - 200, 310 - along))
    mask = soft(np.maximum.reduce([sleeve, hand, *fingers, wrist]), 2)
    skin = coloured(cloud(rng, 40, 3) * 0.4 + aside / 120, (0.52, 0.33, 0.25), (0.88, 0.68, 0.56))
    cloth = coloured(
        np.sin(along / 7) * 0.7 + cloud(rng, 40, 3) * 0.4, (0.10, 0.16, 0.36), (0.78, 0.78, 0.80)
    )
    front = np.where((soft(sleeve) > 0.5)[..., None], cloth, skin)
    return finished(rng, "arm", back, front.astype(np.float32), mask, (375, 315), (239, 207), (286, 244))


def cup(rng: np.random.Generator) -> Photograph:
    """Coffee of the table's colour in a white cup on a red saucer, with its shadow."""
    x, y = grid()
    wood = np.sin((y * 0.6 + x * 0.2 + 14 * cloud(rng, 140, 2)) / 4) * 0.5 + cloud(rng, 30, 4) * 0.5
    shadow = np.exp(-(np.clip(-blob(rng, 270, 245, 140, 90, 0), 0, None) ** 2) / 600)[..., None]
    back = coloured(wood, (0.30, 0.14, 0.07), (0.66, 0.38, 0.20)) * (1 - 0.55 * shadow)
    saucer, bowl = blob(rng, 240, 230, 140, 86, 0.0), blob(rng, 240, 180, 78, 62, 0.0)
    handle = 9 - np.abs(np.hypot(x - 322, y - 190) - 24) - 40 * (x < 310)
    mask = soft(np.maximum.reduce([saucer, bowl, handle]), 1.5)
    shade = np.clip(1 - ((x - 200) / 260) ** 2, 0.4, 1)[..., None]
    red = coloured(cloud(rng, 30, 3) * 0.3, (0.52, 0.08, 0.05), (0.72, 0.20, 0.12)) * shade
    white = coloured(cloud(rng, 40, 3) * 0.2, (0.80, 0.78, 0.72), (0.94, 0.93, 0.90)) * shade
    brown = coloured(cloud(rng, 18, 3) * 0.5, (0.42, 0.22, 0.08), (0.72, 0.48, 0.26))
    front = np.where((np.maximum(bowl, handle) > 0)[..., None], white, red)
    front = np.where((blob(rng, 240, 160, 60, 36, 0.0) > 0)[..., None], brown, front)
    front = cv2.GaussianBlur(front.astype(np.float32), (0, 0), 0.8)
    return finished(rng, "cup", back, front, mask, (240, 165), (190, 270), (310, 255))


def coins(rng: np.random.Generator) -> Photograph:
    """One of twelve that are all alike."""
    x, y = grid()
    back = coloured(cloud(rng, 60, 4) * 0.6 + (x / WIDTH - 0.5), (0.10, 0.10, 0.11), (0.36, 0.36, 0.36))
    front, mask, click = back, np.zeros((HEIGHT, WIDTH), np.float32), (0, 0)
    for number in range(12):
        cx, cy = 80 + number % 4 * 107 + rng.uniform(-8, 8), 70 + number // 4 * 110 + rng.uniform(-8, 8)
        radius = rng.uniform(32, 42)
        coin = soft(blob(rng, cx, cy, radius, radius * 0.96, 0.04))
        ridges = cloud(rng, 14, 4) * 1.1 + np.sin(np.hypot(x - cx, y - cy) / 3) * 0.3
        face = coloured(ridges, (0.30, 0.30, 0.30), (0.86, 0.86, 0.85))
        if number == 6:
            front, mask, click = face, coin, (int(cx), int(cy))
        else:
            back = back + coin[..., None] * (face - back)
    return finished(rng, "coins", back, front, mask, click)


def closeup(rng: np.random.Generator) -> Photograph:
    """A striped and pale face that three edges of the picture cut, before a blurred room of its pale colour."""
    x, y = grid()
    back = coloured(cloud(rng, 110, 3) * 0.9, (0.46, 0.36, 0.34), (0.84, 0.76, 0.74))
    fur = cv2.blur(rng.standard_normal((HEIGHT, WIDTH)).astype(np.float32), (3, 8)) * 1.8
    ear = np.minimum(52 - np.abs(x - 330) * 0.9 - (100 - y) * 0.3, y + 10) - 100 * (y > 130)
    mask = soft(np.maximum(blob(rng, 185, 200, 205, 215, 0.04), ear) + fur * 1.5, 3)
    stripes = np.sin(np.hypot(x - 185, y - 330) / 9 + cloud(rng, 40, 2) * 2)
    brown = coloured(fur * 0.6 + stripes * 0.5, (0.28, 0.18, 0.10), (0.72, 0.52, 0.36))
    pale = coloured(fur * 0.5 + cloud(rng, 40, 3) * 0.3, (0.62, 0.50, 0.44), (0.92, 0.82, 0.76))
    front = brown + soft(blob(rng, 150, 275, 150, 95, 0.08), 40)[..., None] * (pale - brown)
    spots = [(blob(rng, 200, 235, 26, 16, 0.05), (0.62, 0.28, 0.22))]
    for eye in (120, 270):
        spots += [
            (blob(rng, eye, 150, 30, 24, 0.02), (0.48, 0.52, 0.22)),
            (blob(rng, eye + 4, 150, 9, 16, 0), (0.04,) * 3),
        ]
    for spot, colour in spots:
        front = front + soft(spot, 3)[..., None] * (np.array(colour, np.float32) - front)
    back = cv2.GaussianBlur(back.astype(np.float32), (0, 0), 6)
    return finished(rng, "closeup", back, front.astype(np.float32), mask, (195, 85), (120, 280), (250, 215))


MAKERS: tuple[Callable[[np.random.Generator], Photograph], ...] = (
    leaf,
    apple,
    animal,
    vase,
    portrait,
    pebble,
)
HARDER_MAKERS = (rocket, cat, arm, cup, coins, closeup)


def photograph(name: str) -> Photograph:
    maker = next(one for one in (*MAKERS, *HARDER_MAKERS) if one.__name__ == name)
    return maker(np.random.default_rng(len(name) * 1000 + ord(name[0])))


NAMES = tuple(maker.__name__ for maker in MAKERS)
HARDER = tuple(maker.__name__ for maker in HARDER_MAKERS)
