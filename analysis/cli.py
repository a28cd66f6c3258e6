"""The command `cartable`: arguments and printing only."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.commands import Run, app, command, ending_plainly
from analysis.config import Config
from analysis.delivery.command import deliver
from analysis.errors import DONE, DONE_IN_PART, REFUSED_BY_DISCLOSURE, WRONG_INPUT, UserError
from analysis.first_day.command import init
from analysis.foreign_text import for_terminal, json_text
from analysis.forgetting.command import forget
from analysis.lake import FORGOTTEN, REFUSED, FileRecord
from analysis.printing import print_table, say, say_aside
from analysis.progress import progress as told_of

if TYPE_CHECKING:
    from analysis.reports.runner import ReportResult

_Scheduler = Annotated[str, typer.Option(metavar="ADDRESS", help="Run it on this Dask cluster, such as tcp://10.0.0.5:8786.")]


def main() -> None:
    """Runs the command line; a user's mistake and a fault of the machine end in one sentence and an exit code, never in a traceback."""
    with ending_plainly():
        app()


@command(writes=True)
def demo(
    run: Run,
    out: Annotated[Path | None, typer.Option(help="Folder to write to (default: the raw folder).")] = None,
    pupils: Annotated[int, typer.Option(help="About how many pupils.")] = 3000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 2025,
    start: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")] = datetime(2025, 9, 1),  # noqa: DTZ001
    end: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")] = datetime(2025, 12, 19),  # noqa: DTZ001
    truth: Annotated[Path | None, typer.Option(help="Folder for what is true in them (default: not written).")] = None,
    like: Annotated[
        Path | None,
        typer.Option(metavar="WAREHOUSE", help="Draw schools like those of its published figures, which also give pupils and dates."),
    ] = None,
) -> None:
    """Write the exports of an invented commune in the real formats."""
    from analysis.demo import write_demo
    from analysis.demo.invented import refuse_own_exports
    from analysis.demo.like import refuse_what_figures_give, write_like

    settings = run.settings
    target = out or settings.raw_dir
    drawn = ""
    with run.alone(), told_of("demo") as progress:
        if like is None:
            refuse_own_exports(target)
            summary = write_demo(target, pupils, seed, start.date(), end.date(), truth, progress)
        else:
            refuse_what_figures_give(pupils, start.date(), end.date(), truth)
            summary, drawn = write_like(like, target, seed, progress)
    written = f"Invented exports of {summary.files} files ({summary.size / 1e6:.0f} MB) are in {target}."
    say(vars(summary), f"{written} {drawn}".strip(), run.as_json)


@command()
def sources(
    run: Run,
    file: Annotated[Path | None, typer.Argument(help="A file to explain.")] = None,
) -> None:
    """List the formats that are read, or say what a file would be read as, and why."""
    from analysis.reading.explain import explain_file
    from analysis.sources import load_sources

    settings = run.settings
    if file is not None:
        explained = explain_file(file, settings)
        say([vars(e) for e in explained], "\n".join(e.text for e in explained), run.as_json)
        raise typer.Exit(DONE if all(e.source for e in explained) else WRONG_INPUT)
    known = load_sources().values()
    if run.as_json:
        shown = ("name", "title", "fills", "tells", "gives", "needs", "export")
        print(json_text([{name: getattr(s, name) for name in shown} for s in known]))
        return
    print_table(["format", "tells", "that is", "known by its columns"], [[s.title, s.tells, s.gives, ", ".join(s.needs)] for s in known])


