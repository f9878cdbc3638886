"""A number that glides between 0 and 1 and repaints its widget on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QVariantAnimation
    from PySide6.QtWidgets import QWidget


class Fade:
    """Hover, press and toggle movements. Costs nothing until it first moves."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._value = 0.0
        self._target = 0.0
        self._animation: QVariantAnimation | None = None

    @property
    def value(self) -> float:
        return self._value

    def to(self, target: float, duration_ms: int) -> None:
        """Glide to `target`; jump where the movement takes no time or nobody can see it."""
        if target == self._target:
            return
        self._target = target
        if self._animation is not None:
            self._animation.stop()
        if duration_ms <= 0 or not self._widget.isVisible():
            self._set(target)
            return
        if self._animation is None:
            from PySide6.QtCore import QEasingCurve, QVariantAnimation  # noqa: PLC0415  (on first use)

            self._animation = QVariantAnimation(self._widget)
            self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
            self._animation.valueChanged.connect(self._set)
        self._animation.setStartValue(self._value)
        self._animation.setEndValue(target)
        self._animation.setDuration(duration_ms)
        self._animation.start()

    def _set(self, value: object) -> None:
        if isinstance(value, float):
            self._value = value
            self._widget.update()
