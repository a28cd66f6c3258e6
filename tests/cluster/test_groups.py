"""Groups: what hangs together stays together, and the groups are of about equal size."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.cluster.groups import packed

NAMES = st.sampled_from([f"m{n:02}" for n in range(24)])
LINKS = st.lists(st.tuples(NAMES, NAMES), max_size=30)
SCHEMA = {"member": pl.String, "uai": pl.String, "weight": pl.Int64}


def members(*rows: tuple[str, str | None, int]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=SCHEMA, orient="row")


def links(pairs: list[tuple[str, str]]) -> pl.DataFrame:
    return pl.DataFrame(pairs, schema={"one": pl.String, "other": pl.String}, orient="row")


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(NAMES, st.tuples(st.sampled_from([None, "A", "B", "C"]), st.integers(1, 50)), min_size=1), LINKS, st.integers(1, 9))
def test_no_device_person_or_identity_stands_in_two_groups(rows: dict, pairs: list[tuple[str, str]], number: int) -> None:
    found = packed(members(*((name, *rest) for name, rest in sorted(rows.items()))), links(pairs), number)
    group = dict(found.iter_rows())
    assert sorted(group) == sorted(rows) and found.height == len(rows)
    assert set(group.values()) <= set(range(number))
    assert all(group[one] == group[other] for one, other in pairs if one in rows and other in rows)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(1, 50), min_size=20, max_size=200), st.integers(1, 6))
def test_groups_of_single_members_differ_by_less_than_the_largest_of_them(weights: list[int], number: int) -> None:
    rows = members(*((f"m{n:03}", "A", weight) for n, weight in enumerate(weights)))
    sizes = packed(rows, links([]), number).join(rows, on="member").group_by("number").agg(pl.col("weight").sum())["weight"]
    assert max(abs(size - sum(weights) / number) for size in sizes) <= max(weights)


def test_schools_stay_whole_where_they_can() -> None:
    rows = members(*((f"m{n:02}", "ABCD"[n % 4], 1) for n in range(24)))
    found = packed(rows, links([]), 2).join(rows, on="member").group_by("number").agg(pl.col("uai").unique().sort()).sort("number")
    assert found["uai"].to_list() == [["A", "B"], ["C", "D"]]


def test_a_pupil_who_moves_binds_devices_and_no_schools() -> None:
    rows = members(*((f"m{n:02}", "A" if n < 6 else "B", 1) for n in range(12)))
    group = dict(packed(rows, links([("m05", "m06")]), 3).iter_rows())
    assert group["m05"] == group["m06"] and len(set(group.values())) == 3
