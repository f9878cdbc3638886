"""When a routine is done; apart from routines, because lists of them need no more."""

from enum import StrEnum


class When(StrEnum):
    BEFORE_RUN = "before-run"
    AFTER_RUN = "after-run"
    REST_DAY = "rest-day"
    MORNING = "morning"
    ANY = "any"
