"""A private display, session bus and sound server, and the app running on them."""

from __future__ import annotations

import contextlib
import os
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self, TypeVar

import processes
from x11 import X11, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import TracebackType

ROOT = Path(__file__).parents[2]
TOOLS = ("Xvfb", "dbus-daemon", "pulseaudio", "pactl", "parec", "xdotool")
START_S = 60.0
RATE = 48_000
FRAME_BYTES = 4
START_APP = "import sys; from app.__main__ import main; sys.exit(main())"
SINK = "module-null-sink sink_name=out rate=48000 channels=2 format=s16le"

# What would lead a program out of its private folders, bus, display or sound server, or would
# keep it from the bytecode caches that every user has.
_OUTSIDE = re.compile(
    r"(DBUS|PULSE|QT|WARMDOWN|WAYLAND|XDG)_.*|DISPLAY|PYTHON.*|SESSION_MANAGER|XAUTHORITY"
)

T = TypeVar("T")


def missing_tools() -> list[str]:
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def wait_until(look: Callable[[], T | None], *, within_s: float, what: str) -> T:
    """Return the first true answer of `look`; a failure names `what` was waited for."""
    deadline = time.monotonic() + within_s
    while True:
        if answer := look():
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {within_s:g} s in vain for {what}")
        time.sleep(0.02)


class SoundServer:
    """A PulseAudio of our own whose only device, `out`, is a sink that can be recorded."""

    def __init__(self, runtime: Path, env: Mapping[str, str], log: IO[bytes]) -> None:
        self._socket = runtime / "pulse.sock"
        self.env = {**env, "PULSE_SERVER": f"unix:{self._socket}"}
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._socket.unlink(missing_ok=True)
        self._process = processes.start(
            [
                *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1"),
                *("--use-pid-file=no", "--disable-shm=yes"),
                f"--load={SINK}",
                f"--load=module-native-protocol-unix auth-anonymous=1 socket={self._socket}",
            ],
            env=self.env,
            output=self._log,
        )
        wait_until(self._socket.exists, within_s=START_S, what="PulseAudio")

    def stop(self) -> None:
        """End the server under whoever is connected to it, as a crash of it would."""
        if self._process is not None:
            processes.end(self._process)
            self._process = None

    def unplug(self) -> None:
        """Take the only output device away."""
        self._pactl("unload-module", "module-null-sink")

    def plug_in(self) -> None:
        self._pactl("load-module", *SINK.split())

    @contextlib.contextmanager
    def record(self, path: Path) -> Iterator[None]:
        """Record what the device plays into `path`: raw 16-bit stereo at 48 kHz."""
        command = ["parec", "--raw", "--format=s16le", f"--rate={RATE}", "--channels=2"]
        with path.open("wb") as out:
            recorder = processes.start(
                [*command, "--latency-msec=20", "--device=out.monitor"],
                env=self.env,
                output=self._log,
                stdout=out,
            )
            try:
                wait_until(
                    lambda: path.stat().st_size > 0, within_s=START_S, what="the recorder's start"
                )
                yield
            finally:
                processes.end(recorder)

    def _pactl(self, *arguments: str) -> None:
        subprocess.run(["pactl", *arguments], env=self.env, check=True, stdout=self._log)  # noqa: S607


class App:
    """The app as a process on a stage. Its outputs are in `log`."""

    def __init__(self, stage: Stage, process: subprocess.Popen[bytes], log: Path) -> None:
        self._stage = stage
        self.process = process
        self.log = log

    def output(self) -> str:
        return self.log.read_text("utf-8", "replace")

    def windows(self) -> list[Window]:
        """Return the app's visible windows, largest first."""
        x = self._stage.x
        pids = processes.tree(self.process.pid)
        return [window for window in x.windows() if x.pid_of(window) in pids]

    def wait_for_window(self, within_s: float = START_S) -> Window:
        """Return the largest window once there is something in it, and give it the keyboard."""

        def painted() -> Window | None:
            if self.process.poll() is not None:
                raise AssertionError(f"the app ended, {self.process.returncode}: {self.output()}")
            windows = self.windows()
            return next((w for w in windows if self._stage.x.has_content(w.geometry)), None)

        window = wait_until(painted, within_s=within_s, what="a painted window")
        self._stage.x.focus(window)
        return window

    def keys(self, *names: str) -> None:
        """Press keys, one after the other, by xdotool's names (`space`, `Right`, `ctrl+2`)."""
        self._xdotool("key", *names)

    def type_text(self, text: str) -> None:
        self._xdotool("type", text)

    def click(self, x: int, y: int) -> None:
        """Click a point of the largest window."""
        place = self.windows()[0].geometry
        self._xdotool("mousemove", str(place.x + x), str(place.y + y), "click", "1")

    def resize(self, width: int, height: int) -> None:
        self._stage.x.resize(self.windows()[0], width, height)

    def screenshot(self, path: Path) -> None:
        self._stage.x.screenshot(path, self.windows()[0].geometry)

    def close_window(self) -> None:
        """Ask the largest window to close, as its title bar's button would."""
        self._stage.x.ask_to_close(self.windows()[0])

    def wait(self, within_s: float = START_S) -> int:
        """Return the exit code."""
        return self.process.wait(within_s)

    def kill(self) -> None:
        """End it as a power cut would: SIGKILL, no chance to save anything."""
        self.process.kill()
        self.process.wait()

    def end(self) -> None:
        processes.end(self.process)

    def _xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self._stage.env, check=True)  # noqa: S607


