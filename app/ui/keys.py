"""Which key does what: the table behind the keys overlay and the settings."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication


def tr(text: str) -> str:
    """Translate in the keys' context; `text` is always literal where it is called."""
    return QCoreApplication.translate("Keys", text)


@dataclass(frozen=True, slots=True)
class KeyLine:
    keys: tuple[str, ...]
    """Alternatives; a combination is written with plus signs."""
    meaning: str


@dataclass(frozen=True, slots=True)
class KeyGroup:
    title: str
    lines: tuple[KeyLine, ...]


def everywhere() -> KeyGroup:
    return KeyGroup(
        tr("Anywhere"),
        (
            KeyLine(("Ctrl+1",), tr("Routines")),
            KeyLine(("Ctrl+2",), tr("Exercises")),
            KeyLine(("Ctrl+3",), tr("History")),
            KeyLine(("Ctrl+4",), tr("Settings")),
            KeyLine(("Ctrl+N",), tr("New routine")),
            KeyLine(("/", "Ctrl+F"), tr("Search routines or exercises")),
            KeyLine(("F1", "?"), tr("Show the keys")),
            KeyLine(("F11",), tr("Full screen")),
        ),
    )


def preview() -> KeyGroup:
    return KeyGroup(
        tr("A routine's page"),
        (
            KeyLine(("Ctrl+Enter",), tr("Start")),
            KeyLine(("Up", "Down"), tr("Move between steps")),
            KeyLine(("Enter",), tr("Show a step's exercise")),
            KeyLine(("Esc", "Alt+Left"), tr("Go back")),
        ),
    )


def exercises() -> KeyGroup:
    return KeyGroup(
        tr("Exercises"),
        (
            KeyLine(("Left", "Right", "Up", "Down"), tr("Move between exercises")),
            KeyLine(("Enter",), tr("Show an exercise")),
            KeyLine(("Esc", "Alt+Left"), tr("Go back")),
        ),
    )


def editor() -> KeyGroup:
    return KeyGroup(
        tr("Editor"),
        (
            KeyLine(("Up", "Down"), tr("Move between steps")),
            KeyLine(("Shift+Up", "Shift+Down"), tr("Select several")),
            KeyLine(("Alt+Up", "Alt+Down"), tr("Move what is selected")),
            KeyLine(("Left", "Right"), tr("Fold a block, unfold it")),
            KeyLine(("Enter",), tr("Change a step, name a block")),
            KeyLine(("A",), tr("Add an exercise")),
            KeyLine(("Ctrl+D",), tr("Duplicate")),
            KeyLine(("Delete",), tr("Remove")),
            KeyLine(("Ctrl+X", "Ctrl+C", "Ctrl+V"), tr("Cut, copy, paste")),
            KeyLine(("Ctrl+Z", "Ctrl+Shift+Z"), tr("Undo, redo")),
            KeyLine(("Ctrl+Enter",), tr("Start")),
            KeyLine(("Esc",), tr("Close a panel, then select nothing")),
        ),
    )


def player() -> KeyGroup:
    return KeyGroup(
        tr("During a session"),
        (
            KeyLine(("Space",), tr("Pause or go on")),
            KeyLine(("Right", "N"), tr("Next step")),
            KeyLine(("Left",), tr("Previous step")),
            KeyLine(("R",), tr("Start this step again")),
            KeyLine(("+",), tr("Ten more seconds")),
            KeyLine(("Up", "Down"), tr("Louder, quieter")),
            KeyLine(("Shift+Up", "Shift+Down"), tr("More voice, more cues")),
            KeyLine(("M", "V"), tr("Cues, voice on or off")),
            KeyLine(("F",), tr("Full screen")),
            KeyLine(("Esc",), tr("Leave full screen, then end")),
        ),
    )


def check_in() -> KeyGroup:
    return KeyGroup(
        tr("Check-in"),
        (
            KeyLine(("0 - 9",), tr("Choose a number; 10 by Right from 9")),
            KeyLine(("Left", "Right"), tr("One less, one more")),
            KeyLine(("Enter",), tr("Save and close")),
            KeyLine(("Esc",), tr("Skip")),
        ),
    )


def history() -> KeyGroup:
    return KeyGroup(
        tr("History"),
        (
            KeyLine(("Up", "Down"), tr("Move between sessions")),
            KeyLine(("Enter",), tr("Show a session")),
            KeyLine(("Delete",), tr("Delete a session; it can be undone")),
        ),
    )


def groups() -> tuple[KeyGroup, ...]:
    return everywhere(), preview(), exercises(), editor(), player(), check_in(), history()
