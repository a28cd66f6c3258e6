"""The effects that are planted, with what the exports show of each, for the tests and the reports that must find them again."""

import polars as pl

from analysis.demo.behaviour import BAND_HOME, BAND_MINUTES, CLOSED_SCHOOL, TRAINING_LOG, TRAINING_LOGIT
from analysis.demo.clock import iso
from analysis.demo.devices import Fleet, late_class
from analysis.demo.outcomes import DOMAINS
from analysis.demo.people import BANDS, People
from analysis.demo.plans import CLOSURE, LATE_DELIVERY_DAY, TRAINED_SCHOOL, TRAINING_DAY, TRAINING_HOURS
from analysis.demo.portal import moodle_class


def planted_effects(people: People, fleet: Fleet, frames: dict[str, pl.DataFrame]) -> dict[str, object]:
    """One entry per planted effect; minutes are means per pupil-day, days without use included, where devices give minutes."""
    days = _pupil_days(people, frames)
    uai = {plan.key: plan.uai for plan in people.plans}
    unused = fleet.devices.filter((pl.col("kind") == "shared") & (pl.col("session_share") == 0))["device_id"].sort().to_list()
    broken = fleet.devices.join(fleet.repairs, on="device", how="semi")["device_id"].sort().to_list()
    waiting = people.classes.filter(pl.col("class_") == late_class(people))["class_id"][0]
    return {
        "schools": uai,
        "gap_between_two_similar_schools": _school_gap(people, days, "moulin", "pommeraie"),
        "gap_between_social_bands": {"log_minutes": BAND_MINUTES, "home_factor": BAND_HOME, **_group_gap(days, "social_band", BANDS[-1])},
        "equality_between_girls_and_boys": _group_gap(days, "sex", "F"),
        "late_class": {"uai": uai["tilleuls"], "class_id": waiting, "from_date": iso(LATE_DELIVERY_DAY)},
        "training": _training(days.filter(pl.col("uai") == uai[TRAINED_SCHOOL]), uai[TRAINED_SCHOOL]),
        "unused_trolley": {"uai": uai["port"], "device_ids": unused},
        "repairs": {"device_ids": broken},
        "low_coverage": {"uai": uai["valnoir"]},
        "tiny_school": {"uai": uai["hameau"]},
        "closure": {"uai": uai[CLOSED_SCHOOL], "from_date": iso(CLOSURE[0]), "to_date": iso(CLOSURE[1])},
        "outcomes": {each.name: {"points_within": each.within, "points_between": each.between} for each in DOMAINS},
        "moodle_class": people.classes.filter(pl.col("class_") == moodle_class(people))["class_id"][0],
    }


def _school_gap(people: People, days: pl.DataFrame, more: str, less: str) -> dict[str, object]:
    plans = [people.plans[people.school(key)] for key in (more, less)]
    return {
        "schools": [plan.uai for plan in plans],
        "log_difference_of_a_lesson": plans[0].log_use - plans[1].log_use,
        "minutes": [_mean(days.filter(pl.col("uai") == plan.uai)) for plan in plans],
    }


def _group_gap(days: pl.DataFrame, by: str, value: str) -> dict[str, object]:
    return {"minutes": _means(days, by), "minutes_under_the_rest_of_the_class": _within_classes(days, by, value)}


def _training(days: pl.DataFrame, uai: str) -> dict[str, object]:
    is_after = pl.col("local_date").cast(pl.String) > iso(TRAINING_DAY)
    planted = {
        "uai": uai,
        "held_on": iso(TRAINING_DAY),
        "hours": TRAINING_HOURS,
        "log_minutes": TRAINING_LOG,
        "logit_of_a_lesson": TRAINING_LOGIT,
    }
    return {**planted, "minutes_before": _mean(days.filter(~is_after)), "minutes_after": _mean(days.filter(is_after))}


def _pupil_days(people: People, frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Pupil-days of the schools whose devices give minutes and whose agents report, with their minutes."""
    silent = [plan.uai for plan in people.plans if plan.dark_share > 0.5]
    measured = frames["person_days"].filter(pl.col("seconds").is_not_null()).select("uai", "person_id", "local_date", "seconds")
    days = frames["expected_days"].join(measured.select("uai").unique(), on="uai", how="semi")
    days = days.filter(~pl.col("uai").is_in(silent)).join(measured.drop("uai"), on=["person_id", "local_date"], how="left")
    return days.with_columns(minutes=pl.col("seconds").fill_null(0.0) / 60)


def _mean(days: pl.DataFrame) -> float | None:
    return None if days.is_empty() else round(float(days["minutes"].to_numpy().mean()), 4)


def _means(days: pl.DataFrame, by: str) -> dict[str, float | None]:
    return {str(key[0]): _mean(part) for key, part in sorted(days.partition_by(by, as_dict=True).items())}


def _within_classes(days: pl.DataFrame, by: str, value: str) -> float | None:
    """Mean over classes of: mean minutes of the other pupils of the class less those of the pupils where `by` is `value`."""
    pupils = days.group_by("class_id", "person_id", by).agg(pl.col("minutes").mean())
    of_group = pl.col("minutes").filter(pl.col(by) == value).mean()
    others = pl.col("minutes").filter(pl.col(by) != value).mean()
    gap = pupils.group_by("class_id").agg(gap=others - of_group)["gap"].drop_nulls().sort()
    return None if gap.is_empty() else round(float(gap.to_numpy().mean()), 4)
