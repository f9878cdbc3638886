"""The list of sessions, grouped by day."""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEvent, QLocale, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.history import SessionRecord
from app.ui import _tokens as tokens
from app.ui.dates import clock_time, day_heading
from app.ui.pages.history import phrases
from app.ui.pages.history.data import by_day, is_whole, main_phase
from app.ui.theme import Theme, ThemeManager, alpha
from app.ui.widgets.buttons import Button, ButtonKind, ButtonLook
from app.ui.widgets.day_mark import paint_session_mark
from app.ui.widgets.focus_ring import FocusRing, FocusShape
from app.ui.widgets.paint import elided, text_at, text_right

if TYPE_CHECKING:
    from datetime import date

    from app.ui.signals import TypedSignal

ROW, ROW_GAP, HEADING = 64, 4, 42
INSET: Final = 12
MARK: Final = 32
TEXT_LEFT: Final = 60
TITLE: Final = 43
_ICON_BUTTON: Final = 40


def _quiet_look(theme: Theme) -> ButtonLook:
    return ButtonLook(fill=None, text=theme.text, hover_fill=alpha(theme.text, 0.1))


class SessionRow(QPushButton):
    """One session. A press shows it; Delete deletes it, with undo."""

    delete_requested = cast("TypedSignal[SessionRecord]", Signal(object))
    chosen = cast("TypedSignal[SessionRecord]", Signal(object))

    def __init__(
        self, themes: ThemeManager, locale: QLocale, session: SessionRecord, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._locale = locale
        self.session = session
        self._selected = False
        self._delete: Button | None = None
        self._ring = FocusRing(self, themes, self._shape)
        self.clicked.connect(self._choose)
        self.show_session(session)
        themes.changed.connect(self.update)

    def show_session(self, session: SessionRecord) -> None:
        self.session = session
        time = clock_time(self._locale, session.started)
        self.setAccessibleName(f"{session.name}, {time}, {phrases.line(session)}")
        self.update()

    def set_selected(self, selected: bool) -> None:  # noqa: FBT001  (a plain setter)
        self._selected = selected
        self._show_delete()
        self.update()

    def _shape(self) -> FocusShape:
        return FocusShape(QRectF(self.rect()), tokens.RADIUS["button"])

    def _is_lit(self) -> bool:
        return self._selected or self.underMouse() or self.hasFocus()

    def _show_delete(self) -> None:
        wanted = self._is_lit()
        if self._delete is None and wanted:
            self._delete = Button(
                self._themes,
                icon="trash-2",
                name=self.tr("Delete session"),
                kind=ButtonKind.GHOST,
                look=_quiet_look,
                parent=self,
            )
            self._delete.set_button_height(_ICON_BUTTON)
            self._delete.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._delete.clicked.connect(self._ask_delete)
            self._place()
        if self._delete is not None:
            self._delete.setVisible(wanted)

    def _place(self) -> None:
        if self._delete is not None:
            self._delete.setGeometry(
                self.width() - 12 - _ICON_BUTTON,
                (self.height() - _ICON_BUTTON) // 2,
                _ICON_BUTTON,
                _ICON_BUTTON,
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._show_delete()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_delete()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring.focus_in(event.reason())
        self._show_delete()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring.focus_out(event.reason())
        self._show_delete()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.delete_requested.emit(self.session)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                # A button would move the focus as Tab does; the list knows better.
                event.ignore()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, session = self._themes.theme, self.session
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._selected or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.selected)
            painter.setOpacity(1.0 if self._selected else 0.6)
            radius = tokens.RADIUS["button"]
            painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
            painter.setOpacity(1.0)
        middle = self.height() / 2
        mark = QRectF(14, middle - MARK / 2, MARK, MARK)
        paint_session_mark(painter, theme, mark, main_phase(session), done=is_whole(session))
        small = theme.font("small", tabular=True)
        spread = 12 * theme.text_scale
        right = float(self.width() - 12)
        if self._is_lit():
            right -= _ICON_BUTTON + 4
        else:
            quiet = theme.font("small", tabular=True, weight=500)
            time = clock_time(self._locale, session.started)
            right = text_right(painter, quiet, theme.text_2, (right, middle - spread), time) - 12
        name = theme.font("body_bold")
        room = right - TEXT_LEFT
        shown = elided(name, session.name, room)
        text_at(painter, name, theme.text, (TEXT_LEFT, middle - spread), shown)
        line = elided(small, phrases.line(session), self.width() - 12 - TEXT_LEFT)
        if self._is_lit():
            line = elided(small, phrases.line(session), room)
        text_at(painter, small, theme.text_2, (TEXT_LEFT, middle + spread), line)

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(self.session)

    @Slot()
    def _ask_delete(self) -> None:
        self.delete_requested.emit(self.session)


class SessionList(QWidget):
    """Rows under the heading of their day; may hold the chosen session's details inside."""

    chosen = cast("TypedSignal[SessionRecord]", Signal(object))
    delete_requested = cast("TypedSignal[SessionRecord]", Signal(object))
    more_requested = cast("TypedSignal[()]", Signal())

    def __init__(self, themes: ThemeManager, locale: QLocale) -> None:
        super().__init__()
        self._themes = themes
        self._locale = locale
        self._rows: dict[str, SessionRow] = {}
        self._days: list[tuple[str, list[str]]] = []
        self._headings: list[tuple[float, str]] = []
        self._selected: str | None = None
        self._inside: QWidget | None = None
        self._more = Button(
            themes, self.tr("Show earlier sessions"), kind=ButtonKind.GHOST, parent=self
        )
        self._more.clicked.connect(self.more_requested.emit)
        self.setAccessibleName(self.tr("Sessions"))

    def show_sessions(
        self, sessions: "list[SessionRecord]", *, today: "date", has_more: bool
    ) -> None:
        """Show sessions, newest first; the rows of those that stay are kept."""
        known, self._rows, self._days = self._rows, {}, []
        for day, members in by_day(sessions):
            heading = day_heading(self._locale, day, today=today)
            self._days.append((heading, [session.id for session in members]))
            for session in members:
                row = known.pop(session.id, None)
                if row is None:
                    row = SessionRow(self._themes, self._locale, session, self)
                    row.chosen.connect(self.chosen.emit)
                    row.delete_requested.connect(self.delete_requested.emit)
                row.show_session(session)
                row.show()
                self._rows[session.id] = row
        for gone in known.values():
            gone.hide()
            gone.deleteLater()
        self._more.setVisible(has_more)
        if self._selected not in self._rows:
            self._selected = None
        self.place(self.width())

    def select(self, session_id: str | None) -> None:
        """Mark a session as the one whose details are shown."""
        self._selected = session_id
        for key, row in self._rows.items():
            row.set_selected(key == session_id)

    def row(self, session_id: str) -> SessionRow | None:
        return self._rows.get(session_id)

    def first_row(self) -> SessionRow | None:
        return next(iter(self._rows.values()), None)

    def neighbour(self, session_id: str) -> str | None:
        """Return the session after this one, else the one before it."""
        keys = list(self._rows)
        if session_id not in keys:
            return None
        place = keys.index(session_id)
        after = keys[place + 1 : place + 2] or keys[max(0, place - 1) : place]
        return after[0] if after else None

    def set_inside(self, widget: QWidget | None) -> None:
        """Hold details under the chosen row, as in a narrow window."""
        self._inside = widget

    def place(self, width: int) -> int:
        """Lay the rows out for a width; return the height."""
        theme = self._themes.theme
        row_height = max(ROW, 2 * theme.line_height("small") + 24)
        y = TITLE
        self._headings = []
        for heading, keys in self._days:
            self._headings.append((y + HEADING / 2 + 3, heading))
            y += HEADING
            for key in keys:
                self._rows[key].setGeometry(INSET, y, width - 2 * INSET, row_height)
                y += row_height + ROW_GAP
                if key == self._selected and self._inside is not None:
                    height = self._inside.heightForWidth(width - 2 * INSET)
                    self._inside.setGeometry(INSET, y, width - 2 * INSET, height)
                    y += height + ROW_GAP
            y -= ROW_GAP
        if not self._more.isHidden():
            size = self._more.sizeHint()
            self._more.setGeometry(INSET, y + 12, size.width(), size.height())
            y += 12 + size.height()
        y += 20
        self.setMinimumHeight(y)
        self.update()
        return y

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.place(event.size().width())

    def sizeHint(self) -> QSize:
        return QSize(344, self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}.get(event.key())
        rows = list(self._rows.values())
        focus = self.focusWidget()
        if step is None or not isinstance(focus, SessionRow):
            super().keyPressEvent(event)
            return
        place = rows.index(focus) + step
        if 0 <= place < len(rows):
            rows[place].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        title = theme.font("title_s")
        text_at(painter, title, theme.text, (2 * INSET, 30), self.tr("Sessions"))
        font = theme.font("label", tabular=True)
        for y, heading in self._headings:
            text_at(painter, font, theme.text_2, (2 * INSET, y), heading)
