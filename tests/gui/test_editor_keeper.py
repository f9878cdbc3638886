"""The editor in the window: files that change outside, drafts, the trash, files from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from dialogs import settle
from editor_world import World
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.when import When
from app.ui.pages.editor.dialogs.clash import ClashDialog
from app.ui.pages.editor.dialogs.conflict import ConflictDialog
from app.ui.pages.editor.dialogs.own_exercise import OwnExerciseDialog
from app.ui.pages.editor.dialogs.recovered import RecoveredDialog
from app.ui.pages.editor.model import SaveState
from app.window_editor import _to_trash

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from app.ui.theme import ThemeManager
    from app.ui.widgets.dialog import Dialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
TEXT = """\
schema = 1
name = "Mine"

[[blocks]]
name = "One"
steps = [
  # keep this
  { exercise = "glute-bridge", reps = 8 },
  { exercise = "bird-dog" },
]
"""


@pytest.fixture
def world(
    qtbot: QtBot, themes: ThemeManager, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> World:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    made = World(qtbot, themes, tmp_path / "home")
    made.folders.routines.mkdir(parents=True)
    return made


@pytest.fixture
def file(world: World) -> Path:
    path = world.file("mine.toml")
    path.write_text(TEXT)
    world.keeper.open(str(path))
    return path


def click(widget: QWidget | None) -> None:
    assert widget is not None
    QTest.mouseClick(widget, LEFT)
    settle()


def dialog(world: World, kind: type[Dialog]) -> Dialog:
    (found,) = [one for one in world.window.findChildren(kind) if one.isVisible()]
    return found


def toast(world: World) -> str:
    assert world.window.toast is not None
    return world.window.toast.text


def undo_by_toast(world: World) -> None:
    assert world.window.toast is not None
    click(world.window.toast.button)


def rename(world: World, name: str) -> None:
    world.page.model.set_head("Rename", name=name)


def look_outside(world: World) -> None:
    world.keeper._settle.timeout.emit()
    settle()


def conflict(world: World, file: Path) -> ConflictDialog:
    """Change the routine here and in its file."""
    rename(world, "Ours")
    file.write_text(TEXT.replace('"Mine"', '"Theirs"'))
    look_outside(world)
    found = dialog(world, ConflictDialog)
    assert isinstance(found, ConflictDialog)
    return found


# Files that change outside


def test_a_file_that_changed_outside_is_shown_at_once_where_nothing_is_unsaved(
    world: World, file: Path
) -> None:
    file.write_text(TEXT.replace('"Mine"', '"Theirs"'))
    look_outside(world)
    assert world.page.model.document.head.name == "Theirs"
    assert world.page.model.state is SaveState.SAVED
    world.page.model.undo()
    assert world.page.model.document.head.name == "Mine"


def test_the_watcher_sees_a_file_that_another_program_replaces(
    world: World, file: Path, qtbot: QtBot
) -> None:
    other = file.with_name("other.tmp")
    other.write_text(TEXT.replace('"Mine"', '"Theirs"'))
    other.replace(file)
    qtbot.waitUntil(lambda: world.page.model.document.head.name == "Theirs")


def test_where_both_changed_mine_can_stay(world: World, file: Path) -> None:
    click(conflict(world, file).mine)
    assert 'name = "Ours"' in file.read_text()
    assert world.page.model.state is SaveState.SAVED


def test_where_both_changed_theirs_can_be_taken_and_mine_undone_to(
    world: World, file: Path
) -> None:
    click(conflict(world, file).theirs)
    model = world.page.model
    assert model.document.head.name == "Theirs"
    assert 'name = "Theirs"' in file.read_text()
    assert model.state is SaveState.SAVED
    rename(world, "Theirs, and more")
    model.save_now()
    assert 'name = "Theirs, and more"' in file.read_text()
    model.undo()
    model.undo()
    assert model.document.head.name == "Ours"
    model.save_now()
    assert 'name = "Ours"' in file.read_text()


def test_where_both_changed_both_can_be_kept(world: World, file: Path) -> None:
    click(conflict(world, file).both)
    assert 'name = "Theirs"' in file.read_text()
    assert world.page.model.document.head.name == "Theirs"
    (mine,) = [path for path in file.parent.glob("*.toml") if path != file]
    assert 'name = "Ours (mine)"' in mine.read_text()
    assert "# keep this" in mine.read_text()


def test_deciding_later_writes_nothing_and_asks_again(world: World, file: Path) -> None:
    click(conflict(world, file).later)
    rename(world, "Ours, more")
    world.page.model.save_now()
    assert 'name = "Theirs"' in file.read_text()
    assert world.page.model.state is SaveState.CONFLICT
    world.page.conflict_requested.emit()
    click(dialog(world, ConflictDialog).mine)  # type: ignore[attr-defined]
    assert 'name = "Ours, more"' in file.read_text()


def test_leaving_in_a_conflict_loses_nothing(world: World, file: Path) -> None:
    click(conflict(world, file).later)
    world.window.back()
    assert 'name = "Theirs"' in file.read_text()
    world.keeper.offer_drafts()
    click(dialog(world, RecoveredDialog).open_button)  # type: ignore[attr-defined]
    assert world.page.model.document.head.name == "Ours"
    look_outside(world)
    assert dialog(world, ConflictDialog).isVisible()


def test_going_back_into_a_conflict_asks_again_and_writes_nothing(world: World, file: Path) -> None:
    click(conflict(world, file).later)
    world.window.back()
    undo_by_toast(world)
    assert world.page.model.document.head.name == "Ours"
    look_outside(world)
    assert dialog(world, ConflictDialog).isVisible()
    assert 'name = "Theirs"' in file.read_text()


def test_a_file_that_is_gone_is_told_and_what_is_here_stays(world: World, file: Path) -> None:
    file.unlink()
    look_outside(world)
    model = world.page.model
    assert (model.state, model.trouble) == (SaveState.TROUBLE, "The file is gone.")
    model.check()
    assert model.state is SaveState.TROUBLE
    rename(world, "Still here")
    model.save_now()
    click(dialog(world, ConflictDialog).theirs)  # type: ignore[attr-defined]
    assert model.document.head.name == "Still here"
    world.page.conflict_requested.emit()
    click(dialog(world, ConflictDialog).mine)  # type: ignore[attr-defined]
    assert 'name = "Still here"' in file.read_text()


def test_pages_do_not_change_behind_a_question(world: World, file: Path) -> None:
    asked = conflict(world, file)
    QTest.keyClick(asked, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert world.page.model.document.head.name == "Ours"
    assert asked.isVisible()


# Leaving, starting


def test_leaving_saves_at_once(world: World, file: Path) -> None:
    rename(world, "Hips")
    world.window.back()
    assert 'name = "Hips"' in file.read_text()
    assert "# keep this" in file.read_text()


def test_leaving_with_a_problem_keeps_the_last_valid_file_and_leads_back(
    world: World, file: Path
) -> None:
    rename(world, "")
    world.window.back()
    assert 'name = "Mine"' in file.read_text()
    assert "problem" in toast(world)
    undo_by_toast(world)
    assert world.page.model.document.head.name == ""
    assert world.page.model.state is SaveState.INVALID


def test_what_was_kept_is_there_when_the_routine_is_opened_again(world: World, file: Path) -> None:
    rename(world, "Hips")
    rename(world, "")
    world.page.model.set_head("Change", summary="For Sundays")
    world.window.back()
    world.keeper.open(str(file))
    model = world.page.model
    assert (model.document.head.name, model.document.head.summary) == ("", "For Sundays")
    rename(world, "Hips")
    model.save_now()
    assert 'summary = "For Sundays"' in file.read_text()
    assert not world.keeper._desk.drafts()


def test_a_copy_with_a_problem_is_kept_through_undo(world: World, file: Path) -> None:
    model = world.page.model
    model.add_block("Empty", "Add")
    world.page.copy_requested.emit()
    copy = world.page.model
    assert copy.opened.file != str(file)
    rename(world, "Mine too")
    copy.undo()
    copy._keep_draft()
    world.window.back()
    assert len(world.keeper._desk.drafts()) >= 1
    world.keeper.open(copy.opened.file)
    assert [block.name for block in world.page.model.document.blocks] == ["One", "Empty"]


def test_start_saves_first_and_a_routine_with_a_problem_does_not_start(
    world: World, file: Path
) -> None:
    rename(world, "Hips")
    world.page.start_requested.emit()
    assert world.started == ["mine"]
    assert 'name = "Hips"' in file.read_text()
    rename(world, "")
    world.page.start_requested.emit()
    assert world.started == ["mine"]


def test_what_could_not_be_saved_is_offered_once_more(
    world: World, file: Path, qtbot: QtBot, themes: ThemeManager
) -> None:
    world.page.model.set_block(world.page.model.document.blocks[0].id, "Change", rounds=0)
    world.keeper.close()
    again = World(qtbot, themes, world.folders.data.parent)
    again.keeper.offer_drafts()
    click(dialog(again, RecoveredDialog).open_button)  # type: ignore[attr-defined]
    assert again.page.model.document.blocks[0].rounds == 0
    again.page.model.undo()
    assert again.page.model.document.blocks[0].rounds == 1
    assert "rounds" not in file.read_text()


def test_a_draft_that_is_discarded_comes_back_by_undo(
    world: World, file: Path, qtbot: QtBot, themes: ThemeManager
) -> None:
    del file
    rename(world, "")
    world.keeper.close()
    again = World(qtbot, themes, world.folders.data.parent)
    again.keeper.offer_drafts()
    click(dialog(again, RecoveredDialog).discard)  # type: ignore[attr-defined]
    undo_by_toast(again)
    assert dialog(again, RecoveredDialog).isVisible()


# Deleting, sharing


def test_a_deleted_routine_comes_back(world: World, file: Path) -> None:
    world.page.delete_requested.emit()
    settle()
    assert not file.exists()
    assert not world.window.sub_pages()
    assert toast(world) == "Deleted “Mine”"
    undo_by_toast(world)
    assert file.read_text() == TEXT


def test_undoing_a_deletion_brings_back_what_was_not_saved(world: World, file: Path) -> None:
    world.page.model.set_head("Change", name="", summary="For Sundays")
    world.page.delete_requested.emit()
    settle()
    undo_by_toast(world)
    assert file.read_text() == TEXT
    assert world.page.model.document.head.summary == "For Sundays"


def test_a_new_routine_without_a_file_can_be_deleted_and_comes_back(world: World) -> None:
    world.keeper.maker._make_empty("Fresh", When.ANY)
    world.page.model.add_block("One", "Add")
    world.page.delete_requested.emit()
    settle()
    assert not world.window.sub_pages()
    assert toast(world) == "Deleted “Fresh”"
    undo_by_toast(world)
    assert [block.name for block in world.page.model.document.blocks] == ["One"]


def test_what_the_systems_trash_does_not_take_is_told(tmp_path: Path) -> None:
    assert _to_trash(tmp_path / "nothing.toml") is None


def test_a_routine_is_copied_as_text(world: World, file: Path) -> None:
    world.page.share_requested.emit()
    assert QApplication.clipboard().text() == file.read_text()


# Files from elsewhere


def drop(world: World, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    how = (Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(world.window, QDragEnterEvent(QPoint(300, 300), *how))
    QApplication.sendEvent(world.window, QDropEvent(QPointF(300, 300), *how))
    settle()


def test_a_file_that_is_dropped_on_the_window_is_taken_in(world: World, tmp_path: Path) -> None:
    given = tmp_path / "given.toml"
    given.write_text(TEXT)
    drop(world, given)
    assert world.file("given.toml").read_text() == TEXT
    assert toast(world) == "Imported given.toml"


@pytest.mark.usefixtures("file")
def test_a_name_that_is_no_id_is_asked_about_too(world: World, tmp_path: Path) -> None:
    world.window.back()
    given = tmp_path / "Mine.toml"
    given.write_text(TEXT.replace('"Mine"', '"Given"'))
    drop(world, given)
    click(dialog(world, ClashDialog).both)  # type: ignore[attr-defined]
    assert '"Given"' in world.file("mine-2.toml").read_text()


@pytest.mark.parametrize("replace", [False, True])
def test_a_taken_name_is_asked_about_and_nothing_is_lost(
    world: World,
    file: Path,
    tmp_path: Path,
    replace: bool,  # noqa: FBT001  (a parameter of the test)
) -> None:
    world.window.back()
    given = tmp_path / "mine.toml"
    given.write_text(TEXT.replace('"Mine"', '"Given"'))
    drop(world, given)
    assert file.read_text() == TEXT
    asked = dialog(world, ClashDialog)
    assert isinstance(asked, ClashDialog)
    click(asked.replace_button if replace else asked.both)
    if replace:
        assert '"Given"' in file.read_text()
        trash = world.folders.data.parent.parent / "share" / "Trash" / "files"
        assert [path.read_text() for path in trash.iterdir()] == [TEXT]
    else:
        assert file.read_text() == TEXT
        assert '"Given"' in world.file("mine-2.toml").read_text()


def test_a_file_with_a_mistake_is_named_and_not_taken_in(world: World, tmp_path: Path) -> None:
    given = tmp_path / "bad.toml"
    given.write_text(TEXT.replace("reps = 8", "reps = 0"))
    drop(world, given)
    assert "bad.toml:8" in toast(world)
    assert not world.file("bad.toml").exists()


# Own exercises


def test_an_own_exercise_is_made_and_used(world: World, file: Path) -> None:
    world.page.new_exercise_requested.emit()
    settle()
    made = dialog(world, OwnExerciseDialog)
    assert isinstance(made, OwnExerciseDialog)
    made.name.setText("Towel curls")
    QTest.keyClick(made, Qt.Key.Key_Return)
    settle()
    assert "towel-curls" in world.library.own_exercises()
    world.page.model.save_now()
    assert 'exercise = "towel-curls"' in file.read_text()


def test_an_exercise_that_cannot_be_saved_stays_in_its_dialog(world: World, file: Path) -> None:
    world.folders.exercises.write_text("schema = [")
    world.page.new_exercise_requested.emit()
    settle()
    made = dialog(world, OwnExerciseDialog)
    assert isinstance(made, OwnExerciseDialog)
    made.name.setText("Towel curls")
    QTest.keyClick(made, Qt.Key.Key_Return)
    settle()
    assert made.isVisible()
    assert made.name.text() == "Towel curls"
    assert file.read_text() == TEXT
