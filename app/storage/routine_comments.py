"""Finds the part of a routine's text that each comment belongs to."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from app.storage.line_finder import Comment, Path, Places

_STEP_DEPTH = 4
"""A step is `("blocks", 0, "steps", 0)`; what lies deeper stands on its line."""
_USUAL_GAP = 2


@dataclass(frozen=True, slots=True)
class Comments:
    """What is written around one line of a canonical file; each with its #."""

    above: tuple[str, ...] = ()
    """Whole lines; an empty one stands for a blank line."""
    beside: str = ""
    column: int = 0
    """Where `beside` stands when it is lined up with others; 0 where it just follows."""


NO_COMMENTS = Comments()

OPEN, CLOSE = "[", "]"
"""Added to the path of a list of steps: its first line, and its closing bracket."""
END: Path = ()
"""The end of the file."""


@dataclass(slots=True)
class _Part:
    """A line of the canonical file, and where it stands in the text."""

    path: Path
    start: int
    end: int
    holds_comments: bool
    """Comments between start and end belong to it: they have no line of their own to go to."""


class CommentFinder:
    """Binds comments to parts: above the part that follows, beside the part that they end."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._text = places.text
        self._above: dict[Path, list[str]] = {}
        self._beside: dict[Path, Comment] = {}
        parts = sorted(self._parts(), key=lambda part: part.start)
        self._starts = [part.start for part in parts]
        self._parts_by_start = parts
        self._by_end = sorted(parts, key=lambda part: part.end)
        self._ends = [part.end for part in self._by_end]
        for comment in places.comments:
            self._bind(comment)
        for part in parts:
            self._keep_blank_line(part)

    def at(self, path: Path) -> Comments:
        """Return the comments of the part at `path`."""
        above = tuple(self._above.get(path, ()))
        beside = self._beside.get(path)
        if beside is None:
            return Comments(above)
        line_start = self._line_start(beside.start)
        before = self._text[line_start : beside.start]
        is_lined_up = len(before) - len(before.rstrip()) > _USUAL_GAP
        return Comments(above, beside.text, len(before) if is_lined_up else 0)

    def _parts(self) -> list[_Part]:
        found: dict[Path, _Part] = {}
        for mark in self._places.marks:
            path = _part_path(mark.path)
            if path is None or mark.start == mark.end:
                continue
            if mark.path == path and len(path) == _STEP_DEPTH - 1 and path[2] == "steps":
                opened, closed = (*path, OPEN), (*path, CLOSE)
                found[opened] = _Part(opened, mark.start, mark.value + 1, holds_comments=False)
                found[closed] = _Part(closed, mark.end - 1, mark.end, holds_comments=False)
            elif len(path) == 2:  # noqa: PLR2004  (a block: only its header is a line)
                is_header = self._text.startswith("[[", mark.start)
                end = mark.end if is_header else mark.start + 1
                found[path] = _Part(path, mark.start, end, holds_comments=False)
            elif path in found:
                found[path].end = max(found[path].end, mark.end)
            else:
                found[path] = _Part(path, mark.start, mark.end, holds_comments=True)
        return list(found.values())

    def _bind(self, comment: Comment) -> None:
        place = bisect_right(self._starts, comment.start)
        around = self._parts_by_start[place - 1] if place else None
        if around is not None and around.holds_comments and comment.start < around.end:
            self._above.setdefault(around.path, []).append(comment.text)
            return
        if not comment.own_line:
            ended = bisect_right(self._ends, comment.start)
            before = self._by_end[ended - 1] if ended else None
            if before is not None and self._is_same_line(before.end, comment.start):
                self._beside[before.path] = comment
                return
        following = bisect_left(self._starts, comment.start)
        is_last = following == len(self._starts)
        path = END if is_last else self._parts_by_start[following].path
        lines = self._above.setdefault(path, [])
        if self._is_below_blank_line(comment.start):
            lines.append("")
        lines.append(comment.text)

    def _keep_blank_line(self, part: _Part) -> None:
        """Keep a blank line between a part and its comments, and between steps of a list."""
        if not self._is_below_blank_line(part.start):
            return
        is_listed_step = len(part.path) == _STEP_DEPTH and self._text[part.start] == "{"
        lines = self._above.setdefault(part.path, [])
        if lines or is_listed_step:
            lines.append("")

    def _line_start(self, offset: int) -> int:
        return self._text.rfind("\n", 0, offset) + 1

    def _is_same_line(self, one: int, other: int) -> bool:
        return "\n" not in self._text[one:other]

    def _is_below_blank_line(self, offset: int) -> bool:
        """Whether nothing else stands before a place on its line, and nothing on the line above."""
        start = self._line_start(offset)
        if start == 0 or self._text[start:offset].strip():
            return False
        return not self._text[self._line_start(start - 1) : start].strip()


def _part_path(path: Path) -> Path | None:
    """Return the path of the part that a mark belongs to; None for the list of all blocks."""
    if path[0] != "blocks":
        return path[:1]
    if len(path) == 1:
        return None
    return path[: _STEP_DEPTH if len(path) > 2 and path[2] == "steps" else 3]  # noqa: PLR2004
