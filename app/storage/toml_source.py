"""Turns a file's bytes into TOML data, or into the one problem that stands in the way."""

import re
import stat
import tomllib
from pathlib import Path
from typing import Any

from app.domain.errors import Problem
from app.domain.routine import FILE_MAX_BYTES

TomlTable = dict[str, Any]

_BYTE_ORDER_MARK = "\ufeff"
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
# tomllib takes time that grows with the square of a key's dots.
_DOTS_MAX = 400
_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'")


class SourceError(Exception):
    """A file that is no readable TOML; its readers make a `Problem` of it."""

    def __init__(self, rule: str, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self._rule = rule
        self._message = message
        self._line = line

    def problem(self, file: str) -> Problem:
        return Problem(file=file, line=self._line, id=self._rule, message=self._message)


def read_text(path: Path) -> str:
    """Return a file's text without a byte-order mark.

    Raises SourceError where it is no regular file, cannot be read, is larger than 256 KiB (before
    anything is read), or is not text.
    """
    try:
        status = path.stat()
        # Opening a pipe would wait for a writer, and a device may never end.
        if not stat.S_ISREG(status.st_mode):
            kind = "folder" if stat.S_ISDIR(status.st_mode) else "pipe or device"
            raise SourceError("not-a-file", f"a file is needed, found a {kind}")
        if status.st_size > FILE_MAX_BYTES:
            raise _too_large(status.st_size)
        with path.open("rb") as file:
            data = file.read(FILE_MAX_BYTES + 1)
    except FileNotFoundError:
        raise SourceError("no-such-file", "there is no such file") from None
    except ValueError as error:  # a NUL in the name
        raise SourceError("no-such-file", f"there is no such file: {error}") from None
    except OSError as error:
        raise SourceError("unreadable", f"cannot be read: {error.strerror or error}") from None
    if len(data) > FILE_MAX_BYTES:
        raise _too_large(len(data))
    return decode(data)


def _too_large(size: int) -> SourceError:
    return SourceError(
        "too-large",
        f"a file may have at most {FILE_MAX_BYTES // 1024} KiB, found {size // 1024:,} KiB",
    )


def decode(data: bytes) -> str:
    """Return bytes as text; raises SourceError where they are none."""
    if b"\0" in data:
        raise SourceError("not-text", "a text file is needed, found a binary file")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            "not-utf-8", "must be saved as UTF-8, found bytes of another encoding", line
        ) from None
    return text.removeprefix(_BYTE_ORDER_MARK)


def parse_toml(text: str) -> TomlTable:
    """Return TOML data; raises SourceError with a line where the text is no TOML."""
    if text.count(".") > _DOTS_MAX:
        _refuse_long_keys(text)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(text, str(error)) from None
    except RecursionError:
        raise SourceError(
            "too-deep", "lists and tables are nested too deeply", _deepest_line(text)
        ) from None
    except ValueError:
        # A decimal number with more digits than Python converts.
        line = next(
            (n for n, line in enumerate(text.splitlines(), 1) if re.search(r"\d{4000}", line)), None
        )
        raise SourceError("bad-number", "a number has too many digits", line) from None


def _refuse_long_keys(text: str) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > _DOTS_MAX and _STRING.sub("", line).count(".") > _DOTS_MAX:
            raise SourceError("syntax", "a key has too many dots", number)


def _deepest_line(text: str) -> int:
    depth = deepest = 0
    found = 1
    for number, line in enumerate(text.split("\n"), 1):
        bare = _STRING.sub("", line)
        peak = depth + bare.count("[") + bare.count("{")
        if peak > deepest:
            deepest, found = peak, number
        depth = max(0, peak - bare.count("]") - bare.count("}"))
    return found


def _syntax_error(text: str, said: str) -> SourceError:
    lines = text.split("\n")
    match = _PLACE.search(said)
    reason = said[: match.start()] if match else said
    if not match or not match[1]:
        last = max(1, len(lines) - (lines[-1] == ""))
        return SourceError("syntax", _explained(reason, None), last)
    line, column = int(match[1]), int(match[2])
    return SourceError("syntax", _explained(reason, lines[line - 1][column - 1 :]), line)


_CURLY_QUOTES = "\u201c\u201d\u201e\u2018\u2019"
_EXPLAINED = [
    ("Expected '='", "a key must be followed by = and a value"),
    ("Expected newline", "one key on a line is needed, found more after its value: {rest}"),
    ("Invalid statement", "a key = value or a [[table]] is needed, found {rest}"),
    (
        "Invalid initial character",
        "a step must stand on one line from {{ to }}, without a last comma",
    ),
    (
        "Unclosed inline table",
        "a step must stand on one line from {{ to }}, with commas between keys",
    ),
    ("Unclosed array", "a list needs a comma between its items and ] at its end"),
    ("Unterminated string", "a text has no closing quote"),
    ("Expected \"'", "a text has no closing quote"),
    ("Illegal character '\\n'", "a text has no closing quote"),
    ("Illegal character", "a text has a control character in it"),
    ("Found invalid character", "a comment has a control character in it"),
    ("Unescaped '\\'", "a \\ in a text must be doubled"),
    ("Escaped character", "a \\u code in a text is no character"),
    ("Invalid hex value", "a \\u code in a text needs 4 digits, a \\U code 8"),
    ("Cannot overwrite a value", "a key stands here for the second time"),
    ("Cannot declare", "a table stands here for the second time"),
    ("Cannot mutate", "a table adds to something that is complete already"),
    ("Duplicate inline table key", "a key stands twice in this step"),
    ("Expected ']]'", "a table's name must be closed by ]]"),
    ("Expected ']'", "a table's name must be closed by ]"),
    ("Invalid date", "a date must be a real one"),
]
_REST_CHARACTERS = 30


def _explained(reason: str, rest: str | None) -> str:
    """Say tomllib's reason in an author's words.

    `rest` is what stands at the place, None at the end of the file.
    """
    seen = "".join(c if c.isprintable() else " " for c in (rest or "")[:_REST_CHARACTERS])
    found = seen.strip() or "nothing"
    if reason.startswith("Invalid value"):
        if rest is None:
            return "the file ends before a list or a value is complete"
        if rest and rest[0] in _CURLY_QUOTES:
            return f'straight quotes " are needed, found {rest[0]}'
        return (
            f'a value is needed (text in "quotes", a number, true, false or a list), found {found}'
        )
    for start, said in _EXPLAINED:
        if reason.startswith(start):
            return said.format(rest=found)
    return f"this is not valid TOML: {reason}"
