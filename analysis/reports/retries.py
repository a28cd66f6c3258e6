"""Reports that fail are tried once more, after all the others: what failed for want of time or memory may then succeed."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from analysis.reports.orders import Order, Request
from analysis.reports.published import TERRITORY
from analysis.reports.runner import ReportResult

Make = Callable[[Request], list[ReportResult]]


def made_with_retries(request: Request, make: Make, retries: int) -> list[ReportResult]:
    """The results of `make` for a request, in its order; what failed is asked for again up to `retries` times.

    Never what the disclosure control refused: it would refuse again.
    """
    results = {_key(result.order): result for result in make(request)}
    for _ in range(retries):
        failed = [result.order for result in results.values() if result.error and not result.is_refused]
        for once_more in _requests(failed, request):
            results |= {_key(result.order): result for result in make(once_more)}
    return list(results.values())


def _key(order: Order) -> tuple[str, str, str]:
    return order.kind, order.about.uai, order.about.period


def _requests(orders: list[Order], request: Request) -> list[Request]:
    """One request for each kind and period, that asks for these orders and no other."""
    schools: dict[tuple[str, str], list[str]] = defaultdict(list)
    for order in orders:
        schools[order.kind, order.about.period].append(order.about.uai)
    return [
        replace(request, kinds=[kind], schools=[uai for uai in uais if uai != TERRITORY], periods=[period])
        for (kind, period), uais in schools.items()
    ]
