"""Reads text files of people's own: lists that a physio wrote, in whatever encoding."""

from pathlib import Path

from app.domain.errors import RoutineError
from app.domain.routine import FILE_MAX_BYTES

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_list(path: Path) -> str:
    """Return a file's text with plain line ends; RoutineError where it has none."""
    try:
        if not path.is_file():
            missing = "there is no such file" if not path.exists() else "a file is needed"
            raise RoutineError(f"{path}: {missing}")
        with path.open("rb") as file:
            data = file.read(FILE_MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise RoutineError(f"{path}: cannot be read: {error}") from error
    return list_text(data, name=str(path))


def list_text(data: bytes, *, name: str) -> str:
    """Return the text of a list's bytes, as `read_list` does; errors name it `name`."""
    if len(data) > FILE_MAX_BYTES:
        raise RoutineError(f"{name}: a list may have at most {FILE_MAX_BYTES // 1024} KiB")
    # Windows' own encoding last: it takes any bytes.
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if "\0" in text:
        raise RoutineError(f"{name}: a text file is needed, found a binary file")
    return text.replace("\r\n", "\n").replace("\r", "\n")
