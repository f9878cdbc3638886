"""Opens, checks and saves the routines that are edited."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from app.domain.advice import Rule, Silence
from app.domain.editing import Clip, Document, OpenRoutine, PartId, PartProblem, document_of
from app.domain.errors import ChangedOutsideError, RoutineError
from app.domain.exercise import ExerciseLibrary
from app.domain.routine import FILE_MAX_BYTES, Routine
from app.storage.advice_comments import silenced_in, silencing
from app.storage.atomic import write_atomically
from app.storage.draft_journal import DraftJournal
from app.storage.list_file import read_list
from app.storage.part_problems import TOO_LARGE, part_problems
from app.storage.paths import UserFolders, bundled
from app.storage.routine_file import EXERCISES_NAME, SUFFIX, RoutineReader
from app.storage.routine_names import free_id, slug
from app.storage.routine_parts import (
    as_new_file,
    clip_text,
    from_document,
    pasted,
    text_of,
    to_document,
    with_comments,
)
from app.storage.routine_raw import block_table, routine_table, step_table
from app.storage.routine_writer import document_of_read
from app.storage.toml_source import SourceError, read_text

_MISSING = ""
"""The text of a file that is not there: no routine's file is empty."""


class RoutineDesk:
    """Implements `ports.RoutineDesk`. All calls come from one thread."""

    def __init__(
        self,
        folders: UserFolders,
        exercises: Callable[[], ExerciseLibrary],
        *,
        shipped_routines: Path | None = None,
    ) -> None:
        """`exercises` returns the library as it is now."""
        self._folder = folders.routines
        self._exercises = exercises
        self._shipped = shipped_routines or bundled("routines")
        self._journal = DraftJournal(folders.data / "drafts")
        self._reader: tuple[ExerciseLibrary, RoutineReader] | None = None
        self._reserved: set[str] = set()

    # Reading

    def open(self, file: str) -> OpenRoutine:
        """Read a routine's file, shipped or own; RoutineError has its first problem.

        One that has a draft and no file (any more) is opened as an empty one.
        """
        if not os.path.lexists(file) and (draft := self._journal.draft(file)) is not None:
            head = replace(draft.document.head, blocks=())
            if draft.text == _MISSING:
                self._reserved.add(Path(file).name)
            return OpenRoutine(file=file, document=document_of(head, draft.document.notes))
        read = self._current_reader().read(Path(file))
        if read.problems:
            raise RoutineError(str(read.problems[0]))
        return OpenRoutine(
            file=file,
            document=to_document(document_of_read(read)),
            text=read.text,
            read_only=self.is_shipped(file),
        )

    def blank(self, routine: Routine) -> OpenRoutine:
        """Return a new routine that has its name and no file yet: `save` makes it."""
        return self._named(document_of(routine))

    def is_shipped(self, file: str) -> bool:
        """Whether a file is one of those that come with the app."""
        parent = os.path.realpath(os.path.dirname(file))  # noqa: PTH120  (as text, links followed)
        return parent == os.path.realpath(self._shipped)

    def problems(self, document: Document) -> tuple[PartProblem, ...]:
        """Return what keeps a document from being saved; nothing where it is valid."""
        tables = [
            block_table(block.block, [step_table(part.step) for part in block.steps])
            for block in document.blocks
        ]
        found = self._current_reader().check(routine_table(document.head, tables)).found
        if found:
            return part_problems(found, document)
        is_too_large = len(text_of(document).encode()) > FILE_MAX_BYTES
        return (TOO_LARGE,) if is_too_large else ()

    def text(self, document: Document) -> str:
        """Return a document in the form of a file, valid or not."""
        return text_of(document)

    def clip_text(self, clip: Clip) -> str:
        """Return cut or copied parts as they stand in a file."""
        return clip_text(clip)

    def pasted(self, text: str) -> Clip:
        """Return the steps or blocks that a text in the form of a file says; none where it is not."""
        return pasted(text)

    # Advice

    def silenced(self, document: Document) -> frozenset[Silence]:
        """Return which advice a document's comments silence, and where."""
        return silenced_in(from_document(document))

    def silence(self, document: Document, rule: Rule, part: PartId | None = None) -> Document:
        """Return a document with a comment that silences advice: in a step, a block or all of it."""
        return with_comments(document, part, lambda comments: silencing(comments, rule))

    # Saving

    def save(self, opened: OpenRoutine, document: Document) -> OpenRoutine:
        """Write a valid document, whole or not at all.

        ChangedOutsideError where the file is another by now, or gone; RoutineError where the
        document is not valid or the file cannot be written. Nothing is written then.
        """
        if opened.read_only:
            raise RoutineError("Built-in routines cannot be changed; make a copy")
        if problems := self.problems(document):
            raise RoutineError(problems[0].message)
        text = text_of(document)
        path = Path(opened.file)

        def check() -> None:
            if self.is_changed(opened):
                raise ChangedOutsideError(f"{path.name} was changed by another program")

        check()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Once more when all is ready: the wait for the disk is long enough for another program.
            write_atomically(path, text.encode(), before=check)
        except OSError as error:
            raise cannot_save(path, error) from error
        self._reserved.discard(path.name)
        return replace(opened, document=document, text=text)

    def is_changed(self, opened: OpenRoutine) -> bool:
        """Whether the file is another than when it was opened or saved; also when it is gone."""
        return _text_now(Path(opened.file)) != opened.text

    def text_outside(self, opened: OpenRoutine) -> str:
        """Return what stands in the file now; empty where it is gone or cannot be read."""
        try:
            return read_text(Path(opened.file))
        except SourceError:
            return ""

    def list_text(self, file: str) -> str:
        """Return the text of a file with a list that a person wrote, in any usual encoding."""
        return read_list(Path(file))

    def accepting(self, opened: OpenRoutine) -> OpenRoutine:
        """Return it as if the file had been read as it is now, to be written over."""
        return replace(opened, text=_text_now(Path(opened.file)))

    def create(self, document: Document) -> OpenRoutine:
        """Make a new file of the user's, named after the routine; a taken name gets a number.

        A document that is not valid yet gets its name, and is a draft until it is saved.
        """
        opened = self._named(document)
        if not self.problems(opened.document):
            return self.save(opened, opened.document)
        self.keep_draft(opened, opened.document)
        return opened

    def export(self, file: str, document: Document) -> None:
        """Write a valid document as a file for elsewhere; the file may be there already."""
        if problems := self.problems(document):
            raise RoutineError(problems[0].message)
        path = Path(file)
        try:
            write_atomically(path, text_of(document).encode())
        except OSError as error:
            raise cannot_save(path, error) from error

    def _named(self, document: Document) -> OpenRoutine:
        """Return a document with an id of its own, after its name; the id is kept for it."""
        routine_id = free_id(slug(document.head.name), self.is_taken)
        name = f"{routine_id}{SUFFIX}"
        self._reserved.add(name)
        made = as_new_file(document, routine_id)
        return OpenRoutine(file=str(self._folder / name), document=made, text=_MISSING)

    def is_taken(self, routine_id: str) -> bool:
        """Whether another routine, shipped, own or not saved yet, has that id; or none may have it."""
        name = f"{routine_id}{SUFFIX}"
        own = self._folder / name
        return (
            name == EXERCISES_NAME
            or name in self._reserved
            or os.path.lexists(own)
            or os.path.lexists(self._shipped / name)
            or self._journal.has(str(own))
        )

    # Drafts

    def keep_draft(self, opened: OpenRoutine, document: Document) -> None:
        """Keep what is not saved yet, so that it survives the app."""
        self._journal.keep(opened, document)

    def forget_draft(self, opened: OpenRoutine) -> None:
        self._journal.forget(opened.file)

    def draft(self, file: str) -> OpenRoutine | None:
        """Return what was kept of a file and is not in it, with the text that it had then."""
        draft = self._journal.draft(file)
        return None if draft is None or self._is_saved(draft) else draft

    def drafts(self) -> tuple[OpenRoutine, ...]:
        """Return what an earlier run kept and did not save, the oldest first.

        `text` is what the file said then: where it says something else now, it was changed since.
        """
        drafts = [draft for draft in self._journal.read() if not self._is_saved(draft)]
        self._reserved |= {Path(draft.file).name for draft in drafts if draft.text == _MISSING}
        return tuple(drafts)

    def _is_saved(self, draft: OpenRoutine) -> bool:
        """Whether the file says already what the draft does; the draft is dropped then."""
        if not os.path.lexists(draft.file):
            return False
        with suppress(RoutineError):
            theirs = self.open(draft.file).document
            is_same = theirs.routine == draft.document.routine
            if is_same and text_of(theirs) == text_of(draft.document):
                self._journal.forget(draft.file)
                return True
        return False

    # Inside

    def _current_reader(self) -> RoutineReader:
        exercises = self._exercises()
        if self._reader is None or self._reader[0] is not exercises:
            self._reader = (exercises, RoutineReader(exercises))
        return self._reader[1]


def cannot_save(path: Path, error: OSError) -> RoutineError:
    """Say in one sentence that a file cannot be written."""
    return RoutineError(
        f"Cannot save {path.name}: {error.strerror or error}; check the folder {path.parent}"
    )


def _text_now(path: Path) -> str:
    """Return what stands in a file; for what cannot be read, something that no text is equal to."""
    try:
        return read_text(path)
    except SourceError:
        pass
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return _MISSING
    except OSError as error:
        return f"\0{error.errno}"
    # No text has this character: whoever accepts the file as it is accepts just this one.
    return f"\0{status.st_mtime_ns} {status.st_size}"
