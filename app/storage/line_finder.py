"""Finds where things stand in a TOML text that `tomllib` has accepted: keys, items, comments.

`tomllib` gives no places. This runs only when one is asked for: for a problem's line, or for the
comments that a rewritten file must keep.
"""

import tomllib
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import cast

Path = tuple[str | int, ...]
"""Keys and item numbers (from 0) that lead to a value: ("blocks", 0, "steps", 2, "reps")."""

_BLANK = " \t"
_SPACE = " \t\r\n"
_BARE_END = " \t\r\n.=]\"'#,{}["
# Deeper than anything a file of ours has; what lies below is passed over.
_DEPTH_MAX = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """A key with its value, a table's header, or an item of a list."""

    path: Path
    start: int
    """Offset of the key, the header's bracket or the item."""
    value: int
    """Offset of the value; of the header's bracket for a header."""
    end: int
    """Offset just behind the value or header."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment from its # to the end of its line."""

    start: int
    text: str
    own_line: bool
    """Nothing but blanks stands before it."""


@dataclass(slots=True)
class Places:
    """All marks and comments of a text, in the order of the text."""

    text: str
    marks: list[Mark] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    _line_starts: list[int] = field(default_factory=list)
    _by_path: dict[Path, Mark] = field(default_factory=dict)

    def line_at(self, offset: int) -> int:
        """Return the line of an offset, counted from 1."""
        if not self._line_starts:
            self._line_starts = [0]
            self._line_starts += [i + 1 for i, c in enumerate(self.text) if c == "\n"]
        return bisect_right(self._line_starts, offset)

    def mark(self, path: Path) -> Mark | None:
        """Return the mark of a path, or of the nearest thing around it."""
        if not self._by_path:
            for mark in self.marks:
                self._by_path.setdefault(mark.path, mark)
        while path:
            if found := self._by_path.get(path):
                return found
            path = path[:-1]
        return None

    def line(self, path: Path) -> int:
        """Return the line of a path, or of the nearest thing around it; 1 where there is none."""
        mark = self.mark(path)
        return self.line_at(mark.start) if mark else 1


def find_places(text: str) -> Places:
    """Scan a text that is valid TOML. Line ends of Windows count as one character each."""
    return _Scanner(text).scan()


class _Scanner:
    """Walks the text once. It trusts the text to be valid and never looks back."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._places = Places(text)
        self._arrays: dict[Path, int] = {}
        self._table: Path = ()

    def scan(self) -> Places:
        text = self._text
        self._skip(_SPACE)
        while self._at < len(text):
            if text[self._at] == "[":
                self._header()
            else:
                self._key_value(self._table, 0)
            self._skip(_SPACE)
        return self._places

    def _skip(self, blanks: str) -> None:
        """Pass over blanks, and over comments where line ends are among the blanks."""
        text, size = self._text, len(self._text)
        while self._at < size:
            if text[self._at] in blanks:
                self._at += 1
            elif text[self._at] == "#" and "\n" in blanks:
                self._comment()
            else:
                return

    def _comment(self) -> None:
        start = self._at
        end = self._text.find("\n", start)
        self._at = end if end >= 0 else len(self._text)
        line_start = self._text.rfind("\n", 0, start) + 1
        own_line = not self._text[line_start:start].strip()
        text = self._text[start : self._at].rstrip()
        self._places.comments.append(Comment(start, text, own_line))

    def _header(self) -> None:
        start = self._at
        is_array = self._text.startswith("[[", start)
        self._at += 2 if is_array else 1
        keys = self._key()
        self._at = self._text.index("]", self._at) + (2 if is_array else 1)
        path: Path = ()
        for place, key in enumerate(keys):
            path += (key,)
            if place == len(keys) - 1 and is_array:
                self._arrays[path] = self._arrays.get(path, -1) + 1
            if path in self._arrays:
                path += (self._arrays[path],)
        self._table = path
        self._mark_around((), path, start)
        self._places.marks.append(Mark(path, start, start, self._at))

    def _mark_around(self, outer: Path, path: Path, start: int) -> None:
        """Give what [[a]], [a.b] and a.b = 1 begin without naming it a place; the first one counts."""
        self._places.marks += [
            Mark(path[:length], start, start, start) for length in range(len(outer) + 1, len(path))
        ]

    def _key_value(self, table: Path, depth: int) -> None:
        start = self._at
        path = table + self._key()
        self._mark_around(table, path, start)
        self._at = self._text.index("=", self._at) + 1
        self._skip(_BLANK)
        value = self._at
        # The mark comes before the marks of what lies in its value.
        place = len(self._places.marks)
        self._value(path, depth)
        self._places.marks.insert(place, Mark(path, start, value, self._at))

    def _key(self) -> tuple[str, ...]:
        """Read a key with its dots."""
        keys: list[str] = []
        text = self._text
        while True:
            self._skip(_BLANK)
            start = self._at
            if text[start] in "\"'":
                self._string()
                spelled = text[start : self._at]
                keys.append(cast("str", tomllib.loads(f"key = {spelled}")["key"]))
            else:
                while text[self._at] not in _BARE_END:
                    self._at += 1
                keys.append(text[start : self._at])
            self._skip(_BLANK)
            if text[self._at] != ".":
                return tuple(keys)
            self._at += 1

    def _value(self, path: Path, depth: int) -> None:
        opening = self._text[self._at]
        if opening in "\"'":
            self._string()
        elif opening in "[{" and depth >= _DEPTH_MAX:
            self._pass_over()
        elif opening == "[":
            self._list(path, depth + 1)
        elif opening == "{":
            self._inline_table(path, depth + 1)
        else:
            self._scalar()

    def _scalar(self) -> None:
        start = self._at
        while self._at < len(self._text) and self._text[self._at] not in ",]}#\n":
            self._at += 1
        self._at = start + len(self._text[start : self._at].rstrip())

    def _string(self) -> None:
        text, quote = self._text, self._text[self._at]
        delimiter = quote * 3 if text.startswith(quote * 3, self._at) else quote
        at = self._at + len(delimiter)
        while not text.startswith(delimiter, at):
            at += 2 if text[at] == "\\" and quote == '"' else 1
        at += len(delimiter)
        if len(delimiter) > 1:
            # Up to two quotes may stand before the closing three.
            while text.startswith(quote, at):
                at += 1
        self._at = at

    def _list(self, path: Path, depth: int) -> None:
        self._at += 1
        number = 0
        self._skip(_SPACE)
        while self._text[self._at] != "]":
            start, place = self._at, len(self._places.marks)
            item = (*path, number)
            self._value(item, depth)
            self._places.marks.insert(place, Mark(item, start, start, self._at))
            number += 1
            self._next_item()
        self._at += 1

    def _inline_table(self, path: Path, depth: int) -> None:
        self._at += 1
        self._skip(_SPACE)
        while self._text[self._at] != "}":
            self._key_value(path, depth)
            self._next_item()
        self._at += 1

    def _next_item(self) -> None:
        self._skip(_SPACE)
        if self._text[self._at] == ",":
            self._at += 1
            self._skip(_SPACE)

    def _pass_over(self) -> None:
        """Pass over a list or table with all that it holds, however deep."""
        depth = 0
        while True:
            character = self._text[self._at]
            if character in "\"'":
                self._string()
                continue
            if character == "#":
                self._comment()
                continue
            depth += (character in "[{") - (character in "]}")
            self._at += 1
            if not depth:
                return
