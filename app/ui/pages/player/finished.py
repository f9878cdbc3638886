"""The finished screen: the result, and one question about the lower back."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.check_ins import HELP_SCORE
from app.ui.pages.player.finished_texts import BalancedLabel, HelpBox
from app.ui.pages.player.result_card import WIDTH as CARD_WIDTH
from app.ui.pages.player.result_card import ResultCard
from app.ui.widgets.accessible import announce
from app.ui.widgets.buttons import Button, ButtonKind, ButtonSize
from app.ui.widgets.label import Label
from app.ui.widgets.score_scale import ScoreScale
from app.ui.widgets.scroll import PageScroll
from app.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from PySide6.QtCore import QLocale
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from app.ui.pages.player.finished_data import FinishedData
    from app.ui.signals import TypedSignal
    from app.ui.theme import ThemeManager

STACK_BELOW = 1100
MARGIN, MARGIN_NARROW, GUTTER, TOP = 48, 32, 48, 64
CONTENT_MAX = 1240
CARD_MAX = 660
"""In a high window the card ends here: its parts stay together."""
NOTE_MAX = 1_000


class FinishedPage(QWidget):
    """Asks once. Nothing is chosen until a key or a click chooses it."""

    saved = cast("TypedSignal[object, str]", Signal(object, str))
    """The score, 0 to 10 or None, and the note."""
    skipped = cast("TypedSignal[()]", Signal())
    start_following = cast("TypedSignal[str]", Signal(str))
    """The id of the routine to start; what was chosen and written is told by `saved` before."""

    def __init__(
        self, themes: ThemeManager, locale: QLocale, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._data: FinishedData | None = None
        self._answered = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.close_button = Button(
            themes, kind=ButtonKind.GHOST, icon="x", name=self.tr("Skip check-in"), parent=self
        )
        self._name = Label(themes, role="title_s", parent=self)
        self.card = ResultCard(themes, locale)
        self._scroll = PageScroll(themes, self)
        content = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._ask = QWidget()
        self._fill_question(themes)
        self._columns.addWidget(self.card)
        self._columns.addWidget(self._ask, 1)
        self._scroll.set_widget(content, by_layout=True)
        self._order_focus()
        for control in (self.scale, self.save_button, self.skip_button, self.close_button):
            control.installEventFilter(self)
        self.card.start_button.installEventFilter(self)
        self.note.installEventFilter(self)
        self.close_button.clicked.connect(self.skip)
        self.skip_button.clicked.connect(self.skip)
        self.save_button.clicked.connect(self.save)
        self.note.returnPressed.connect(self.save)
        self.scale.chosen.connect(self._on_score)
        self.card.start_requested.connect(self._start)
        themes.changed.connect(self._arrange)

    def _fill_question(self, themes: ThemeManager) -> None:
        column = QVBoxLayout(self._ask)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        question = self.tr("How does your lower back feel now?")
        self.setAccessibleName(question)
        self._question = BalancedLabel(themes, question, role="stat", wraps=True)
        self._hint = Label(themes, color="text_2", wraps=True, tabular=True)
        self.scale = ScoreScale(themes)
        self.help = HelpBox(themes)
        self.help.hide()
        self._note_label = Label(themes, self.tr("Note"), role="label")
        self.note = TextField(
            themes,
            name=self.tr("Note"),
            placeholder=self.tr("Anything to remember? (optional)"),
            height=56,
        )
        self.note.setMaxLength(NOTE_MAX)
        kind, size = ButtonKind, ButtonSize.LARGE
        self.save_button = Button(themes, self.tr("Save and close"), kind=kind.PRIMARY, size=size)
        self.skip_button = Button(themes, self.tr("Skip check-in"), kind=kind.GHOST, size=size)
        self._keys = Label(
            themes, self.tr("Press a number or use ← →"), role="small", color="text_2"
        )
        self.clinician = Label(
            themes,
            self.tr("Sharp pain, numbness, or pain that lasts? Stop and see a clinician."),
            role="small",
            color="text_2",
            wraps=True,
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.skip_button)
        buttons.addStretch(1)
        buttons.addWidget(self._keys)
        column.addSpacing(8)
        column.addWidget(self._question)
        column.addSpacing(12)
        column.addWidget(self._hint)
        column.addSpacing(24)
        column.addWidget(self.scale)
        column.addWidget(self.help)
        column.addSpacing(12)
        column.addWidget(self._note_label)
        column.addSpacing(8)
        column.addWidget(self.note)
        column.addSpacing(24)
        column.addLayout(buttons)
        column.addStretch(1)
        column.addSpacing(20)
        column.addWidget(self.clinician)
        column.addSpacing(4)

    def _order_focus(self) -> None:
        order = (
            self.scale,
            self.note,
            self.save_button,
            self.skip_button,
            self.card.start_button,
            self.close_button,
        )
        for first, second in itertools.pairwise(order):
            QWidget.setTabOrder(first, second)

    # What is shown

    def show_data(self, data: FinishedData) -> None:
        """Show a session that ended, with nothing chosen."""
        self._data = data
        self._answered = False
        self._name.setText(data.routine)
        hint = self.tr("0 is loose, 10 is very tight.")
        if data.before is not None:
            said = self.tr("Before the session you said {score}.").format(score=data.before)
            hint = f"{hint} {said}"
        self._hint.setText(hint)
        self.card.show_data(data)
        self.scale.clear()
        self.scale.set_before(data.before)
        self.help.hide()
        self.note.clear()
        self._arrange()
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def needs_help_text(self, score: int) -> bool:
        """Tell whether a score calls for the sentence about medical help."""
        above = self._data.rises_above if self._data is not None else None
        return score >= HELP_SCORE or (above is not None and score > above)

    @Slot(int)
    def _on_score(self, score: int) -> None:
        shown = self.needs_help_text(score)
        if shown and self.help.isHidden():
            announce(self, self.help.text)
        self.help.setVisible(shown)

    # What is asked for

    @Slot()
    def save(self) -> None:
        if self._answered:
            return
        self._answered = True
        self.saved.emit(self.scale.score, self.note.text().strip())

    @Slot()
    def skip(self) -> None:
        if self._answered:
            return
        self._answered = True
        self.skipped.emit()

    @Slot(str)
    def _start(self, routine_id: str) -> None:
        if self.scale.score is not None or self.note.text().strip():
            self.save()
        else:
            self.skip()
        self.start_following.emit(routine_id)

    # Keys

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and self._take_key(event, writing=False):
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and self._take_key(event, writing=watched is self.note)

    def _take_key(self, event: QKeyEvent, *, writing: bool) -> bool:
        """Hear the check-in's keys before the controls; while one writes, Esc alone."""
        key = event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        digit = Qt.Key.Key_0 <= key <= Qt.Key.Key_9
        arrow = key in {Qt.Key.Key_Left, Qt.Key.Key_Right}
        enter = key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not self._enters_elsewhere()
        ours = plain and (key == Qt.Key.Key_Escape or (not writing and (digit or arrow or enter)))
        if not ours:
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() is not QEvent.Type.KeyPress:
            return False
        if digit:
            self.scale.choose(key - Qt.Key.Key_0)
        elif arrow:
            self.scale.step(1 if key == Qt.Key.Key_Right else -1)
        elif event.isAutoRepeat():
            return True
        elif enter:
            self.save()
        else:
            self.skip()
        return True

    def _enters_elsewhere(self) -> bool:
        """Enter on a button that has the focus presses that button."""
        others = (self.skip_button, self.close_button, self.card.start_button)
        return any(button.hasFocus() for button in others)

    # Geometry

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    @Slot()
    def _arrange(self) -> None:
        width, scale = self.width(), self._themes.theme.text_scale
        stacked = width / scale < STACK_BELOW
        side = MARGIN_NARROW if stacked else max(MARGIN, (width - CONTENT_MAX) // 2)
        close = self.close_button.sizeHint()
        middle = 46
        left = max(12, side + 13 - close.width() // 2)
        self.close_button.setGeometry(
            left, middle - close.height() // 2, close.width(), close.height()
        )
        name = left + close.width() + 8
        high = self._name.sizeHint().height()
        self._name.setGeometry(name, middle - high // 2, width - name - side, high)
        self._scroll.setGeometry(0, TOP + 16, width, self.height() - TOP - 16)
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.BottomToTop if stacked else direction.LeftToRight)
        self._columns.setSpacing(32 if stacked else GUTTER)
        free = round(self.height() - TOP - 16 - 32 - CARD_MAX * scale)
        self._columns.setContentsMargins(
            side, 16 if stacked else 32, side, 32 if stacked else max(48, free)
        )
        self.card.setMinimumWidth(0 if stacked else round(CARD_WIDTH * scale))
        self.card.setMaximumWidth(16_777_215 if stacked else round(CARD_WIDTH * scale))
        self._keys.setVisible(width / scale >= 720)  # noqa: PLR2004  (both buttons fit beside it)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), self._themes.theme.bg)
