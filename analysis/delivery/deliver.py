"""Everything that is handed over after a run: the feed, the folders of the share, the mails. One that fails keeps none of the others."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from analysis.config import Config
from analysis.delivery.feed import write_feed
from analysis.delivery.handed import Handed
from analysis.delivery.mailing import mail_out
from analysis.delivery.released import released
from analysis.delivery.share import share_out
from analysis.errors import UserError
from analysis.faults import fault_of_machine
from analysis.schedule.journal import DONE, IN_PART, Run, Step


def deliver(config: Config, day: dt.date, run: Run | None = None) -> Step:
    """Hands over what stands on a day; `run` is the one under way, whose faults town and operator are told. Call it under the lock."""
    reports = released(config)
    handed = [_attempted(partial(write_feed, config, reports)), _attempted(partial(share_out, config, reports))]
    before = [fault for each in handed for fault in each.faults]
    handed.append(_attempted(partial(mail_out, config, reports, day, run, before)))
    faults = tuple(fault for each in handed for fault in each.faults)
    return Step("deliver", IN_PART if faults else DONE, " ".join(each.sentence for each in handed if each.sentence), faults)


def _attempted(way: Callable[[], Handed]) -> Handed:
    try:
        return way()
    except UserError as error:
        return Handed("", (str(error),))
    except OSError as error:
        return Handed("", (str(fault_of_machine(error)),))
