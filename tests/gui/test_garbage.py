"""Garbage is collected by the window's thread, between events, and no rarer than due."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import TYPE_CHECKING

import pytest

from app.ui.garbage import GarbageCollector

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


class Node:
    def __init__(self) -> None:
        self.other: object = None


@pytest.fixture
def collector(qapp: QApplication) -> GarbageCollector:  # noqa: ARG001  (its timer needs it)
    gc.enable()
    return GarbageCollector(every_ms=1)


def cycle() -> weakref.ref[Node]:
    one, other = Node(), Node()
    one.other, other.other = other, one
    return weakref.ref(one)


def make_much() -> list[list[int]]:
    """Allocate so much that Python would have looked for garbage."""
    return [[] for _ in range(gc.get_threshold()[0] * 3)]


def test_allocating_collects_nothing_in_any_thread(collector: GarbageCollector) -> None:
    gone, kept = cycle(), make_much()
    other = threading.Thread(target=make_much)
    other.start()
    other.join()
    assert gone() is not None
    collector.collect()
    assert gone() is None
    assert kept


def test_it_collects_by_itself(collector: GarbageCollector, qtbot: QtBot) -> None:
    gone, kept = cycle(), make_much()
    qtbot.waitUntil(lambda: gone() is None)
    assert collector
    assert kept


def test_what_is_not_due_is_left_alone(collector: GarbageCollector) -> None:
    gc.collect()
    gone = cycle()
    collector.collect()
    assert gone() is not None


def test_the_oldest_generation_has_its_turn(collector: GarbageCollector) -> None:
    node = Node()
    node.other = node
    gone = weakref.ref(node)
    gc.collect(1)
    del node
    for _ in range(gc.get_threshold()[2] + 1):
        gc.collect(1)
    assert gone() is not None
    collector.collect()
    assert gone() is None
