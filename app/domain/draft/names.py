"""Finds the exercise that a written name means: synonyms, word order, abbreviations and typos."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from math import log

from app.domain.exercise import Category, Equipment, Exercise, ExerciseLibrary, Position

SURE = 0.9
"""From here on a match is taken without asking."""
NEAR = 0.5
"""From here on a match is worth asking about."""
CANDIDATE = 0.3
CANDIDATES_MAX = 5
WORDS_MAX = 12

_TYPO_RATIO = 0.8
_TYPO_MIN_LETTERS = 5
_TIE = 0.02

_WORDS_OF = {
    "calves": "calf", "hams": "hamstring", "ham": "hamstring", "hammies": "hamstring",
    "hammy": "hamstring", "hamstr": "hamstring", "hs": "hamstring", "hammie": "hamstring",
    "quads": "quad", "quadriceps": "quad", "quadricep": "quad", "glutes": "glute",
    "gluteal": "glute", "gluteus": "glute", "buttock": "glute", "buttocks": "glute",
    "lift": "raise", "lifts": "raise", "rise": "raise", "rises": "raise", "raising": "raise",
    "lifting": "raise", "sitting": "seated", "sit": "sit", "supine": "lying", "laying": "lying",
    "itb": "it band", "bw": "bodyweight", "db": "dumbbell", "dbs": "dumbbell", "one": "single",
    "1": "single", "legged": "leg", "two": "2", "three": "3", "four": "4", "ext": "extension",
    "extn": "extension", "exts": "extension", "rot": "rotation", "rots": "rotation",
    "abd": "abduction", "str": "stretch", "opp": "opposite", "alt": "alternate",
    "alternating": "alternate", "mod": "modified", "gastroc": "gastroc", "gastrocnemius": "gastroc",
    "bkwd": "backward", "fwd": "forward", "sidelying": "side lying", "sidelaying": "side lying",
    "bridging": "bridge", "marching": "march", "stretching": "stretch", "squatting": "squat",
    "lunging": "lunge", "planking": "plank", "rolling": "roll", "swinging": "swing",
    "rotating": "rotation", "rotate": "rotation", "twisting": "twist", "bracing": "brace",
    "walking": "walk", "jogging": "jog", "running": "run", "breathing": "breath",
    "tilting": "tilt", "pressup": "press up", "pressups": "press up", "situp": "sit up",
    "situps": "sit up", "stepup": "step up", "stepups": "step up", "physioball": "swiss ball",
    "gymball": "swiss ball", "swissball": "swiss ball", "roller": "roll", "foamroller": "foam roll",
    "foamroll": "foam roll", "flexors": "flexor", "hipflexor": "hip flexor",
    "hipflexors": "hip flexor", "half-kneel": "half kneeling", "kneel": "kneeling",
    "deltoid": "deltoid", "obliques": "oblique", "abs": "ab", "knees": "knee", "feet": "foot",
    "childs": "child", "tbs": "tennis ball", "piri": "piriformis", "tfl": "tfl", "achilles": "achilles",
    "sl": "single leg", "thoracic": "thoracic", "tsp": "thoracic", "fig": "figure",
}  # fmt: skip

_SMALL = frozenset([
    "the", "a", "an", "your", "my", "our", "his", "her", "of", "to", "with", "on", "in", "and",
    "for", "using", "by", "from", "at", "off", "it's", "this", "that", "into", "onto", "against",
    "w", "out",
])  # fmt: skip
_FILLING = frozenset([
    "gentle", "gently", "slow", "slowly", "easy", "basic", "simple", "normal", "regular",
    "standard", "light", "lightly", "controlled", "nice", "steady", "smooth", "smoothly",
    "static", "exercise", "drill", "movement", "do", "perform", "try", "please", "some", "more",
    "body", "daily", "bilateral",
])  # fmt: skip
_GENERIC = frozenset(["stretch", "hold", "pose", "exercise", "position", "isometric"])
_STATIC = {Category.STATIC, Category.MOBILITY, Category.RELEASE}

_POSITION_WORDS = {
    Position.STANDING: {"standing", "stand"},
    Position.WALKING: {"walk"},
    Position.RUNNING: {"run"},
    Position.KNEELING: {"kneeling"},
    Position.HALF_KNEELING: {"half", "kneeling"},
    Position.QUADRUPED: {"4", "all", "quadruped", "4point", "kneeling"},
    Position.SUPINE: {"lying", "back", "floor", "mat"},
    Position.PRONE: {"prone", "lying", "front", "floor", "mat"},
    Position.SIDE_LYING: {"side", "lying", "floor", "mat"},
    Position.SEATED: {"seated"},
    Position.PLANK: {"floor", "mat"},
}
_EQUIPMENT_WORDS = {
    Equipment.MAT: {"mat", "floor"},
    Equipment.WALL: {"wall"},
    Equipment.CHAIR: {"chair"},
    Equipment.TOWEL: {"towel", "strap", "belt"},
    Equipment.STEP: {"step", "stair"},
    Equipment.SWISS_BALL: {"swiss", "ball", "gym", "stability", "exercise"},
    Equipment.BOSU: {"bosu"},
    Equipment.FOAM_ROLLER: {"foam", "roll"},
    Equipment.TENNIS_BALL: {"tennis", "ball"},
    Equipment.DUMBBELLS: {"dumbbell", "weight"},
}

# Words of exercises that look like a word of the library and are none of its typos.
_OTHER_WORDS = frozenset([
    "slide", "curl", "row", "pull", "push", "dip", "hike", "clap", "drop", "shrug", "jack",
    "cross", "scissor", "skip", "bound", "adduction", "adductor", "slump", "spine", "internal",
    "external", "knuckle", "plant", "planche", "kickback", "stand", "shrugs", "abductor",
    "flexion", "extensor", "inner", "outer", "reverse", "incline", "decline", "copenhagen",
    "nordic", "banded", "cable", "machine", "pallof", "monster", "crab", "shin", "shoulder",
    "neck", "wrist", "lateral", "medial", "jump", "hop", "sprint", "press", "thrust", "climber",
    "roman", "bulgarian", "split", "pistol", "goblet", "sumo", "barbell", "kettlebell",
    "swimming", "swim", "crunch", "sliding", "slider", "squeeze", "squash", "plier", "pliers",
    "pike",
])  # fmt: skip


_CHANGING = frozenset(
    ["single", "straight", "bent", "seated", "standing", "lying", "prone", "kneeling", "reverse"]
)
"""Words that make another exercise of one, wherever they stand."""


@dataclass(frozen=True, slots=True)
class Match:
    """The exercises that a name may mean."""

    exercise: Exercise | None = None
    """The best one, where it is near at all."""
    score: float = 0.0
    tied: bool = False
    """Another exercise fits as well."""
    extra: bool = False
    """The written name says more than any name of the exercise: it may be another movement."""
    others: tuple[str, ...] = ()
    """Further ids, best first."""

    @property
    def sure(self) -> bool:
        return self.exercise is not None and self.score >= SURE and not self.tied


NO_MATCH = Match()


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    if word in _WORDS_OF:
        return _WORDS_OF[word]
    if len(word) > 3 and word.endswith("ies"):  # noqa: PLR2004
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is")):  # noqa: PLR2004
        word = word[:-1]
    return _WORDS_OF.get(word, word)


_APOSTROPHES = re.compile("['`\u2018\u2019\u00b4]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a name in order, in one spelling each, without the small ones."""
    found: list[str] = []
    for word in _plain(text).split():
        if word not in _SMALL:
            found.extend(_stem(word).split())
    return tuple(found)


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text[:400]).casefold()
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return _NOT_WORD.sub(" ", _APOSTROPHES.sub("", plain)).strip()


