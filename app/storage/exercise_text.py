"""Changes the lines of one table in the text of an exercise file, and no others."""

from collections.abc import Mapping

from app.domain.errors import RoutineError
from app.storage.fields import EXERCISE, readers
from app.storage.line_finder import Mark, find_places
from app.storage.toml_source import parse_toml

Values = Mapping[str, tuple[object, str]]
"""By key, in the order of a new table: the value as TOML data, and its text."""

_TABLES = "exercises"
_KEY_DEPTH = 3
"""A key of an exercise is ("exercises", id, key); what lies deeper belongs to its value."""


_READERS = readers(EXERCISE)


def _is_same(key: str, one: object, other: object) -> bool:
    """Whether two values say the same, as "0:30" and 30 do."""
    read = _READERS[key][1]
    return read(one) == read(other)


class TableText:
    """An exercise file's text, which is valid TOML. Each change returns the whole new text."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._end = "\r\n" if "\r\n" in text else "\n"
        self._marks = find_places(text).marks

    def put(self, exercise_id: str, values: Values) -> str:
        """Return the text with a table that says just these values.

        Keys that say so already stay as they are written; comments stay.
        """
        header = self._header(exercise_id)
        if header is None:
            raw = parse_toml(self._text).get(_TABLES, {})
            if exercise_id in raw:
                raise self._unusual(exercise_id)
            table = [f"[{_TABLES}.{exercise_id}]"]
            table += [f"{key} = {value}" for key, (_, value) in values.items()]
            return self.appended("".join(f"{line}{self._end}" for line in table))
        said = parse_toml(self._text)[_TABLES][exercise_id]
        keys = self._keys(exercise_id, header)
        # From the last to the first, so that what comes before keeps its place.
        text = self._text
        last = max([header.end, *(mark.end for mark in keys.values())])
        missing = [key for key in values if key not in keys]
        if missing:
            at = self._line_end(last)
            lines = "".join(f"{key} = {values[key][1]}{self._end}" for key in missing)
            before, after = text[:at], text[at:]
            gap = "" if before.endswith("\n") else self._end
            text = before + gap + lines + after
        for key, mark in sorted(keys.items(), key=lambda item: -item[1].start):
            if key not in values:
                text = text[: self._line_start(mark.start)] + text[self._line_end(mark.end) :]
            elif not _is_same(key, values[key][0], said[key]):
                text = text[: mark.value] + values[key][1] + text[mark.end :]
        return text

    def without(self, exercise_id: str) -> tuple[str, str]:
        """Return the text without a table, and the lines that were taken away.

        The comment right above the table goes with it.
        """
        header = self._header(exercise_id)
        if header is None:
            raise self._unusual(exercise_id)
        keys = self._keys(exercise_id, header)
        last = max([header.end, *(mark.end for mark in keys.values())])
        start, end = self._line_start(header.start), self._line_end(last)
        while start > 0:
            above = self._line_start(start - 1)
            if not self._text[above:start].lstrip().startswith("#"):
                break
            start = above
        taken = self._text[start:end]
        before, after = self._text[:start], self._text[end:]
        # One blank line is left where the table had one on each side.
        if before.endswith(self._end * 2) and after.startswith(self._end):
            after = after[len(self._end) :]
        if not after and before.endswith(self._end * 2):
            before = before[: -len(self._end)]
        return before + after, taken

    def appended(self, lines: str) -> str:
        """Return the text with a table's lines at its end, below a blank line."""
        text = self._text
        if not text:
            return lines
        gap = "" if text.endswith("\n") else self._end
        return f"{text}{gap}{self._end}{lines}"

    def _header(self, exercise_id: str) -> Mark | None:
        """Return the mark of `[exercises.ID]`; None where the table is written in another way."""
        path = (_TABLES, exercise_id)
        return next(
            (
                mark
                for mark in self._marks
                if mark.path == path and mark.start == mark.value and mark.end > mark.start
            ),
            None,
        )

    def _keys(self, exercise_id: str, header: Mark) -> dict[str, Mark]:
        """Return the marks of a table's keys, each on lines of its own."""
        keys: dict[str, Mark] = {}
        for mark in self._marks:
            if mark.path[:2] != (_TABLES, exercise_id) or len(mark.path) != _KEY_DEPTH:
                continue
            key = mark.path[2]
            if mark.start < header.start or key not in EXERCISE.keys or mark.start == mark.end:
                raise self._unusual(exercise_id)
            keys[str(key)] = mark
        return keys

    def _unusual(self, exercise_id: str) -> RoutineError:
        return RoutineError(
            f"Cannot change {exercise_id} in {self._file}: it is written in an unusual way;"
            " change it there"
        )

    def _line_start(self, offset: int) -> int:
        return self._text.rfind("\n", 0, offset) + 1

    def _line_end(self, offset: int) -> int:
        """Return where the next line starts."""
        end = self._text.find("\n", offset)
        return len(self._text) if end < 0 else end + 1
