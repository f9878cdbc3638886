"""Comments that silence advice: `# advice: off RULE` in a routine's file."""

import re

from app.domain.advice import Rule, Silence
from app.storage.line_finder import Path, find_places
from app.storage.routine_comments import OPEN, CommentFinder, Comments
from app.storage.routine_writer import RoutineDocument

_OFF = re.compile(r"#\s*advice:\s*off\b(?P<rules>.*)", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_RULES = {rule.value: rule for rule in Rule}
_MENTIONED = "advice"
"""No text without this word silences anything."""


def off_line(rule: Rule) -> str:
    """Return the comment that silences a rule."""
    return f"# advice: off {rule}"


def silenced(text: str) -> frozenset[Silence]:
    """Return what the comments of a routine's file silence; the text is valid TOML.

    Above a key of the routine: everywhere. Around a block's header or one of its keys: in that
    block. Around a step: in that step. Without a rule every rule is meant; words that are no rule
    are remarks of people's own.
    """
    if _MENTIONED not in text.casefold():
        return frozenset()
    places = find_places(text.replace("\r\n", "\n"))
    comments = CommentFinder(places)
    found: set[Silence] = set()
    for path in dict.fromkeys(mark.path for mark in places.marks):
        around = [comments.at(path)]
        if path[-1] == "steps":
            around.append(comments.at((*path, OPEN)))
        for lines in around:
            found |= _silences(lines, path)
    return frozenset(found)


def silenced_in(document: RoutineDocument) -> frozenset[Silence]:
    """Return what the comments of a document silence, as `silenced` does of its text."""
    found: set[Silence] = set()
    for comments in document.of_key.values():
        found |= _silences(comments, ())
    for at, block in enumerate(document.blocks):
        for comments in (block.header, *block.of_key.values()):
            found |= _silences(comments, ("blocks", at))
        for number, step in enumerate(block.steps):
            found |= _silences(step.comments, ("blocks", at, "steps", number))
    return frozenset(found)


def silencing(comments: Comments, rule: Rule) -> Comments:
    """Return the comments of a part with one more that silences a rule there."""
    if any(silence.rule is rule for silence in _silences(comments, ())):
        return comments
    return Comments((*comments.above, off_line(rule)), comments.beside, comments.column)


def _silences(comments: Comments, path: Path) -> set[Silence]:
    lines = (*comments.above, comments.beside)
    rules = {rule for line in lines for rule in _rules(line)}
    if not rules:
        return set()
    numbers = [key for key in path if isinstance(key, int)]
    block, step = (*numbers[:2], None, None)[:2]
    return {Silence(rule, block, step) for rule in rules}


def _rules(comment: str) -> set[Rule]:
    found = _OFF.match(comment)
    if found is None:
        return set()
    words = _WORD.findall(found["rules"].casefold())
    return {_RULES[word] for word in words if word in _RULES} if words else set(Rule)
