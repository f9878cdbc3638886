"""Rebuilds app/ui/_icon_paths.py from resources/icons: outlines ready to draw, without QtSvg.

Every shape becomes moves, lines and cubic curves in absolute coordinates on the 24 grid.

    python tools/make_icon_paths.py
"""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "resources/icons"
TARGET = ROOT / "app/ui/_icon_paths.py"
SVG = "{http://www.w3.org/2000/svg}"
CIRCLE = 0.5522847498
# Play is a plain triangle: it is the one icon that is read from three metres.
OWN = {"play": "M 6 4 L 20 12 L 6 20 Z"}

HEAD = '''"""Outlines of the icons on a 24 grid; made by tools/make_icon_paths.py, not by hand."""

# fmt: off

from typing import Final

'''

Point = tuple[float, float]


class Outline:
    """Collects drawing commands, all absolute."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.at: Point = (0.0, 0.0)
        self.start: Point = (0.0, 0.0)

    def _add(self, command: str, *points: Point) -> None:
        numbers = [f"{round(value, 3):g}" for point in points for value in point]
        self.parts.append(" ".join([command, *numbers]))
        if points:
            self.at = points[-1]

    def move(self, to: Point) -> None:
        self._add("M", to)
        self.start = to

    def line(self, to: Point) -> None:
        self._add("L", to)

    def curve(self, first: Point, second: Point, to: Point) -> None:
        self._add("C", first, second, to)

    def bend(self, control: Point, to: Point) -> None:
        """Add a quadratic curve."""
        (x0, y0), (qx, qy), (x1, y1) = self.at, control, to
        self.curve(
            (x0 + 2 / 3 * (qx - x0), y0 + 2 / 3 * (qy - y0)),
            (x1 + 2 / 3 * (qx - x1), y1 + 2 / 3 * (qy - y1)),
            to,
        )

    def close(self) -> None:
        self._add("Z")
        self.at = self.start

    def ellipse(self, cx: float, cy: float, rx: float, ry: float) -> None:
        kx, ky = rx * CIRCLE, ry * CIRCLE
        self.move((cx + rx, cy))
        self.curve((cx + rx, cy + ky), (cx + kx, cy + ry), (cx, cy + ry))
        self.curve((cx - kx, cy + ry), (cx - rx, cy + ky), (cx - rx, cy))
        self.curve((cx - rx, cy - ky), (cx - kx, cy - ry), (cx, cy - ry))
        self.curve((cx + kx, cy - ry), (cx + rx, cy - ky), (cx + rx, cy))
        self.close()

    def arc(self, rx: float, ry: float, turn: float, flags: tuple[bool, bool], to: Point) -> None:
        """Follow an SVG arc (large, sweep) as curves of at most a quarter turn."""
        (x1, y1), (x2, y2) = self.at, to
        if (x1, y1) == (x2, y2) or rx == 0 or ry == 0:
            return self.line(to)
        large, sweep = flags
        phi = math.radians(turn)
        cos, sin = math.cos(phi), math.sin(phi)
        dx, dy = (x1 - x2) / 2, (y1 - y2) / 2
        xp, yp = cos * dx + sin * dy, -sin * dx + cos * dy
        grow = math.sqrt(max(1.0, (xp / rx) ** 2 + (yp / ry) ** 2))
        rx, ry = rx * grow, ry * grow
        over = rx**2 * ry**2 - rx**2 * yp**2 - ry**2 * xp**2
        factor = math.sqrt(max(0.0, over / (rx**2 * yp**2 + ry**2 * xp**2)))
        factor = factor if large != sweep else -factor
        cxp, cyp = factor * rx * yp / ry, -factor * ry * xp / rx
        cx, cy = cos * cxp - sin * cyp + (x1 + x2) / 2, sin * cxp + cos * cyp + (y1 + y2) / 2
        begin = math.atan2((yp - cyp) / ry, (xp - cxp) / rx)
        sweep_angle = math.atan2((-yp - cyp) / ry, (-xp - cxp) / rx) - begin
        if sweep and sweep_angle < 0:
            sweep_angle += 2 * math.pi
        elif not sweep and sweep_angle > 0:
            sweep_angle -= 2 * math.pi
        pieces = max(1, math.ceil(abs(sweep_angle) / (math.pi / 2) - 1e-9))
        step = sweep_angle / pieces
        reach = 4 / 3 * math.tan(step / 4)

        def place(x: float, y: float) -> Point:
            return cx + cos * rx * x - sin * ry * y, cy + sin * rx * x + cos * ry * y

        for number in range(pieces):
            a, b = begin + number * step, begin + (number + 1) * step
            self.curve(
                place(math.cos(a) - reach * math.sin(a), math.sin(a) + reach * math.cos(a)),
                place(math.cos(b) + reach * math.sin(b), math.sin(b) - reach * math.cos(b)),
                to if number == pieces - 1 else place(math.cos(b), math.sin(b)),
            )
        return None


NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
COUNT = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


def commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Yield each command of an SVG path with its numbers; repeated ones are spelt out."""
    for letter, rest in re.findall(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)", data):
        count = COUNT[letter.upper()]
        numbers = arc_numbers(rest) if letter in "Aa" else [float(n) for n in NUMBER.findall(rest)]
        if count == 0:
            yield letter, []
        for first in range(0, len(numbers), count or 1):
            name = letter
            if first and letter in "Mm":
                name = "L" if letter == "M" else "l"
            yield name, numbers[first : first + count]


