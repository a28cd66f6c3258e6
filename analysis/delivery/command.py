"""The command `cartable deliver`: what a run hands over at its end, by itself."""

from dataclasses import asdict
from typing import Annotated

import typer

from analysis.commands import Run
from analysis.errors import DONE_IN_PART
from analysis.printing import say, say_aside


def deliver(
    run: Run,
    again: Annotated[
        str | None,
        typer.Option(
            metavar="WHO", help="A UAI, town or operator: also mails that were refused, or of which nobody knows whether they came."
        ),
    ] = None,
) -> None:
    """Send the mails and fill the folders that are due; with mail.send = false, say which mails would go out."""
    from analysis.build import today
    from analysis.delivery.deliver import deliver as hand_over
    from analysis.delivery.mailing import send_again

    with run.alone():
        if again is not None:
            send_again(run.settings, again)
        done = hand_over(run.settings, today())
    for fault in done.faults:
        say_aside(fault)
    say(asdict(done), done.sentence, run.as_json)
    if done.faults:
        raise typer.Exit(DONE_IN_PART)
