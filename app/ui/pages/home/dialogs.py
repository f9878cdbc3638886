"""What Home opens over itself: a routine's preview, and all that is wrong with a file."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.catalogue import BrokenFile, Origin, RoutineCard
from app.ui import words
from app.ui.icons import paint_icon
from app.ui.pages.home.data import main_phase
from app.ui.pages.home.problems import file_name, sentence
from app.ui.theme import ThemeManager
from app.ui.widgets.buttons import Button, ButtonKind
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.mini_timeline import paint_mini_timeline
from app.ui.widgets.paint import elided, text_at, text_width

_STRIP = 14
_ROW = 32


class _Strip(QWidget):
    """The routine's timeline, as large as in a list of steps."""

    def __init__(self, themes: ThemeManager, card: RoutineCard) -> None:
        super().__init__()
        self._themes = themes
        self._card = card
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, _STRIP + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        box = QRectF(0, 4, self.width(), _STRIP)
        painter = QPainter(self)
        paint_mini_timeline(painter, self._themes.theme, box, self._card.strip, gap=3)


class _Exercises(QWidget):
    """The routine's exercises, one a line, with the colour of its phase before them."""

    def __init__(self, themes: ThemeManager, card: RoutineCard) -> None:
        super().__init__()
        self._themes = themes
        self._names = list(dict.fromkeys(card.exercises))
        self._phase = main_phase(card)
        self.setAccessibleName(", ".join(self._names))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        row = max(_ROW, self._themes.theme.line_height("body"))
        return QSize(200, row * len(self._names))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        font = theme.font("body")
        row = self.height() / max(1, len(self._names))
        for index, name in enumerate(self._names):
            middle = (index + 0.5) * row
            dot = QRectF(0, middle - 3, 6, 6)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.phase(self._phase).solid)
            painter.setBrush(theme.phase(self._phase).solid)
            painter.drawEllipse(dot)
            text_at(painter, font, theme.text, (18, middle), elided(font, name, self.width() - 18))


class _Facts(QWidget):
    """Length, steps and equipment in one line, each with its icon."""

    def __init__(self, themes: ThemeManager, card: RoutineCard) -> None:
        super().__init__()
        self._themes = themes
        gear = [(words.EQUIPMENT_ICONS[item], words.equipment(item)) for item in card.equipment]
        self._items = [
            ("clock", words.length(card.duration_ms)),
            ("list", words.steps(card.steps)),
            *(gear or [(words.SPACE_ICON, words.tr("Just space"))]),
        ]
        self.setAccessibleName(", ".join(text for _, text in self._items))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        line = self._themes.theme.line_height("body") + 4
        return line * (1 + max(row for _, row in places))

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(456))

    def _places(self, width: float) -> list[tuple[float, int]]:
        """Return where each item starts, and in which line."""
        font = self._themes.theme.font("body", tabular=True)
        found: list[tuple[float, int]] = []
        x, row = 0.0, 0
        for _, text in self._items:
            needed = 24 + text_width(font, text)
            if x and x + needed > width:
                x, row = 0.0, row + 1
            found.append((x, row))
            x += needed + 20
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        font = theme.font("body", tabular=True)
        line = theme.line_height("body") + 4
        for (icon, text), (x, row) in zip(self._items, self._places(self.width()), strict=True):
            middle = (row + 0.5) * line
            paint_icon(painter, icon, QRectF(x, round(middle - 9), 18, 18), theme.text_2)
            text_at(painter, font, theme.text_2, (x + 24, middle), text)


def preview(themes: ThemeManager, window: QWidget, card: RoutineCard) -> tuple[Dialog, Button]:
    """Build the preview of a routine; return it with its Start button."""
    dialog = Dialog(themes, window, card.name)
    moment = dialog.tr("Yours") if card.origin is Origin.YOURS else words.moment(card.when)
    dialog.add_text(f"{moment}. {card.summary}" if card.summary else moment)
    dialog.body.addWidget(_Facts(themes, card))
    dialog.body.addWidget(_Strip(themes, card))
    dialog.body.addWidget(_Exercises(themes, card))
    dialog.add_close()
    start = dialog.add_button(dialog.tr("Start"), kind=ButtonKind.PRIMARY, icon="play")
    start.clicked.connect(dialog.accept)
    return dialog, start


def details(themes: ThemeManager, window: QWidget, broken: BrokenFile) -> tuple[Dialog, Button]:
    """Build the list of a file's problems; return it with its button that opens the file."""
    dialog = Dialog(themes, window, broken.name, width=640)
    name = file_name(broken.file)
    count = len(broken.problems)
    if count == 1:
        dialog.add_text(dialog.tr("{file} has one problem.").format(file=name))
    else:
        dialog.add_text(dialog.tr("{file} has {count} problems.").format(file=name, count=count))
    for problem in broken.problems:
        message = f"{problem.message[:1].upper()}{problem.message[1:]}"
        if problem.line is not None:
            message = dialog.tr("Line {line}: {message}").format(
                line=problem.line, message=problem.message
            )
        dialog.add_text(sentence(message), color="text")
    dialog.add_close()
    opens = dialog.add_button(dialog.tr("Open file"), kind=ButtonKind.PRIMARY, icon="file-pen")
    opens.clicked.connect(dialog.accept)
    return dialog, opens
