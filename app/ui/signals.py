"""Typed Qt signals: the payload of a signal is declared and checked."""

from collections.abc import Callable
from typing import Protocol, TypeVarTuple

Ts = TypeVarTuple("Ts")


class TypedSignal(Protocol[*Ts]):
    """What a bound Signal does, with its payload's types.

    Declare as `changed = cast("TypedSignal[int]", Signal(int))`.
    """

    def connect(self, slot: Callable[[*Ts], object], /) -> object: ...
    def disconnect(self, slot: Callable[[*Ts], object], /) -> object: ...
    def emit(self, *args: *Ts) -> None: ...
