"""Breaks text into lines that fit a width: greedy, balanced, elided; knows no font."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

Measure = Callable[[str], float]
"""The width of a text in pixels."""

ELLIPSIS: Final = "…"
_STEPS: Final = 12
# A piece is a word with what follows it; a hyphen or dash inside a word may end a line.
_PIECE: Final = re.compile(r"[^\s\-–—]*[\-–—]+|[^\s\-–—]+|\s+")  # noqa: RUF001


def wrap(text: str, width: float, measure: Measure) -> list[str]:
    """Break greedily. A word that is wider than a line is broken inside, with a hyphen."""
    lines: list[str] = []
    line = ""
    for piece in _PIECE.findall(text.strip()):
        if piece.isspace():
            line += " "
            continue
        if measure((line + piece).strip()) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.strip())
        line = piece
        while measure(line) > width and len(line) > 1:
            head, line = _split(line, width, measure)
            lines.append(head)
    if line.strip():
        lines.append(line.strip())
    return lines


def balance(text: str, width: float, measure: Measure) -> list[str]:
    """Break into as few lines as `wrap` does, as even in width as they can be."""
    lines = wrap(text, width, measure)
    low, high = 0.0, width
    if len(lines) <= 1:
        return lines
    for _ in range(_STEPS):
        middle = (low + high) / 2
        tried = wrap(text, middle, measure)
        whole = "".join(tried).replace(" ", "") == text.replace(" ", "")
        if len(tried) <= len(lines) and whole:
            high, best = middle, tried
            lines = best
        else:
            low = middle
    return lines


def clip(lines: list[str], count: int, width: float, measure: Measure) -> list[str]:
    """Keep `count` lines; where text is left out the last one ends in an ellipsis."""
    if len(lines) <= count:
        return lines
    rest = " ".join(lines[count - 1 :])
    return [*lines[: count - 1], elide(rest, width, measure)]


def elide(text: str, width: float, measure: Measure) -> str:
    """Shorten one line to the width, with an ellipsis at its end."""
    if measure(text) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip() + ELLIPSIS) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


def _split(word: str, width: float, measure: Measure) -> tuple[str, str]:
    count = len(word) - 1
    while count > 1 and measure(word[:count] + "-") > width:
        count -= 1
    return word[:count] + "-", word[count:]
