"""A routine as it is done today can be written, read back and played, whatever was swapped."""

from __future__ import annotations

from app.domain.choices import Choices
from app.domain.expand import expand
from app.domain.today import Today, plan_today
from app.storage.library import Library
from app.storage.paths import user_folders
from app.storage.routine_file import RoutineReader
from app.storage.routine_writer import write_routine


def test_every_swap_and_fit_of_what_is_shipped_reads_back_as_it_was_played() -> None:
    library = Library(user_folders())
    exercises = library.exercises()
    reader = RoutineReader(exercises)
    swaps = 0
    for card in library.listing().cards:
        made = library.routine(card.id)
        places = [
            ((at, number), other)
            for at, block in enumerate(made.blocks)
            for number, step in enumerate(block.steps)
            for known in [exercises[step.exercise or ""]]
            for other in (*known.easier, *known.harder)
        ]
        for swap in places:
            today = Today(swapped=frozenset({swap}), minutes=card.duration_ms // 90_000)
            planned = plan_today(made, exercises, Choices(), today)
            changed = planned.day.routine
            assert changed is not None
            assert changed.id == made.id
            read = reader.parse(write_routine(changed), file=card.file, routine_id=made.id)
            assert read.problems == ()
            assert read.routine == changed
            expand(changed, exercises, planned.choices)
            swaps += 1
    assert swaps > 50
