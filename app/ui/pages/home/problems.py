"""Sentences about files that could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from app.domain.errors import Problem


def file_name(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1]


def place(problem: Problem) -> str:
    """Return "hip-reset.toml, line 14" in a form that is translated."""
    name = file_name(problem.file)
    if problem.line is None:
        return name
    text = QCoreApplication.translate("Problems", "{file}, line {line}")
    return text.format(file=name, line=problem.line)


def sentence(message: str) -> str:
    """Return a message as a sentence that ends."""
    return message if message.endswith((".", "?")) else f"{message}."
