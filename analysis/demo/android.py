"""Android usage events: what an agent on the tablet would have written of the bouts, and the intervals they stand for.

The intervals come from the moments at which the model opens and closes an app, not from reading the events back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from analysis.demo.apps import APPS, LAUNCHER, SYSTEM
from analysis.demo.clock import DAY, HOUR, MINUTE, Ints, stream, to_local, to_utc

RESUMED, PAUSED, END_OF_DAY, CONTINUE_DAY, CONFIGURATION, INTERACTION, BUCKET = 1, 2, 3, 4, 5, 7, 11
SCREEN_ON, SCREEN_OFF, KEYGUARD_ON, KEYGUARD_OFF, STOPPED, DESTROYED, SHUTDOWN, STARTUP = 15, 16, 17, 18, 23, 24, 26, 27
_LAUNCHER, _SYSTEM = len(APPS), len(APPS) + 1
_PACKAGES = [*(app.package for app in APPS), LAUNCHER.package, SYSTEM]
_ACTIVITIES = [*(app.activities for app in APPS), LAUNCHER.activities, ("",)]
_SCREENS = np.array([len(names) for names in _ACTIVITIES])
_FIRST_SCREEN = np.concatenate([[0], np.cumsum(_SCREENS)[:-1]])
_CLASSES = [name for names in _ACTIVITIES for name in names]
# what a log holds where it holds nothing
_EVENT = {"device": pl.Int64, "at": pl.Int64, "event": pl.Int64, "package": pl.String, "class_name": pl.String}
_INTERVAL = {"device": pl.Int64, "start": pl.Int64, "end": pl.Int64, "package": pl.String}
# how one app follows another: after a pause, overlapping, without any pause, through the home screen
_AFTER, _OVERLAP, _UNPAUSED, _VIA_HOME = range(4)
# how a bout ends
_TIDY, _SCREEN, _LOCKED, _AT_HOME, _SHUT, _DEAD = range(6)
_ENDINGS = [0.58, 0.24, 0.08, 0.04, 0.04, 0.02]


@dataclass
class Tape:
    """Events and foreground intervals as they are collected."""

    events: list[pl.DataFrame] = field(default_factory=list)
    intervals: list[pl.DataFrame] = field(default_factory=list)

    def event(self, device: Ints, at: Ints, kind: int, app: Ints | int = _SYSTEM, screen: Ints | int = 0) -> None:
        """Adds one event per element."""
        columns = {"device": device, "at": at, "event": kind, "app": app, "screen": screen}
        self.events.append(_frame(columns, len(device)))

    def interval(self, device: Ints, start: Ints, end: Ints, app: Ints | int = _LAUNCHER) -> None:
        """Adds one stretch with an app in front per element."""
        self.intervals.append(_frame({"device": device, "start": start, "end": end, "app": app}, len(device)))


@dataclass(frozen=True)
class AndroidLog:
    """`events`: device, at (UTC ms), event, package, class_name. `intervals`: device, start, end, package; they overlap where apps do."""

    events: pl.DataFrame
    intervals: pl.DataFrame


def record(bouts: pl.DataFrame, seen: pl.DataFrame, seed: int) -> AndroidLog:
    """The log of `bouts` (device, start, length; sorted, apart) and of the days on which a device reports at all (`seen`: device, day).

    Where there is no bout at all, as in a town without Android, there is no log.
    """
    if bouts.is_empty():
        return AndroidLog(pl.DataFrame(schema=_EVENT), pl.DataFrame(schema=_INTERVAL))
    rng = stream(seed, "android")
    tape = Tape()
    device, start = bouts["device"].to_numpy(), bouts["start"].to_numpy()
    end = start + bouts["length"].to_numpy()
    endings = _endings(rng, device, start, end)
    opened = _beginnings(tape, rng, device, start)
    stretches = _stretches(rng, device, opened, end)
    closed = _transitions(tape, rng, stretches)
    closed = _closings(tape, rng, stretches, closed, end, endings)
    tape.interval(stretches["device"], stretches["open"], closed, stretches["app"])
    _midnights(tape, stretches, closed)
    _background(tape, rng, seen, device, start, endings)
    packages = pl.DataFrame({"app": np.arange(len(_PACKAGES)), "package": _PACKAGES})
    intervals = pl.concat(tape.intervals).join(packages, on="app").drop("app").sort("device", "start", "end", "package")
    return AndroidLog(_named(pl.concat(tape.events), packages), intervals)


def _frame(columns: Mapping[str, object], height: int) -> pl.DataFrame:
    return pl.DataFrame({name: np.broadcast_to(np.asarray(value, dtype=np.int64), height) for name, value in columns.items()})


def _named(events: pl.DataFrame, packages: pl.DataFrame) -> pl.DataFrame:
    classes = pl.DataFrame({"class_": np.arange(len(_CLASSES)), "class_name": _CLASSES})
    events = events.with_columns(class_=pl.Series(_FIRST_SCREEN[events["app"].to_numpy()]) + pl.col("screen"))
    events = events.join(packages, on="app").join(classes, on="class_").select("device", "at", "event", "package", "class_name")
    events = events.with_columns(class_name=pl.when(pl.col("event") == BUCKET).then(pl.lit("")).otherwise("class_name"))
    return events.unique().sort("device", "at", "event", "package", "class_name")


def _endings(rng: np.random.Generator, device: Ints, start: Ints, end: Ints) -> Ints:
    """How each bout ends. A tablet is shut down, or dies, only after its last bout of a day, never before the night the clocks change."""
    ending = rng.choice(len(_ENDINGS), len(device), p=_ENDINGS)
    day = to_local(start) // DAY
    is_last = np.append((device[1:] != device[:-1]) | (day[1:] != day[:-1]), True)
    may_stop = is_last & (to_local(end) // DAY == day) & (day != 20386) & (to_local(start) % DAY > 6 * HOUR)
    return np.where((ending >= _SHUT) & ~may_stop, _SCREEN, ending)


def _beginnings(tape: Tape, rng: np.random.Generator, device: Ints, start: Ints) -> Ints:
    """Screen on, unlocked; two bouts in five begin on the home screen. Returns when the first app opens."""
    n = len(device)
    tape.event(device, start - rng.integers(300, 900, n), SCREEN_ON)
    tape.event(device, start - rng.integers(100, 250, n), KEYGUARD_OFF)
    via_home = rng.random(n) < 0.4
    opened = np.where(via_home, start + rng.integers(2000, 8000, n), start)
    home, left = device[via_home], opened[via_home] - rng.integers(5, 60, via_home.sum())
    tape.event(home, start[via_home], RESUMED, _LAUNCHER)
    tape.event(home, left, PAUSED, _LAUNCHER)
    tape.interval(home, start[via_home], left)
    return opened


def _stretches(rng: np.random.Generator, device: Ints, opened: Ints, end: Ints) -> dict[str, Ints]:
    """Cuts each bout into stretches of one screen of one app, 17 s to 12 min long: device, open, app, screen, bout, is_last."""
    length = end - opened
    count = np.maximum(1, np.clip(1 + rng.poisson(length / (5 * MINUTE)), -(-length // (5 * MINUTE)), length // 40_000))
    bout = np.repeat(np.arange(len(device)), count)
    weight = rng.uniform(0.6, 1.4, len(bout))
    first = np.concatenate([[0], np.cumsum(count)[:-1]]).astype(np.int64)
    before = np.cumsum(weight) - weight
    before -= before[first][bout]
    total = np.add.reduceat(weight, first) if len(first) else weight
    app = _apps(rng, bout, len(device))
    position = np.arange(len(bout)) - first[bout]
    screen = (position + rng.integers(0, 3, len(device))[bout]) % _SCREENS[app]
    opens = opened[bout] + (length[bout] * before / total[bout]).astype(np.int64)
    is_last = (np.append(bout[1:] != bout[:-1], True)).astype(np.int64)
    return {"device": device[bout], "open": opens, "app": app, "screen": screen, "bout": bout, "is_last": is_last}


def _apps(rng: np.random.Generator, bout: Ints, bouts: int) -> Ints:
    """Two stretches in three are in the main app of the bout."""
    weight = np.array([app.weight for app in APPS])
    main = rng.choice(len(APPS), bouts, p=weight / weight.sum())
    other = rng.choice(len(APPS), len(bout), p=weight / weight.sum())
    return np.where(rng.random(len(bout)) < 0.65, main[bout], other)


def _transitions(tape: Tape, rng: np.random.Generator, s: dict[str, Ints]) -> Ints:
    """Opens every stretch, closes all but the last of each bout. Returns when each is closed (0 for the last ones)."""
    tape.event(s["device"], s["open"], RESUMED, s["app"], s["screen"])
    closed = np.zeros_like(s["open"])
    left = np.flatnonzero(s["is_last"] == 0)
    n, after, until = len(left), left + 1, s["open"][left + 1]
    is_same = s["app"][left] == s["app"][after]
    how = np.where(
        is_same, rng.choice([_AFTER, _OVERLAP], n, p=[0.6, 0.4]), rng.choice([_AFTER, _UNPAUSED, _VIA_HOME], n, p=[0.4, 0.15, 0.45])
    )
    short, stop, away = rng.integers(5, 60, n), rng.integers(200, 900, n), rng.integers(1500, 9000, n)
    closed[left] = until + np.select([how == _AFTER, how == _OVERLAP, how == _UNPAUSED], [-short, short, stop], -away)
    device, app, screen = s["device"][left], s["app"][left], s["screen"][left]
    paused = how != _UNPAUSED
    tape.event(device[paused], closed[left][paused], PAUSED, app[paused], screen[paused])
    stopped = np.where(paused, closed[left] + stop, closed[left])
    tape.event(device, stopped, STOPPED, app, screen)
    gone = rng.random(n) < 0.1
    tape.event(device[gone], stopped[gone] + 40, DESTROYED, app[gone], screen[gone])
    home = how == _VIA_HOME
    _visit_home(tape, device[home], closed[left][home] + rng.integers(10, 40, home.sum()), until[home] - short[home])
    return closed


def _visit_home(tape: Tape, device: Ints, start: Ints, end: Ints) -> None:
    tape.event(device, start, RESUMED, _LAUNCHER)
    tape.event(device, end, PAUSED, _LAUNCHER)
    tape.event(device, end + 300, STOPPED, _LAUNCHER)
    tape.interval(device, start, end)


def _closings(tape: Tape, rng: np.random.Generator, s: dict[str, Ints], closed: Ints, end: Ints, endings: Ints) -> Ints:
    """Ends each bout in its way: where nothing closes the last app, with the screen, the lock, the shutdown, or the last sign of life."""
    last = np.flatnonzero(s["is_last"] == 1)
    device, app, screen, n = s["device"][last], s["app"][last], s["screen"][last], len(last)
    at_home, tidy = endings == _AT_HOME, endings == _TIDY
    closed[last] = np.where(at_home, end - rng.integers(1500, 9000, n), end)
    paused = tidy | at_home
    tape.event(device[paused], closed[last][paused], PAUSED, app[paused], screen[paused])
    tape.event(device[tidy], end[tidy] + rng.integers(200, 500, tidy.sum()), STOPPED, app[tidy], screen[tidy])
    tape.event(device[tidy], end[tidy] + rng.integers(600, 3000, tidy.sum()), SCREEN_OFF)
    came_home = closed[last][at_home] + rng.integers(10, 40, at_home.sum())
    tape.event(device[at_home], came_home, RESUMED, _LAUNCHER)
    tape.interval(device[at_home], came_home, end[at_home])
    for ending, kind in [(_SCREEN, SCREEN_OFF), (_AT_HOME, SCREEN_OFF), (_LOCKED, KEYGUARD_ON), (_SHUT, SHUTDOWN)]:
        tape.event(device[endings == ending], end[endings == ending], kind)
    dark, locked, dead = endings == _SCREEN, endings == _LOCKED, endings == _DEAD
    tape.event(device[dark], end[dark] + rng.integers(1000, 5000, dark.sum()), KEYGUARD_ON)
    tape.event(device[dark], end[dark] + 300, STOPPED, app[dark], screen[dark])
    tape.event(device[locked], end[locked] + 20, SCREEN_OFF)
    tape.event(device[dead], end[dead], INTERACTION, app[dead], screen[dead])
    return closed


def _midnights(tape: Tape, s: dict[str, Ints], closed: Ints) -> None:
    """Half of the tablets write an end of day and a new day for what is open at local midnight."""
    midnight = to_utc((to_local(s["open"]) // DAY + 1) * DAY)
    over = (closed > midnight) & (s["device"] % 2 == 0)
    for kind in (END_OF_DAY, CONTINUE_DAY):
        tape.event(s["device"][over], midnight[over], kind, s["app"][over], s["screen"][over])


def _background(tape: Tape, rng: np.random.Generator, seen: pl.DataFrame, device: Ints, start: Ints, endings: Ints) -> None:
    """What a tablet writes by itself on each day it is seen, before anybody touches it; a startup where it had stopped."""
    stopped = pl.DataFrame({"device": device, "day": to_local(start) // DAY, "stopped": endings >= _SHUT}).filter(pl.col("stopped"))
    days = seen.join(stopped.unique(), on=["device", "day"], how="left").sort("device", "day")
    back = days["stopped"].fill_null(False).shift(1).fill_null(False) & (days["device"] == days["device"].shift(1))
    who, day = days["device"].to_numpy(), days["day"].to_numpy()
    morning = to_utc(day * DAY + 6 * HOUR)
    up = back.fill_null(False).to_numpy() | (rng.random(len(who)) < 0.02)
    tape.event(who[up], (morning + rng.integers(15 * MINUTE, 25 * MINUTE, len(who)))[up], STARTUP)
    for kind, share in [(BUCKET, 1.0), (CONFIGURATION, 0.3), (BUCKET, 0.3)]:
        does = rng.random(len(who)) < share
        at = morning + rng.integers(30 * MINUTE, 90 * MINUTE, len(who))
        tape.event(who[does], at[does], kind, rng.integers(0, len(APPS), does.sum()) if kind == BUCKET else _SYSTEM)
