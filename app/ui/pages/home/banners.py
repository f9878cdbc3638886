"""What stands above the suggestion: files that could not be read, a session to go on with."""

import re
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QLocale, QRectF, QSize, Signal, Slot
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from app.ui import _tokens as tokens
from app.ui.dates import clock_time, day_heading
from app.ui.icons import paint_icon
from app.ui.pages.home.problems import place, sentence
from app.ui.theme import Theme, ThemeManager
from app.ui.widgets.buttons import Button, ButtonKind
from app.ui.widgets.paint import elided, panel, text_at
from app.ui.widgets.text_fit import clip, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.domain.catalogue import BrokenFile
    from app.ui.pages.home.past import Interrupted
    from app.ui.signals import TypedSignal

PADDING: Final = 24
TEXT_LEFT: Final = 64
ICON: Final = 26
CODE_HEIGHT: Final = 56
ROW_HEIGHT: Final = 28
ROWS_MAX: Final = 4
BUTTON_GAP: Final = 12
WIDE: Final = 900
"""From this width on the buttons stand beside the code."""
_QUOTED: Final = re.compile(r"“([^”]+)”|\"([^\"]+)\"|`([^`]+)`|'([^']+)'|\*([^*]+)\*")


def fault_span(line: str, message: str) -> tuple[int, int]:
    """Return where in a file's line the thing stands that a message is about.

    Messages quote what they found last. Where nothing quoted occurs, all of the line is meant.
    """
    for groups in reversed(_QUOTED.findall(message)):
        word = next(group for group in groups if group)
        for wanted in (f'"{word}"', word):
            start = line.find(wanted)
            if start >= 0:
                return start, start + len(wanted)
    stripped = line.strip()
    start = line.find(stripped)
    return start, start + len(stripped)


def code_font(theme: Theme) -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(theme.font("small").pixelSize())
    return font


