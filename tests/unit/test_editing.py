"""Edits of a routine's document, and what undo makes of them."""

from __future__ import annotations

import pytest
from make import block, hold, routine, step

from app.domain import editing
from app.domain.editing import BlockPart, Document, StepPart, UndoHistory, document_of
from app.domain.routine import Step, TimeDose


def made(*names: str) -> Document:
    """Two blocks: before and after the name "|"."""
    blocks: list[list[Step]] = [[]]
    for name in names:
        if name == "|":
            blocks.append([])
        else:
            blocks[-1].append(hold(20, name=name))
    return document_of(routine(*(block(*steps) for steps in blocks)))


def names(document: Document) -> str:
    """Return the steps' names, with "|" between blocks."""
    return "|".join(
        "".join(part.step.name or "?" for part in block.steps) for block in document.blocks
    )


def ids(document: Document, letters: str) -> list[int]:
    return [part.id for part in document.steps() if (part.step.name or "?") in letters]


ABC = made("a", "b", "c", "|", "d", "e")


def test_a_document_is_its_routine() -> None:
    made_of = routine(block(step("bridge"), hold(30), rounds=2, rest_ms=5_000, optional=True))
    assert document_of(made_of).routine == made_of


def test_every_part_has_an_id_of_its_own() -> None:
    every = [block.id for block in ABC.blocks] + [part.id for part in ABC.steps()]
    assert len(set(every)) == len(every) == 7


@pytest.mark.parametrize(
    ("chosen", "by", "expected"),
    [
        ("b", -1, "bac|de"),
        ("b", 1, "acb|de"),
        ("a", -1, "abc|de"),
        ("c", 1, "ab|cde"),
        ("d", -1, "abcd|e"),
        ("e", 1, "abc|de"),
        ("bc", 1, "a|bcde"),
        ("ac", -1, "acb|de"),
        ("ab", -1, "abc|de"),
        ("ce", -1, "acb|ed"),
    ],
)
def test_steps_move_one_place_and_on_into_the_next_block(
    chosen: str, by: int, expected: str
) -> None:
    assert names(editing.nudge_steps(ABC, ids(ABC, chosen), by)) == expected


@pytest.mark.parametrize(
    ("chosen", "block", "at", "expected"),
    [
        ("a", 0, 3, "bca|de"),
        ("a", 0, 1, "abc|de"),
        ("ac", 1, 1, "b|dace"),
        ("de", 0, 0, "deabc|"),
        ("be", 0, 2, "abec|d"),
    ],
)
def test_steps_are_put_where_they_are_dropped(
    chosen: str, block: int, at: int, expected: str
) -> None:
    moved = editing.move_steps(ABC, ids(ABC, chosen), ABC.blocks[block].id, at)
    assert names(moved) == expected
    assert {part.id for part in moved.steps()} == {part.id for part in ABC.steps()}


def test_moving_into_a_block_that_is_gone_does_nothing() -> None:
    assert editing.move_steps(ABC, ids(ABC, "a"), 999, 0) == ABC


def test_a_copy_stands_after_the_steps_it_was_made_of() -> None:
    document, copies = editing.duplicate(ABC, ids(ABC, "abd"))
    assert names(document) == "ababc|dde"
    assert set(copies).isdisjoint(part.id for part in ABC.steps())


def test_a_block_is_copied_with_all_its_steps() -> None:
    document, (copy,) = editing.duplicate(ABC, [ABC.blocks[0].id])
    assert names(document) == "abc|abc|de"
    assert document.blocks[1].id == copy
    assert len({part.id for part in document.steps()}) == 8


def test_blocks_move_and_go_with_their_steps() -> None:
    second = ABC.blocks[1].id
    assert names(editing.move_block(ABC, second, 0)) == "de|abc"
    assert names(editing.move_block(ABC, ABC.blocks[0].id, 2)) == "de|abc"
    assert names(editing.remove(ABC, [second])) == "abc"
    assert names(editing.remove(ABC, ids(ABC, "de"))) == "abc|"


def test_one_change_is_made_to_many_steps() -> None:
    document = editing.set_steps(ABC, ids(ABC, "ae"), dose=TimeDose(45_000))
    changed = [part.step.name for part in document.steps() if part.step.dose == TimeDose(45_000)]
    assert changed == ["a", "e"]


def test_what_is_copied_keeps_its_order_and_notes() -> None:
    noted = StepPart(id=0, step=hold(10, name="n"), notes="# mine")
    document, _ = editing.insert_steps(ABC, ABC.blocks[0].id, 1, [noted])
    clip = editing.copied(document, ids(document, "en"))
    assert [(part.step.name, part.notes) for part in clip.steps] == [("n", "# mine"), ("e", None)]
    assert editing.copied(document, [document.blocks[1].id]).blocks == (document.blocks[1],)


def test_undo_takes_back_step_by_step_and_redo_brings_it_again() -> None:
    history = UndoHistory(ABC)
    one = editing.set_head(ABC, name="One")
    two = editing.set_head(one, name="Two")
    assert history.do(one, "Rename")
    assert history.do(two, "Rename")
    assert not history.do(two, "Rename")
    assert history.undo()
    assert history.document == one
    assert history.undo_label == history.redo_label == "Rename"
    assert history.undo()
    assert not history.undo()
    assert history.redo()
    assert history.redo()
    assert not history.redo()
    assert history.document == two


def test_what_was_typed_in_one_go_is_undone_in_one_go() -> None:
    history = UndoHistory(ABC)
    for name in ("H", "Hi", "Hip"):
        history.do(editing.set_head(history.document, name=name), "Rename", merge="name")
    history.settle()
    history.do(editing.set_head(history.document, name="Hips"), "Rename", merge="name")
    assert history.undo()
    assert history.document.head.name == "Hip"
    assert history.undo()
    assert history.document == ABC


def test_a_change_after_undo_leaves_nothing_to_redo() -> None:
    history = UndoHistory(ABC)
    history.do(editing.set_head(ABC, name="One"), "Rename")
    history.undo()
    history.do(editing.set_head(ABC, name="Two"), "Rename")
    assert history.redo_label is None
    assert not history.redo()


def test_ids_are_never_given_twice_even_after_undo() -> None:
    history = UndoHistory(ABC)
    document, (first,) = editing.insert_steps(ABC, ABC.blocks[0].id, 0, [hold(10)])
    history.do(document, "Add")
    history.undo()
    _, (second,) = editing.insert_steps(history.document, ABC.blocks[0].id, 0, [hold(10)])
    assert second != first


def test_a_document_that_was_read_anew_shares_no_id_with_the_one_before() -> None:
    anew = editing.renumbered(ABC, ABC)
    assert anew.routine == ABC.routine
    assert {part.id for part in anew.steps()}.isdisjoint(part.id for part in ABC.steps())


def test_a_block_may_be_empty_for_a_while() -> None:
    document, (block_id,) = editing.insert_blocks(ABC, 1, [BlockPart(id=0, name="New")])
    assert names(document) == "abc||de"
    assert document.block_of(block_id) == document.blocks[1]