class Stage:
    """Everything that a desktop offers, private and recorded; a context manager."""

    def __init__(self, *, screen: str = "1920x1080") -> None:
        self._screen = screen
        self._helpers: list[subprocess.Popen[bytes]] = []
        self._apps: list[App] = []

    def __enter__(self) -> Self:
        # Not pytest's folder: a socket's path has at most 107 characters.
        self.folder = Path(tempfile.mkdtemp(prefix="warmdown-"))
        runtime = self.folder / "run"
        runtime.mkdir(mode=0o700)
        self.log = (self.folder / "stage.log").open("wb", buffering=0)
        self.env = {k: v for k, v in os.environ.items() if not _OUTSIDE.fullmatch(k)}
        self.env |= {
            "HOME": str(self.folder),
            "XDG_RUNTIME_DIR": str(runtime),
            "PULSE_COOKIE": str(runtime / "cookie"),
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }
        try:
            self._start_display()
            self._start_bus()
            self.sound = SoundServer(runtime, self.env, self.log)
            self.env = self.sound.env
            self.sound.start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end_apps()
        if hasattr(self, "sound"):
            self.sound.stop()
        if hasattr(self, "x"):
            self.x.close()
        for helper in reversed(self._helpers):
            processes.end(helper)
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def launch(
        self,
        *arguments: str,
        home: Path,
        env: Mapping[str, str] | None = None,
        before: str = "",
        python: str = sys.executable,
    ) -> App:
        """Start the app with `home` as WARMDOWN_HOME.

        `before` is Python source that runs inside the app's process ahead of it.
        """
        log = self.folder / f"app-{len(self._apps)}.log"
        with log.open("wb") as output:
            process = processes.start(
                [python, "-c", f"{before}\n{START_APP}", *arguments],
                env={**self.env, "WARMDOWN_HOME": str(home), **(env or {})},
                output=output,
                cwd=ROOT,
            )
        app = App(self, process, log)
        self._apps.append(app)
        return app

    def end_apps(self) -> str:
        """End every app and return what they wrote; the next launch starts from nothing."""
        written = []
        for app in self._apps:
            app.end()
            written.append(app.output())
        self._apps.clear()
        return "".join(written)

    @contextlib.contextmanager
    def busy_cores(self, count: int) -> Iterator[None]:
        """Keep `count` cores busy."""
        burners = [
            processes.start([sys.executable, "-c", "while 1: pass"], env=self.env, output=self.log)
            for _ in range(count)
        ]
        try:
            yield
        finally:
            for burner in burners:
                processes.end(burner)

    def _start_display(self) -> None:
        read_end, write_end = os.pipe()
        os.set_inheritable(write_end, True)
        command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{self._screen}x24"]
        with os.fdopen(read_end) as answer:
            self.display_server = processes.start(
                [*command, "-nolisten", "tcp", "-dpi", "96", "-noreset", "-ac"],
                env=self.env,
                output=self.log,
                keep=(write_end,),
            )
            os.close(write_end)
            self._helpers.append(self.display_server)
            if not select.select([answer], [], [], START_S)[0]:
                raise AssertionError(f"Xvfb did not start within {START_S:g} s")
            number = int(answer.readline())
        self.env["DISPLAY"] = f":{number}"
        self.x = X11(number)

    def _start_bus(self) -> None:
        bus = processes.start(
            [
                *("dbus-daemon", "--session", "--nofork", "--print-address=1"),
                f"--address=unix:dir={self.folder}",
            ],
            env=self.env,
            output=self.log,
            stdout=subprocess.PIPE,
        )
        self._helpers.append(bus)
        if bus.stdout is None:
            raise AssertionError("the bus has no output")
        self.env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()


# For `launch(before=...)`: a thread that holds the interpreter at random, for up to half a second,
# so that no other Python runs meanwhile. PyDLL is ctypes without letting go of it.
HOLD_THE_INTERPRETER = """
def _hold_the_interpreter():
    import ctypes, random, time
    usleep, chance = ctypes.PyDLL(None).usleep, random.Random(1)
    while True:
        time.sleep(chance.uniform(0.05, 0.6))
        usleep(int(chance.uniform(5_000, 500_000)))
import threading
threading.Thread(target=_hold_the_interpreter, daemon=True).start()
"""
