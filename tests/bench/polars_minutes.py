"""Seconds of use per tablet and local day from Android events, as a good polars programmer would write it: one lazy query."""

from collections.abc import Sequence

import polars as pl

from tests.bench.pandas_minutes import CLOSES_ALL, OPENS, PAUSES, STARTUP

SCREEN = ["device_key", "stretch", "app_id", "activity"]
RANKS = {16: 0, 17: 0, 26: 0, 27: 0, 2: 1, 3: 1, 23: 23, 24: 24, 1: 1001, 4: 1001}


def seconds_by_day(parquet: Sequence[str], zone: str) -> pl.DataFrame:
    """Files of `device_key, app_id, activity, event, happened_at` (UTC) -> `device_key, local_date, seconds`."""
    names = ["device_key", "app_id", "activity"]
    events = pl.scan_parquet(parquet).select(*(pl.col(name).fill_null("").cast(pl.Categorical) for name in names), "event", "happened_at")
    return _by_local_day(_joined(_stays(_stretched(_in_turn(events.unique())))), zone).collect()


def _in_turn(events: pl.LazyFrame) -> pl.LazyFrame:
    turn = pl.col("event").replace_strict(RANKS, default=1000, return_dtype=pl.Int32)
    return events.with_columns(turn=turn).sort("device_key", "happened_at", "turn", "event", "app_id", "activity")


def _stretched(events: pl.LazyFrame) -> pl.LazyFrame:
    """With `stretch` (what one closing event cuts) and `ends_at`, when whatever is open in it ends at the latest."""
    silence = (pl.col("happened_at").diff() > pl.duration(hours=3)).over("device_key")
    goes_on = pl.col("event").is_in([*PAUSES, *CLOSES_ALL, 23, 24])
    cuts = pl.col("event").is_in(CLOSES_ALL) | (pl.col("event") == STARTUP) | (silence & ~goes_on)
    events = events.with_columns(stretch=cuts.fill_null(value=False).cast(pl.Int32).cum_sum().over("device_key"))
    bounds = events.group_by("device_key", "stretch").agg(
        first=pl.col("happened_at").min(), last=pl.col("happened_at").max(), closes=pl.col("event").is_in(CLOSES_ALL).any()
    )
    following = [pl.col(name).shift(-1).over("device_key", order_by="stretch") for name in ("closes", "first")]
    ends = bounds.select("device_key", "stretch", ends_at=pl.when(following[0]).then(following[1]).otherwise("last"))
    return events.join(ends, on=["device_key", "stretch"], maintain_order="left")


def _stays(events: pl.LazyFrame) -> pl.LazyFrame:
    """Spans in which a screen is in front: a counter of what is open, that never goes under zero."""
    event = pl.col("event")
    events = events.filter(event.is_in([*OPENS, *PAUSES, 23, 24])).sort(*SCREEN, "happened_at", "turn", "event")
    events = events.with_columns(screening=pl.struct(SCREEN).rle_id())  # one number to group by: half of the time
    counted = events.with_columns(
        *((event == kind).cast(pl.Int32).cum_sum().over("screening").alias(f"seen_{kind}") for kind in (2, 23, 24)),
        ended_at=pl.col("happened_at").shift(-1).over("screening").fill_null(pl.col("ends_at")),
    )
    is_missed = ((event == 23) & (pl.col("seen_23") > pl.col("seen_2"))) | (
        (event == 24) & (pl.col("seen_24") > pl.max_horizontal("seen_2", "seen_23"))
    )
    step = pl.when(event.is_in(OPENS)).then(1).when(event.is_in(PAUSES) | is_missed).then(-1).otherwise(0)
    walked = counted.with_columns(balance=step.cum_sum().over("screening"))
    is_open = pl.col("balance") - pl.min_horizontal(pl.col("balance").cum_min().over("screening"), 0) > 0
    return walked.filter(is_open & (pl.col("ended_at") > pl.col("happened_at"))).select("device_key", start="happened_at", end="ended_at")


def _joined(spans: pl.LazyFrame) -> pl.LazyFrame:
    """Overlapping spans of a tablet as one."""
    so_far = pl.col("end").cum_max().shift(1).over("device_key")
    numbered = spans.sort("device_key", "start").with_columns(island=(pl.col("start") > so_far).fill_null(value=True).cum_sum())
    return numbered.group_by("island").agg(pl.col("device_key").first(), pl.col("start").min(), pl.col("end").max())


def _by_local_day(spans: pl.LazyFrame, zone: str) -> pl.LazyFrame:
    """Spans cut at local midnight (none is longer than a day) and added up."""
    local = {name: pl.col(name).dt.convert_time_zone(zone) for name in ("start", "end")}
    midnight = local["start"].dt.truncate("1d").dt.offset_by("1d")
    spans = spans.with_columns(**local, midnight=midnight)
    over = spans.filter(pl.col("end") > pl.col("midnight")).with_columns(start=pl.col("midnight"))
    parts = pl.concat([spans.with_columns(end=pl.min_horizontal("end", "midnight")), over])
    seconds = (pl.col("end") - pl.col("start")).dt.total_microseconds().sum() / 1e6
    return (
        parts.group_by("device_key", local_date=pl.col("start").dt.date())
        .agg(seconds=seconds)
        .with_columns(pl.col("device_key").cast(pl.String))
    )
