"""Arguments in, exit code out: opens the window, or prints and exits."""

import gc
import os
import sys


def main() -> int:
    """Run Warmdown with the process's arguments."""
    arguments = sys.argv[1:]
    # The window's own start is kept apart from argparse and everything else that only prints.
    if not arguments:
        return _window(None)
    if arguments[0] == "start" and len(arguments) == 2 and not arguments[1].startswith("-"):  # noqa: PLR2004  (the command and its routine)
        return _window(arguments[1])
    from app.cli import run  # noqa: PLC0415  (only for what prints)

    return run(arguments)


def _window(routine: str | None) -> int:
    # Nothing of what a start makes is garbage; looking for it costs a twentieth of the start.
    gc.disable()
    from app.domain.errors import WarmdownError  # noqa: PLC0415
    from app.preflight import explain_import, no_display  # noqa: PLC0415

    problem = no_display(os.environ)
    if problem is None:
        try:
            from app.bootstrap import open_window  # noqa: PLC0415

            return open_window(routine)
        except ImportError as error:
            problem = explain_import(error)
            if problem is None:
                raise
        except WarmdownError as error:
            problem = str(error)
    sys.stderr.write(f"warmdown: {problem}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
