"""The head of the inspector's step: its figure, its name, its phase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from app.domain.exercise import Phase, Position
from app.ui import _tokens as tokens
from app.ui import words
from app.ui.pages.editor.inspector_form import hfw_policy
from app.ui.widgets.paint import panel, text_at, text_width
from app.ui.widgets.text_fit import clip, wrap

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from app.domain.exercise import Exercise
    from app.ui.figures import Figures
    from app.ui.theme import ThemeManager

_PICTURE: Final = 72
_GAP: Final = 16
_CHIP, _CHIP_PADDING, _CHIP_GAP, _CHIP_RADIUS = 24, 8, 4, 8
_LINES: Final = 2


class StepHead(QWidget):
    """Shows which exercise, or which free name, the fields below are about."""

    def __init__(self, themes: ThemeManager, figures: Figures) -> None:
        super().__init__()
        self._themes = themes
        self._figures = figures
        self._exercise: Exercise | None = None
        self._position = Position.STANDING
        self._phase = Phase.STATIC
        self._name = ""
        self.setSizePolicy(hfw_policy())
        themes.changed.connect(self._restyle)

    def show_step(
        self, exercise: Exercise | None, name: str, position: Position, phase: Phase
    ) -> None:
        shown = (exercise, name, position, phase)
        if shown == (self._exercise, self._name, self._position, self._phase):
            return
        self._exercise, self._name, self._position, self._phase = shown
        self.setAccessibleName(f"{name}, {words.phase(phase)}")
        self.updateGeometry()
        self.update()

    def _all_lines(self, width: int) -> list[str]:
        metrics = QFontMetricsF(self._themes.theme.font("title_s"))
        return wrap(self._name, width - _PICTURE - _GAP, metrics.horizontalAdvance)

    def _lines(self, width: int) -> list[str]:
        room = width - _PICTURE - _GAP
        metrics = QFontMetricsF(self._themes.theme.font("title_s"))
        return clip(self._all_lines(width), _LINES, room, metrics.horizontalAdvance)

    def _chip_height(self) -> int:
        return max(_CHIP, self._themes.theme.line_height("caption") + 8)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        line = self._themes.theme.line_height("title_s")
        lines = max(1, len(self._lines(width)))
        return max(_PICTURE, lines * line + _CHIP_GAP + self._chip_height() + 4)

    def sizeHint(self) -> QSize:
        width = max(240, self.width())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, _PICTURE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, colors = self._themes.theme, self._themes.theme.phase(self._phase)
        painter = QPainter(self)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        box = QRectF(self.width() - _PICTURE if mirrored else 0, 0, _PICTURE, _PICTURE)
        panel(painter, box, tokens.RADIUS["button"], colors.tint, None)
        self._figures.paint_still(
            painter,
            box.adjusted(6, 6, -6, -6),
            self._exercise,
            self._position,
            theme=theme,
            phase=self._phase,
            bg=colors.tint,
            ground=True,
        )
        font, high = theme.font("title_s"), theme.line_height("title_s")
        lines = self._lines(self.width())
        y = 3.0
        for line in lines:
            x = _PICTURE + _GAP
            if mirrored:
                x = round(self.width() - x - text_width(font, line))
            text_at(painter, font, theme.text, (x, y + high / 2), line)
            y += high
        small = theme.font("caption", weight=600)
        text = words.phase(self._phase)
        width = round(text_width(small, text)) + 2 * _CHIP_PADDING
        left = _PICTURE + _GAP
        if mirrored:
            left = self.width() - left - width
        chip = QRectF(left, y + _CHIP_GAP - 3, width, self._chip_height())
        panel(painter, chip, _CHIP_RADIUS, colors.tint, None)
        text_at(painter, small, colors.text, (left + _CHIP_PADDING, chip.center().y()), text)
        whole = lines == self._all_lines(self.width())
        if self.toolTip() != ("" if whole else self._name):
            self.setToolTip("" if whole else self._name)

    @Slot()
    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
