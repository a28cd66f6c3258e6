"""`python -m tests.statistics`: simulates the intervals and writes docs/intervals.md."""

from tests.statistics.simulation import PAGE, page_of, simulate, simulate_slopes

if __name__ == "__main__":
    PAGE.write_text(page_of([*simulate(seed=1), *simulate_slopes(seed=1)]), encoding="utf-8")