def arc_numbers(text: str) -> list[float]:
    """Return an arc's numbers; its two flags may be written without a space after them."""
    found: list[float] = []
    place = 0
    while match := re.compile(r"[\s,]*").match(text, place):
        place = match.end()
        if place >= len(text):
            break
        if len(found) % 7 in {3, 4}:
            found.append(float(text[place]))
            place += 1
        elif number := NUMBER.match(text, place):
            found.append(float(number[0]))
            place = number.end()
        else:
            raise ValueError(text)
    return found


def trace(outline: Outline, data: str) -> None:
    """Add the path `data`, which starts at the grid's corner."""
    outline.at = (0.0, 0.0)
    control: Point | None = None
    for name, numbers in commands(data):
        control = follow(outline, name, numbers, control)


def follow(
    outline: Outline, name: str, numbers: list[float], control: Point | None
) -> Point | None:
    """Do one command of an SVG path; return the control point that a smooth one after it mirrors."""
    at = outline.at
    ox, oy = at if name.islower() else (0.0, 0.0)
    points = [(ox + x, oy + y) for x, y in zip(numbers[::2], numbers[1::2], strict=False)]
    mirrored = at if control is None else (2 * at[0] - control[0], 2 * at[1] - control[1])
    kept: Point | None = None
    match name.upper():
        case "M":
            outline.move(points[0])
        case "L":
            outline.line(points[0])
        case "H":
            outline.line((ox + numbers[0], at[1]))
        case "V":
            outline.line((at[0], oy + numbers[0]))
        case "C" | "S":
            first, kept, to = points if name in "Cc" else (mirrored, *points)
            outline.curve(first, kept, to)
        case "Q" | "T":
            kept, to = points if name in "Qq" else (mirrored, *points)
            outline.bend(kept, to)
        case "A":
            rx, ry, turn, large, sweep, x, y = numbers
            outline.arc(rx, ry, turn, (bool(large), bool(sweep)), (ox + x, oy + y))
        case _:
            outline.close()
    return kept


def rounded(outline: Outline, number: dict[str, float]) -> None:
    """Add a rectangle with round corners, from an SVG rect's attributes."""
    x, y, w, h = number.get("x", 0.0), number.get("y", 0.0), number["width"], number["height"]
    r = number.get("rx", 0.0)
    trace(
        outline,
        f"M{x + r} {y}H{x + w - r}A{r} {r} 0 0 1 {x + w} {y + r}V{y + h - r}"
        f"A{r} {r} 0 0 1 {x + w - r} {y + h}H{x + r}A{r} {r} 0 0 1 {x} {y + h - r}"
        f"V{y + r}A{r} {r} 0 0 1 {x + r} {y}Z",
    )


def outline_of(svg: str) -> tuple[bool, str]:
    """Return whether an icon is solid, and its outline."""
    root = ET.fromstring(svg)  # noqa: S314  (our own files)
    outline = Outline()
    for element in root:
        number = {
            key: float(value) for key, value in element.attrib.items() if NUMBER.fullmatch(value)
        }
        match element.tag.removeprefix(SVG):
            case "path":
                trace(outline, element.attrib["d"])
            case "circle":
                radius = number["r"]
                outline.ellipse(number["cx"], number["cy"], radius, radius)
            case "ellipse":
                outline.ellipse(number["cx"], number["cy"], number["rx"], number["ry"])
            case "rect":
                rounded(outline, number)
            case "line":
                outline.move((number["x1"], number["y1"]))
                outline.line((number["x2"], number["y2"]))
            case "polyline" | "polygon" as shape:
                values = [float(n) for n in NUMBER.findall(element.attrib["points"])]
                corners = list(zip(values[::2], values[1::2], strict=True))
                outline.move(corners[0])
                for corner_point in corners[1:]:
                    outline.line(corner_point)
                if shape == "polygon":
                    outline.close()
            case unknown:
                raise ValueError(unknown)
    return root.attrib["fill"] != "none", " ".join(outline.parts)


def module_text() -> str:
    """Return the text of the module for the icons as they are."""
    found = {
        path.stem: outline_of(path.read_text("utf-8")) for path in sorted(SOURCE.glob("*.svg"))
    }
    found |= {name: (True, outline) for name, outline in OWN.items()}
    solid = sorted(name for name, (is_solid, _) in found.items() if is_solid)
    lines = [f'    "{name}": "{text}",\n' for name, (_, text) in found.items()]
    return (
        f"{HEAD}SOLID: Final = frozenset({solid})\n\nPATHS: Final[dict[str, str]] = {{\n".replace(
            "'", '"'
        )
        + "".join(lines)
        + "}\n"
    )


def main() -> None:
    TARGET.write_text(module_text(), "utf-8")
    print(TARGET.relative_to(ROOT))


if __name__ == "__main__":
    main()
