"""The editor's desk: files are opened, checked and saved without losing what people wrote."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desk_cases import TEXT, desk, folders, write
from make import EXERCISES

from app.domain import editing
from app.domain.advice import Rule, Silence
from app.domain.editing import OpenRoutine, document_of
from app.domain.errors import ChangedOutsideError, RoutineError
from app.domain.routine import (
    STEPS_MAX,
    Block,
    BreathsDose,
    RepsDose,
    Routine,
    SideChoice,
    Step,
    TimeDose,
)
from app.storage.routine_desk import RoutineDesk

if TYPE_CHECKING:
    from app.domain.editing import Document

HOLD = Step(exercise="wall-calf", dose=TimeDose(30_000))


def of(*steps: Step, **keys: object) -> Document:
    block = Block(name="Block", steps=steps)
    return document_of(Routine(id="x", name="Test", blocks=(block,), **keys))  # type: ignore[arg-type]


def said(bench: RoutineDesk, document: Document) -> list[tuple[str, str, str]]:
    return [(one.rule, one.key, one.message) for one in bench.problems(document)]


# Opening


def test_a_file_opens_with_everything_around_its_steps(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    opened = bench.open(str(write(tmp_path)))
    assert opened.text == TEXT
    assert not opened.read_only
    written = bench.text(opened.document)
    assert [line.strip() for line in written.splitlines() if line] == [
        line.strip() for line in TEXT.splitlines() if line
    ]


def test_a_built_in_routine_is_read_only(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    opened = bench.open(str(tmp_path / "shipped" / "shipped.toml"))
    assert opened.read_only
    with pytest.raises(RoutineError, match="make a copy"):
        bench.save(opened, opened.document)


def test_a_file_that_cannot_be_read_says_its_first_problem(tmp_path: Path) -> None:
    path = write(tmp_path, text='schema = 1\nname = ""\nsecnds = 3\n')
    with pytest.raises(RoutineError, match=r"hips\.toml:1: needs at least one block") as caught:
        desk(tmp_path).open(str(path))
    assert "\n" not in str(caught.value)


# Problems


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        (replace(HOLD, dose=TimeDose(0)), ("seconds", "Seconds must be 1 to 3,600.")),
        (replace(HOLD, dose=TimeDose(1_234)), ("seconds", "Seconds may have one decimal.")),
        (replace(HOLD, changeover_ms=121_000), ("changeover", "Changeover must be 0 to 120.")),
        (replace(HOLD, side_change_ms=-1_000), ("side_change", "Side change must be 0 to 120.")),
        (replace(HOLD, rpe=11), ("rpe", "Effort must be 1 to 10.")),
        (replace(HOLD, note="x" * 401), ("note", "Note may have at most 400 characters.")),
        (replace(HOLD, note="a\nb"), ("note", "Note must stand on one line.")),
        (replace(HOLD, note="\ud83e"), ("note", "Note must stand on one line.")),
        (replace(HOLD, cues=("a", "")), ("cues", "Each cue must say something.")),
        (replace(HOLD, cues=("a",) * 5), ("cues", "At most 4 cues are possible.")),
        (
            replace(HOLD, cadence=(160, 300)),
            ("cadence", "Cadence must be 40 to 240 steps a minute."),
        ),
        (
            replace(HOLD, dose=BreathsDose(5), cadence=(160, 170)),
            ("cadence", "A cadence goes with seconds only."),
        ),
        (
            replace(HOLD, tempo_ms=(1_000, 0, 1_000, 0)),
            ("tempo", "A tempo goes with reps only."),
        ),
        (
            replace(HOLD, dose=RepsDose(5)),
            ("tempo", "A tempo is needed, because the exercise has none."),
        ),
        (
            Step(exercise="dead-bug", dose=RepsDose(7)),
            ("reps", "Reps must be even, because the sides take turns."),
        ),
        (
            Step(exercise="bridge", tempo_ms=(0, 0, 0, 100)),
            ("tempo", "A repetition must last 0.5 to 120 s."),
        ),
        (
            Step(exercise="bridge", tempo_ms=(0, 90_000, 0, 100)),
            ("tempo", "Each part of the tempo must be 0 to 60 s."),
        ),
        (
            Step(exercise="bridge", dose=RepsDose(200), tempo_ms=(30_000, 0, 0, 0)),
            ("reps", "Reps and tempo together must last 1 s to 60 min."),
        ),
        (
            Step(name="Balance"),
            ("seconds", "A step with a free name needs seconds, reps, breaths or an open end."),
        ),
        (
            Step(name="", dose=TimeDose(9_000)),
            ("name", "A step needs an exercise or a name."),
        ),
        (Step(dose=TimeDose(9_000)), ("name", "A step needs an exercise or a name.")),
        (
            Step(exercise="brigde"),
            (
                "exercise",
                'Exercise "brigde" is not in the exercise library; the nearest one is "bridge".',
            ),
        ),
    ],
)
def test_a_problem_of_a_step_is_said_under_its_field(
    tmp_path: Path, step: Step, problem: tuple[str, str]
) -> None:
    document = of(HOLD, step)
    found = desk(tmp_path).problems(document)
    assert [(one.key, one.message) for one in found] == [problem]
    assert found[0].step == document.blocks[0].steps[1].id
    assert found[0].block == document.blocks[0].id


def test_problems_of_routine_and_blocks_are_said_where_they_are(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    document = editing.set_head(of(HOLD), name=" ", summary="x" * 201, side_change_ms=130_000)
    assert said(bench, document) == [
        ("bad-text", "name", "A routine needs a name."),
        ("bad-text", "summary", "Summary may have at most 200 characters."),
        ("bad-duration", "side_change", "Side change must be 0 to 120."),
    ]
    block = document.blocks[0].id
    document = editing.set_block(of(HOLD), block, name="", rounds=51, rest_ms=601_000)
    assert said(bench, document) == [
        ("bad-text", "name", "A block needs a name."),
        ("bad-number", "rounds", "Rounds must be 1 to 50."),
        ("bad-duration", "rest", "Rest must be 0 to 600."),
    ]
    assert {problem.block for problem in bench.problems(document)} == {block}
    assert said(bench, of()) == [("empty-steps", "steps", "A block needs at least one step.")]
    empty = document_of(Routine(id="x", name="Test", blocks=()))
    assert said(bench, empty) == [("empty-blocks", "blocks", "A routine needs at least one step.")]
    optional = of(replace(HOLD, optional=True))
    assert said(bench, optional) == [
        ("nothing-to-do", "blocks", "At least one step must not be optional.")
    ]


def test_the_limits_of_the_whole_are_problems(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    long = editing.set_block(of(*[replace(HOLD, dose=TimeDose(3_600_000))] * 4), 1, rounds=2)
    assert said(bench, long)[0][:2] == ("too-long", "rounds")
    many = editing.set_block(of(*[replace(HOLD, dose=TimeDose(1_000))] * 30), 1, rounds=50)
    assert said(bench, many)[0][:2] == ("too-many-segments", "rounds")
    steps = of(*[replace(HOLD, side=SideChoice.BOTH)] * (STEPS_MAX + 1))
    (problem,) = bench.problems(steps)
    assert problem.message == "A routine may have at most 500 steps."
    assert problem.step == steps.blocks[0].steps[STEPS_MAX].id
    wordy = replace(HOLD, note="x" * 400, side=SideChoice.BOTH, cues=("y" * 90,) * 4)
    assert said(bench, of(*[wordy] * 400))[0][0] == "too-large"


# Saving


def test_what_is_saved_is_what_stands_in_the_file(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    path = write(tmp_path)
    opened = bench.open(str(path))
    step = opened.document.steps()[2]
    document = editing.set_steps(opened.document, [step.id], dose=TimeDose(50_000))
    saved = bench.save(opened, document)
    assert saved.document is document
    assert path.read_text() == saved.text
    assert '{ exercise = "wall-calf", seconds = 50, side = "each" },' in saved.text
    assert 'seconds = "1:30" },  # outside' in saved.text
    assert not bench.is_changed(saved)
    assert bench.open(str(path)).document.routine == document.routine


def test_a_document_with_problems_leaves_the_last_valid_file(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    path = write(tmp_path)
    opened = bench.open(str(path))
    with pytest.raises(RoutineError, match="needs a name"):
        bench.save(opened, editing.set_head(opened.document, name=""))
    assert path.read_text() == TEXT


def test_a_file_that_another_program_changed_is_not_written_over(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    path = write(tmp_path)
    opened = bench.open(str(path))
    theirs = TEXT.replace("Hips", "Theirs")
    path.write_text(theirs)
    ours = editing.set_head(opened.document, name="Ours")
    assert bench.is_changed(opened)
    with pytest.raises(ChangedOutsideError):
        bench.save(opened, ours)
    assert path.read_text() == theirs
    assert bench.text_outside(opened) == theirs
    saved = bench.save(bench.accepting(opened), ours)
    assert "Ours" in path.read_text()
    assert not bench.is_changed(saved)


def test_a_change_in_the_last_moment_before_the_write_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = desk(tmp_path)
    path = write(tmp_path)
    opened = bench.open(str(path))
    theirs = TEXT.replace("Hips", "Theirs")
    wait = os.fsync

    def meanwhile(descriptor: int) -> None:
        wait(descriptor)
        path.write_text(theirs)

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(ChangedOutsideError):
        bench.save(opened, editing.set_head(opened.document, name="Ours"))
    assert path.read_text() == theirs
    assert [one.name for one in path.parent.iterdir()] == ["hips.toml"]


def test_a_file_that_was_deleted_outside_comes_back_only_when_asked(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    path = write(tmp_path)
    opened = bench.open(str(path))
    path.unlink()
    assert bench.is_changed(opened)
    with pytest.raises(ChangedOutsideError):
        bench.save(opened, opened.document)
    assert not path.exists()
    assert bench.text_outside(opened) == ""
    bench.save(bench.accepting(opened), opened.document)
    assert path.exists()


def test_a_file_that_became_unreadable_counts_as_changed_and_can_be_accepted(
    tmp_path: Path,
) -> None:
    bench = desk(tmp_path)
    path = write(tmp_path)
    opened = bench.open(str(path))
    path.write_bytes(b"\xff\xfe\0\0")
    accepted = bench.accepting(opened)
    assert bench.is_changed(opened)
    assert not bench.is_changed(accepted)
    path.write_bytes(b"\xff\xfe\0\0more")
    assert bench.is_changed(accepted)


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    opened = bench.create(of(HOLD))
    assert Path(opened.file) == tmp_path / "data" / "routines" / "test.toml"
    assert Path(opened.file).read_text() == opened.text


FULL = """
import resource, sys, signal
from pathlib import Path
sys.path[:0] = {paths!r}
from desk_cases import desk
from app.domain import editing
from app.domain.errors import RoutineError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
bench = desk(Path({home!r}))
opened = bench.open({file!r})
document = editing.set_head(opened.document, summary="x" * 150)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
for action in (bench.save, bench.keep_draft):
    try:
        action(opened, document)
    except RoutineError as error:
        print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")
