"""A number with a minus and a plus: pressed, held, typed, or turned by keys."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSpinBox, QSizePolicy, QSpinBox, QWidget

from app.ui import _tokens as tokens
from app.ui.icons import paint_icon
from app.ui.theme import ThemeManager
from app.ui.widgets.focus_ring import show_in_page

SIDE = 45
"""Width of the minus and of the plus, with the line beside it."""
ICON = 18
REPEAT_AFTER_MS, REPEAT_EVERY_MS = 400, 80
PADDING = 10


class Stepper(QSpinBox):
    """A whole number with a unit. `valueChanged` tells of every change, the user's or not."""

    def __init__(
        self,
        themes: ThemeManager,
        name: str,
        *,
        minimum: int,
        maximum: int,
        step: int = 1,
        unit: str = "",
        width: int = 168,
        parent: QWidget | None = None,
    ) -> None:
        """Take `unit` as what is written after the number, with its space: `" s"`."""
        super().__init__(parent)
        self._themes = themes
        self._width = width
        self._pressed = 0
        self._bad = False
        self._repeat: QTimer | None = None
        self.setRange(minimum, maximum)
        self.setSingleStep(step)
        self.setSuffix(unit)
        self.setAccessibleName(name)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setFrame(False)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.lineEdit().setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.lineEdit().setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._restyle()
        themes.changed.connect(self._restyle)

    def set_bad(self, bad: bool) -> None:  # noqa: FBT001  (a plain setter)
        """Show the value as one that cannot stay."""
        self._bad = bad
        self._restyle()

    def sizeHint(self) -> QSize:
        text = max((self.textFromValue(v) for v in (self.minimum(), self.maximum())), key=len)
        metrics = QFontMetricsF(self._themes.theme.font("body_bold", tabular=True))
        needed = metrics.horizontalAdvance(self.prefix() + text + self.suffix())
        width = max(self._width, round(needed) + 2 * SIDE + 2 * PADDING)
        return QSize(width, self._themes.theme.control(tokens.SIZE["field"]))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    # The number stands between the two buttons; Qt's style would give it the whole field.

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_edit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place_edit()

    def _place_edit(self) -> None:
        self.lineEdit().setGeometry(SIDE + 1, 3, self.width() - 2 * SIDE - 2, self.height() - 6)

    # Pressing and holding

    def mousePressEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        self._pressed = -1 if x < SIDE else 1 if x >= self.width() - SIDE else 0
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            self._pressed = -self._pressed
        if self._pressed and event.button() == Qt.MouseButton.LeftButton:
            self.interpretText()
            self.stepBy(self._pressed)
            if self._repeat is None:
                self._repeat = QTimer(self)
                self._repeat.setTimerType(Qt.TimerType.PreciseTimer)
                self._repeat.timeout.connect(self._step_again)
            self._repeat.start(REPEAT_AFTER_MS)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = 0
        if self._repeat is not None:
            self._repeat.stop()
        self.update()
        super().mouseReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            show_in_page(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    @Slot()
    def _step_again(self) -> None:
        self.stepBy(self._pressed)
        if self._repeat is not None:
            self._repeat.start(REPEAT_EVERY_MS)

    # Looks

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        width = 2 if focused or self._bad else 1
        border = theme.danger if self._bad else theme.ink if focused else theme.line_strong
        painter.setPen(QPen(border, width))
        painter.setBrush(theme.surface)
        inset = width / 2
        radius = tokens.RADIUS["field"] - inset
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, radius, radius)
        painter.setPen(QPen(theme.line, 1))
        for x in (SIDE + 0.5, self.width() - SIDE - 0.5):
            painter.drawLine(QPointF(x, 10), QPointF(x, self.height() - 10))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for center, icon, limit in (
            (SIDE / 2, "plus" if mirrored else "minus", self.minimum()),
            (self.width() - SIDE / 2, "minus" if mirrored else "plus", self.maximum()),
        ):
            color = theme.line_strong if self.value() == limit else theme.text_2
            side = QRectF(round(center - ICON / 2), round(self.height() / 2 - ICON / 2), ICON, ICON)
            paint_icon(painter, icon, side, color)

    @Slot()
    def _restyle(self) -> None:
        theme = self._themes.theme
        self.setFont(theme.font("body_bold", tabular=True))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Text, theme.danger if self._bad else theme.text)
        palette.setColor(QPalette.ColorRole.Base, theme.surface)
        palette.setColor(QPalette.ColorRole.Highlight, theme.ink)
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.on_ink)
        self.setPalette(palette)
        self.updateGeometry()
        self.update()
