"""Reads and writes settings.toml, which people may edit: bad values are said, the file is kept."""

import re
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.domain.errors import Problem, SettingsError
from app.domain.settings import (
    AffectedSide,
    FirstSide,
    MotionChoice,
    PlayerTheme,
    Settings,
    ThemeChoice,
)

_DEFAULTS = Settings()
_NAME_MAX = 200
_PATH_MAX = 4_096


@dataclass(frozen=True, slots=True)
class _Field:
    """One key of the file: how its value becomes a setting and back; None is "not usable"."""

    attribute: str
    need: str
    read: Callable[[object], Any]
    write: Callable[[Any], str]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _seconds(least: int, most: int) -> Callable[[object], int | None]:
    def read(value: object) -> int | None:
        if not _is_number(value) or not least <= float(value) <= most:  # type: ignore[arg-type]
            return None
        return round(float(value) * 1_000)  # type: ignore[arg-type]

    return read


def _write_seconds(value: int) -> str:
    whole, rest = divmod(value, 1_000)
    return str(value / 1_000) if rest else str(whole)


def _whole(least: int, most: int) -> Callable[[object], int | None]:
    def read(value: object) -> int | None:
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        return value if is_whole and least <= value <= most else None  # type: ignore[operator, return-value]

    return read


def _level(value: object) -> float | None:
    if not _is_number(value) or not 0 <= float(value) <= 1:  # type: ignore[arg-type]
        return None
    return float(value)  # type: ignore[arg-type]


def _two_places(value: float) -> str:
    return f"{value:.2f}"


def _name(value: object) -> str | None:
    usable = isinstance(value, str) and len(value) <= _NAME_MAX and value.isprintable()
    return value if usable else None  # type: ignore[return-value]


def _path(value: object) -> str | None:
    """Take a name or a path as the system allows it, which may have spaces of any kind."""
    usable = (
        isinstance(value, str)
        and len(value) <= _PATH_MAX
        and all(sign >= " " and not "\x7f" <= sign <= "\x9f" for sign in value)
    )
    return value if usable else None  # type: ignore[return-value]


def _one_of(sizes: tuple[float, ...]) -> Callable[[object], float | None]:
    def read(value: object) -> float | None:
        return float(value) if _is_number(value) and value in sizes else None

    return read


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _choice(kind: type[StrEnum]) -> Callable[[object], StrEnum | None]:
    known = {member.value: member for member in kind}

    def read(value: object) -> StrEnum | None:
        return known.get(value) if isinstance(value, str) else None

    return read


