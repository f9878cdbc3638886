"""The preview page: what a routine holds, which parts of it are wanted, and Start."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.catalogue import Origin
from app.domain.today import Today, still_possible
from app.ui.pages.preview import phrases
from app.ui.pages.preview.content import Content
from app.ui.pages.preview.data import minutes_of, parts_at_first, preview_of
from app.ui.pages.preview.header import Header
from app.ui.widgets.accessible import announce
from app.ui.widgets.scroll import PageScroll

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtCore import QLocale
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from app.domain.catalogue import RoutineCard
    from app.domain.choices import Choices
    from app.domain.choosing import Part
    from app.domain.exercise import ExerciseLibrary
    from app.domain.routine import Routine
    from app.domain.today import Day
    from app.ui.figures import Figures
    from app.ui.pages.preview.data import Place, Preview
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager


class PreviewPage(QWidget):
    """Shows one routine; knows nothing of files and sessions."""

    start_requested = cast("TypedSignal[str, Day]", Signal(str, object))
    """The routine's id, and what is done otherwise today."""
    exercise_requested = cast("TypedSignal[str]", Signal(str))
    """Show the page of the exercise with this id."""
    back_requested = cast("TypedSignal[()]", Signal())
    pin_changed = cast("TypedSignal[str, bool]", Signal(str, bool))
    """The routine's id, and whether it is to stand at the top."""
    export_requested = cast("TypedSignal[RoutineCard, Day]", Signal(object, object))
    """Make an audio file of it, as it is done today."""
    edit_requested = cast("TypedSignal[RoutineCard]", Signal(object))
    copy_requested = cast("TypedSignal[RoutineCard]", Signal(object))
    """Make a copy of a shipped routine, to be edited."""
    show_file_requested = cast("TypedSignal[str]", Signal(str))
    """Show the file with this path in its folder."""

    def __init__(
        self,
        themes: ThemeManager,
        locale: QLocale,
        figures: Figures,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._card: RoutineCard | None = None
        self._routine: Routine | None = None
        self._exercises: ExerciseLibrary = {}
        self._choices: Choices | None = None
        self._written = Today()
        self._today = Today()
        self._past: list[Today] = []
        """What was wanted before each change, the last one last."""
        self._undone: list[Today] = []
        self._preview: Preview | None = None
        self._pinned = False
        self._header = Header(themes, locale, self)
        self._scroll = PageScroll(themes, self)
        self._content = Content(themes, figures)
        self._scroll.set_widget(self._content)
        self._header.back.clicked.connect(self.back_requested.emit)
        self._header.pin.clicked.connect(self._pin)
        self._header.export.clicked.connect(self._export)
        self._header.edit.clicked.connect(self._edit)
        self._header.file.clicked.connect(self._show_file)
        self._header.start.clicked.connect(self._start)
        self._content.exercise_requested.connect(self.exercise_requested.emit)
        self._content.switched.connect(self._switch)
        self._content.left_out.connect(self._leave_out)
        self._content.swapped.connect(self._swap)
        self._content.today.minutes_chosen.connect(self._take_minutes)
        self._content.today.as_written_requested.connect(self._take_back_all)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            # Not while a dialog over the page has the focus.
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._header.start.click)
        for keys, slot in (
            ("Ctrl+Z", self._undo),
            ("Ctrl+Shift+Z", self._redo),
            ("Ctrl+Y", self._redo),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        themes.changed.connect(self._place)

    # What is shown

    @property
    def card(self) -> RoutineCard | None:
        return self._card

    @property
    def routine(self) -> Routine | None:
        return self._routine

    @property
    def exercises(self) -> ExerciseLibrary:
        """The library that the routine was laid flat with."""
        return self._exercises

    @property
    def preview(self) -> Preview | None:
        return self._preview

    @property
    def today(self) -> Today:
        """What is wanted otherwise today."""
        return self._today

    @property
    def header(self) -> Header:
        return self._header

    @property
    def content(self) -> Content:
        return self._content

    def show_routine(
        self,
        card: RoutineCard,
        routine: Routine,
        exercises: ExerciseLibrary,
        choices: Choices,
        *,
        pinned: bool,
        now: datetime | None,
    ) -> None:
        """Show a routine; shown again, as after its file changed, today's changes stay.

        `now` is the moment that its end is reckoned from. Raises RoutineError, and shows what it
        showed before, where the routine cannot be laid flat.
        """
        written = Today(switched_on=parts_at_first(routine, choices))
        again = self._card is not None and self._card.id == card.id
        before = self._routine if again else None
        today = written
        if before is not None:
            today = still_possible(self._today, before, routine, exercises)
        preview = preview_of(routine, exercises, choices, today)
        if before is None or before.blocks != routine.blocks:
            # The way back leads to places that may be others now.
            self._past, self._undone = [], []
        self._card, self._routine, self._exercises = card, routine, exercises
        self._choices, self._written = choices, written
        self._today, self._preview = today, preview
        # A page that is covered remembers its focus, but must not take the window's.
        had_focus = self.isVisible() and self._content.isAncestorOf(self.focusWidget())
        self._header.show_card(card)
        self._header.show_preview(preview)
        self._header.show_now(now)
        self.show_pinned(pinned=pinned)
        self._content.show_routine(routine, preview)
        self._show_today(preview)
        self._place()
        if had_focus:
            self.focus_start()

    def show_pinned(self, *, pinned: bool) -> None:
        """Show whether the routine stands at the top of Home."""
        self._pinned = pinned
        self._header.show_pinned(pinned=pinned)

    def show_now(self, now: datetime) -> None:
        """Reckon the end from this moment."""
        self._header.show_now(now)

    def focus_start(self) -> None:
        """Put the focus where the page begins: on Start."""
        start = self._header.start
        target = start if start.isEnabled() else self._header.back
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is wanted

    @Slot(object, bool)
    def _switch(self, part: Part, on: bool) -> None:  # noqa: FBT001  (the signal's payload)
        self._change(self._today.switch(part, on=on))

    @Slot(object, bool)
    def _leave_out(self, place: Place, out: bool) -> None:  # noqa: FBT001  (the same)
        self._change(self._today.leave_out(place, out=out))

    @Slot(object, str)
    def _swap(self, place: Place, exercise: str) -> None:
        routine = self._routine
        if routine is not None:
            written = routine.blocks[place[0]].steps[place[1]].exercise
            self._change(self._today.swap(place, None if exercise in {"", written} else exercise))

    @Slot(int)
    def _take_minutes(self, minutes: int) -> None:
        preview = self._preview
        if preview is not None:
            all_it_takes = minutes >= minutes_of(preview.unfitted_ms)
            self._change(self._today.take(None if all_it_takes else minutes))

    @Slot()
    def _take_back_all(self) -> None:
        self._change(self._written)

    def _change(self, today: Today) -> None:
        if today != self._today:
            self._past.append(self._today)
            self._undone.clear()
            self._show_changed(today)

    @Slot()
    def _undo(self) -> None:
        if self._past:
            self._undone.append(self._today)
            self._show_changed(self._past.pop())

    @Slot()
    def _redo(self) -> None:
        if self._undone:
            self._past.append(self._today)
            self._show_changed(self._undone.pop())

    def _show_changed(self, today: Today) -> None:
        routine, choices = self._routine, self._choices
        if routine is None or choices is None:
            return
        self._today = today
        self._preview = preview = preview_of(routine, self._exercises, choices, today)
        self._header.show_preview(preview)
        self._show_today(preview)
        self._content.show_preview(preview)
        told = phrases.outcome(preview) if preview.fitted is not None else ""
        announce(self, f"{phrases.summary(preview)}. {told}".strip())

    def _show_today(self, preview: Preview) -> None:
        self._content.today.show_preview(
            preview,
            minutes=self._today.minutes,
            is_as_written=self._today == self._written,
        )

    @Slot()
    def _start(self) -> None:
        if self._card is not None and self._preview is not None:
            self.start_requested.emit(self._card.id, self._preview.day)

    @Slot()
    def _pin(self) -> None:
        if self._card is not None:
            self.show_pinned(pinned=not self._pinned)
            self.pin_changed.emit(self._card.id, self._pinned)

    @Slot()
    def _export(self) -> None:
        if self._card is not None and self._preview is not None:
            self.export_requested.emit(self._card, self._preview.day)

    @Slot()
    def _edit(self) -> None:
        if self._card is None:
            return
        if self._card.origin is Origin.YOURS:
            self.edit_requested.emit(self._card)
        else:
            self.copy_requested.emit(self._card)

    @Slot()
    def _show_file(self) -> None:
        if self._card is not None:
            self.show_file_requested.emit(self._card.file)

    # Keys and layout

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._header.start.click()
            return
        # From the header, which does not scroll itself.
        self._scroll.keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @Slot()
    def _place(self) -> None:
        height = self._header.place(self.width())
        self._scroll.setGeometry(0, height, self.width(), self.height() - height)
        self._content.place()
