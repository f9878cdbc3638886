"""The routine's name in the editor's header, edited in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.ui.pages.editor.inline_edit import PADDING, InlineEdit
from app.ui.pages.editor.words import tr
from app.ui.theme import baseline
from app.ui.widgets.buttons import Button, ButtonKind, ButtonLook
from app.ui.widgets.paint import elided, text_width

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

    from app.ui.pages.editor.model import EditorModel
    from app.ui.signals import TypedSignal
    from app.ui.theme import Theme, ThemeManager

ROLE: Final = "title_l"
PENCIL: Final = 40
PENCIL_GAP: Final = 4
NAME_MAX: Final = 80
"""Characters that a file takes."""
_FIELD_LEAST: Final = 280


def _quiet(theme: Theme) -> ButtonLook:
    return ButtonLook(fill=None, text=theme.text_3, hover_fill=theme.selected)


class HeadName(QWidget):
    """Name and pencil; while it is edited, a field over both.

    The name starts `PADDING` from the left, where the letters in the field do.
    """

    resized = cast("TypedSignal[()]", Signal())
    """It needs more room, or less, than before."""

    def __init__(self, themes: ThemeManager, model: EditorModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._model = model
        self._before = ""
        self.pencil = Button(
            themes,
            kind=ButtonKind.GHOST,
            icon="pencil",
            name=tr("Rename"),
            look=_quiet,
            parent=self,
        )
        self.pencil.set_button_height(PENCIL)
        self.pencil.setVisible(not model.read_only)
        self.edit = InlineEdit(
            themes, role=ROLE, name=tr("Routine name"), most=NAME_MAX, parent=self
        )
        if not model.read_only:
            self.setCursor(Qt.CursorShape.IBeamCursor)
        self.pencil.clicked.connect(self.start)
        self.edit.typed.connect(self._take)
        self.edit.finished.connect(self._end)
        model.changed.connect(self.show_name)
        self.show_name()

    @property
    def name(self) -> str:
        return self._model.document.head.name

    def _shown(self) -> str:
        return self.name.strip() or tr("Routine without a name")

    def sizeHint(self) -> QSize:
        """Return the size that shows the whole name, pencil included."""
        theme = self._themes.theme
        width = PADDING + round(text_width(theme.font(ROLE), self._shown())) + 1
        if not self._model.read_only:
            width += PENCIL_GAP + PENCIL
        if self.edit.is_open:
            width = max(_FIELD_LEAST, self.edit.wanted_width() + PADDING, width)
        return QSize(width, max(PENCIL, theme.line_height(ROLE) + 4))

    @Slot()
    def start(self) -> None:
        if self._model.read_only:
            return
        self._model.settle()
        self._before = self.name
        self.pencil.hide()
        self.edit.start(self.name)
        self.resized.emit()
        self._place()

    @Slot()
    def show_name(self) -> None:
        self.setAccessibleName(self._shown())
        self.pencil.setAccessibleDescription(self._shown())
        self.edit.show_text(self.name)
        self.updateGeometry()
        self._place()
        self.update()

    @Slot(str)
    def _take(self, text: str) -> None:
        self._model.set_head(tr("Rename routine"), name=text)

    @Slot(bool)
    def _end(self, keep: bool) -> None:  # noqa: FBT001  (the signal's payload)
        if not keep and self.name != self._before:
            if self._model.undo_label == tr("Rename routine"):
                self._model.undo()
            else:
                self._take(self._before)
        self._model.settle()
        self.pencil.show()
        self.resized.emit()
        self._place()
        if self.edit.left_by_key:
            self.pencil.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()

    # Layout and painting

    def _mirrored(self, x: float, width: float) -> float:
        if self.layoutDirection() != Qt.LayoutDirection.RightToLeft:
            return x
        return self.width() - x - width

    def _name_width(self) -> float:
        """Return what the name may take, in pixels."""
        taken = 0 if self._model.read_only else PENCIL_GAP + PENCIL
        return self.width() - PADDING - taken

    def _place(self) -> None:
        font = self._themes.theme.font(ROLE)
        shown = elided(font, self._shown(), self._name_width())
        x = self._mirrored(PADDING + round(text_width(font, shown)) + PENCIL_GAP, PENCIL)
        self.pencil.setGeometry(round(x), (self.height() - PENCIL) // 2, PENCIL, PENCIL)
        self.edit.setGeometry(self.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._place()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._model.read_only:
            self.start()
        else:
            super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.edit.is_open:
            return
        theme = self._themes.theme
        font = theme.font(ROLE)
        painter = QPainter(self)
        painter.setFont(font)
        painter.setPen(theme.text if self.name.strip() else theme.text_3)
        shown = elided(font, self._shown(), self._name_width())
        x = self._mirrored(PADDING, text_width(font, shown))
        painter.drawText(QPointF(round(x), round(baseline(font, self.height() / 2))), shown)
        wanted = "" if shown == self._shown() else self.name
        if wanted != self.toolTip():
            self.setToolTip(wanted)