def _ids(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return None
    return tuple(dict.fromkeys(value))


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _listed(values: tuple[str, ...]) -> str:
    return f"[{', '.join(_quoted(value) for value in values)}]"


def _flagged(value: bool) -> str:  # noqa: FBT001  (the value is what is written)
    return "true" if value else "false"


def _between(least: float, most: float, unit: str = "") -> str:
    return f"must be from {least} to {most}{unit}"


def _among(kind: type[StrEnum]) -> str:
    return f"must be one of {', '.join(_quoted(member.value) for member in kind)}"


_TRUE_FALSE = "must be true or false"
_NAME_NEED = f"must be one line of at most {_NAME_MAX} characters"
_PATH_NEED = f"must be one line of at most {_PATH_MAX} characters"

FIELDS: dict[str, _Field] = {
    "get_ready": _Field("get_ready_ms", _between(3, 60, " s"), _seconds(3, 60), _write_seconds),
    "side_change": _Field(
        "side_change_ms", _between(0, 120, " s"), _seconds(0, 120), _write_seconds
    ),
    "first_side": _Field("first_side", _among(FirstSide), _choice(FirstSide), _quoted),
    "affected": _Field("affected", _among(AffectedSide), _choice(AffectedSide), _quoted),
    "breath": _Field("breath_ms", _between(6, 16, " s"), _seconds(6, 16), _write_seconds),
    "goal_cadence": _Field("goal_cadence", _between(40, 240), _whole(40, 240), str),
    "beat_every": _Field("beat_every", "must be 1 or 2", _whole(1, 2), str),
    "volume": _Field("volume", _between(0, 1), _level, _two_places),
    "tones": _Field("tones", _TRUE_FALSE, _flag, _flagged),
    "voice": _Field("voice", _TRUE_FALSE, _flag, _flagged),
    "tones_level": _Field("tones_level", _between(0, 1), _level, _two_places),
    "voice_level": _Field("voice_level", _between(0, 1), _level, _two_places),
    "engine": _Field("engine", _NAME_NEED, _name, _quoted),
    "spoken_counts": _Field("spoken_counts", _TRUE_FALSE, _flag, _flagged),
    "spoken_tempo": _Field("spoken_tempo", _TRUE_FALSE, _flag, _flagged),
    "cue_set": _Field("cue_set", _PATH_NEED, _path, _quoted),
    "goal_days": _Field("goal_days", _between(1, 7), _whole(1, 7), str),
    "week_starts_on_sunday": _Field("week_starts_on_sunday", _TRUE_FALSE, _flag, _flagged),
    "day_ends_at_hour": _Field("day_ends_at_hour", _between(0, 6), _whole(0, 6), str),
    "theme": _Field("theme", _among(ThemeChoice), _choice(ThemeChoice), _quoted),
    "player_theme": _Field("player_theme", _among(PlayerTheme), _choice(PlayerTheme), _quoted),
    "text_size": _Field(
        "text_size",
        "must be 1.0, 1.15 or 1.3",
        _one_of((1.0, 1.15, 1.3)),
        lambda value: f"{value:g}",
    ),
    "motion": _Field("motion", _among(MotionChoice), _choice(MotionChoice), _quoted),
    "pinned": _Field("pinned", "must be a list of routine ids", _ids, _listed),
}
"""Every key of settings.toml. Lengths are seconds there."""

_MOST_BYTES = 256 * 1024
_BYTE_ORDER_MARK = "\ufeff"

# What nearly every line of the file is; all else is left to tomllib, which takes as long to import
# as all of this. Both must agree on what they both read.
_PLAIN_TEXT = r'"[^"\\\x00-\x08\n-\x1f\x7f]*"'
_PLAIN_LINE = re.compile(
    r"[ \t]*(?:([A-Za-z0-9_-]+)[ \t]*=[ \t]*"
    rf"(true|false|-?(?:0|[1-9][0-9]{{0,8}})(?:\.[0-9]{{1,9}})?|{_PLAIN_TEXT}"
    rf"|\[[ \t]*(?:{_PLAIN_TEXT}[ \t]*(?:,[ \t]*{_PLAIN_TEXT}[ \t]*)*)?\])[ \t]*)?"
    r"(?:\#[^\x00-\x08\n-\x1f\x7f]*)?"
)

# Compiled only when settings are saved. A piece is a string, a comment, or any other single
# character of a value.
_KEY = r"""[ \t]*(?:([A-Za-z0-9_-]+)|"([^"\\\n]*)"|'([^'\n]*)')[ \t]*=[ \t]*"""
_PIECE = r'''"""(?:[^\\]|\\.)*?"{3,5}|\'{3}.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|\#[^\n]*|.'''


def load_settings(path: Path) -> tuple[Settings, list[Problem]]:
    """Return the settings and what is wrong with the file; a bad value leaves its default.

    A missing file means defaults. Nothing is written.
    """
    try:
        text = _text_of(path)
        if text is None:
            return _DEFAULTS, []
        raw = _plain_values(text)
        if raw is None:
            import tomllib  # noqa: PLC0415  (slow, and hardly ever needed)

            raw = tomllib.loads(text.removeprefix(_BYTE_ORDER_MARK))
    except _UnusableError as error:
        return _DEFAULTS, [_problem(path, None, error.rule, f"{error}; defaults are used")]
    except (ValueError, RecursionError) as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else None
        message = f"is no valid TOML ({error}); defaults are used until it is mended"
        return _DEFAULTS, [_problem(path, line, "bad-toml", message)]
    return _read(path, text, raw)


class _UnusableError(Exception):
    """The file cannot be read as text at all."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


def _text_of(path: Path) -> str | None:
    """Return the file's text as it stands, None where there is no file."""
    try:
        status = path.stat()
        # Opening a pipe would wait for a writer.
        if not stat.S_ISREG(status.st_mode):
            raise _UnusableError("not-a-file", "must be a file")
        if status.st_size > _MOST_BYTES:
            raise _UnusableError("too-large", "must not be larger than 256 KiB")
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise _UnusableError("cannot-read", message) from error
    except UnicodeDecodeError as error:
        raise _UnusableError("not-text", "must be text in UTF-8") from error


def _plain_values(text: str) -> dict[str, Any] | None:
    """Return the values of a file in which every line is a plain one; None for any other file."""
    values: dict[str, Any] = {}
    for line in text.removeprefix(_BYTE_ORDER_MARK).replace("\r\n", "\n").split("\n"):
        match = _PLAIN_LINE.fullmatch(line)
        if match is None:
            return None
        key, value = match.groups()
        if key is None:
            continue
        if key in values:
            return None
        if value[0] == '"':
            values[key] = value[1:-1]
        elif value[0] == "[":
            values[key] = [item[1:-1] for item in re.findall(_PLAIN_TEXT, value)]
        elif value in {"true", "false"}:
            values[key] = value == "true"
        else:
            values[key] = float(value) if "." in value else int(value)
    return values


def _read(path: Path, text: str, raw: dict[str, Any]) -> tuple[Settings, list[Problem]]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value in raw.items():
        field = FIELDS.get(key)
        if field is None:
            from difflib import get_close_matches  # noqa: PLC0415  (only for a mistake)

            near = get_close_matches(key, FIELDS, 1)
            hint = f"; the nearest one is {near[0]}" if near else ""
            message = f"{key} is no setting{hint}"
            problems.append(_problem(path, _line_of(text, key), "unknown-key", message))
            continue
        made = field.read(value)
        if made is None:
            message = f"{key} {field.need}; its default is used"
            problems.append(_problem(path, _line_of(text, key), "bad-value", message))
        else:
            values[field.attribute] = made
    return replace(_DEFAULTS, **values), problems


def _line_of(text: str, key: str) -> int | None:
    """Return the line, counted from 1, that a key or a table of the first level stands on."""
    place = _places(text).get(key)
    if place is not None:
        return text.count("\n", 0, place[0]) + 1
    table = re.search(rf"^[ \t]*\[+[ \t]*[\"']?{re.escape(key)}\b", text, re.MULTILINE)
    return text.count("\n", 0, table.start()) + 1 if table else None


def save_settings(path: Path, settings: Settings, *, before: Settings | None = None) -> None:
    """Keep the settings that differ from what the file says; all else in it stays as it is.

    With `before`, the settings as they were, only what changed since is put in, so that what was
    edited in the file meanwhile holds. Raises SettingsError where the file cannot be written, or
    where it is no TOML and would lose what it says.
    """
    from app.storage.atomic import write_atomically  # noqa: PLC0415  (only for a change)

    try:
        text = _text_of(path) or ""
        now = _read(path, text, _toml(text))[0]
    except _UnusableError as error:
        raise SettingsError(f"Cannot keep the settings: {path} {error}") from error
    except (ValueError, RecursionError) as error:
        raise SettingsError(
            f"Cannot keep the settings: {path} is no valid TOML; mend or remove it"
        ) from error
    wanted = {
        key: getattr(settings, field.attribute)
        for key, field in FIELDS.items()
        if getattr(settings, field.attribute) != getattr(before or now, field.attribute)
    }
    edited = _edited(text, wanted)
    if edited == text:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, edited.encode())
    except OSError as error:
        raise SettingsError(
            f"Cannot keep the settings in {path}: {error.strerror or error}"
        ) from error


