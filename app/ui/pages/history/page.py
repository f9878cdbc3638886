"""The history page: figures, the sessions, and what was done in one of them."""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QCoreApplication, QLocale, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.history import SessionRecord
from app.ui import _tokens as tokens
from app.ui.dates import day_heading
from app.ui.icons import paint_icon
from app.ui.pages.history.data import HistoryData
from app.ui.pages.history.detail import SessionDetail
from app.ui.pages.history.session_list import SessionList
from app.ui.pages.history.stats import StatsStrip, SteadyCard
from app.ui.theme import Theme, ThemeManager
from app.ui.widgets.buttons import Button, ButtonKind
from app.ui.widgets.paint import elided, panel, text_at, text_centered
from app.ui.widgets.scroll import PageScroll

if TYPE_CHECKING:
    from app.ui.signals import TypedSignal

MARGIN, MAX_WIDTH, GUTTER, HEADER = 40, 1560, 24, 96
LIST_WIDTH: Final = 344
WIDE: Final = 1180
"""Window width from which the list stands at the right."""
BOTTOM: Final = 32
_RAIL: Final = 96
EDGE_LEFT, EDGE_RIGHT = 8, 20
"""What the scrolled figures have beside them: room for rings, and for the bar."""


def _paint_title(painter: QPainter, theme: Theme, left: float) -> None:
    text = QCoreApplication.translate("History", "History")
    text_at(painter, theme.font("title_l"), theme.text, (left - 1, 52), text)


