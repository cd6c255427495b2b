"""One flat shape on a plain ground: kind, colour, place, size and turn are independent factors."""

from __future__ import annotations

import cv2
import numpy as np

from studio.engine.datasets.rules.drawn import HUES, OVERSIZE, Drawn, colour, rounded, smaller

SHAPES = (
    ("circle", "圆形"),
    ("ring", "圆环"),
    ("triangle", "三角形"),
    ("square", "正方形"),
    ("hexagon", "六边形"),
    ("star", "五角星"),
    ("cross", "十字形"),
)
_PLACES = (
    (("upper left", "左上方"), ("top", "上方"), ("upper right", "右上方")),
    (("left", "左侧"), ("centre", "中央"), ("right", "右侧")),
    (("lower left", "左下方"), ("bottom", "下方"), ("lower right", "右下方")),
)


def draw(seed: int, side: int) -> Drawn:
    """The shape of ``seed``; see ``RULES``."""
    random = np.random.default_rng((11, seed))
    shape, hue = int(random.integers(len(SHAPES))), int(random.integers(len(HUES)))
    ground = (hue + 1 + int(random.integers(len(HUES) - 1))) % len(HUES)
    size = float(random.uniform(0.14, 0.32))
    x, y = (float(value) for value in random.uniform(size, 1 - size, 2))
    turn = float(random.uniform(0, 360))
    value = float(random.uniform(0.7, 0.95))
    canvas = np.empty((side * OVERSIZE, side * OVERSIZE, 3), np.uint8)
    canvas[:] = colour(HUES[ground][2], 0.22, 0.93)
    _paint(canvas, SHAPES[shape][0], (x, y), size, turn, colour(HUES[hue][2], 0.85, value))
    place = _PLACES[min(2, int(y * 3))][min(2, int(x * 3))]
    large = ("large ", "大") if size > 0.26 else ("small ", "小") if size < 0.19 else ("", "")
    name, name_zh = SHAPES[shape]
    article = "an" if not large[0] and HUES[hue][0][0] in "aeiou" else "a"
    where = f"in the {place[0]}" if place[0] == "centre" else f"at the {place[0]}"
    return Drawn(
        smaller(canvas, side),
        name,
        rounded(shape=name, colour=HUES[hue][0], ground=HUES[ground][0], x=x, y=y, size=size, turn=turn, value=value),
        f"{article} {large[0]}{HUES[hue][0]} {name} {where}, on pale {HUES[ground][0]}",
        f"淡{HUES[ground][1]}色底，{place[1]}有一个{HUES[hue][1]}色的{large[1]}{name_zh}",
    )  # fmt: skip


def _paint(
    canvas: np.ndarray,
    shape: str,
    centre: tuple[float, float],
    size: float,
    turn: float,
    ink: tuple[int, ...],
) -> None:
    """Fills the shape; ``centre`` and ``size`` (its radius) in sides of the canvas, ``turn`` in degrees clockwise."""
    side = canvas.shape[0]
    if shape in ("circle", "ring"):
        middle = (round(centre[0] * side * 16), round(centre[1] * side * 16))
        thick = -1 if shape == "circle" else max(1, round(size * side * 0.4))
        radius = size if shape == "circle" else size * 0.8
        cv2.circle(canvas, middle, round(radius * side * 16), ink, thick, cv2.LINE_AA, 4)
        return
    corners = _corners(shape)
    radians = np.deg2rad(turn)
    rotate = np.array([[np.cos(radians), np.sin(radians)], [-np.sin(radians), np.cos(radians)]])
    points = ((corners @ rotate) * size + centre) * side * 16
    cv2.fillPoly(canvas, [points.round().astype(np.int32).reshape(-1, 1, 2)], ink, cv2.LINE_AA, 4)


def _corners(shape: str) -> np.ndarray:
    """Corners [n, 2] on or inside the circle of radius 1, the first one at the top."""
    if shape == "cross":
        arm, end = 0.32, 0.94
        quarter = np.array([[-arm, -end], [arm, -end], [arm, -arm]])
        turns = [np.linalg.matrix_power(np.array([[0, 1], [-1, 0]]), number) for number in range(4)]
        return np.vstack([quarter @ turn for turn in turns])
    count = {"triangle": 3, "square": 4, "hexagon": 6, "star": 10}[shape]
    angles = np.arange(count) * 2 * np.pi / count - np.pi / 2
    radii = np.where(np.arange(count) % 2, 0.42, 1.0) if shape == "star" else np.ones(count)
    return np.column_stack([np.cos(angles), np.sin(angles)]) * radii[:, None]