@command(writes=True)
def ingest(
    run: Run,
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders (default: the raw folder).")] = None,
    again: Annotated[bool, typer.Option("--again", help="Also files that `cartable forget FILE` has forgotten; name them.")] = False,
) -> None:
    """Read raw exports into the lake."""
    from analysis.forgetting.files import bring_back
    from analysis.ingest import ingest as take

    settings = run.settings
    with run.alone():
        if again:
            bring_back(settings, paths or [])
        records = take(settings, paths or [], lambda record, is_new: _print_file(settings, record, is_new, run.verbose, run.as_json))
    refused = [r for r in records if r.status == REFUSED or (paths and r.status == FORGOTTEN)]
    loaded = sum(r.rows_loaded for r in records if r.status != FORGOTTEN)
    aside = sum(r.rows_quarantined for r in records)
    twice = sum(r.rows_duplicate for r in records)
    sentence = f"Files: {len({r.file for r in records}):,}. Rows: {loaded:,} loaded, {aside:,} set aside, {twice:,} exact duplicates."
    say({"files": [vars(r) for r in records]}, sentence, run.as_json)
    if refused:
        raise typer.Exit(DONE_IN_PART if len(refused) < len(records) else WRONG_INPUT)


@command(writes=True)
def build(run: Run, scheduler: _Scheduler = "") -> None:
    """Bring the warehouse up to date with the lake."""
    from analysis.build import build as make

    settings = run.settings
    with run.alone(), told_of("build") as progress:
        result = make(settings, progress, scheduler)
    what = "nothing had changed" if result.is_current else f"computed: {', '.join(result.rebuilt) or 'rosters only'}"
    say(vars(result), f"The warehouse stands; {what}.", run.as_json)


@command(writes=True)
def report(
    run: Run,
    kinds: Annotated[list[str] | None, typer.Argument(metavar="[KIND]...", help="Kinds of report (default: all).")] = None,
    school: Annotated[list[str] | None, typer.Option(help="UAI of a school; may be repeated (default: all, and the territory).")] = None,
    period: Annotated[list[str] | None, typer.Option(help="2025-10, 2025-T1, 2025-P2, 2025-2026 (default: last trimester).")] = None,
    lang: Annotated[str | None, typer.Option(help="fr or en.")] = None,
    formats: Annotated[str, typer.Option("--format", help="pdf, html or both.")] = "pdf,html",
    jobs: Annotated[int | None, typer.Option(min=1, help="Reports made at once (default: the cores that may be used).")] = None,
    scheduler: _Scheduler = "",
) -> None:
    """Make reports, of schools and of the territory."""
    from analysis.reports.orders import Order, Request, orders_of
    from analysis.reports.retries import made_with_retries
    from analysis.reports.runner import ReportResult, make_reports

    settings = run.settings
    request = Request(kinds or [], school or [], period or [], lang or settings.language, formats.split(","))
    with run.alone(), told_of("report") as progress:
        total, done = len(orders_of(request, settings)), [0]

        def tell(result: ReportResult) -> None:
            done[0] = min(done[0] + 1, total)  # one that is tried again is told again
            progress(result.order.label, done[0], total)

        def begin(order: Order) -> None:
            progress.begin(for_terminal(f"{order.name}, {order.about.name}"), total)

        results = made_with_retries(
            request, lambda asked: make_reports(asked, settings, jobs, tell, begun=begin, scheduler=scheduler), settings.schedule.retries
        )
    failed = [r for r in results if r.error]
    for result in failed:
        say_aside(f"{result.order.label}: {result.error}")
    new = sum(r.is_new for r in results)
    counts = f"{new} reports made, {len(results) - new - len(failed)} unchanged, {len(failed)} failed."
    say([_told(result) for result in results], f"{counts} Open {settings.reports_dir / 'index.html'}", run.as_json)
    if failed:
        raise typer.Exit(REFUSED_BY_DISCLOSURE if any(r.is_refused for r in failed) else DONE_IN_PART)


@command(writes=True)
def run(run: Run) -> None:
    """Read what was dropped, build, and make every report that is due; safe to call at any time, any number of times."""
    from analysis.schedule.journal import DONE as ALL_DONE
    from analysis.schedule.journal import Step
    from analysis.schedule.unattended import run_unattended

    def tell(step: Step) -> None:
        for line in [] if run.as_json else [f"{step.name}: {step.sentence}", *(f"{step.name}: {fault}" for fault in step.faults)]:
            say_aside(line)

    with run.alone():
        done = run_unattended(run.settings, tell=tell)
    say({**asdict(done), "outcome": done.outcome}, f"Run: {done.outcome}. Open {run.settings.reports_dir / 'index.html'}", run.as_json)
    if done.outcome != ALL_DONE:
        raise typer.Exit(DONE_IN_PART)


