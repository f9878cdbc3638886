"""A segmented track that fills its line, and may show that none of its choices holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.widgets.choice import SEGMENT_INSET, SEGMENT_PADDING, Segmented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from app.ui.theme import ThemeManager

_LEAST_PADDING = 6


class FillingSegments(Segmented):
    """Equal segments as long as all texts fit into them; else the longer texts get more room."""

    def __init__(
        self,
        themes: ThemeManager,
        texts: Sequence[str],
        *,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(themes, texts, name=name, equal=False, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_current(self, index: int) -> None:
        """Show a choice without announcing it; -1 where none holds."""
        if index == self.current():
            return
        if index >= 0:
            super().set_current(index)
            return
        for number, segment in enumerate(self._segments):
            segment.setAutoExclusive(False)
            segment.setChecked(False)
            segment.setAutoExclusive(True)
            # Tab has to stop somewhere.
            policy = segment.focusPolicy() & ~Qt.FocusPolicy.TabFocus
            segment.setFocusPolicy(policy | Qt.FocusPolicy.TabFocus if number == 0 else policy)

    def focus_current(self) -> None:
        """Put the focus on what is chosen, else on the first."""
        chosen = self.segment(max(0, self.current()))
        chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def minimumSizeHint(self) -> QSize:
        return QSize(sum(self._least()) + 2 * SEGMENT_INSET, self.sizeHint().height())

    def _least(self) -> list[int]:
        spare = 2 * (SEGMENT_PADDING - _LEAST_PADDING)
        return [segment.sizeHint().width() - spare for segment in self._segments]

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Not the base's: it gives each its whole padding, for which there is no room here.
        QWidget.resizeEvent(self, event)
        room = self.width() - 2 * SEGMENT_INSET
        widths = _shares(self._least(), room)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x, height = SEGMENT_INSET, self.height() - 2 * SEGMENT_INSET
        for segment, width in zip(self._segments, widths, strict=True):
            left = self.width() - x - width if mirrored else x
            segment.setGeometry(left, SEGMENT_INSET, width, height)
            x += width


def _shares(least: list[int], room: int) -> list[int]:
    """Deal out a width evenly, but to none less than it needs while there is enough."""
    if sum(least) >= room:
        # Too little even so: all give way alike.
        return [max(1, width * room // max(1, sum(least))) for width in least]
    shares = [0] * len(least)
    open_ones, left = sorted(range(len(least)), key=least.__getitem__, reverse=True), room
    while open_ones:
        index = open_ones.pop(0)
        even = left // (len(open_ones) + 1)
        shares[index] = max(least[index], even)
        left -= shares[index]
    return shares
