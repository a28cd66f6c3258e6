"""`cartable forget --person`: one person leaves lake, warehouse and ledger, and no later export brings them back."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from analysis.build import today
from analysis.config import Config
from analysis.disclosure.ledger import names_somebody
from analysis.errors import UserError
from analysis.forgetting.erasure.plan import Plan, carry_out, plan_of
from analysis.forgetting.forget import renew_warehouse
from analysis.lake import Lake
from analysis.pseudonyms import load_pseudonyms
from analysis.reading.dropped import find_dropped
from analysis.retention import OnRequest, load_retention
from analysis.sources import load_sources

ROSTER = "roster"


@dataclass(frozen=True)
class PersonForgotten:
    """What goes, or would go, of one person: rows by table, files of the lake, raw files that still hold the person.

    `is_linked` says whether the rosters know the person, and not only an account; `was_before` that this was asked for before.
    """

    rows: dict[str, int]
    files: int
    raw: list[str]
    is_linked: bool
    was_before: bool
    is_done: bool
    warehouse_error: str = ""


def forget_person(
    config: Config, identifier: str, system: str, is_sure: bool, progress: Callable[[str, int, int], None] = lambda step, done, of: None
) -> PersonForgotten:
    """Forgets one person, known by the raw identifier in a system; without `is_sure` only says what would go. Call it under the lock.

    Nothing that it says or writes holds the identifier or a pseudonym. Raises UserError where nobody of that identifier is known, and
    for a key that is not the lake's.
    """
    lake = Lake(config)
    if not identifier.strip() or not lake.loaded():
        raise _unknown(system)
    lake.sweep()
    asked = (system.strip().lower(), load_pseudonyms(config).of("person", identifier))
    before = load_retention(config).on_request
    with plan_of(lake, config, asked) as plan:
        was_before = _mark(asked) in before.accounts
        if not (plan.going or was_before or names_somebody(config, plan.keys)):
            raise _unknown(system)
        told = PersonForgotten(plan.rows, len(plan.going), _still_raw(plan, config), _is_linked(plan), was_before, is_sure)
        if is_sure:
            carry_out(replace(plan, after=_noted(plan, asked, config)), lake, config)
    return replace(told, warehouse_error=renew_warehouse(config, progress)) if is_sure else told


def _unknown(system: str) -> UserError:
    read = ", ".join(sorted({s.person_system for s in load_sources().values()} - {""}))
    return UserError(
        f"Nobody with that identifier is known in the system {system}, and nothing was changed. Give it as the town's files write it; "
        f"--system says whose identifier it is ({read}, or another that identifiers.csv names)."
    )


def _is_linked(plan: Plan) -> bool:
    return bool(plan.connection.execute("SELECT EXISTS (FROM erasing.person)").fetchall()[0][0])


def _still_raw(plan: Plan, config: Config) -> list[str]:
    losing = {record.dropped_sha for record, _ in plan.going}
    dropped = find_dropped([config.raw_dir], config.raw_dir) if config.raw_dir.exists() else []
    return [d.name for d in dropped if d.sha in losing]


def _noted(plan: Plan, asked: tuple[str, str], config: Config) -> OnRequest:
    """The list with this request. An account that nobody's roster names stands on it too."""
    run = (today().isoformat(), sum(plan.rows.values()))
    runs = (*plan.after.runs, run) if plan.going or _mark(asked) not in plan.after.accounts else plan.after.runs
    return replace(plan.after, key=load_pseudonyms(config).fingerprint, accounts=plan.after.accounts | {_mark(asked)}, runs=runs)


def _mark(account: tuple[str, str]) -> str:
    return hashlib.sha256("|".join(account).encode()).hexdigest()
