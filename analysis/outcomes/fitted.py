"""The value-added models: one for each outcome, period and evidence class, over the whole territory.

The same pupils with the same results stand in several periods (a month, its trimester, its year): they are fitted once.
"""

from collections import defaultdict
from collections.abc import Callable

import numpy as np
import polars as pl

from analysis.outcomes.progress import ABOUT, KEY, Rows
from analysis.statistics.class_means import class_progress
from analysis.statistics.dose import by_minutes
from analysis.statistics.progress import progress
from analysis.statistics.refusal import Refusal
from analysis.statistics.several import benjamini_hochberg
from analysis.statistics.unmeasured import robustness
from analysis.statistics.value_added import Slope, ValueAdded, value_added

TERRITORY = "territory"
ROLES = ("primary", "secondary", "exploratory")
_TERMS: dict[str, Callable[[ValueAdded], Slope | Refusal]] = {"within": lambda found: found.within, "between": lambda found: found.between}


def fitted(pupils: pl.DataFrame, classes: pl.DataFrame, protocol: dict | None) -> Rows:
    """The rows of the tables of `progress.py`, from pupils (columns of `marts.progress_pupil`) with both results and minutes.

    `classes`: results of whole classes (columns of `marts.progress_class`), for tests of which no pupil's results are known.
    `protocol`: when it was laid down and for which evidence; None without one.
    """
    rows: Rows = defaultdict(list)
    known: dict[bytes, ValueAdded | Refusal] = {}
    for group in pupils.partition_by(*KEY, maintain_order=True):
        _add(rows, group, protocol, known)
    for group in classes.partition_by(*KEY, maintain_order=True):
        _add_classes(rows, group, protocol)
    _adjust(rows["progress_term"])
    return rows


def _add(rows: Rows, group: pl.DataFrame, protocol: dict | None, known: dict[bytes, ValueAdded | Refusal]) -> None:
    about = _about(group, protocol)
    rows["progress_model"].append(about | _days(group))
    told = {name: about[name] for name in ABOUT}
    found = _fitted(group, known)
    for term, of in _TERMS.items():
        _add_term(rows, about, term, found if isinstance(found, Refusal) else of(found))
    if not isinstance(found, Refusal):
        for part, share in (("class", found.class_share), ("school", found.school_share)):
            rows["progress_part"].append(told | {"part": part, "value": share})
        _add_fifths(rows, group, told)


def _add_classes(rows: Rows, group: pl.DataFrame, protocol: dict | None) -> None:
    """Classes can only be compared with each other: what lies inside them, their means do not say."""
    about = _about(group, protocol)
    rows["progress_model"].append(about | _days(group))
    units = group.group_by("unit_key", maintain_order=True).agg(
        pl.col("mean_score", "prior_mean_score", "sd_score", "pupils", "ips").first(),
        pl.col("level").mode().sort().first(),
        pl.col("minutes").mean(),
    )
    found = class_progress(
        units["mean_score"].to_numpy(),
        units["prior_mean_score"].to_numpy(),
        units["sd_score"].to_list(),
        units["pupils"].to_numpy(),
        units["minutes"].to_numpy(),
        units["level"].to_list(),
        units["ips"].to_list(),
    )
    _add_term(rows, about, "within", Refusal("only groups"))
    _add_term(rows, about, "between", found)
    seat = {name: about[name] for name in KEY}
    rows["progress_seat"] += [seat | {"person_key": person, "fifth": None} for person in group["person_key"].unique().sort()]


def _add_term(rows: Rows, about: dict[str, object], term: str, slope: Slope | Refusal) -> None:
    refusal = slope.reason if isinstance(slope, Refusal) else ""
    rows["progress_attempt"].append({"period": about["period"], "part": term, "role_rank": about["role_rank"], "refusal": refusal})
    if not isinstance(slope, Refusal):
        rows["progress_term"].append({name: about[name] for name in ABOUT} | {"term": term} | _slope(slope))


def _about(group: pl.DataFrame, protocol: dict | None) -> dict[str, object]:
    """What an outcome is called and what it counts as: announced only in the evidence of a protocol that is older than the test."""
    first = group.row(0, named=True)
    is_announced = protocol is not None and first["role"] != "exploratory" and first["evidence"] == protocol["evidence"]
    is_late = protocol is not None and is_announced and protocol["registered_on"] >= group["taken_on"].min()
    role = first["role"] if is_announced and not is_late else "exploratory"
    return {
        "uai": TERRITORY,
        **{name: first[name] for name in KEY},
        "outcome": f"{first['test']} · {first['domain']}",
        "role": role,
        "role_rank": ROLES.index(role),
        "is_announced": is_announced,
        "is_late": is_late,
    }


def _days(group: pl.DataFrame) -> dict[str, object]:
    prior, taken = group["prior_taken_on"], group["taken_on"]
    return {"prior_from": prior.min(), "prior_to": prior.max(), "taken_from": taken.min(), "taken_to": taken.max()}


def _fitted(group: pl.DataFrame, known: dict[bytes, ValueAdded | Refusal]) -> ValueAdded | Refusal:
    content = group.drop("period").write_ipc(None).getvalue()
    if content not in known:
        columns = {name: group[name].to_numpy() for name in ("score", "prior_score", "minutes")}
        known[content] = value_added(
            columns["score"],
            columns["prior_score"],
            columns["minutes"],
            group["class_key"].to_list(),
            group["school_uai"].to_list(),
            group["level"].to_list(),
            group["ips"].to_list(),
        )
    return known[content]


def _slope(slope: Slope) -> dict[str, object]:
    value = slope.estimate.value or 0.0
    return {
        "value": value,
        "low": slope.estimate.low,
        "high": slope.estimate.high,
        "detectable": slope.detectable,
        "robustness": robustness(value / slope.error, slope.degrees).to_nothing,
        "p_value": slope.p_value,
        "clusters": slope.estimate.clusters,
    }


def _add_fifths(rows: Rows, group: pl.DataFrame, told: dict[str, object]) -> None:
    """Mean progress by fifths of minutes, and who is in which."""
    minutes = group["minutes"].to_numpy()
    gained = progress(group["score"].to_numpy(), group["prior_score"].to_numpy(), group["level"].to_list())
    fifth_of = np.zeros(len(minutes), dtype=int)
    for fifth, found in enumerate(by_minutes(gained, minutes, group["class_key"].to_list()), start=1):
        mean = found.mean
        ends = {"value": mean.value, "low": mean.low, "high": mean.high, "clusters": mean.clusters}
        rows["progress_fifth"].append(told | {"fifth": fifth} | ends)
        fifth_of[(minutes >= found.lowest) & (minutes <= found.highest)] = fifth
    seat = {name: told[name] for name in KEY}
    people = zip(group["person_key"], fifth_of.tolist(), strict=True)
    rows["progress_seat"] += [seat | {"person_key": person, "fifth": fifth} for person, fifth in people]


def _adjust(terms: list[dict[str, object]]) -> None:
    """Adds `chance`: the p-value of what is primary; of all else, adjusted within its period, evidence, term and role."""
    families = defaultdict(list)
    for term in terms:
        families[term["period"], term["evidence"], term["term"], term["role"]].append(term)
    for (*_, role), family in families.items():
        found = [float(str(term["p_value"])) for term in family]
        for term, chance in zip(family, found if role == "primary" else benjamini_hochberg(found), strict=True):
            term["chance"] = chance
