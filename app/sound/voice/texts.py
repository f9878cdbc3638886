"""Writes a sentence out as an engine is to read it: the user's pronunciations, signs, pictures."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

from app.domain.phrases import number_words
from app.sound.voice.wording import without_phonemes, wording

LARGEST_FILE = 256 * 1024
LONGEST_SPELLING = 200

_INLINE = re.compile(r"(\[[^\[\]]+\]\(/[^/()]*/\))")
"""A word with its phonemes, which stay as they are: `[Pec](/pɛk/)`."""
_MEASURES = {
    "s": "seconds",
    "min": "minutes",
    "h": "hours",
    "km": "kilometres",
    "cm": "centimetres",
    "kg": "kilograms",
}
_SPACE_BEFORE = re.compile(r"\s+(?=[.,;:!?])")
_EMPTY_CLAUSE = re.compile(r"[,;:]+(?=[.!?,;:])|^[\s,;:.!?]+")
_UNSPOKEN = frozenset({"So", "Sk", "Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Unicode's categories of pictures, controls and nothing at all."""


def sayable(sentence: str) -> bool:
    """Whether there is anything in a sentence that a voice could say."""
    return any(letter.isalnum() for letter in sentence)


def written_out(
    sentence: str, spellings: Mapping[str, str] | None = None, *, phonemes: bool = False
) -> str:
    """Return a sentence as an engine is to read it, in one line.

    `spellings` say how words are read, in any case, whole words only. With `phonemes`, the engine
    knows the form `[Pec](/pɛk/)`; for others the word in the brackets is left.
    """
    text = _one_line(sentence)
    if spellings:
        text = _respelled(text, spellings)
    # Every second part is a word with its phonemes.
    parts = _INLINE.split(text)
    parts[0::2] = [_signs_read(part) for part in parts[0::2]]
    text = wording("".join(parts))
    return _tidy(text if phonemes else without_phonemes(text))


def _respelled(text: str, spellings: Mapping[str, str]) -> str:
    known = {_one_line(word).casefold(): said for word, said in spellings.items()}
    words = sorted(known, key=len, reverse=True)
    pattern = "|".join(re.escape(word) for word in words)
    return re.sub(
        rf"(?<!\w)(?:{pattern})(?!\w)",
        lambda match: known.get(match[0].casefold(), match[0]),
        text,
        flags=re.IGNORECASE,
    )


def _signs_read(text: str) -> str:
    for pattern, said in _RULES:
        text = pattern.sub(said, text)
    return "".join(
        " " if unicodedata.category(one) in _UNSPOKEN and one != "°" else one for one in text
    )


def _decimal(match: re.Match[str]) -> str:
    decimals = " ".join(number_words(int(digit)) for digit in match[2])
    unit = f" {_MEASURES[match[3].lower()]}" if match[3] else ""
    return f"{number_words(int(match[1]))} point {decimals}{unit}"


_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(
            rf"(?<![\w.,:/])(\d{{1,4}})\.(\d{{1,2}})(?:\s?({'|'.join(_MEASURES)}))?(?![\w:/]|\.\d)",
            re.IGNORECASE,
        ),
        _decimal,
    ),
    (re.compile(r"(?<![\w/])w/\s?", re.IGNORECASE), "with "),
    (
        re.compile(r"(?<!\w)[x\N{MULTIPLICATION SIGN}]\s?(\d{1,4})(?!\w|\.\d)", re.IGNORECASE),
        r"\1 times",
    ),
    # A pose, "90/90", not a range.
    (re.compile(r"(?<![\w.,:/-])(\d{1,4})\s?[-\N{EN DASH}]\s?\1(?![\w:/-]|[.,]\d)"), r"\1/\1"),
    (re.compile(r"#\s?(?=\d)"), "number "),
    (re.compile(r"\s?%"), " percent"),
    (re.compile(r"\s?(?:->|→|⇒)\s?"), " to "),
    (re.compile(r"\s?@\s?"), " at "),
    (re.compile(r"[~≈]\s?(?=\w)"), "about "),
    (re.compile(r"\s?½"), " half"),
    (re.compile(r"\s?¼"), " a quarter"),
    (re.compile(r"\s?¾"), " three quarters"),
)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _tidy(text: str) -> str:
    """Leave single spaces, and no stop without words before it."""
    return _one_line(_EMPTY_CLAUSE.sub("", _SPACE_BEFORE.sub("", _one_line(text))))


class Spellings:
    """The user's own pronunciations: a TOML file of `"word" = "spelling"`, read when it changes."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._seen: tuple[int, int] | None = None
        self.words: Mapping[str, str] = {}
        self.problem = ""
        """One sentence: why the file, or a line of it, is not used."""

    def refresh(self) -> bool:
        """Read the file if it is another one than last time; return whether it was."""
        if self._path is None:
            return False
        try:
            status = self._path.stat()
            seen = (status.st_mtime_ns, status.st_size)
        except OSError:
            seen = None
        if seen == self._seen:
            return False
        self._seen, self.words, self.problem = seen, {}, ""
        if seen is not None:
            self._read(self._path)
        return True

    def _read(self, path: Path) -> None:
        import tomllib  # noqa: PLC0415  (few have such a file)

        try:
            with path.open("rb") as file:
                data = file.read(LARGEST_FILE + 1)
            if len(data) > LARGEST_FILE:
                self.problem = f"{path.name} is not used: it is larger than 256 KiB."
                return
            table = tomllib.loads(data.decode("utf-8-sig"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
            self.problem = f"{path.name} is not used: {error}."
            return
        words = {}
        for word, said in table.items():
            if isinstance(said, str) and word.strip() and len(said) <= LONGEST_SPELLING:
                words[word] = said
            else:
                self.problem = f'{path.name}: write "{word}" = "how it is said".'
        self.words = words
