"""The kinds of value that a field may have: each reads, writes and describes itself.

A reader is a plain function from what TOML gave to what the domain wants. It returns a `Fault`
instead of raising one, because a file may have many and reading good files must stay fast.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from app.domain.routine import BreathsDose, RepsDose

JsonSchema = dict[str, Any]
Reader = Callable[[object], object]

_SHOWN_CHARACTERS = 40
_READABLE_INT = 10**15


class Fault(NamedTuple):
    """Why a value cannot be used."""

    id: str
    need: str
    """What is needed and found: follows the key in a sentence."""
    item: int | None = None
    """Which item of a list is at fault, counted from 0."""


class Kind(Protocol):
    """One kind of value."""

    def reader(self) -> Reader: ...

    def write(self, value: Any) -> str:  # noqa: ANN401  (each kind has its own type)
        """Return the value in canonical TOML, on one line."""
        ...

    def schema(self) -> JsonSchema:
        """Return the JSON Schema (draft 7) of what the reader accepts."""
        ...

    @property
    def describe(self) -> str:
        """Name the kind and its range for the format's documentation."""
        ...


def shown(value: object) -> str:  # noqa: PLR0911  (one line per type reads best)
    """Return a value as an author would recognise it, short."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            # A hexadecimal number of thousands of digits cannot even be printed.
            return str(value) if -_READABLE_INT < value < _READABLE_INT else "a huge number"
        case float():
            short = f"{value:g}"
            # 2.0 is no whole number, and must not look like one.
            return f"{short}.0" if short.removeprefix("-").isdigit() else short
        case str():
            return shown_text(value, _SHOWN_CHARACTERS)
        case list():
            return f"a list of {len(value)}" if value else "an empty list"
        case dict():
            return "a table"
        case _:
            return "a date or time"


def shown_text(text: str, most: int) -> str:
    """Return text as its author would recognise it, with at most so many characters.

    What cannot be seen, or would turn the sentence around it, stands as its code.
    """
    cut = text if len(text) <= most else f"{text[: most - 3]}..."
    return "".join(c if c.isprintable() else f"\\u{ord(c):04X}" for c in quoted(cut))


_ESCAPES = {
    ord("\b"): "\\b",
    ord("\t"): "\\t",
    ord("\n"): "\\n",
    ord("\f"): "\\f",
    ord("\r"): "\\r",
    ord('"'): '\\"',
    ord("\\"): "\\\\",
}
_ESCAPES |= {code: f"\\u{code:04X}" for code in [*range(32), 127] if code not in _ESCAPES}


def quoted(text: str) -> str:
    """Return text as a basic TOML string."""
    return f'"{text.translate(_ESCAPES)}"'


def listed(items: Sequence[str]) -> str:
    """Return items (already TOML) as an array on one line."""
    return f"[{', '.join(items)}]"


def in_words(items: Sequence[str], *, last: str = "or") -> str:
    """Return "a, b or c"."""
    return f" {last} ".join(filter(None, (", ".join(items[:-1]), items[-1])))


def seconds_text(duration_ms: int) -> str:
    """Return a length as the number of seconds that a file has for it: 90 or 7.5."""
    whole, rest = divmod(duration_ms, 1_000)
    return f"{whole}.{rest // 100}" if rest else str(whole)


def _is_one_line(text: str) -> bool:
    # isprintable() is quick and sure where it says yes; it also refuses harmless spaces.
    return text.isprintable() or not any(
        character < " "
        or "\x7f" <= character <= "\x9f"
        or character in "\u2028\u2029"
        # Half a character, as a field may give it: no file can hold it.
        or "\ud800" <= character <= "\udfff"
        for character in text
    )


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text."""

    most: int
    least: int = 0
    """1: must not be blank."""

    def reader(self) -> Reader:
        most, least, explain = self.most, self.least, self._explain

        def read(value: object) -> object:
            if (
                type(value) is str
                and least <= len(value) <= most
                and value.isprintable()
                and not value.isspace()
            ):
                return value
            return explain(value)

        return read

    def _explain(self, value: object) -> object:
        need = f"must be {self.describe}, found "
        if not isinstance(value, str):
            return Fault("bad-text", need + shown(value))
        if len(value) > self.most:
            return Fault("bad-text", f"{need}{len(value):,} characters")
        if not _is_one_line(value):
            return Fault("bad-text", f"{need}a line break or control character")
        if self.least and not value.strip():
            return Fault("bad-text", need + ("none" if not value else "only spaces"))
        return value

    def write(self, value: str) -> str:
        return quoted(value)

    def schema(self) -> JsonSchema:
        schema: JsonSchema = {"type": "string", "maxLength": self.most}
        # Control characters, which also keep a text on one line.
        schema["pattern"] = r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$"
        if self.least:
            schema["minLength"] = self.least
            schema["allOf"] = [{"pattern": r"\S"}]
        return schema

    @property
    def describe(self) -> str:
        return f"one line of {'' if self.least else 'at most '}{'1 to ' if self.least else ''}{self.most} characters"


