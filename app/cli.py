"""The command line: parses arguments, prints and exits; opens no window."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from app import __version__
from app.domain.errors import Problem, WarmdownError

EXIT_FINE, EXIT_PROBLEM, EXIT_USAGE = 0, 1, 2


class _Usage(Exception):  # noqa: N818  (it carries the sentence, it is no failure of ours)
    """Wrong usage, in one sentence."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line and leaves exiting to `run`."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  (argparse's own)
        # An abbreviation that works today would break with the next option.
        super().__init__(**options, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        raise _Usage(f"{message}; see `{self.prog} --help`")


def run(arguments: Sequence[str]) -> int:
    """Carry out a command and return the exit code: 0 fine, 1 files or data, 2 usage."""
    _make_streams_safe()
    try:
        return _run(arguments)
    except _Usage as usage:
        sys.stderr.write(f"warmdown: {usage}\n")
        return EXIT_USAGE
    except WarmdownError as error:
        sys.stderr.write("".join(f"warmdown: {line}\n" for line in str(error).splitlines()))
        return EXIT_PROBLEM
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the output has seen enough; the interpreter must not flush into it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_PROBLEM


def _run(arguments: Sequence[str]) -> int:
    parser = _parser()
    if arguments and arguments[0][:1] not in ("-", "") and arguments[0] not in _COMMANDS:
        raise _Usage(_unknown_command(arguments[0]))
    try:
        chosen = parser.parse_args(arguments)
    except SystemExit as left:  # --help and --version have printed
        return left.code if isinstance(left.code, int) else EXIT_FINE
    code: int = chosen.run(chosen)
    sys.stdout.flush()
    return code


_COMMANDS = ("start", "list", "show", "check", "draft", "export", "history", "import", "where")


def _unknown_command(command: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  (only for a mistake)

    near = get_close_matches(command, _COMMANDS, 1)
    hint = f"did you mean {near[0]!r}?" if near else "see `warmdown --help`"
    return f"there is no command {command[:40]!r}; {hint}"


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="warmdown",
        description="Guides runners through warm-ups, stretches and core sets by sound and picture.",
        epilog="Without a command the window opens. WARMDOWN_HOME=DIR keeps all user data in DIR.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    commands = parser.add_subparsers(
        metavar="COMMAND", required=True, parser_class=_Parser, title="commands"
    )

    start = commands.add_parser("start", help="open the window and start a routine")
    start.add_argument("routine", metavar="ROUTINE", help="a routine's id or file")
    start.set_defaults(run=_start)

    listing = commands.add_parser("list", help="list routines: id, name, moment, length, origin")
    listing.add_argument("--json", action="store_true", help="print JSON")
    listing.set_defaults(run=_list)

    show = commands.add_parser("show", help="show a routine's timeline")
    show.add_argument("routine", metavar="ROUTINE", help="a routine's id or file")
    show.add_argument("--cues", action="store_true", help="with every cue and its time")
    show.add_argument(
        "--with-optional", action="store_true", help="with the parts that are optional"
    )
    show.add_argument("--json", action="store_true", help="print JSON")
    show.set_defaults(run=_show)

    check = commands.add_parser("check", help="validate routine files and folders")
    check.add_argument("paths", metavar="PATH", nargs="+", help="a file, or a folder's *.toml")
    check.add_argument("--advice", action="store_true", help="add advice, as a physio gives it")
    check.add_argument("--json", action="store_true", help="print JSON")
    check.set_defaults(run=_check)

    draft = commands.add_parser("draft", help="read a pasted list, and show how each line is read")
    draft.add_argument("file", metavar="FILE", help='a text file; "-" reads what is piped in')
    draft.add_argument("--write", metavar="ID", help="make the routine of it, under this id")
    draft.add_argument("--json", action="store_true", help="print JSON")
    draft.set_defaults(run=_draft)

    from app.cli_export import add_export_parser  # noqa: PLC0415  (its own command)

    add_export_parser(commands)

    from app.cli_history import add_history_parser  # noqa: PLC0415  (its own command)

    add_history_parser(commands)

    from app.cli_import import add_import_parser  # noqa: PLC0415  (its own command)

    add_import_parser(commands)

    where = commands.add_parser("where", help="print the folders in use")
    where.add_argument("--json", action="store_true", help="print JSON")
    where.set_defaults(run=_where)
    return parser


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        sys.stdout.write(f"warmdown {__version__}\n")
        parser.exit()


def _start(chosen: argparse.Namespace) -> int:
    """`start ROUTINE` itself opens the window before it gets here; what is left is odd usage."""
    raise _Usage(f"start takes one routine and no options, not {chosen.routine!r}")


def _list(chosen: argparse.Namespace) -> int:
    from app.cli_routines import print_list  # noqa: PLC0415

    return print_list(as_json=chosen.json)


def _show(chosen: argparse.Namespace) -> int:
    from app.cli_routines import print_timeline  # noqa: PLC0415

    return print_timeline(
        chosen.routine,
        with_cues=chosen.cues,
        with_optional=chosen.with_optional,
        as_json=chosen.json,
    )


def _check(chosen: argparse.Namespace) -> int:
    from app.cli_check import print_check  # noqa: PLC0415

    return print_check(chosen.paths, with_advice=chosen.advice, as_json=chosen.json)


def _draft(chosen: argparse.Namespace) -> int:
    from app.cli_draft import run_draft  # noqa: PLC0415

    return run_draft(chosen.file, write=chosen.write, as_json=chosen.json)


def _where(chosen: argparse.Namespace) -> int:
    from app.storage.paths import user_folders  # noqa: PLC0415

    folders = user_folders()
    named = {
        "home": folders.home,
        "data": folders.data,
        "config": folders.config,
        "cache": folders.cache,
        "logs": folders.logs,
        "routines": folders.routines,
        "history": folders.history,
    }
    if chosen.json:
        print_json({name: None if path is None else str(path) for name, path in named.items()})
    else:
        for name, path in named.items():
            if path is not None:
                sys.stdout.write(f"{name:9} {path}\n")
    return EXIT_FINE


def print_json(value: object) -> None:
    """Print a value as JSON, readable and in ASCII, whatever the terminal's encoding."""
    import json  # noqa: PLC0415

    json.dump(value, sys.stdout, indent=1)
    sys.stdout.write("\n")


def problem_json(problem: Problem) -> dict[str, object]:
    """Return a problem as every command prints it."""
    return {
        "file": problem.file,
        "line": problem.line,
        "severity": problem.severity,
        "id": problem.id,
        "message": problem.message,
    }


def _make_streams_safe() -> None:
    """Let names that the terminal's encoding lacks come out escaped instead of as a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