@dataclass(frozen=True, slots=True)
class _Phrase:
    exercise: Exercise
    plain: str
    words: tuple[str, ...]
    bag: frozenset[str]
    joined: str


class Names:
    """The library's names and synonyms, indexed by their words; build once for each list."""

    def __init__(self, exercises: ExerciseLibrary) -> None:
        self._phrases: list[_Phrase] = []
        self._having: dict[str, list[int]] = defaultdict(list)
        self._joined: dict[str, list[int]] = defaultdict(list)
        for exercise in exercises.values():
            seen: set[str] = set()
            for name in (exercise.name, *exercise.synonyms, exercise.id):
                plain, words = _plain(name), words_of(name)
                if words and plain not in seen:
                    seen.add(plain)
                    self._add(_Phrase(exercise, plain, words, frozenset(words), "".join(words)))
        count = max(1, len(self._phrases))
        self._weight = {word: 1.0 + log(count / len(where)) for word, where in self._having.items()}
        self._weight |= dict.fromkeys(_GENERIC | _FILLING, 0.3)
        self._new_word = 1.0 + log(count)
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for word in self._having:
            self._by_letter[word[0]].append(word)
        self._typos: dict[str, tuple[str, float]] = {}
        self._found: dict[str, Match] = {}

    def _add(self, phrase: _Phrase) -> None:
        number = len(self._phrases)
        self._phrases.append(phrase)
        for word in phrase.bag:
            self._having[word].append(number)
        self._joined["".join(phrase.words)].append(number)

    def find(self, text: str) -> Match:
        """Return what a written name means; a name without words means nothing."""
        known = self._found.get(text)
        if known is None:
            known = self._found[text] = self._find(text)
        return known

    def _find(self, text: str) -> Match:
        written = words_of(text)
        if not written or len(written) > WORDS_MAX:
            return NO_MATCH
        mended, care = self._mended(written)
        plain, joined, bag = _plain(text), "".join(written), frozenset(mended)
        scores: dict[str, tuple[float, bool, Exercise]] = {}
        for number in self._near(written, mended):
            phrase = self._phrases[number]
            if phrase.plain == plain:
                score, extra = 1.0, False
            elif phrase.joined == joined and phrase.words != written:
                score, extra = 0.97, False
            else:
                score, extra = self._score(phrase, written, mended, bag, care)
            before = scores.get(phrase.exercise.id)
            if before is None or score > before[0]:
                scores[phrase.exercise.id] = (score, extra, phrase.exercise)
        ranked = sorted(scores.values(), key=lambda entry: -entry[0])
        ranked = [entry for entry in ranked if entry[0] >= CANDIDATE]
        if not ranked:
            return NO_MATCH
        best, extra, exercise = ranked[0]
        return Match(
            exercise=exercise,
            score=round(best, 3),
            tied=len(ranked) > 1 and ranked[1][0] > best - _TIE,
            extra=extra,
            others=tuple(entry[2].id for entry in ranked[1 : CANDIDATES_MAX + 1]),
        )

    def _near(self, written: tuple[str, ...], mended: tuple[str, ...]) -> Iterable[int]:
        found: set[int] = set(self._joined.get("".join(written), ()))
        telling = [word for word in mended if word not in _GENERIC and word not in _FILLING]
        for word in telling or mended:
            found.update(self._having.get(word, ()))
        return found

    def _mended(self, written: tuple[str, ...]) -> tuple[tuple[str, ...], float]:
        """Return the words with typos mended, and how much was left standing: 1 for all of it."""
        care = 1.0
        mended: list[str] = []
        for word in written:
            near, ratio = self._closest(word)
            mended.append(near)
            care = min(care, ratio)
        return tuple(mended), care

    def _closest(self, word: str) -> tuple[str, float]:
        if word in self._having or word in _OTHER_WORDS or word in _FILLING:
            return word, 1.0
        if len(word) < _TYPO_MIN_LETTERS - 1 or not word.isalpha():
            return word, 1.0
        known = self._typos.get(word)
        if known is None:
            known = self._typos[word] = self._look_for(word)
        return known

    def _look_for(self, word: str) -> tuple[str, float]:
        best, most = word, 0.0
        if len(word) < _TYPO_MIN_LETTERS:
            cut = [other for other in self._by_letter.get(word[0], ()) if other[:-1] == word]
            return (cut[0], 0.85) if len(cut) == 1 else (word, 1.0)
        compare = SequenceMatcher(b=word, autojunk=False)
        for other in self._by_letter.get(word[0], ()):
            if abs(len(other) - len(word)) > 2 or len(other) < _TYPO_MIN_LETTERS - 1:  # noqa: PLR2004
                continue
            compare.set_seq1(other)
            if compare.quick_ratio() >= max(_TYPO_RATIO, most):
                ratio = compare.ratio()
                if ratio >= _TYPO_RATIO and ratio > most:
                    best, most = other, ratio
        return (best, most) if most else (word, 1.0)

    def _score(
        self,
        phrase: _Phrase,
        written: tuple[str, ...],
        mended: tuple[str, ...],
        bag: frozenset[str],
        care: float,
    ) -> tuple[float, bool]:
        """Return how well a phrase fits, 0 to 1, and whether the written name says more."""
        if written == phrase.words:
            return 0.975, False
        extra = bag - phrase.bag
        missing = phrase.bag - bag
        mending = 0.04 * (1.0 - care) / (1.0 - _TYPO_RATIO)
        if not extra and not missing:
            return (0.965 if len(mended) == len(phrase.words) else 0.96) - mending, False
        idle = _idle(phrase.exercise)
        common = bag & phrase.bag
        real_extra = extra - idle
        unsaid = missing - _GENERIC if phrase.exercise.category in _STATIC else missing
        if not real_extra and not unsaid and common - _GENERIC - _FILLING:
            return 0.955 - 0.01 * min(2, len(extra)) - 0.005 * len(missing) - mending, False
        shared = self._sum(common)
        whole = shared + self._sum(real_extra) + self._sum(missing - _GENERIC)
        return 0.88 * shared / whole, bool(real_extra)

    def _sum(self, words: Iterable[str]) -> float:
        weigh, new = self._weight.get, self._new_word
        total = 0.0
        for word in words:
            total += weigh(word, new)
        return total


@lru_cache(maxsize=1024)
def _idle_words(
    category: Category, position: Position, equipment: tuple[Equipment, ...]
) -> frozenset[str]:
    words = set(_FILLING) | _POSITION_WORDS[position]
    if category in _STATIC:
        words |= _GENERIC
    else:
        words |= {"hold", "isometric"}
    for item in equipment:
        words |= _EQUIPMENT_WORDS[item]
    if Equipment.DUMBBELLS not in equipment:
        words.add("bodyweight")
    return frozenset(words)


def _idle(exercise: Exercise) -> frozenset[str]:
    """Return the words that say nothing new beside a name of this exercise."""
    return _idle_words(exercise.category, exercise.position, exercise.equipment)


def changes(match: Match, words: Iterable[str]) -> bool:
    """Tell whether words beside a name make it another exercise, such as "single leg"."""
    if match.exercise is None:
        return False
    return bool(_CHANGING.intersection(words) - _idle(match.exercise))
