"""What the headers of the measures say of sums is so in a whole demonstration town: what adds up, what nests, what is part of what."""

from itertools import pairwise

import polars as pl
import pytest

import analysis.measures
from analysis.measures import load_measures
from tests.conftest import DemoTown
from tests.hand_made import frame

HEADERS = {name: measure.header for name, measure in load_measures().items()}
# nobody leaves the last level while the demonstration lasts: returned_share of two schools stands in test_tablet_measures
ADDITIVE = sorted(name for name, header in HEADERS.items() if "adds" in header and name != "returned_share")
OF_PUPILS = ("level", "sex", "social_band", "home_internet", "take_home", "support", "rep", "ips")
OF_DAYS = ("week", "weekday")
ROW = ["uai", "period", "breakdown", "category", "evidence"]
PLACE = ["uai", "period", "evidence"]
TRIMESTER, MONTHS = "2025-T1", ("2025-09", "2025-10", "2025-11", "2025-12")


def adds_days(measure: str) -> bool:
    """Whether its sums add up over days: of school, without school, or all."""
    return any("days" in word for word in HEADERS[measure]["adds"])


@pytest.fixture(scope="module")
def figures(demo_town: DemoTown) -> pl.DataFrame:
    columns = f'measure, {", ".join(ROW)}, numerator, denominator, "value"'
    return frame(demo_town.config, f'SELECT {columns} FROM measures."values"')


@pytest.fixture(scope="module")
def movers(demo_town: DemoTown) -> int:
    """How many pupils of the town are in two schools in the trimester: as many as a sum of heads may be too large by."""
    query = """SELECT person_key FROM marts.pupil_cut WHERE uai = 'territory' AND breakdown = 'all' AND period = '2025-T1'
        GROUP BY person_key HAVING COUNT(DISTINCT school_uai) > 1"""
    return frame(demo_town.config, query).height


def headed(measure: str, grouping: str, movers: int) -> tuple[float, float]:
    """The least and the most that `all` less the sum of its groups may be, by the header of the measure."""
    header = HEADERS[measure]
    least = -movers if grouping in header.get("overlaps", []) else 0
    return least, 10**9 if grouping in header.get("remainder", []) else 0


def differences(all_: pl.DataFrame, parts: pl.DataFrame, by: list[str]) -> list[float]:
    """`all` less the sum of its parts, of numerators and denominators, wherever there is a part."""
    summed = parts.group_by(by).agg(pl.col("numerator", "denominator").sum())
    both = all_.join(summed, on=by, suffix="_summed", nulls_equal=True)
    assert both.height
    return [row[c] - row[f"{c}_summed"] for row in both.iter_rows(named=True) for c in ("numerator", "denominator")]


def lies_between(found: list[float], least: float, most: float) -> bool:
    return all(least - 1e-6 <= each <= most + 1e-6 for each in found)


def test_headers_say_what_is_documented() -> None:
    listed = (analysis.measures.__doc__ or "").split("Header keys:")[1].splitlines()
    known = {line.split()[0] for line in listed if line.startswith("    ") and line[4] != " "}
    assert {key for header in HEADERS.values() for key in header} == known


def test_headers_name_what_exists(figures: pl.DataFrame) -> None:
    categories = set(figures.select("measure", "breakdown", "category").unique().iter_rows())
    for name, header in HEADERS.items():
        breakdowns = {b for m, b, _ in categories if m == name}
        assert set(header.get("adds", [])) <= {"pupils", "days", "days off", "all days"}
        assert {*header.get("sum_of", []), *([header["within"]] if "within" in header else [])} <= set(HEADERS)
        assert {*header.get("overlaps", []), *header.get("remainder", [])} <= breakdowns | {"school", "days"}
        for breakdown, nested in header.get("cumulative", {}).items():
            assert {(name, breakdown, each) for each in nested} <= categories


@pytest.mark.parametrize("measure", ADDITIVE)
def test_groups_add_up_to_all(measure: str, figures: pl.DataFrame, movers: int) -> None:
    mine = figures.filter(pl.col("measure") == measure)
    whole = mine.filter(pl.col("breakdown") == "all")
    groupings = OF_PUPILS + (OF_DAYS if adds_days(measure) else ())
    for grouping in [each for each in groupings if each in set(mine["breakdown"])]:
        found = differences(whole, mine.filter(pl.col("breakdown") == grouping), PLACE)
        assert lies_between(found, *headed(measure, grouping, movers)), grouping


@pytest.mark.parametrize("measure", ADDITIVE)
def test_schools_that_count_add_up_to_the_territory(measure: str, demo_town: DemoTown, figures: pl.DataFrame, movers: int) -> None:
    mine = figures.filter((pl.col("measure") == measure) & (pl.col("breakdown") != "support"))
    schools, territory = mine.filter(pl.col("uai") != "territory"), mine.filter(pl.col("uai") == "territory")
    found = differences(territory, counting(measure, schools, demo_town), ["period", "breakdown", "category", "evidence"])
    assert lies_between(found, *headed(measure, "school", movers))


