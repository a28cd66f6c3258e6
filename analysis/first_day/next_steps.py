"""What stands after the first day, and what is left to do by hand, in the order in which to do it."""

from analysis import build
from analysis.calendar import load_calendar
from analysis.config import Config
from analysis.errors import UserError
from analysis.first_day.machine import Check
from analysis.lock import locked
from analysis.period_names import school_year_of
from analysis.pseudonyms import load_pseudonyms, state_of_key


def check_of_key(config: Config) -> Check:
    """Makes the pseudonym key where there is none, under the lock; a key that cannot be used is told, never replaced."""
    try:
        with locked(config, "cartable init"):
            load_pseudonyms(config)
    except (UserError, OSError) as error:
        return Check("key", is_ok=False, sentence=f"Pseudonym key: {error}")
    return Check("key", is_ok=True, sentence=f"The pseudonym key is in {state_of_key(config).kept_in}.")


def check_of_calendar(config: Config, zone: str) -> Check:
    """Whether the days of school of a zone are known for the present school year."""
    if not zone:
        return Check("calendar", is_ok=False, is_needed=False, sentence="Zone of the school calendar: not said.")
    year = school_year_of(build.today())
    try:
        is_known = load_calendar(config.reference_dir).knows(zone, year)
    except UserError as error:
        return Check("calendar", is_ok=False, sentence=str(error))
    if is_known:
        return Check("calendar", is_ok=True, sentence=f"The school calendar of zone {zone} is known for {year}.")
    advice = f"Drop the official calendar in {config.raw_dir} (docs/how-to/calendar.md)."
    return Check("calendar", is_ok=False, is_needed=False, sentence=f"The school calendar of zone {zone} is not known for {year}. {advice}")


def next_steps(config: Config, zone: str) -> list[str]:
    """Whole sentences, without numbers."""
    column = f'"{zone}" in the column zone' if zone else "the zone (A, B or C) of each school in the column zone"
    steps = [
        f"Keep a copy of the pseudonym key ({state_of_key(config).kept_in}) in a safe place, apart from the data.",
        f'Write the rosters into {config.raw_dir} (README.md, "Rosters"): schools.csv, with {column}, and the others.',
        f"Drop exports in {config.raw_dir}, in any folders; `cartable sources FILE` says what a file would be read as.",
        f"cartable run, then open {config.reports_dir / 'index.html'}; cartable status says what is missing.",
        "make install-timer, and it runs every night (docs/how-to/operate.md).",
    ]
    mail = "cartable deliver says which mails would go out; set mail.send = true once that is right (docs/how-to/configure.md)."
    return [*steps, mail] if config.mail.host else steps