@dataclass(frozen=True, slots=True)
class Name:
    """An id: lower-case letters, digits and hyphens."""

    of: str
    """What it is the id of, with its article: "an exercise"."""

    def reader(self) -> Reader:
        def read(value: object) -> object:
            if type(value) is str:
                return value
            return Fault("bad-text", f"must be {self.describe}, found {shown(value)}")

        return read

    def write(self, value: str) -> str:
        return quoted(value)

    def schema(self) -> JsonSchema:
        return {"type": "string"}

    @property
    def describe(self) -> str:
        return f"the id of {self.of}"


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""

    least: int
    most: int
    make: Callable[[int], object] | None = None
    """Turns the number into what the domain wants."""

    def reader(self) -> Reader:
        least, most, explain = self.least, self.most, self._explain
        if self.make is None:

            def read(value: object) -> object:
                if type(value) is int and least <= value <= most:
                    return value
                return explain(value)

        else:
            # Doses repeat from step to step, and a frozen value can be shared.
            made = {number: self.make(number) for number in range(least, most + 1)}

            def read(value: object) -> object:
                if type(value) is int and least <= value <= most:
                    return made[value]
                return explain(value)

        return read

    def _explain(self, value: object) -> object:
        return Fault("bad-number", f"must be {self.describe}, found {shown(value)}")

    def write(self, value: Any) -> str:  # noqa: ANN401  (each kind has its own type)
        match value:
            case RepsDose(reps=count) | BreathsDose(breaths=count):
                return str(count)
            case _:
                return str(value)

    def schema(self) -> JsonSchema:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    @property
    def describe(self) -> str:
        return f"a whole number from {self.least} to {self.most}"


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of a few."""

    of: type[StrEnum]

    def reader(self) -> Reader:
        members = {str(member): member for member in self.of}

        def read(value: object) -> object:
            if type(value) is str and value in members:
                return members[value]
            return Fault("bad-choice", f"must be {self.describe}, found {shown(value)}")

        return read

    def write(self, value: StrEnum) -> str:
        return quoted(value.value)

    def schema(self) -> JsonSchema:
        return {"enum": [member.value for member in self.of]}

    @property
    def describe(self) -> str:
        return in_words([member.value for member in self.of])


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of values of one kind."""

    item: Text | Name | Choice
    most: int | None = None
    distinct: bool = False

    def reader(self) -> Reader:
        read_item, most, distinct = self.item.reader(), self.most, self.distinct

        def read(value: object) -> object:
            if type(value) is not list:
                return Fault("bad-list", f"must be a list in [ ], found {shown(value)}")
            if most is not None and len(value) > most:
                return Fault("bad-list", f"must have at most {most} items, found {len(value)}")
            items = tuple(map(read_item, value))
            for index, item in enumerate(items):
                if type(item) is Fault:
                    return Fault(item.id, f"item {index + 1} {item.need}", index)
            if distinct and len(set(items)) < len(items):
                index = next(i for i, item in enumerate(items) if item in items[:i])
                return Fault("repeated-item", f"must name {shown(value[index])} only once", index)
            return items

        return read

    def write(self, value: Sequence[Any]) -> str:
        return listed([self.item.write(item) for item in value])

    def schema(self) -> JsonSchema:
        schema: JsonSchema = {"type": "array", "items": self.item.schema()}
        if self.most is not None:
            schema["maxItems"] = self.most
        if self.distinct:
            schema["uniqueItems"] = True
        return schema

    @property
    def describe(self) -> str:
        many = f"up to {self.most}" if self.most is not None else "a list"
        return f"{many}: {self.item.describe}"


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""

    def reader(self) -> Reader:
        def read(value: object) -> object:
            if type(value) is bool:
                return value
            return Fault("bad-flag", f"must be true or false, found {shown(value)}")

        return read

    def write(self, value: bool) -> str:  # noqa: FBT001  (the value is what is written)
        return "true" if value else "false"

    def schema(self) -> JsonSchema:
        return {"type": "boolean"}

    @property
    def describe(self) -> str:
        return "true or false"


@dataclass(frozen=True, slots=True)
class Version:
    """The number of the format itself."""

    known: int

    def reader(self) -> Reader:
        known = self.known

        def read(value: object) -> object:
            if type(value) is int and value == known:
                return value
            if type(value) is int and value > known:
                return Fault(
                    "newer-schema",
                    f"is {shown(value)}, but this version of Warmdown reads schema {known};"
                    " a newer version is needed",
                )
            return Fault("bad-schema", f"must be {known}, found {shown(value)}")

        return read

    def write(self, value: int) -> str:
        return str(value)

    def schema(self) -> JsonSchema:
        return {"const": self.known}

    @property
    def describe(self) -> str:
        return str(self.known)


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of tables, which the file's own reader goes through."""

    row: str
    """What one table is, in the author's words: "block"."""
    form: str
    """How one is written."""
    most: int

    def reader(self) -> Reader:
        def read(value: object) -> object:
            if type(value) is not list:
                return Fault(f"bad-{self.row}s", f"must be {self.describe}, found {shown(value)}")
            if not value:
                return Fault(f"empty-{self.row}s", f"must have at least one {self.row}")
            return value

        return read

    def write(self, value: object) -> str:
        raise NotImplementedError  # the routine's writer lays tables out itself

    def schema(self) -> JsonSchema:
        return {"type": "array", "items": {"$ref": f"#/definitions/{self.row}"}, "minItems": 1}

    @property
    def describe(self) -> str:
        return f"a list of {self.row}s, each {self.form}"


@dataclass(frozen=True, slots=True)
class ById:
    """Tables by id, which the file's own reader goes through."""

    row: str
    form: str

    def reader(self) -> Reader:
        def read(value: object) -> object:
            if type(value) is dict:
                return value
            return Fault(f"bad-{self.row}s", f"must be {self.describe}, found {shown(value)}")

        return read

    def write(self, value: object) -> str:
        raise NotImplementedError  # exercise files are not written by the app yet

    def schema(self) -> JsonSchema:
        return {"type": "object"}

    @property
    def describe(self) -> str:
        return f"a table for each {self.row}, as {self.form}"