def counting(measure: str, schools: pl.DataFrame, town: DemoTown) -> pl.DataFrame:
    """The rows of schools that count in the territory: above the floor of coverage, where it is tablets that are measured."""
    kind = "shared" if measure in {"coverage_shared", "minutes_per_device_day", "share_device_days_used"} else "individual"
    places = frame(town.config, "SELECT uai, period, evidence, kind FROM marts.place WHERE place = 'territory'")
    kinds = schools.with_columns(kind=pl.when(pl.col("category") == "shared").then(pl.lit("shared")).otherwise(pl.lit(kind)))
    is_of_tablets = pl.col("evidence").is_in(["foreground", "active", "checkin"])
    heard = kinds.filter(is_of_tablets).join(places, on=["uai", "period", "evidence", "kind"], how="semi")
    return pl.concat([heard, kinds.filter(~is_of_tablets)])


@pytest.mark.parametrize("measure", [name for name in ADDITIVE if adds_days(name)])
def test_months_add_up_to_the_trimester_in_each_school(measure: str, figures: pl.DataFrame) -> None:
    mine = figures.filter((pl.col("measure") == measure) & (pl.col("uai") != "territory") & (pl.col("breakdown") != "week"))
    months, trimester = mine.filter(pl.col("period").is_in(MONTHS)), mine.filter(pl.col("period") == TRIMESTER)
    found = differences(trimester, months, ["uai", "breakdown", "category", "evidence"])
    assert lies_between(found, *headed(measure, "days", 0))


def test_a_pupil_who_moves_is_counted_by_two_schools_and_once_by_the_territory(figures: pl.DataFrame, movers: int) -> None:
    """What `overlaps` is there for happens in this town."""
    assert movers > 0
    equipped = figures.filter((pl.col("measure") == "equipped_share") & (pl.col("breakdown") == "all") & (pl.col("period") == TRIMESTER))
    schools, territory = equipped.filter(pl.col("uai") != "territory"), equipped.filter(pl.col("uai") == "territory")
    assert schools["denominator"].sum() - territory["denominator"].item() == movers


def aligned(figures: pl.DataFrame, measure: str, other: str) -> pl.DataFrame:
    """The rows of a measure beside the same rows of another one; each of them has one, and the same denominator."""
    mine, theirs = (figures.filter(pl.col("measure") == name) for name in (measure, other))
    both = mine.join(theirs, on=ROW, suffix="_other")
    assert both.height == mine.height > 0
    assert (both["denominator"] == both["denominator_other"]).all()
    return both


@pytest.mark.parametrize("measure", [name for name, header in HEADERS.items() if "sum_of" in header])
def test_a_sum_of_numerators_is_one(measure: str, figures: pl.DataFrame) -> None:
    parts = [aligned(figures, measure, part) for part in HEADERS[measure]["sum_of"]]
    summed = pl.concat([part.select(*ROW, "numerator", "numerator_other") for part in parts]).group_by(*ROW, "numerator")
    assert all(row["numerator"] == row["numerator_other"] for row in summed.agg(pl.col("numerator_other").sum()).iter_rows(named=True))


@pytest.mark.parametrize("measure", [name for name, header in HEADERS.items() if "within" in header])
def test_a_part_is_never_more_than_what_it_is_part_of(measure: str, figures: pl.DataFrame) -> None:
    both = aligned(figures, measure, HEADERS[measure]["within"])
    assert (both["numerator"] <= both["numerator_other"]).all()
    assert (both["numerator"] < both["numerator_other"]).any()


NESTED = [(name, breakdown) for name, header in HEADERS.items() for breakdown in header.get("cumulative", {})]


@pytest.mark.parametrize(("measure", "breakdown"), NESTED)
def test_each_category_holds_those_before_it(measure: str, breakdown: str, figures: pl.DataFrame) -> None:
    mine = figures.filter((pl.col("measure") == measure) & (pl.col("breakdown") == breakdown) & pl.col("value").is_not_null())
    by_category = {category: mine.filter(pl.col("category") == category) for category in HEADERS[measure]["cumulative"][breakdown]}
    assert sum(map(len, by_category.values())) == len(mine)
    for smaller, larger in pairwise(by_category.values()):
        both = smaller.join(larger, on=PLACE, suffix="_larger")
        assert both.height
        assert (both["value"] <= both["value_larger"] + 1e-12).all()


WHOLES = [(name, breakdown) for name, header in HEADERS.items() for breakdown in header.get("whole", [])]


@pytest.mark.parametrize(("measure", "breakdown"), WHOLES)
def test_categories_make_up_the_whole(measure: str, breakdown: str, figures: pl.DataFrame) -> None:
    mine = figures.filter((pl.col("measure") == measure) & (pl.col("breakdown") == breakdown))
    wholes = mine.group_by(PLACE).agg(pl.col("numerator").sum(), pl.col("denominator").first(), sizes=pl.col("denominator").n_unique())
    assert wholes.height
    assert (wholes["sizes"] == 1).all()
    assert ((wholes["numerator"] - wholes["denominator"]).abs() <= 1e-6).all()
