"""SVG path data, read into Bézier paths and written from them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from msgspec.structs import replace

from studio.raster.bezier import Affine, Contour, Node, Path, Point, mapped

_TOKEN = re.compile(r"\s*,?\s*(?:([MmLlHhVvCcSsQqTtAaZz])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?))")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


class PathError(ValueError):
    """Path data that cannot be read; the message says where."""


def parse(data: str) -> Path:
    """The contours of SVG path data (SVG 2, 9.3), arcs and quadratics turned into cubics. Raises PathError."""
    reader = _Reader()
    for command, numbers in _commands(data):
        reader.take(command, numbers)
    reader.end()
    return tuple(reader.contours)


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with one set of its numbers; repeated sets become commands of their own."""
    command, numbers = "", []
    for kind, value in _tokens(data):
        if kind:
            if numbers:
                raise PathError(f"{command} has {len(numbers)} numbers left over")
            if not command and kind not in "Mm":
                raise PathError(f"path data begins with M, not {kind}")
            command = kind
            if kind in "Zz":
                yield command, []
            continue
        if not command or command in "Zz":
            raise PathError(f"the number {value} belongs to no command")
        numbers.append(value)
        if len(numbers) == _COUNTS[command.upper()]:
            yield command, numbers
            numbers = []
            command = {"M": "L", "m": "l"}.get(command, command)
    if numbers:
        raise PathError(f"{command} needs {_COUNTS[command.upper()]} numbers")


def _tokens(data: str) -> Iterator[tuple[str, float]]:
    place = 0
    data = data.rstrip()
    while place < len(data):
        found = _TOKEN.match(data, place)
        if found is None:
            raise PathError(f"“{data[place : place + 12].strip()}” is no path data")
        place = found.end()
        yield found[1] or "", float(found[2]) if found[2] else 0.0


class _Reader:
    """Where the pen is while path data is read."""

    def __init__(self) -> None:
        self.contours: list[Contour] = []
        self._nodes: list[Node] = []
        self._control: tuple[str, Point] = ("", (0.0, 0.0))

    @property
    def _pen(self) -> Point:
        return self._nodes[-1].at if self._nodes else (0.0, 0.0)

    def take(self, command: str, numbers: list[float]) -> None:
        upper = command.upper()
        x, y = self._pen if command.islower() else (0.0, 0.0)
        if upper == "Z":
            self._close()
        elif upper == "H":
            self._line((x + numbers[0], self._pen[1]))
        elif upper == "V":
            self._line((self._pen[0], y + numbers[0]))
        elif upper == "A":
            self._arc(numbers, (x + numbers[5], y + numbers[6]))
        else:
            points = [(x + a, y + b) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]
            self._points(upper, points)
        if upper not in "CSQT":
            self._control = ("", (0.0, 0.0))

    def _points(self, upper: str, points: list[Point]) -> None:
        if upper == "M":
            self.end()
            self._nodes = [Node.corner(*points[0])]
        elif upper == "L":
            self._line(points[0])
        elif upper in "CS":
            first = points[0] if upper == "C" else self._reflected("C")
            self._cubic(first, points[-2], points[-1])
            self._control = ("C", points[-2])
        else:
            middle = points[0] if upper == "Q" else self._reflected("Q")
            self._quadratic(middle, points[-1])
            self._control = ("Q", middle)

    def _reflected(self, kind: str) -> Point:
        known, control = self._control
        return (2 * self._pen[0] - control[0], 2 * self._pen[1] - control[1]) if known == kind else self._pen

    def _quadratic(self, middle: Point, end: Point) -> None:
        (px, py), (mx, my), (ex, ey) = self._pen, middle, end
        first = px + 2 / 3 * (mx - px), py + 2 / 3 * (my - py)
        self._cubic(first, (ex + 2 / 3 * (mx - ex), ey + 2 / 3 * (my - ey)), end)

    def _line(self, to: Point) -> None:
        self._nodes.append(Node.corner(*to))

    def _cubic(self, first: Point, second: Point, to: Point) -> None:
        self._nodes[-1] = replace(self._nodes[-1], after=first)
        self._nodes.append(Node(to, second, to))

    def _arc(self, numbers: list[float], to: Point) -> None:
        rx, ry, turn, large, sweep = numbers[:5]
        for first, second, end in arc_cubics(self._pen, to, rx, ry, turn, bool(large), bool(sweep)):
            self._cubic(first, second, end)

    def _close(self) -> None:
        nodes = self._nodes
        start = nodes[0].at
        if len(nodes) > 2 and math.dist(nodes[-1].at, start) < 1e-6:
            last = nodes.pop()
            nodes[0] = replace(nodes[0], before=last.before)
        self.contours.append(Contour(tuple(_with_smooth(node) for node in nodes), True))
        self._nodes = [Node.corner(*start)]

    def end(self) -> None:
        if len(self._nodes) > 1:
            self.contours.append(Contour(tuple(_with_smooth(node) for node in self._nodes)))
        self._nodes = []