def test_a_full_disk_is_said_in_one_sentence_and_nothing_is_lost(tmp_path: Path) -> None:
    path = write(tmp_path)
    desk(tmp_path)
    program = FULL.format(paths=sys.path, home=str(tmp_path), file=str(path))
    done = subprocess.run(
        [sys.executable, "-B", "-c", program], capture_output=True, text=True, check=True
    )
    lines = done.stdout.splitlines()
    assert len(lines) == 2, done.stderr
    assert lines[0].startswith("Cannot save hips.toml: File too large; check the folder")
    assert lines[1].startswith("What is not saved yet cannot be kept: File too large")
    assert path.read_text() == TEXT
    assert [one.name for one in path.parent.iterdir()] == ["hips.toml"]


NOT_ALLOWED = """
import ctypes, sys
from pathlib import Path
sys.path[:0] = {paths!r}
class Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]
none = (ctypes.c_uint32 * 6)()
assert ctypes.CDLL(None).capset(ctypes.byref(Header(0x20080522, 0)), none) == 0
from desk_cases import desk
from app.domain.errors import RoutineError
bench = desk(Path({home!r}))
opened = bench.open({file!r})
try:
    bench.save(opened, opened.document)
except RoutineError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="capabilities are Linux's")
def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    path = write(tmp_path)
    desk(tmp_path)
    path.parent.chmod(0o555)
    program = NOT_ALLOWED.format(paths=sys.path, home=str(tmp_path), file=str(path))
    done = subprocess.run(
        [sys.executable, "-B", "-c", program], capture_output=True, text=True, check=True
    )
    path.parent.chmod(0o755)
    assert (
        done.stdout == f"Cannot save hips.toml: Permission denied; check the folder {path.parent}\n"
    )
    assert path.read_text() == TEXT


# New files


def test_a_new_file_is_named_after_the_routine(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    names = {
        "Hüften & Waden": "huften-waden",
        "Großer Fuß": "grosser-fuss",
        "Ćwiczenia łydki": "cwiczenia-lydki",
        "日本": "routine",
        "Exercises": "exercises-2",
        "Shipped": "shipped-2",
        "a" * 80: "a" * 60,
        f"{'a' * 59} b": "a" * 59,
    }
    for name, wanted in names.items():
        opened = bench.create(editing.set_head(of(HOLD), name=name))
        assert Path(opened.file).stem == wanted
        assert opened.document.head.id == wanted
        assert opened.text.startswith("#:schema ./routine.schema.json\nschema = 1\n")
    again = [Path(bench.create(of(HOLD)).file).stem for _ in range(3)]
    assert again == ["test", "test-2", "test-3"]
    long = bench.create(editing.set_head(of(HOLD), name="a" * 80))
    assert Path(long.file).stem == "a" * 58 + "-2"


def test_a_copy_keeps_what_people_wrote_in_the_file(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    shipped = bench.open(str(tmp_path / "shipped" / "shipped.toml"))
    copy = bench.create(editing.set_head(shipped.document, name="Mine"))
    assert not copy.read_only
    assert "# the left one is the tight one" in copy.text
    assert copy.text.startswith("#:schema ./routine.schema.json\n# Hips, after Sunday's long run\n")


def test_a_new_routine_has_its_file_once_it_is_valid(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    opened = bench.blank(Routine(id="", name="Evening", blocks=()))
    other = bench.blank(Routine(id="", name="Evening", blocks=()))
    assert [Path(one.file).stem for one in (opened, other)] == ["evening", "evening-2"]
    assert not Path(opened.file).exists()
    assert not bench.is_changed(opened)
    document, _ = editing.insert_blocks(opened.document, 0, document_of(of(HOLD).routine).blocks)
    saved = bench.save(opened, document)
    assert Path(saved.file).read_text() == saved.text
    assert bench.open(saved.file).document.head.id == "evening"


def test_a_new_routine_that_was_never_valid_comes_back_as_a_draft(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    opened = bench.blank(Routine(id="", name="Evening", blocks=()))
    document = editing.set_head(opened.document, name="Late")
    bench.keep_draft(opened, document)
    later = desk(tmp_path)
    (draft,) = later.drafts()
    assert (draft.file, draft.document, draft.text) == (opened.file, document, "")
    again = later.open(draft.file)
    assert (again.document.blocks, again.text) == ((), "")
    # Its name stays its own.
    assert Path(later.blank(Routine(id="", name="Evening", blocks=())).file).stem == "evening-2"


def test_a_copy_of_what_has_problems_is_kept_as_a_draft(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    opened = bench.create(of(replace(HOLD, dose=TimeDose(0))))
    assert not Path(opened.file).exists()
    assert [draft.document for draft in desk(tmp_path).drafts()] == [opened.document]


def test_a_file_for_elsewhere_is_written_only_when_it_is_valid(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    target = tmp_path / "mail.toml"
    bench.export(str(target), of(HOLD))
    assert target.read_text() == bench.text(of(HOLD))
    with pytest.raises(RoutineError, match="at least one step"):
        bench.export(str(target), of())
    with pytest.raises(RoutineError, match=r"Cannot save mail\.toml: No such file"):
        bench.export(str(tmp_path / "no" / "mail.toml"), of(HOLD))


# Drafts


def changed(bench: RoutineDesk, home: Path, name: str = "Ours") -> tuple[OpenRoutine, Document]:
    opened = bench.open(str(write(home)))
    return opened, editing.set_head(opened.document, name=name)


def test_a_draft_is_offered_until_it_is_forgotten(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    opened, document = changed(bench, tmp_path)
    bench.keep_draft(opened, document)
    (draft,) = desk(tmp_path).drafts()
    assert draft == OpenRoutine(file=opened.file, document=document, text=TEXT)
    bench.forget_draft(draft)
    assert bench.drafts() == ()
    bench.forget_draft(draft)


def test_a_draft_that_the_file_says_already_is_dropped(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    opened, document = changed(bench, tmp_path)
    bench.keep_draft(opened, document)
    bench.save(opened, document)
    assert desk(tmp_path).drafts() == ()
    assert list((tmp_path / "data" / "drafts").iterdir()) == []


def test_a_draft_is_offered_also_when_its_file_changed_or_went(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    opened, document = changed(bench, tmp_path)
    bench.keep_draft(opened, document)
    for text in (TEXT.replace("Hips", "Theirs"), "broken", None):
        if text is None:
            Path(opened.file).unlink()
        else:
            Path(opened.file).write_text(text)
        (draft,) = bench.drafts()
        assert draft.document == document
        # Whoever saves it is told that the file is another.
        with pytest.raises(ChangedOutsideError):
            bench.save(draft, draft.document)
    # A file that is gone opens as an empty one under the draft.
    assert bench.open(opened.file).document.blocks == ()


def test_damaged_drafts_are_put_aside_and_the_others_offered(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    opened, document = changed(bench, tmp_path)
    bench.keep_draft(opened, document)
    folder = tmp_path / "data" / "drafts"
    (good,) = folder.iterdir()
    whole = json.loads(good.read_text())
    damaged = {
        "half": good.read_text()[:200],
        "empty": "",
        "list": "[]",
        "newer": json.dumps({**whole, "version": 99}),
        "bytes": None,
        "other": json.dumps({**whole, "document": {"head": {}, "blocks": []}}),
        "deep": "[" * 100_000,
    }
    for name, text in damaged.items():
        path = folder / f"{name}.json"
        path.write_bytes(b"\xff\xfe") if text is None else path.write_text(text)
    assert [draft.document for draft in bench.drafts()] == [document]
    aside = folder / "damaged"
    assert {path.stem for path in aside.iterdir()} == set(damaged)
    # The same name a second time takes nothing away.
    (folder / "half.json").write_text("again")
    bench.drafts()
    assert (aside / "half-2.json").read_text() == "again"


KILLED = """
import sys
from pathlib import Path
sys.path[:0] = {paths!r}
from desk_cases import desk
from app.domain import editing
bench = desk(Path({home!r}))
opened = bench.open({file!r})
for number in range(10_000):
    bench.keep_draft(opened, editing.set_head(opened.document, name=f"Typed {{number}}"))
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX's")
def test_a_draft_survives_the_process_at_any_moment(tmp_path: Path) -> None:
    path = write(tmp_path)
    desk(tmp_path)
    program = KILLED.format(paths=sys.path, home=str(tmp_path), file=str(path))
    for at_least in (1, 40, 90):
        with subprocess.Popen(
            [sys.executable, "-B", "-c", program], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            last = 0
            while last < at_least:
                last = int(process.stdout.readline())
            process.send_signal(signal.SIGKILL)
            rest = process.stdout.read().split("\n")[:-1]
        kept = max([last, *map(int, rest)])
        (draft,) = desk(tmp_path).drafts()
        typed = int(draft.document.head.name.removeprefix("Typed "))
        # What was kept before the kill, or the one that was about to be said.
        assert kept <= typed <= kept + 1


# The clipboard


def test_copied_steps_are_lines_as_in_a_file(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    document = bench.open(str(write(tmp_path))).document
    steps = document.steps()
    assert bench.clip_text(editing.copied(document, [steps[0].id, steps[3].id])) == (
        '  # slowly\n  { exercise = "walk", seconds = "1:30" },  # outside\n'
        '  # the left one is the tight one\n  { exercise = "twist" },\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        '{ exercise = "walk" }, { exercise = "twist" }',
        '  { exercise = "walk" },\r\n  { exercise = "twist" },\r\n',
        'steps = [\n  { exercise = "walk" },\n  { exercise = "twist" },\n]',
        "\ufeff{ exercise = 'walk' },\n{ exercise\u00a0= 'twist' }",
    ],
)
def test_steps_are_pasted_from_any_piece_of_a_file(tmp_path: Path, text: str) -> None:
    clip = desk(tmp_path).pasted(text)
    assert [part.step for part in clip.steps] == [Step(exercise="walk"), Step(exercise="twist")]


def test_a_whole_file_is_pasted_as_its_blocks(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    clip = bench.pasted(TEXT)
    assert [block.block for block in clip.blocks] == list(
        bench.open(str(write(tmp_path))).document.routine.blocks
    )
    assert "# three when fresh" in bench.clip_text(clip)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plank 45 sec x2",
        "{ }",
        '{ exercise = "walk", secnds = 3 }',
        '{ exercise = "walk"',
        '[[blocks]]\nsteps = "x"',
        "[[blocks]]\nname = 'x'\nsteps = [3]",
        "blocks = [1]",
        "{" * 300_000,
    ],
)
def test_other_text_is_no_step(tmp_path: Path, text: str) -> None:
    assert not desk(tmp_path).pasted(text)


