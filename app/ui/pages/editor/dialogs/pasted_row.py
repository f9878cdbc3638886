"""One line of a pasted list: what was written, what it is taken for, yes or another choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, cast

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from app.domain.draft.model import LineKind
from app.ui import _tokens as tokens
from app.ui.icons import paint_icon
from app.ui.pages.editor.dialogs import draft_words
from app.ui.theme import mix
from app.ui.widgets.card import CardBase
from app.ui.widgets.focus_ring import FocusShape, show_in_page
from app.ui.widgets.paint import panel, text_at, text_width
from app.ui.widgets.text_fit import clip, wrap

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QWidget

    from app.domain.draft.model import DraftLine
    from app.domain.exercise import ExerciseLibrary
    from app.ui.figures import Figures
    from app.ui.signals import TypedSignal
    from app.ui.theme import Theme, ThemeManager

_PADDING, _GAP, _PICTURE, _ICON = 12, 12, 44, 20
_TICK_ZONE, _TICK, _CHEVRON_ZONE = 44, 24, 32
_SHARE: Final = 0.36
"""How much of the row the written line has."""
_NAME_LINES: Final = 2
_ICONS: Final = {
    LineKind.STEP: "pencil",
    LineKind.HEADING: "layers",
    LineKind.NOTE: "scroll",
    LineKind.UNKNOWN: "circle-help",
}


class _Line(NamedTuple):
    text: str
    role: str
    color: QColor


class PastedRow(CardBase):
    """Ticked lines go into the routine. Space and Enter tick, Alt+Down offers what else it may be.

    `clicked` is a yes, or a line left out where it was ticked.
    """

    choices_wanted = cast("TypedSignal[()]", Signal())
    moved = cast("TypedSignal[int]", Signal(int))
    """The focus goes so many rows down."""

    def __init__(self, themes: ThemeManager, figures: Figures, parent: QWidget) -> None:
        super().__init__(themes, parent)
        self._figures = figures
        self._exercises: ExerciseLibrary = {}
        self._read: DraftLine | None = None
        self._shown: DraftLine | None = None
        self._open = False
        self._chooses = False
        self._height: dict[int, int] = {}
        """By width, for what is shown now."""
        self.setCheckable(True)
        self.setAutoDefault(False)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        themes.changed.connect(self._restyle)

    def show_line(
        self, read: DraftLine, answered: DraftLine | None, exercises: ExerciseLibrary
    ) -> None:
        """Show a line as it was read, and as it was answered; None while it has to be."""
        state = (read, answered or read, answered is None)
        if state == (self._read, self._shown, self._open):
            return
        self._read, self._shown, self._open = state
        self._exercises = exercises
        self._height.clear()
        self.setChecked(self.is_kept)
        self.setAccessibleName(self._spoken())
        self.setToolTip("")
        self.updateGeometry()
        self.update()

    @property
    def read_line(self) -> DraftLine:
        """What was read, before any answer."""
        if self._read is None:
            raise LookupError
        return self._read

    @property
    def shown(self) -> DraftLine:
        if self._shown is None:
            raise LookupError
        return self._shown

    @property
    def is_open(self) -> bool:
        """Whether it needs an answer."""
        return self._open

    @property
    def is_kept(self) -> bool:
        return self._shown is not None and not self._open and not self._shown.skip

    def _spoken(self) -> str:
        line = self.shown
        parts = [
            self.tr("Line {number}: {text}").format(number=line.line, text=self.read_line.text),
            self.tr("read as {what}, {detail}").format(
                what=draft_words.title(line), detail=draft_words.detail(line)
            ),
        ]
        if self._open:
            parts.append(self.tr("needs an answer"))
            parts.append(draft_words.reason(self.read_line))
        elif line.skip:
            parts.append(self.tr("left out"))
        return ". ".join(part.rstrip(".") for part in parts if part)

    # Keys and mouse

    def nextCheckState(self) -> None:  # noqa: N802  (Qt's own)
        """Leave the tick alone: the answer sets it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if (alt and event.key() == Qt.Key.Key_Down) or event.key() in {
            Qt.Key.Key_Menu,
            Qt.Key.Key_F4,
        }:
            self.choices_wanted.emit()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and not alt:
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif (
            event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        self._chooses = self.guess_box().contains(place.x(), place.y())
        if self._chooses or not self.tick_zone().contains(place.x(), place.y()):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        chooses, self._chooses = self._chooses, False
        if chooses:
            if self.guess_box().contains(place.x(), place.y()):
                self.choices_wanted.emit()
            return
        super().mouseReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            show_in_page(self)

    # Geometry

    def _shape(self) -> FocusShape:
        return FocusShape(QRectF(self.rect()), tokens.RADIUS["button"])

    def _mirrored(self, box: QRectF) -> QRectF:
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            box.moveLeft(self.width() - box.right())
        return box

    def _text_width(self, width: int) -> int:
        return round((width - 2 * _PADDING) * _SHARE)

    def _words_width(self, width: int) -> int:
        left = _PADDING + self._text_width(width) + _GAP + _PICTURE + _GAP
        return max(40, width - left - _CHEVRON_ZONE - _TICK_ZONE - 4)

    def guess_box(self) -> QRectF:
        """Return where the guess is, which offers other choices when it is pressed."""
        left = _PADDING + self._text_width(self.width()) + _GAP
        right = self.width() - _TICK_ZONE - 4
        return self._mirrored(QRectF(left, 0, right - left, self.height()))

    def tick_zone(self) -> QRectF:
        return self._mirrored(
            QRectF(self.width() - _TICK_ZONE - 4, 0, _TICK_ZONE + 4, self.height())
        )

    def choices_place(self) -> QPoint:
        """Return where a menu of choices opens, in the row's coordinates."""
        box = self.guess_box()
        return QPoint(round(box.left()), round(box.bottom()) - 4)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._shown is None:
            return _PICTURE + 2 * _PADDING
        theme = self.themes.theme
        # A list's layout asks each of its rows several times.
        known = self._height.get(width)
        if known is not None:
            return known
        written = len(self._written(width)) * theme.line_height("body")
        words = sum(theme.line_height(line.role) for line in self._words(width))
        self._height[width] = max(_PICTURE, written, words) + 2 * _PADDING
        return self._height[width]

    def sizeHint(self) -> QSize:
        width = max(self.width(), 480)
        return QSize(480, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, _PICTURE + 2 * _PADDING)

    def _written(self, width: int) -> list[str]:
        font = self.themes.theme.font("body")
        room = self._text_width(width)
        return wrap(self.read_line.text, room, QFontMetricsF(font).horizontalAdvance) or [""]

    def _words(self, width: int) -> list[_Line]:
        theme, line, room = self.themes.theme, self.shown, self._words_width(width)
        quiet = line.skip and not self._open
        if quiet:
            return [_Line(self.tr("Left out"), "body_bold", theme.text_3)]

        def broken(text: str, role: str, color: QColor, most: int) -> list[_Line]:
            measure = QFontMetricsF(theme.font(role)).horizontalAdvance
            lines = clip(wrap(text, room, measure), most, room, measure)
            return [_Line(one, role, color) for one in lines]

        found = broken(draft_words.title(line), "body_bold", theme.text, _NAME_LINES)
        found += broken(draft_words.detail(line), "small", theme.text_2, 3)
        if self._open:
            found += broken(draft_words.reason(self.read_line), "label", theme.text, 3)
        return found

    # Looks

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._shown is None:
            return
        theme = self.themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, radius = QRectF(self.rect()), float(tokens.RADIUS["button"])
        border = mix(theme.line, theme.line_strong, self.hover.value)
        panel(painter, box, radius, theme.surface, border)
        if self._open:
            painter.setPen(QPen(theme.text, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius - 1, radius - 1)
        quiet = self._shown.skip and not self._open
        written = [
            _Line(text, "body", theme.text_3 if quiet else theme.text)
            for text in self._written(self.width())
        ]
        area = QRectF(_PADDING, 0, self._text_width(self.width()), self.height())
        self._paint_lines(painter, theme, written, self._mirrored(area))
        left = _PADDING + self._text_width(self.width()) + _GAP
        picture = QRectF(left, (self.height() - _PICTURE) / 2, _PICTURE, _PICTURE)
        picture.moveTop(round(picture.top()))
        self._paint_picture(painter, theme, self._mirrored(picture), quiet=quiet)
        area = QRectF(left + _PICTURE + _GAP, 0, self._words_width(self.width()), self.height())
        self._paint_lines(painter, theme, self._words(self.width()), self._mirrored(area))
        self._paint_controls(painter, theme)

    def _paint_lines(
        self, painter: QPainter, theme: Theme, lines: list[_Line], area: QRectF
    ) -> None:
        y = area.center().y() - sum(theme.line_height(line.role) for line in lines) / 2
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for text, role, color in lines:
            font, high = theme.font(role), theme.line_height(role)
            x = area.right() - text_width(font, text) if mirrored else area.left()
            text_at(painter, font, color, (round(x), y + high / 2), text)
            y += high

    def _paint_picture(self, painter: QPainter, theme: Theme, box: QRectF, *, quiet: bool) -> None:
        line = self.shown
        exercise = self._exercises.get(line.exercise or "")
        if line.kind is LineKind.STEP and exercise is not None and not quiet:
            tint = theme.phase(exercise.phase).tint
            panel(painter, box, 10, tint, None)
            self._figures.paint_still(
                painter,
                box,
                exercise,
                exercise.position,
                theme=theme,
                phase=exercise.phase,
                bg=tint,
            )
            return
        panel(painter, box, 10, theme.sunken, None)
        icon = QRectF(0, 0, _ICON, _ICON)
        icon.moveCenter(box.center())
        icon.moveTopLeft(QRectF(icon.topLeft().toPoint(), icon.size()).topLeft())
        name = "x" if quiet else _ICONS[line.kind]
        paint_icon(painter, name, icon, theme.text_3 if quiet else theme.text_2)

    def _paint_controls(self, painter: QPainter, theme: Theme) -> None:
        middle = self.height() / 2
        chevron = QRectF(0, round(middle - 9), 18, 18)
        chevron.moveLeft(self.width() - _TICK_ZONE - 4 - _CHEVRON_ZONE + 7)
        paint_icon(painter, "chevron-down", self._mirrored(chevron), theme.text_2)
        tick = QRectF(0, round(middle - _TICK / 2), _TICK, _TICK)
        tick.moveLeft(self.width() - _TICK_ZONE + (_TICK_ZONE - _TICK) / 2 - 2)
        tick = self._mirrored(tick)
        if self._open:
            paint_icon(painter, "circle-help", tick, theme.text)
            return
        box = tick.adjusted(1, 1, -1, -1)
        kept = self.is_kept
        panel(painter, box, 6, theme.ink if kept else None, None if kept else theme.line_strong)
        if kept:
            paint_icon(painter, "check", box.adjusted(3, 3, -3, -3), theme.on_ink)

    @Slot()
    def _restyle(self) -> None:
        self._height.clear()
        self.updateGeometry()
        self.ring.refresh()
        self.update()
