"""Plays short steps into a history, to be killed: `python session_program.py HISTORY begin|go-on`.

Each step that is finished is one line on stdout, written before it goes to the history: its index
and how many times the program had looked at its clock until then. So is every look, as its number.
"""

import os
import sys
import time
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from make import hold, timeline

from app.domain.history import local_day
from app.domain.recorder import Recorder, planned_record
from app.domain.session import Finished, SegmentFinished, Session
from app.storage.history_db import HistoryDb

STEPS = 60
STEP_S = 0.05
LOOK_S = 0.005


def main(path: Path, how: str) -> None:
    plan = timeline(*(hold(STEP_S, f"Step {number}") for number in range(1, STEPS + 1)))
    db = HistoryDb(path, trouble=lambda problem: say(f"trouble {problem}"), notice=say)
    now = datetime.now().astimezone()
    record = db.interrupted() if how == "go-on" else None
    # The first step has get-ready before it, and there is no time for that here.
    step = 2 if record is None else record.at_step
    if record is None:
        record = planned_record(
            plan, session_id=uuid4().hex, started=now, local_date=local_day(now, 3)
        )
    say(f"session {record.id} {step}")
    session = Session(plan)
    recorder = Recorder(db, record)
    for event in session.start(now_ms(), step=max(2, step)):
        recorder.handle(event, now)
    looks = 0
    while not isinstance(session.state, Finished):
        looks += 1
        say(f"look {looks}")
        for event in session.tick(now_ms()):
            if isinstance(event, SegmentFinished) and event.complete:
                say(f"finished {event.segment.step - 1} {looks}")
            recorder.handle(event, datetime.now().astimezone())
        time.sleep(LOOK_S)
    db.close()
    say("over")


def now_ms() -> int:
    return time.monotonic_ns() // 1_000_000


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
