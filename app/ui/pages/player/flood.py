"""The room's colours on their way from one set to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Signal, Slot

if TYPE_CHECKING:
    from app.ui.signals import TypedSignal
    from app.ui.widgets.stage_colors import StageColors


class Flood(QObject):
    """Glides to what it is told last, from wherever it is."""

    changed = cast("TypedSignal[()]", Signal())

    def __init__(self, colors: StageColors, parent: QObject) -> None:
        super().__init__(parent)
        self._colors = self._from = self._to = colors
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._blend)

    @property
    def colors(self) -> StageColors:
        """The colours of this instant."""
        return self._colors

    @property
    def duration_ms(self) -> int:
        """How long the movement under way takes; 0 at rest."""
        running = self._animation.state() is QVariantAnimation.State.Running
        return self._animation.duration() if running else 0

    def to(self, colors: StageColors, duration_ms: int) -> None:
        """Glide to these colours; at once where that takes no time."""
        self._from, self._to = self._colors, colors
        self._animation.stop()
        if duration_ms <= 0:
            self._blend(1.0)
            return
        self._animation.setDuration(duration_ms)
        self._animation.start()

    def finish(self) -> None:
        """Be there now."""
        self._animation.stop()
        self._blend(1.0)

    @Slot(object)
    def _blend(self, share: float) -> None:
        self._colors = self._from.toward(self._to, share)
        self.changed.emit()
