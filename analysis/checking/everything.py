"""All checks one after the other. A check is a function from the configuration to its complaints; a new one is a line in `CHECKS`."""

from collections.abc import Callable, Mapping

from analysis.checking.complaint import Complaint, leak
from analysis.checking.conservation import conservation
from analysis.checking.contracts import contracts
from analysis.checking.disclosure import disclosure
from analysis.checking.outputs import outputs
from analysis.checking.released import released_figures
from analysis.config import Config
from analysis.lake import Lake

Check = Callable[[Config], list[Complaint]]

CHECKS: Mapping[str, Check] = {
    "contracts": contracts,
    "conservation": conservation,
    "disclosure": disclosure,
    "outputs": lambda config: outputs(config, released_figures(config)),
}


def check_everything(config: Config, progress: Callable[[str, int, int], None] = lambda step, done, of: None) -> list[Complaint]:
    """Every complaint of every check, in the order of `CHECKS`; `progress` is told the name of each before it begins."""
    unreadable = _unreadable(config)
    if unreadable:
        return unreadable
    found = []
    for done, (name, check) in enumerate(CHECKS.items()):
        progress(name, done, len(CHECKS))
        found += check(config)
    return found


def summary(found: list[Complaint]) -> str:
    """One line for each complaint, then how many there are."""
    lines = [f"{complaint.what}: {complaint.where}: {complaint.sentence}" for complaint in found]
    return "\n".join([*lines, f"Checked: {', '.join(CHECKS)}. Complaints: {len(found) or 'none'}."])


def _unreadable(config: Config) -> list[Complaint]:
    """A record that cannot be read, or whose sums are wrong, leaves nothing to check the rest against."""
    try:
        Lake(config).records()
    except AssertionError as fault:  # its words are a file's name and two counts
        said = str(fault)
    except (OSError, ValueError, TypeError, KeyError):
        said = "a record is not what ingest writes"
    else:
        return []
    return [leak("conservation", "lake/files", f"{said}. Nothing else was checked: bring the folder back from your backup.")]
