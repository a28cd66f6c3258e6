"""The command `cartable`: arguments and printing only."""

import inspect
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from analysis.config import Config, load_config
from analysis.errors import DONE, DONE_IN_PART, REFUSED_BY_DISCLOSURE, WRONG_INPUT, UserError
from analysis.foreign_text import for_terminal, json_text, visible
from analysis.lake import FileRecord
from analysis.lock import locked
from analysis.progress import progress as told_of

_HELP = "Honest reports from the exports of tablets and of a school portal."
app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=_HELP)
_err = Console(stderr=True)
# in a file or a pipe, a table is as wide as its cells: nothing is cut
_out = Console() if sys.stdout.isatty() else Console(width=10_000)


@dataclass(frozen=True)
class Run:
    """What the options that stand everywhere say."""

    settings: Config
    as_json: bool
    verbose: bool


def _run(
    config: Annotated[Path | None, typer.Option(help="Configuration file (default: the nearest cartable.toml).")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Folder of raw, lake, quarantine, reference and warehouse.")] = None,
    reports_dir: Annotated[Path | None, typer.Option(help="Folder that reports are written to.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Say more.")] = False,
) -> Run:
    return Run(load_config(config, data_dir, reports_dir), as_json, verbose)


def command(function: Callable[..., None]) -> Callable[..., None]:
    """Makes a command of a function whose first argument is a `Run`, and gives it the options that stand everywhere."""
    own = list(inspect.signature(function).parameters.values())[1:]
    everywhere = list(inspect.signature(_run).parameters.values())

    def called(**given: object) -> None:
        shared = {option.name: given.pop(option.name) for option in everywhere}
        function(_run(**shared), **given)  # type: ignore[arg-type]

    called.__name__, called.__doc__ = function.__name__, function.__doc__
    called.__signature__ = inspect.Signature([p.replace(kind=p.KEYWORD_ONLY) for p in own + everywhere])  # type: ignore[attr-defined]
    called.__annotations__ = {p.name: p.annotation for p in own + everywhere}
    app.command()(called)
    return function


def main() -> None:
    """Runs the command line; a user's mistake ends in one sentence and an exit code, never in a traceback."""
    try:
        app()
    except UserError as error:
        _err.print(for_terminal(f"cartable: {error}"), style="bold", markup=False, highlight=False, soft_wrap=True)
        sys.exit(error.exit_code)


@command
def demo(
    run: Run,
    out: Annotated[Path | None, typer.Option(help="Folder to write to (default: the raw folder).")] = None,
    pupils: Annotated[int, typer.Option(help="About how many pupils.")] = 3000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 2025,
    start: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")] = datetime(2025, 9, 1),  # noqa: DTZ001
    end: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")] = datetime(2025, 12, 19),  # noqa: DTZ001
    truth: Annotated[Path | None, typer.Option(help="Folder for what is true in them (default: not written).")] = None,
) -> None:
    """Write the exports of an invented commune in the real formats."""
    from analysis.demo import write_demo
    from analysis.demo.invented import refuse_own_exports

    settings = run.settings
    target = out or settings.raw_dir
    refuse_own_exports(target)
    with locked(settings), told_of("demo") as progress:
        summary = write_demo(target, pupils, seed, start.date(), end.date(), truth, progress)
    _tell(vars(summary), f"Invented exports of {summary.files} files ({summary.size / 1e6:.0f} MB) are in {target}.", run.as_json)


@command
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
        _tell([vars(e) for e in explained], "\n".join(e.text for e in explained), run.as_json)
        raise typer.Exit(DONE if all(e.source for e in explained) else WRONG_INPUT)
    known = load_sources().values()
    if run.as_json:
        shown = ("name", "title", "fills", "tells", "gives", "needs", "export")
        print(json_text([{name: getattr(s, name) for name in shown} for s in known]))
        return
    _print_table(["format", "tells", "that is", "known by its columns"], [[s.title, s.tells, s.gives, ", ".join(s.needs)] for s in known])


@command
def ingest(
    run: Run,
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders (default: the raw folder).")] = None,
) -> None:
    """Read raw exports into the lake."""
    from analysis.ingest import ingest as take
    from analysis.lake import REFUSED

    settings = run.settings
    with locked(settings):
        records = take(settings, paths or [], lambda record, is_new: _print_file(settings, record, is_new, run.verbose, run.as_json))
    refused = [r for r in records if r.status == REFUSED]
    loaded = sum(r.rows_loaded for r in records)
    aside = sum(r.rows_quarantined for r in records)
    twice = sum(r.rows_duplicate for r in records)
    sentence = f"{len(records)} files: {loaded:,} rows loaded, {aside:,} set aside, {twice:,} exact duplicates."
    _tell({"files": [vars(r) for r in records]}, sentence, run.as_json)
    if refused:
        raise typer.Exit(DONE_IN_PART if len(refused) < len(records) else WRONG_INPUT)


@command
def build(run: Run) -> None:
    """Bring the warehouse up to date with the lake."""
    from analysis.build import build as make

    settings = run.settings
    with locked(settings), told_of("build") as progress:
        result = make(settings, progress)
    what = "nothing had changed" if result.is_current else f"computed: {', '.join(result.rebuilt) or 'rosters only'}"
    _tell(vars(result), f"The warehouse stands; {what}.", run.as_json)


@command
def report(
    run: Run,
    kinds: Annotated[list[str] | None, typer.Argument(metavar="[KIND]...", help="Kinds of report (default: all).")] = None,
    school: Annotated[list[str] | None, typer.Option(help="UAI of a school; may be repeated (default: all, and the territory).")] = None,
    period: Annotated[list[str] | None, typer.Option(help="2025-10, 2025-T1, 2025-P2, 2025-2026 (default: last trimester).")] = None,
    lang: Annotated[str | None, typer.Option(help="fr or en.")] = None,
    formats: Annotated[str, typer.Option("--format", help="pdf, html or both.")] = "pdf,html",
    jobs: Annotated[int, typer.Option(help="Reports made at once.")] = 2,
) -> None:
    """Make reports, of schools and of the territory."""
    from analysis.reports.orders import Request, orders_of
    from analysis.reports.runner import ReportResult, make_reports

    settings = run.settings
    request = Request(kinds or [], school or [], period or [], lang or settings.language, formats.split(","))
    with locked(settings), told_of("report") as progress:
        total, done = len(orders_of(request, settings)), [0]

        def tell(result: ReportResult) -> None:
            done[0] += 1
            progress(result.order.label, done[0], total)

        results = make_reports(request, settings, jobs, tell)
    failed = [r for r in results if r.error]
    for result in failed:
        _err.print(for_terminal(f"{result.order.label}: {result.error}"), markup=False, highlight=False, soft_wrap=True)
    made = [
        {"report": r.order.label, "files": {k: str(p) for k, p in r.files.items()}, "is_new": r.is_new, "error": r.error} for r in results
    ]
    new = sum(r.is_new for r in results)
    counts = f"{new} reports made, {len(results) - new - len(failed)} unchanged, {len(failed)} failed."
    _tell(made, f"{counts} Open {settings.reports_dir / 'index.html'}", run.as_json)
    if failed:
        raise typer.Exit(REFUSED_BY_DISCLOSURE if any(r.is_refused for r in failed) else DONE_IN_PART)


@command
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
    _print_table(columns, [[f["file"], f["source"], *(f"{f[n]:,}" for n in numbers), f["message"] or f["status"]] for f in state.files])
    print(for_terminal("\n".join(sentences_of(state))))


@command
def forget(
    run: Run,
    older_than: Annotated[str, typer.Option(help="A day (2023-09-01) or an age (3y, 36m).")],
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without it, only say what would go.")] = False,
) -> None:
    """Remove what is older about persons from the lake and the warehouse, and keep it from coming back."""
    from analysis.build import today
    from analysis.forgetting.forget import forget as remove
    from analysis.forgetting.told import sentences_of
    from analysis.retention import day_of

    settings = run.settings
    with locked(settings), told_of("forget") as progress:
        told = remove(settings, day_of(older_than, today()), yes, progress)
    _tell(asdict(told), "\n".join(sentences_of(told, settings)), run.as_json)
    if told.warehouse_error:
        raise typer.Exit(DONE_IN_PART)


@command
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

    with locked(run.settings), told_of("check") as progress:
        found = check_everything(run.settings, progress)
    _tell({"complaints": [vars(complaint) for complaint in found], "exit_code": worst(found)}, summary(found), run.as_json)
    raise typer.Exit(worst(found))


def _check_privacy(run: Run) -> None:
    from analysis.privacy_state import privacy_state, sentences_of

    state = privacy_state(run.settings)
    _tell(state.as_dict(), "\n".join(sentences_of(state)), run.as_json)
    if state.faults:
        raise typer.Exit(DONE_IN_PART)


@command
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
        _print_table(answer.columns, [["" if cell is None else str(cell) for cell in row] for row in answer.rows])


@command
def dictionary(
    run: Run,
    folder: Annotated[Path, typer.Option(help="Where to write.")] = Path("docs"),
) -> None:
    """Write docs/dictionary.md, docs/measures.md and docs/sources.md from the files that define them."""
    from analysis.dictionary import write_pages

    paths = write_pages(folder)
    _tell([str(p) for p in paths], f"Written: {', '.join(map(str, paths))}", run.as_json)


def _print_file(config: Config, record: FileRecord, is_new: bool, verbose: bool, as_json: bool) -> None:
    from analysis.reading.outcome import sentence_of

    if not as_json and (is_new or verbose) and (record.message or record.rows_quarantined or record.rows_forgotten or verbose):
        _err.print(for_terminal(sentence_of(record, config.quarantine_dir)), markup=False, highlight=False, soft_wrap=True)


def _print_table(columns: list[str], rows: list[list[str]]) -> None:
    table = Table(*(escape(visible(column)) for column in columns))  # what comes from data is text: [bold] in a name is no markup
    for row in rows:
        table.add_row(*(escape(visible(cell)) for cell in row))
    _out.print(table)


def _tell(data: object, sentence: str, as_json: bool) -> None:
    print(json_text(data) if as_json else for_terminal(sentence))
