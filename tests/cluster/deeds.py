"""What the tests have workers do, in a module of its own: a worker imports no more than this."""

import os
import time

from analysis.errors import UserError

SECRET = "Zoé Quidam"


def shout() -> None:
    raise ValueError(SECRET)


def mistake() -> None:
    raise UserError("Do something else.")


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def die() -> None:
    os._exit(1)


def tasks_left(dask_scheduler: object) -> int:
    return len(dask_scheduler.tasks)