def _toml(text: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  (slow, and only for a change)

    return tomllib.loads(text.removeprefix(_BYTE_ORDER_MARK))


def _edited(text: str, wanted: dict[str, Any]) -> str:
    """Return the text of a valid file with values put in, from the last place to the first."""
    newline = "\r\n" if "\r\n" in text else "\n"
    places = _places(text)
    missing = [
        f"{key} = {FIELDS[key].write(value)}{newline}"
        for key, value in wanted.items()
        if key not in places and value is not None
    ]
    if missing:
        end = _end_of_first_level(text, places)
        if end and text[end - 1] != "\n":
            missing.insert(0, newline)
        text = text[:end] + "".join(missing) + text[end:]
    for key in sorted(places.keys() & wanted.keys(), key=lambda key: -places[key][0]):
        line_start, start, end = places[key]
        value = wanted[key]
        if value is None:
            text = text[:line_start] + text[_next_line(text, end) :]
        else:
            text = text[:start] + FIELDS[key].write(value) + text[end:]
    return text


def _end_of_first_level(text: str, places: dict[str, tuple[int, int, int]]) -> int:
    """Return where a new key may stand: behind the last one, else before the first table."""
    if places:
        return _next_line(text, max(end for _, _, end in places.values()))
    table = re.search(r"^[ \t]*\[", text, re.MULTILINE)
    return table.start() if table else len(text)


def _next_line(text: str, position: int) -> int:
    found = text.find("\n", position)
    return len(text) if found < 0 else found + 1


def _places(text: str) -> dict[str, tuple[int, int, int]]:
    """Return where each key of the first level stands: start of line, start and end of value.

    The text is valid TOML; keys with dots are left out.
    """
    found: dict[str, tuple[int, int, int]] = {}
    position = len(_BYTE_ORDER_MARK) if text.startswith(_BYTE_ORDER_MARK) else 0
    while position < len(text):
        line = text[position : _next_line(text, position)]
        if line.lstrip(" \t").startswith("["):
            break
        match = re.compile(_KEY).match(text, position)
        equals = match.end() if match else position + line.find("=") + 1
        is_entry = bool(line.strip()) and not line.lstrip(" \t").startswith("#")
        end = _end_of_value(text, equals) if is_entry else position
        if match and is_entry:
            key = next(name for name in match.groups() if name is not None)
            found[key] = position, equals, end
        position = _next_line(text, end)
    return found


def _end_of_value(text: str, start: int) -> int:
    """Return where the value that starts there ends: lists may go over several lines."""
    depth, end = 0, start
    for token in re.compile(_PIECE, re.DOTALL).finditer(text, start):
        first = token[0][0]
        if first in "[{":
            depth += 1
        elif first in "]}":
            depth -= 1
        elif depth == 0 and first in "\n#":
            break
        if not first.isspace() and first != "#":
            end = token.end()
    return end


def _problem(path: Path, line: int | None, rule: str, message: str) -> Problem:
    return Problem(file=str(path), line=line, id=rule, message=message, severity="error")
