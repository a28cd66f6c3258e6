"""Seconds of use per tablet and local day from Android events, as a good pandas programmer would write it: no loop, one zone."""

import numpy as np
import pandas as pd

OPENS, PAUSES, CLOSES_ALL, STARTUP = (1, 4), (2, 3), (16, 17, 26), 27
SILENCE = pd.Timedelta(hours=3)
SCREEN = ["device_key", "stretch", "app_id", "activity"]
COLUMNS = ["device_key", "app_id", "activity", "event", "happened_at"]
DAY = pd.Timedelta(days=1)


def seconds_by_day(events: pd.DataFrame, zone: str) -> pd.Series:
    """`device_key, app_id, activity, event, happened_at` (UTC) -> seconds, indexed by device_key and local day."""
    return _by_local_day(_joined(_stays(_stretched(_in_turn(events)))), zone)


def _in_turn(events: pd.DataFrame) -> pd.DataFrame:
    events = events.drop_duplicates().fillna({"app_id": "", "activity": ""})
    ranks = {16: 0, 17: 0, 26: 0, 27: 0, 2: 1, 3: 1, 23: 23, 24: 24, 1: 1001, 4: 1001}
    events = events.assign(turn=events["event"].map(ranks).fillna(1000))
    return events.sort_values(["device_key", "happened_at", "turn", "event", "app_id", "activity"], ignore_index=True)


def _stretched(events: pd.DataFrame) -> pd.DataFrame:
    """With `stretch` (what one closing event cuts) and `ends_at`, when whatever is open in it ends at the latest."""
    silence = events.groupby("device_key")["happened_at"].diff() > SILENCE
    closes = events["event"].isin(CLOSES_ALL)
    breaks = (events["event"] == STARTUP) | (silence & ~events["event"].isin([*PAUSES, *CLOSES_ALL, 23, 24]))
    events["stretch"] = (closes | breaks).groupby(events["device_key"]).cumsum()
    bounds = (
        events.assign(closes=closes)
        .groupby(["device_key", "stretch"])
        .agg(first=("happened_at", "first"), last=("happened_at", "last"), closes=("closes", "any"))
    )
    following = bounds.groupby("device_key")[["first", "closes"]].shift(-1)
    ends = bounds["last"].where(following["closes"].ne(True), following["first"])
    return events.join(ends.rename("ends_at"), on=["device_key", "stretch"])


def _stays(events: pd.DataFrame) -> pd.DataFrame:
    """Spans in which a screen is in front: a counter of what is open, that never goes under zero."""
    events = events[events["event"].isin([*OPENS, *PAUSES, 23, 24])].sort_values(
        [*SCREEN, "happened_at", "turn", "event"], ignore_index=True
    )
    screen = [events[name] for name in SCREEN]
    seen = {kind: events["event"].eq(kind).groupby(screen).cumsum() for kind in (2, 23, 24)}
    step = np.select(
        [
            events["event"].isin(OPENS),
            events["event"].isin(PAUSES),
            events["event"].eq(23) & (seen[23] > seen[2]),
            events["event"].eq(24) & (seen[24] > np.maximum(seen[2], seen[23])),
        ],
        [1, -1, -1, -1],
        0,
    )
    balance = pd.Series(step, index=events.index).groupby(screen).cumsum()
    is_open = balance - balance.groupby(screen).cummin().clip(upper=0) > 0
    ended_at = events.groupby(SCREEN)["happened_at"].shift(-1).fillna(events["ends_at"])
    spans = pd.DataFrame({"device_key": events["device_key"], "start": events["happened_at"], "end": ended_at})
    return spans[is_open & (spans["end"] > spans["start"])]


def _joined(spans: pd.DataFrame) -> pd.DataFrame:
    """Overlapping spans of a tablet as one."""
    spans = spans.sort_values(["device_key", "start"], ignore_index=True)
    so_far = spans.groupby("device_key")["end"].cummax().groupby(spans["device_key"]).shift()
    island = (spans["start"] > so_far).cumsum()
    return spans.groupby([spans["device_key"], island]).agg(start=("start", "first"), end=("end", "max")).reset_index("device_key")


def _by_local_day(spans: pd.DataFrame, zone: str) -> pd.Series:
    """Spans cut at local midnight (none is longer than a day) and added up."""
    midnight = (spans["start"].dt.tz_convert(zone).dt.normalize() + pd.DateOffset(days=1)).dt.tz_convert("UTC")
    over = spans["end"] > midnight
    before = spans.assign(end=spans["end"].where(~over, midnight))
    parts = pd.concat([before, spans.assign(start=midnight)[over]])
    day = parts["start"].dt.tz_convert(zone).dt.date.rename("local_date")
    return (parts["end"] - parts["start"]).dt.total_seconds().groupby([parts["device_key"], day]).sum()
