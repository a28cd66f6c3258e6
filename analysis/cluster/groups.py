"""Devices and persons in groups of about equal size, such that no row of a mart of the month needs two of them.

Who shares anything (a device handed on, a second tablet, an account on another portal) is in one group: the connected parts of
`links.sql`. They are taken school after school and cut where a group is full. A pupil who changes schools thus binds the devices that
the pupil held and not the two schools: bound by schools, all schools of a country would soon be one.
"""

from pathlib import Path

import duckdb
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from analysis.engine import frame_of
from analysis.header import read_sql

_HERE = Path(__file__).parent


def groups_of(connection: duckdb.DuckDBPyConnection, number: int) -> pl.DataFrame:
    """The group (`number`, from 0) of each device and person (`member`) of the days from `month_start` to `month_end`.

    Needs the lake and the marts of rosters; `number` is how many groups are wanted.
    """
    connection.execute(f"CREATE OR REPLACE TEMP TABLE members AS {read_sql(_HERE / 'members.sql').sql}")
    links = frame_of(read_sql(_HERE / "links.sql").sql, connection)
    return packed(frame_of("SELECT * FROM members ORDER BY member", connection), links, number)


def packed(members: pl.DataFrame, links: pl.DataFrame, number: int) -> pl.DataFrame:
    """`member, number` of members (`member, uai?, weight`) whose `links` (`one, other`) must not be parted."""
    bound = _bound(members.with_row_index("at"), links)
    sizes = bound.group_by("part").agg(pl.col("uai").min(), pl.col("member").min(), pl.col("weight").sum())
    middle = pl.col("weight").cum_sum() - pl.col("weight") / 2
    share = (middle * number / pl.col("weight").sum()).floor().cast(pl.Int64).clip(0, number - 1)
    numbers = sizes.sort("uai", "member", nulls_last=True).select("part", share.alias("number"))
    return bound.join(numbers, on="part").select("member", "number").sort("number", "member")


def _bound(members: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """The members with the number of the connected part (`part`) that each is in."""
    places = members.select("member", "at")
    ends = links.join(places, left_on="one", right_on="member").join(places, left_on="other", right_on="member", suffix="_other")
    edges = (ends["at"].to_numpy(), ends["at_other"].to_numpy())
    size = members.height
    _, parts = connected_components(coo_array(([1] * ends.height, edges), shape=(size, size)), directed=False)
    return members.with_columns(part=pl.Series(parts))