def _with_smooth(node: Node) -> Node:
    """``smooth`` is not in the data: it is read from handles that lie opposite each other."""
    ax, ay = node.before[0] - node.at[0], node.before[1] - node.at[1]
    bx, by = node.after[0] - node.at[0], node.after[1] - node.at[1]
    one, two = math.hypot(ax, ay), math.hypot(bx, by)
    opposite = ax * bx + ay * by < 0 and abs(ax * by - ay * bx) < 2e-3 * one * two
    return replace(node, smooth=one > 1e-3 and two > 1e-3 and opposite)


def arc_cubics(
    start: Point, end: Point, rx: float, ry: float, turn: float, large: bool, sweep: bool
) -> list[tuple[Point, Point, Point]]:
    """Cubics (two controls, end) of an elliptical arc, ``turn`` in degrees (SVG 2, appendix B.2.4)."""
    rx, ry = abs(rx), abs(ry)
    if start == end:
        return []
    if not rx or not ry:
        return [(start, end, end)]
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = cos * half_x + sin * half_y, -sin * half_x + cos * half_y
    grow = math.sqrt(max(1.0, (x / rx) ** 2 + (y / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    square = (rx * ry) ** 2 / ((rx * y) ** 2 + (ry * x) ** 2) - 1
    side = math.sqrt(max(0.0, square)) * (1 if large != sweep else -1)
    cx, cy = side * rx * y / ry, -side * ry * x / rx
    first = math.atan2((y - cy) / ry, (x - cx) / rx)
    span = (math.atan2((-y - cy) / ry, (-x - cx) / rx) - first) % (2 * math.pi)
    if not sweep:
        span -= 2 * math.pi
    middle = cos * cx - sin * cy + (start[0] + end[0]) / 2, sin * cx + cos * cy + (start[1] + end[1]) / 2
    matrix = (cos * rx, sin * rx, -sin * ry, cos * ry, *middle)
    count = max(1, math.ceil(abs(span) / (math.pi / 2) - 1e-9))
    made = [_unit_arc(first + span * index / count, span / count, matrix) for index in range(count)]
    made[-1] = (*made[-1][:2], end)
    return made


def _unit_arc(start: float, span: float, matrix: Affine) -> tuple[Point, Point, Point]:
    reach = 4 / 3 * math.tan(span / 4)
    (c0, s0), (c1, s1) = ((math.cos(at), math.sin(at)) for at in (start, start + span))
    first, second = (c0 - reach * s0, s0 + reach * c0), (c1 + reach * s1, s1 - reach * c1)
    return mapped(matrix, first), mapped(matrix, second), mapped(matrix, (c1, s1))


def written(path: Path) -> str:
    """SVG path data of ``path``, absolute, with at most four decimals."""
    words: list[str] = []
    for contour in path:
        if not contour.nodes:
            continue
        words += ["M", *_numbers(contour.nodes[0].at)]
        cubics = list(contour.cubics())
        for index, (start, first, second, end) in enumerate(cubics):
            if first == start and second == end:
                if not (contour.closed and index == len(cubics) - 1):
                    words += ["L", *_numbers(end)]
            else:
                words += ["C", *_numbers(first), *_numbers(second), *_numbers(end)]
        words += ["Z"] if contour.closed else []
    return " ".join(words)


def _numbers(point: Point) -> tuple[str, str]:
    return _number(point[0]), _number(point[1])


def _number(value: float) -> str:
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