@command()
def status(run: Run) -> None:
    """Say what was read, what was set aside, what waits, and how much of the fleet was heard of."""
    from analysis.status import sentences_of, status_of

    settings = run.settings
    state = status_of(settings)
    if run.as_json:
        print(json_text(state.as_dict()))
        return
    numbers = ("rows_read", "rows_loaded", "rows_quarantined", "rows_duplicate", "rows_forgotten")
    columns = ["file", "read as", "read", "loaded", "set aside", "duplicate", "forgotten since", "status"]
    print_table(columns, [[f["file"], f["source"], *(f"{f[n]:,}" for n in numbers), _fate(f)] for f in state.files])
    print(for_terminal("\n".join(sentences_of(state))))


app.command()(init)  # its options are its own: there is no configuration yet
command(writes=True)(deliver)
command(writes=True)(forget)


@command(writes=True)
def check(
    run: Run,
    privacy: Annotated[bool, typer.Option("--privacy", help="Instead: the state of key, persons, retention and rules.")] = False,
) -> None:
    """Check contracts, conservation, disclosure and all that left; 1 for a fault, 4 for what points at a person or was never released."""
    if privacy:
        _check_privacy(run)
        return
    from analysis.checking.complaint import worst
    from analysis.checking.everything import check_everything, summary

    with run.alone(), told_of("check") as progress:
        found = check_everything(run.settings, progress)
    say({"complaints": [vars(complaint) for complaint in found], "exit_code": worst(found)}, summary(found), run.as_json)
    raise typer.Exit(worst(found))


def _check_privacy(run: Run) -> None:
    from analysis.privacy_state import privacy_state, sentences_of

    state = privacy_state(run.settings)
    say(state.as_dict(), "\n".join(sentences_of(state)), run.as_json)
    if state.faults:
        raise typer.Exit(DONE_IN_PART)


@command()
def query(
    run: Run,
    sql: Annotated[str, typer.Argument(help="One SELECT.")],
    form: Annotated[str, typer.Option("--format", help="table, csv or json.")] = "table",
) -> None:
    """Ask the warehouse, read-only: schemas lake, marts, measures, published."""
    from analysis.query import ask

    if form not in ("table", "csv", "json"):
        raise UserError(f"--format {form}: not one of table, csv, json.")
    answer = ask(run.settings, sql)
    if run.as_json or form == "json":
        print(answer.as_json())
    elif form == "csv":
        print(answer.as_csv(), end="")
    else:
        print_table(answer.columns, [["" if cell is None else str(cell) for cell in row] for row in answer.rows])


@command()
def dictionary(
    run: Run,
    folder: Annotated[Path, typer.Option(help="Where to write.")] = Path("docs"),
) -> None:
    """Write the pages of reference in docs from what defines them: dictionary, measures, sources, command-line."""
    from analysis.dictionary import write_pages

    paths = write_pages(folder)
    say([str(p) for p in paths], f"Written: {', '.join(map(str, paths))}", run.as_json)


def _told(result: "ReportResult") -> dict[str, object]:
    files = {name: str(path) for name, path in result.files.items()}
    return {"report": result.order.label, "files": files, "is_new": result.is_new, "error": result.error}


def _fate(file: dict) -> str:
    return file["status"] if file["status"] == FORGOTTEN else file["message"] or file["status"]


def _print_file(config: Config, record: FileRecord, is_new: bool, verbose: bool, as_json: bool) -> None:
    from analysis.reading.outcome import sentence_of

    is_told = is_new or verbose or record.status == FORGOTTEN  # whose raw file still lies there
    if not as_json and is_told and (record.message or record.rows_quarantined or record.rows_forgotten or verbose):
        say_aside(sentence_of(record, config.quarantine_dir))
