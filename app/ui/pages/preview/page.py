"""The preview page: what a routine holds, which parts of it are wanted, and Start."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.ui.pages.preview import phrases
from app.ui.pages.preview.content import Content
from app.ui.pages.preview.data import optional_parts, parts_at_first, preview_of
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
    from app.ui.figures import Figures
    from app.ui.pages.preview.data import Preview
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager


class PreviewPage(QWidget):
    """Shows one routine; knows nothing of files and sessions."""

    start_requested = cast("TypedSignal[str, frozenset[Part]]", Signal(str, object))
    """The routine's id, and the optional parts that are in today."""
    exercise_requested = cast("TypedSignal[str]", Signal(str))
    """Show the page of the exercise with this id."""
    back_requested = cast("TypedSignal[()]", Signal())
    pin_changed = cast("TypedSignal[str, bool]", Signal(str, bool))
    """The routine's id, and whether it is to stand at the top."""
    export_requested = cast("TypedSignal[RoutineCard, frozenset[Part]]", Signal(object, object))
    """Make an audio file of it, with these optional parts in."""
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
        self._on: frozenset[Part] = frozenset()
        self._preview: Preview | None = None
        self._pinned = False
        self._header = Header(themes, locale, self)
        self._scroll = PageScroll(themes, self)
        self._content = Content(themes, figures)
        self._scroll.set_widget(self._content)
        self._header.back.clicked.connect(self.back_requested.emit)
        self._header.pin.clicked.connect(self._pin)
        self._header.export.clicked.connect(self._export)
        self._header.file.clicked.connect(self._show_file)
        self._header.start.clicked.connect(self._start)
        self._content.exercise_requested.connect(self.exercise_requested.emit)
        self._content.switched.connect(self._switch)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            # Not while a dialog over the page has the focus.
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._header.start.click)
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
    def switched_on(self) -> frozenset[Part]:
        """The optional parts that Start starts."""
        return self._on

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
        """Show a routine; shown again, as after its file changed, its switches stay.

        `now` is the moment that its end is reckoned from. Raises RoutineError, and shows what it
        showed before, where the routine cannot be laid flat.
        """
        again = self._card is not None and self._card.id == card.id
        on = parts_at_first(routine, choices)
        if again:
            on = self._on & optional_parts(routine)
        preview = preview_of(routine, exercises, choices, on)
        self._card, self._routine, self._exercises = card, routine, exercises
        self._choices, self._on, self._preview = choices, on, preview
        # A page that is covered remembers its focus, but must not take the window's.
        had_focus = self.isVisible() and self._content.isAncestorOf(self.focusWidget())
        self._header.show_card(card)
        self._header.show_preview(preview)
        self._header.show_now(now)
        self.show_pinned(pinned=pinned)
        self._content.show_routine(routine, preview)
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
        routine, choices = self._routine, self._choices
        if routine is None or choices is None:
            return
        self._on = self._on | {part} if on else self._on - {part}
        self._preview = preview_of(routine, self._exercises, choices, self._on)
        self._header.show_preview(self._preview)
        self._content.show_preview(self._preview)
        announce(self, phrases.summary(self._preview))

    @Slot()
    def _start(self) -> None:
        if self._card is not None:
            self.start_requested.emit(self._card.id, self._on)

    @Slot()
    def _pin(self) -> None:
        if self._card is not None:
            self.show_pinned(pinned=not self._pinned)
            self.pin_changed.emit(self._card.id, self._pinned)

    @Slot()
    def _export(self) -> None:
        if self._card is not None:
            self.export_requested.emit(self._card, self._on)

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
