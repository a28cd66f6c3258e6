"""Reports made: each one a notebook run for a school, or the territory, and a period, then exported.

    reports/<period>/<UAI>/<kind>.pdf, <kind>.html, notebooks/<kind>.ipynb         in French
    reports/<period>/<UAI>/<kind>.en.pdf, ...                                      in English, beside the French ones
    reports/<period>/territory/<kind>.pdf, ...                                     of all schools together
    reports/<period>/manifest.json, reports/index.html, reports/portal/

Parameters and cells are checked before any kernel starts: a notebook that does more than show published figures is refused (`door.py`).
A report's files are renamed in once all of them are made; one that fails leaves
those that stand, and does not stop the others. A report whose figures, notebook and code have not changed is not made again: it keeps
its date.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from analysis.config import Config
from analysis.disclosure.apart import build_in, build_of
from analysis.disclosure.audit import refuse_openings
from analysis.disclosure.changed import changed
from analysis.disclosure.ledger import Release, record
from analysis.errors import DisclosureError, UserError
from analysis.faults import fault_of_machine
from analysis.files import sha256_of, sweep_beside, write_together
from analysis.reports import manifest
from analysis.reports.door import refuse_all_but_figures
from analysis.reports.facts import Facts
from analysis.reports.logo import KINDS as WITH_LOGO
from analysis.reports.logo import read_logo
from analysis.reports.making import Maker, Work, made_of
from analysis.reports.orders import NOTEBOOKS, Order, Request, orders_of
from analysis.reports.portal import write_portal
from analysis.reports.published import TERRITORY, figures_of, opened


@dataclass(frozen=True)
class ReportResult:
    """What became of one report: its files by format, whether they are new, or the sentence that says why it was not made.

    `is_refused`: the disclosure control did not let it out.
    """

    order: Order
    files: dict[str, Path] = field(default_factory=dict)
    is_new: bool = False
    error: str = ""
    is_refused: bool = False
    entry: manifest.Entry = field(default_factory=dict)


def make_report(
    kind: str, uai: str, period: str, lang: str, formats: Sequence[str], config: Config, notebooks: Path = NOTEBOOKS
) -> ReportResult:
    """One report; `uai` is `territory` for one of the territory. A notebook that fails is told in `error`.

    Raises UserError for a wrong parameter, before a kernel starts.
    """
    schools = [] if uai == TERRITORY else [uai]
    return make_reports(Request([kind], schools, [period], lang, formats), config, jobs=1, notebooks=notebooks)[0]


def make_reports(
    request: Request,
    config: Config,
    jobs: int | None = None,
    progress: Callable[[ReportResult], None] = lambda result: None,
    produced_on: dt.date | None = None,
    notebooks: Path = NOTEBOOKS,
    begun: Callable[[Order], None] = lambda order: None,
    scheduler: str = "",
) -> list[ReportResult]:
    """The reports of a request, `jobs` at a time, in the order of the schools, then the territory; `progress` is told of each as it ends.

    `begun` is told of each that has to be made, as it begins, in the thread that makes it. `jobs` is `schedule.jobs` unless given or, with
    a `scheduler`, as many as the workers of that Dask cluster have threads: they run the notebooks, and ledger and files stay here.
    `produced_on` is the date that new reports bear: today unless given. Raises UserError, before anything is run, for what does not exist.
    """
    _refuse_two_builds(config)
    for folder in (config.reports_dir, config.ledger_dir):
        sweep_beside(folder)
    orders = orders_of(request, config, notebooks)
    day = produced_on or dt.datetime.now(tz=dt.UTC).date()
    results: dict[Order, ReportResult] = {}
    refuse_openings(config, {(order.about.uai, order.about.period) for order in orders})
    with _maker(scheduler, config) as (maker, slots), ThreadPoolExecutor(max_workers=max(jobs or slots, 1)) as pool:
        tasks = [pool.submit(_made, order, day, config, begun, maker) for order in orders]
        try:
            for task in as_completed(tasks):
                results[task.result().order] = task.result()
                progress(task.result())
        finally:  # stopped by hand: the reports under way end, no other begins
            pool.shutdown(cancel_futures=True)
    _record([results[order] for order in orders], config)
    return [results[order] for order in orders]


@contextmanager
def _maker(scheduler: str, config: Config) -> Iterator[tuple[Maker, int]]:
    """What makes a report of a notebook, and how many at once: this process, or the workers of a cluster."""
    if not scheduler:
        yield made_of, config.schedule.jobs
        return
    from analysis.cluster.client import connected

    with connected(scheduler) as cluster:
        yield lambda work: cluster.result(cluster.submit(made_of, work, name=f"report-{work.kind}")), cluster.slots


def _refuse_two_builds(config: Config) -> None:
    """A build that was killed between its two swaps: reports would show figures of the one, and the ledger keep those of the other."""
    of_published, of_warehouse = build_of(config.published), build_in(config.warehouse)
    if None not in (of_published, of_warehouse) and of_published != of_warehouse:
        raise UserError(
            "The last build was stopped before its end, and the published figures are older than the warehouse. Run `cartable build`."
        )


def _made(order: Order, day: dt.date, config: Config, begun: Callable[[Order], None], maker: Maker) -> ReportResult:
    """One report, made unless it stands already. No error of one report may stop the others."""
    old = manifest.find_entry(manifest.read_manifest(order.folder.parent), order.kind, order.about.uai, order.lang)
    try:
        refuse_all_but_figures(order.notebook, order.kind)
        if _stands(old, order):
            return ReportResult(order, _files(old, order), entry=old)
        begun(order)
        return _remade(order, old, day, config, maker)
    except DisclosureError as error:
        return ReportResult(order, error=f"{order.label}: {error}", is_refused=True)
    except UserError as error:
        return ReportResult(order, error=f"{order.label}: {error}")
    except Exception as error:  # noqa: BLE001  one report's fault, whatever it is, is told and the others go on
        return ReportResult(order, error=f"{order.label}: {fault_of_machine(error) or f'{type(error).__name__}: {error}'}")


def _stands(old: manifest.Entry, order: Order) -> bool:
    """The same inputs, and every file asked for is there as it was made."""
    if not old or old["inputs"] != dict(order.inputs) or not {file["format"] for file in old["files"]} >= set(order.formats):
        return False
    return all(_is_intact(order.folder.parent / file["path"], file["sha256"]) for file in old["files"])


def _is_intact(path: Path, sha256: str) -> bool:
    return path.is_file() and sha256_of(path) == sha256


def _remade(order: Order, old: manifest.Entry, day: dt.date, config: Config, maker: Maker) -> ReportResult:
    logo = read_logo(config.logo) if order.kind in WITH_LOGO else None
    made = maker(Work(order.kind, order.notebook, order.parameters, order.formats, day, config.schedule, logo))
    contents = made.contents
    # before any file: what has left the house but is not in the ledger would be unknown to the attack
    release = Release(order.kind, order.lang, order.about.uai, order.about.period)
    news = _changed(order, old, config, release)
    record(config, release, day)
    write_together({_path(order, name): content for name, content in contents.items()})
    for file in old.get("files", []):
        if file["format"] not in contents:  # made from other figures: it would contradict the new ones
            (order.folder.parent / file["path"]).unlink(missing_ok=True)
    entry = _entry(order, made.facts, list(contents)) | news
    return ReportResult(order, _files(entry, order), is_new=True, entry=entry)


def _changed(order: Order, old: manifest.Entry, config: Config, release: Release) -> manifest.Entry:
    """`changed`, for an edition that takes the place of one with other figures: which, since which edition, whether the code is new.

    An edition of the same figures keeps what it had.
    """
    if not old:
        return {}
    if old["inputs"]["published"] == order.inputs["published"]:
        return {"changed": old["changed"]} if "changed" in old else {}
    figures = [each.as_dict() for each in changed(config, release, dt.date.fromisoformat(old["produced_on"]))]
    is_upgraded = old["inputs"].get("code") != order.inputs["code"]
    return {"changed": {"since": old["inputs"]["published"], "is_upgraded": is_upgraded, "figures": figures}} if figures else {}


def _path(order: Order, ending: str) -> Path:
    folder = order.folder / "notebooks" if ending == "ipynb" else order.folder
    return folder / f"{order.name}.{ending}"


def _entry(order: Order, facts: Facts, formats: list[str]) -> manifest.Entry:
    """What the manifest keeps of a report; paths are relative to the period's folder."""
    paths = {name: _path(order, name) for name in formats}
    files = [
        {"format": name, "path": path.relative_to(order.folder.parent).as_posix(), "sha256": sha256_of(path)}
        for name, path in paths.items()
    ]
    return {
        "kind": order.kind,
        "uai": order.about.uai,
        "lang": order.lang,
        "school": order.about.name,
        "commune": order.about.commune,
        "topic": facts.topic,
        "period_label": facts.period_label,
        "produced_on": facts.produced_on.isoformat(),
        "is_invented": order.about.is_invented,
        "inputs": dict(order.inputs),
        "files": files,
    }


def _files(entry: manifest.Entry, order: Order) -> dict[str, Path]:
    return {file["format"]: order.folder.parent / file["path"] for file in entry["files"]}


def _record(results: list[ReportResult], config: Config) -> None:
    """Writes the manifest of each period, then the portal."""
    made = [result for result in results if not result.error]
    published_sha256 = sha256_of(config.published)
    for folder in sorted({result.order.folder.parent for result in made}):
        here = [result for result in made if result.order.folder.parent == folder]
        with opened(config.published) as database:
            figures = {each.order.about.uai: figures_of(database, each.order.about.uai, folder.name) for each in here}
        manifest.write_manifest(folder, [each.entry for each in here], figures, published_sha256)
    write_portal(config)