class _Code(QWidget):
    """The faulty line with its number, the fault underlined."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._line = ""
        self._number: int | None = None
        self._span = (0, 0)

    def show_line(self, line: str, number: int | None, message: str) -> None:
        self._line = line.strip("\n").expandtabs(2).strip()
        self._number = number
        self._span = fault_span(self._line, message)
        self.setAccessibleName(self._line)
        self.setToolTip(self._line)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        radius = tokens.RADIUS["field"]
        panel(painter, QRectF(self.rect()), radius, theme.surface, theme.danger_line)
        font = code_font(theme)
        metrics = QFontMetricsF(font)
        painter.setClipRect(self.rect().adjusted(1, 1, -12, -1))
        middle = self.height() / 2
        x = 16.0
        if self._number is not None:
            x = text_at(painter, font, theme.text_3, (x, middle), str(self._number)) + 20
        first, last = self._span
        room = self.width() - x - 16
        # The fault must be seen, also in a long line.
        skipped = 0
        if metrics.horizontalAdvance(self._line[:last]) > room:
            skipped = max(0, first - 8)
        shown = ("…" if skipped else "") + self._line[skipped:]
        lead = 1 if skipped else 0
        head = shown[: first - skipped + lead]
        fault = shown[first - skipped + lead : last - skipped + lead]
        tail = shown[last - skipped + lead :]
        x = text_at(painter, font, theme.text, (x, middle), head)
        end = text_at(painter, font, theme.danger, (x, middle), fault)
        text_at(painter, font, theme.text, (end, middle), tail)
        painter.setPen(QPen(theme.danger, 1.5))
        painter.drawLine(round(x), round(middle) + 11, round(end), round(middle) + 11)


class ErrorBanner(QWidget):
    """Says which routines could not be read and why; the others are fine and stay usable."""

    open_requested = cast("TypedSignal[str]", Signal(str))
    """The path of the file."""
    folder_requested = cast("TypedSignal[str]", Signal(str))
    """The path of the file whose folder is meant."""
    retry_requested = cast("TypedSignal[()]", Signal())

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._broken: Sequence[BrokenFile] = ()
        self._others = 0
        self._code = _Code(themes, self)
        self._folder = Button(themes, self.tr("Show folder"), parent=self)
        self._retry = Button(themes, self.tr("Try again"), parent=self)
        self._open = Button(
            themes, self.tr("Open file"), kind=ButtonKind.PRIMARY, icon="file-pen", parent=self
        )
        self._folder.clicked.connect(self._ask_folder)
        self._retry.clicked.connect(self.retry_requested.emit)
        self._open.clicked.connect(self._ask_open)
        themes.changed.connect(self._place)

    def show_broken(self, broken: "Sequence[BrokenFile]", others: int) -> None:
        """Show the broken files; `others` is how many routines are fine."""
        self._broken = broken
        self._others = others
        self.setAccessibleName(f"{self._title()}. {' '.join(self._lines())}")
        first = broken[0].problems[0]
        self._code.setVisible(len(broken) == 1 and bool(broken[0].excerpt.strip()))
        self._code.show_line(broken[0].excerpt, first.line, first.message)
        self._place()
        self.update()

    def needed_height(self, width: int) -> int:
        """Return the height at a width, in pixels."""
        theme = self._themes.theme
        text_bottom = 24 + theme.line_height("title_s") + 6 + self._text_height(width)
        buttons = self._open.sizeHint().height()
        code = not self._code.isHidden()
        if width >= WIDE:
            row = max(CODE_HEIGHT if code else 0, buttons)
            return round(text_bottom + 12 + row + 22)
        extra = CODE_HEIGHT + 12 if code else 0
        return round(text_bottom + 12 + extra + buttons + 22)

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.needed_height(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._broken:
            return
        theme = self._themes.theme
        painter = QPainter(self)
        radius = tokens.RADIUS["card"]
        panel(painter, QRectF(self.rect()), radius, theme.danger_tint, theme.danger_line)
        icon = QRectF(PADDING, 24, ICON, ICON)
        paint_icon(painter, "file-warning", icon, theme.danger)
        title = theme.font("title_s")
        text_at(painter, title, theme.text, (TEXT_LEFT, 36), self._title())
        body = theme.font("body")
        y = 24 + theme.line_height("title_s") + 6 + theme.line_height("body") / 2
        for line in self._shown_lines(self.width()):
            text_at(painter, body, theme.text, (TEXT_LEFT, y), line)
            y += theme.line_height("body")

    def _title(self) -> str:
        count = len(self._broken)
        if count == 1:
            return self.tr("One routine could not be read")
        return self.tr("{count} routines could not be read").format(count=count)

    def _lines(self) -> list[str]:
        if len(self._broken) == 1:
            first = self._broken[0].problems[0]
            text = f"{place(first)}: {sentence(first.message)} {self._fine()}"
            return [text.rstrip()]
        lines = [
            f"{place(broken.problems[0])}: {sentence(broken.problems[0].message)}"
            for broken in self._broken[:ROWS_MAX]
        ]
        if len(self._broken) > ROWS_MAX:
            rest = len(self._broken) - ROWS_MAX
            lines.append(self.tr("And {count} more.").format(count=rest))
        return [*lines, self._fine()] if self._fine() else lines

    def _fine(self) -> str:
        if self._others == 0:
            return ""
        if self._others == 1:
            return self.tr("The other routine is fine.")
        return self.tr("The other {count} routines are fine.").format(count=self._others)

    def _shown_lines(self, width: int) -> list[str]:
        font = self._themes.theme.font("body")
        room = width - TEXT_LEFT - PADDING
        metrics = QFontMetricsF(font)
        if len(self._broken) == 1:
            lines = wrap(self._lines()[0], room, metrics.horizontalAdvance)
            return clip(lines, 3, room, metrics.horizontalAdvance)
        return [elided(font, line, room) for line in self._lines()]

    def _text_height(self, width: int) -> int:
        return len(self._shown_lines(width)) * self._themes.theme.line_height("body")

    @Slot()
    def _place(self) -> None:
        if not self._broken:
            return
        width = self.width()
        bottom = self.height() - 22
        right = width - PADDING
        for button in (self._open, self._retry, self._folder):
            size = button.sizeHint()
            row = max(size.height(), CODE_HEIGHT) if width >= WIDE and self._has_code() else 0
            y = bottom - size.height() - max(0, (row - size.height()) // 2)
            button.setGeometry(right - size.width(), y, size.width(), size.height())
            right -= size.width() + BUTTON_GAP
        if self._has_code():
            if width >= WIDE:
                self._code.setGeometry(
                    TEXT_LEFT, bottom - CODE_HEIGHT, right - 6 - TEXT_LEFT, CODE_HEIGHT
                )
            else:
                self._code.setGeometry(
                    TEXT_LEFT,
                    bottom - self._open.height() - 12 - CODE_HEIGHT,
                    width - PADDING - TEXT_LEFT,
                    CODE_HEIGHT,
                )
        self.update()

    def _has_code(self) -> bool:
        return not self._code.isHidden()

    @Slot()
    def _ask_open(self) -> None:
        self.open_requested.emit(self._broken[0].file)

    @Slot()
    def _ask_folder(self) -> None:
        self.folder_requested.emit(self._broken[0].file)


class InterruptedBanner(QWidget):
    """Offers a session that the app could not finish."""

    continue_requested = cast("TypedSignal[()]", Signal())
    keep_requested = cast("TypedSignal[()]", Signal())

    def __init__(self, themes: ThemeManager, locale: QLocale, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._locale = locale
        self._title = self._text = ""
        self._keep = Button(themes, self.tr("Keep as stopped early"), parent=self)
        self._continue = Button(themes, " ", kind=ButtonKind.PRIMARY, icon="play", parent=self)
        self._keep.clicked.connect(self.keep_requested.emit)
        self._continue.clicked.connect(self.continue_requested.emit)
        themes.changed.connect(self._place)

    def show_session(self, session: "Interrupted", *, today: "date") -> None:
        self._title = self.tr("{name} was interrupted").format(name=session.name)
        when = self.tr("{day}, {time}").format(
            day=day_heading(self._locale, session.day, today=today),
            time=clock_time(self._locale, session.started),
        )
        done = self.tr("{done} of {steps} steps are done.").format(
            done=session.next_step - 1, steps=session.steps
        )
        self._text = f"{when}. {done}"
        self._continue.setText(self.tr("Continue at step {step}").format(step=session.next_step))
        self.setAccessibleName(f"{self._title}. {self._text}")
        self._place()
        self.update()

    def needed_height(self, width: int) -> int:
        theme = self._themes.theme
        text = theme.line_height("title_s") + 6 + theme.line_height("body")
        buttons = self._continue.sizeHint().height()
        if width >= WIDE:
            return round(max(text, buttons) + 40)
        return round(text + 12 + buttons + 44)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        radius = tokens.RADIUS["card"]
        panel(painter, QRectF(self.rect()), radius, theme.surface, theme.line)
        text = theme.line_height("title_s") + 6 + theme.line_height("body")
        top = (self.height() - text) / 2 if self.width() >= WIDE else 20.0
        first = top + theme.line_height("title_s") / 2
        paint_icon(painter, "history", QRectF(PADDING, round(first - 12), 24, 24), theme.text)
        right = self._keep.x() - 16 if self.width() >= WIDE else self.width() - PADDING
        room = right - TEXT_LEFT
        title = theme.font("title_s")
        text_at(painter, title, theme.text, (TEXT_LEFT, first), elided(title, self._title, room))
        body = theme.font("body", tabular=True)
        second = top + text - theme.line_height("body") / 2
        text_at(painter, body, theme.text_2, (TEXT_LEFT, second), elided(body, self._text, room))

    @Slot()
    def _place(self) -> None:
        right = self.width() - PADDING
        for button in (self._continue, self._keep):
            size = button.sizeHint()
            y = (self.height() - size.height()) // 2
            if self.width() < WIDE:
                y = self.height() - 20 - size.height()
            button.setGeometry(right - size.width(), y, size.width(), size.height())
            right -= size.width() + BUTTON_GAP
        self.update()
