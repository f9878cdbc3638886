"""Text in a type role: one line that elides, or lines that wrap, on the design's line height."""

from PySide6.QtCore import QPointF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui.theme import ThemeManager, line_baseline
from app.ui.widgets.text_fit import elide, wrap


class Label(QLabel):
    """A text that is painted by the theme. One line elides and then has the whole as tooltip."""

    def __init__(
        self,
        themes: ThemeManager,
        text: str = "",
        *,
        role: str = "body",
        color: str = "text",
        wraps: bool = False,
        tabular: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        """`color` is the name of a colour of the theme."""
        super().__init__(text, parent)
        self._themes = themes
        self._role = role
        self._color = color
        self._tabular = tabular
        self._own_tooltip = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        self.setAlignment(align)
        # A fixed height would be that of the text on one line.
        policy = QSizePolicy(
            QSizePolicy.Policy.Expanding if wraps else QSizePolicy.Policy.Preferred,
            QSizePolicy.Policy.Minimum if wraps else QSizePolicy.Policy.Fixed,
        )
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)
        themes.changed.connect(self._restyle)

    def set_color(self, color: str) -> None:
        """Take another colour of the theme, by its name."""
        self._color = color
        self.update()

    def text_font(self) -> QFont:
        return self._themes.theme.font(self._role, tabular=self._tabular)

    def lines(self, width: int) -> list[str]:
        """Return the text as it is shown at a width in pixels."""
        metrics = QFontMetricsF(self.text_font())
        if not self.wordWrap():
            return [elide(self.text(), width, metrics.horizontalAdvance)]
        return [
            line
            for paragraph in self.text().split("\n")
            for line in wrap(paragraph, width, metrics.horizontalAdvance) or [""]
        ]

    def hasHeightForWidth(self) -> bool:
        return self.wordWrap()

    def heightForWidth(self, width: int) -> int:
        line_height = self._themes.theme.line_height(self._role)
        return line_height * max(1, len(self.lines(width) if self.wordWrap() else [""]))

    def sizeHint(self) -> QSize:
        text = max(self.text().split("\n"), key=len)
        width = round(QFontMetricsF(self.text_font()).horizontalAdvance(text) + 0.5)
        return QSize(width, self.heightForWidth(width + 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._themes.theme.line_height(self._role))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        color: QColor = getattr(theme, self._color)
        font = self.text_font()
        metrics = QFontMetricsF(font)
        painter = QPainter(self)
        painter.setFont(font)
        painter.setPen(color if self.isEnabled() else theme.text_3)
        line_height = theme.line_height(self._role)
        lines = self.lines(self.width())
        self._hint_at_rest(elided=not self.wordWrap() and lines[0] != self.text())
        y = 0.0 if self.wordWrap() else (self.height() - line_height) / 2
        for line in lines:
            x = 0.0
            if self.alignment() & Qt.AlignmentFlag.AlignHCenter:
                x = (self.width() - metrics.horizontalAdvance(line)) / 2
            elif self.alignment() & Qt.AlignmentFlag.AlignRight:
                x = self.width() - metrics.horizontalAdvance(line)
            painter.drawText(QPointF(round(x), round(line_baseline(font, y, line_height))), line)
            y += line_height

    def _hint_at_rest(self, *, elided: bool) -> None:
        if elided != self._own_tooltip:
            self._own_tooltip = elided
            self.setToolTip(self.text() if elided else "")

    @Slot()
    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
