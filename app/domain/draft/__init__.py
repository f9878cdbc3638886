"""Reads a pasted list of exercises, line by line, and makes a routine of what was read."""

from app.domain.draft.assembling import assemble, tempo_of
from app.domain.draft.model import About, Doubt, DraftLine, LineKind, describe
from app.domain.draft.reader import draft

__all__ = [
    "About",
    "Doubt",
    "DraftLine",
    "LineKind",
    "assemble",
    "describe",
    "draft",
    "tempo_of",
]