def test_a_copy_has_none_of_the_comments(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    document = bench.open(str(write(tmp_path))).document
    parts = [document.steps()[3].id, document.blocks[0].id]
    twice, _ = editing.duplicate(document, parts)
    text = bench.text(twice)
    assert text.count('{ exercise = "twist" }') == 2
    assert text.count('name = "Loosen"') == 2
    assert text.count("# the left one is the tight one") == 1
    assert text.count("# slowly") == 1


def test_advice_is_silenced_where_its_comment_stands_and_the_file_keeps_it(
    tmp_path: Path,
) -> None:
    bench = desk(tmp_path)
    opened = bench.open(str(write(tmp_path)))
    document = opened.document
    assert bench.silenced(document) == frozenset()
    rules = list(Rule)[:3]
    step, block = document.steps()[3].id, document.blocks[0].id
    for rule, part in zip(rules, (step, block, None), strict=True):
        document = bench.silence(document, rule, part)
        document = bench.silence(document, rule, part)
    wanted = {Silence(rules[0], 1, 1), Silence(rules[1], 0), Silence(rules[2])}
    assert bench.silenced(document) == wanted
    saved = bench.save(opened, document)
    assert saved.text.count("# advice: off") == 3
    assert bench.silenced(bench.open(saved.file).document) == wanted


# Lists


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_list_is_read_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes("Dehnung für 30 s\r\nBrücke".encode(encoding))
    assert desk(tmp_path).list_text(str(path)) == "Dehnung für 30 s\nBrücke"


def test_what_is_no_list_is_said(tmp_path: Path) -> None:
    bench = desk(tmp_path)
    (tmp_path / "big.txt").write_text("x" * 300_000)
    (tmp_path / "binary.txt").write_bytes(b"\0\1")
    for name, need in [
        ("none.txt", "there is no such file"),
        ("big.txt", "at most 256 KiB"),
        ("binary.txt", "found a binary file"),
        (".", "a file is needed"),
    ]:
        with pytest.raises(RoutineError, match=need):
            bench.list_text(str(tmp_path / name))


def test_the_library_is_looked_at_anew_when_it_changes(tmp_path: Path) -> None:
    library = {"now": EXERCISES}
    bench = RoutineDesk(folders(tmp_path), lambda: library["now"], shipped_routines=tmp_path)
    assert not bench.problems(of(HOLD))
    library["now"] = {}
    assert [one.rule for one in bench.problems(of(HOLD))] == ["unknown-exercise"]