class HistoryPage(QWidget):
    """Shows `HistoryData`; the newest session is chosen at first."""

    delete_requested = cast("TypedSignal[SessionRecord]", Signal(object))
    """Delete this session, with undo."""
    more_requested = cast("TypedSignal[()]", Signal())
    """Show older sessions too."""
    choose_requested = cast("TypedSignal[()]", Signal())
    """From the empty page: choose a routine."""

    def __init__(
        self, themes: ThemeManager, locale: QLocale, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._locale = locale
        self._data: HistoryData | None = None
        self._chosen: str | None = None
        self._wide: bool | None = None
        self._overview = _Overview(themes, locale)
        self._list = SessionList(themes, locale)
        self._list.chosen.connect(self._toggle)
        self._list.delete_requested.connect(self._delete)
        self._list.more_requested.connect(self.more_requested.emit)
        self._detail = SessionDetail(themes, locale)
        self._left = PageScroll(themes, self)
        self._card = _ListCard(themes, self)
        self._right = PageScroll(themes, self._card)
        self._column = _Column(themes)
        self._choose = Button(
            themes, self.tr("Choose a routine"), kind=ButtonKind.PRIMARY, parent=self
        )
        self._choose.clicked.connect(self.choose_requested.emit)
        themes.changed.connect(self._place)

    @property
    def sessions(self) -> SessionList:
        return self._list

    @property
    def detail(self) -> SessionDetail:
        return self._detail

    @property
    def chosen_id(self) -> str | None:
        """The session whose details are shown."""
        return self._chosen

    @property
    def choose_button(self) -> Button:
        return self._choose

    def show_data(self, data: HistoryData) -> None:
        """Show new data; the chosen session stays chosen while it is there."""
        self._data = data
        known = {session.id: session for session in data.sessions}
        if self._chosen not in known:
            self._chosen = None
        self._list.show_sessions(list(data.sessions), today=data.today, has_more=data.has_more)
        self._overview.show_data(data)
        self._show_chosen()
        self._wide = None
        self._place()

    def focus_start(self) -> None:
        """Put the focus on the chosen session, or on the one button of the empty page."""
        row = self._list.row(self._chosen) if self._chosen is not None else None
        target = row or self._list.first_row() or self._choose
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _session(self, key: str | None) -> SessionRecord | None:
        if self._data is None:
            return None
        return next((session for session in self._data.sessions if session.id == key), None)

    def _show_chosen(self) -> None:
        session = self._session(self._chosen)
        self._list.select(self._chosen)
        self._detail.setVisible(session is not None)
        if session is not None and self._data is not None:
            day = day_heading(self._locale, session.local_date, today=self._data.today)
            self._detail.show_session(session, day=day)

    @Slot(object)
    def _toggle(self, session: SessionRecord) -> None:
        """Show a session; in a narrow window a second press folds it again."""
        again = self._chosen == session.id and not self._is_wide()
        self._chosen = None if again else session.id
        self._show_chosen()
        self._place_inside()

    @Slot(object)
    def _delete(self, session: SessionRecord) -> None:
        # The next session takes over, so that Delete can be pressed again.
        following = self._list.neighbour(session.id)
        had_focus = self._list.row(session.id) is self.focusWidget()
        if self._chosen == session.id and self._is_wide():
            self._chosen = following
        self.delete_requested.emit(session)
        row = self._list.row(following) if following is not None else None
        if had_focus and row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    # Layout

    def _is_wide(self) -> bool:
        return self.width() + _RAIL >= WIDE * self._themes.theme.text_scale

    def _is_empty(self) -> bool:
        return self._data is None or not self._data.sessions

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _content(self) -> tuple[int, int]:
        width = min(self.width() - 2 * MARGIN, MAX_WIDTH)
        return (self.width() - width) // 2, width

    @Slot()
    def _place(self) -> None:
        empty = self._is_empty()
        self._left.setVisible(not empty)
        self._choose.setVisible(empty and self._data is not None)
        if empty:
            self._card.hide()
            size = self._choose.sizeHint()
            self._choose.setGeometry(
                (self.width() - size.width()) // 2,
                self._empty_top() + 190,
                size.width(),
                size.height(),
            )
            self.update()
            return
        self._arrange()
        left, width = self._content()
        if self._is_wide():
            self._left.setGeometry(
                left - EDGE_LEFT,
                HEADER - 8,
                width - LIST_WIDTH - GUTTER + EDGE_LEFT + EDGE_RIGHT,
                self.height() - HEADER + 8,
            )
            self._card.setGeometry(
                left + width - LIST_WIDTH, HEADER, LIST_WIDTH, self.height() - HEADER - BOTTOM
            )
            self._right.setGeometry(0, 1, LIST_WIDTH, self._card.height() - 2)
        else:
            self._left.setGeometry(self.rect())
        self._place_inside()
        self.update()

    def _arrange(self) -> None:
        """Put the parts into one column or two, where that changed."""
        wide = self._is_wide()
        if wide is self._wide:
            return
        self._wide = wide
        if wide and self._chosen is None and self._data is not None:
            self._chosen = self._data.sessions[0].id
            self._show_chosen()
        for scroll in (self._left, self._right):
            scroll.take_widget()
        self._detail.set_framed(wide)
        self._card.setVisible(wide)
        if wide:
            self._list.set_inside(None)
            self._overview.set_detail(self._detail)
            self._left.set_widget(self._overview)
            self._right.set_widget(self._list)
            self._right.show()
        else:
            self._overview.set_detail(None)
            self._detail.setParent(self._list)
            self._list.set_inside(self._detail)
            self._column.hold(self._overview, self._list)
            self._left.set_widget(self._column)
        for part in (self._overview, self._list):
            part.show()
        self._detail.setVisible(self._chosen is not None)

    def _place_inside(self) -> None:
        if self._is_wide():
            self._overview.place()
            self._list.place(self._list.width())
        else:
            self._column.place()

    # Looks

    def _empty_top(self) -> int:
        return max(HEADER + 40, self.height() // 2 - 130)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        left, _ = self._content()
        if self._is_empty() or self._is_wide():
            _paint_title(painter, theme, left)
        if self._data is None or not self._is_empty():
            return
        middle = self.width() / 2
        top = self._empty_top()
        icon = QRectF(middle - 36, top, 72, 72)
        paint_icon(painter, "calendar-days", icon, theme.text_3, stroke=1.5)
        title = theme.font("title_l")
        room = self.width() - 2 * MARGIN
        text = elided(title, self.tr("Your first session shows up here"), room)
        text_centered(painter, title, theme.text, (middle, top + 112), text)
        body = theme.font("title_s", weight=400)
        text = elided(body, self.tr("It is kept also when you stop early."), room)
        text_centered(painter, body, theme.text_2, (middle, top + 152), text)


class _ListCard(QWidget):
    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        themes.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        box = QRectF(self.rect())
        panel(QPainter(self), box, tokens.RADIUS["card"], theme.surface, theme.line)


class _Overview(QWidget):
    """Figures, and in a wide window the chosen session below them."""

    def __init__(self, themes: ThemeManager, locale: QLocale) -> None:
        super().__init__()
        self._themes = themes
        self._locale = locale
        self._strip = StatsStrip(themes)
        self._strip.setParent(self)
        self._steady = SteadyCard(
            themes,
            self.tr("Consistency"),
            self.tr(
                "Rises as you keep your goal, falls slowly when you don't, waits while you are "
                "paused."
            ),
        )
        self._steady.setParent(self)
        self._runs = SteadyCard(
            themes,
            self.tr("After runs"),
            self.tr("Recent runs that a session followed within 90 minutes."),
        )
        self._runs.setParent(self)
        self._detail: SessionDetail | None = None

    def show_data(self, data: HistoryData) -> None:
        self._strip.show_data(data)
        self._steady.show_figure(str(data.streaks.consistency))
        runs = data.streaks.post_run
        self._runs.show_figure(f"{runs.followed}/{runs.runs}")
        self._runs.setVisible(runs.runs > 0)

    def set_detail(self, detail: SessionDetail | None) -> None:
        self._detail = detail
        if detail is not None:
            detail.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.place()

    def place(self) -> int:
        """Lay the parts out for the width there is; return the height."""
        left, width = EDGE_LEFT, self.width() - EDGE_LEFT - EDGE_RIGHT
        y = 8
        height = self._strip.needed_height()
        self._strip.setGeometry(left, y, width, height)
        y += height + GUTTER
        both = not self._runs.isHidden()
        half = (width - GUTTER) // 2 if both else width
        height = self._steady.needed_height(half)
        if both:
            height = max(height, self._runs.needed_height(half))
            self._runs.setGeometry(left + width - half, y, half, height)
        self._steady.setGeometry(left, y, half, height)
        y += height
        if self._detail is not None and not self._detail.isHidden():
            y += GUTTER
            height = self._detail.heightForWidth(width)
            self._detail.setGeometry(left, y, width, height)
            y += height
        y += BOTTOM
        self.setMinimumHeight(y)
        return y


class _Column(QWidget):
    """One column for narrow windows: figures, then the list on its card."""

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self._themes = themes
        self._overview: _Overview | None = None
        self._list: SessionList | None = None

    def hold(self, overview: _Overview, sessions: SessionList) -> None:
        self._overview = overview
        self._list = sessions
        overview.setParent(self)
        sessions.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.place()

    def place(self) -> None:
        if self._overview is None or self._list is None:
            return
        width = min(self.width() - 2 * MARGIN, MAX_WIDTH)
        left = (self.width() - width) // 2
        outer = width + EDGE_LEFT + EDGE_RIGHT
        self._overview.resize(outer, self._overview.height())
        height = self._overview.place() - BOTTOM
        self._overview.setGeometry(left - EDGE_LEFT, HEADER - 8, outer, height)
        y = HEADER - 8 + height + GUTTER
        height = self._list.place(width)
        self._list.setGeometry(left, y, width, height)
        self.setMinimumHeight(y + height + BOTTOM)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._list is None:
            return
        theme = self._themes.theme
        painter = QPainter(self)
        _paint_title(painter, theme, self._list.x())
        box = QRectF(self._list.geometry())
        panel(painter, box, tokens.RADIUS["card"], theme.surface, theme.line)
