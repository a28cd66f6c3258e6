"""Cartable every night in Airflow: one task, for `cartable run` does only what is due and may be called again at any time."""

import datetime as dt

from airflow.sdk import dag, task


@dag(schedule="30 3 * * *", start_date=dt.datetime(2025, 9, 1, tzinfo=dt.UTC), catchup=False, max_active_runs=1)
def cartable() -> None:
    """Reads what was dropped and makes the reports that are due."""

    @task.bash(retries=2, retry_delay=dt.timedelta(minutes=30))
    def run() -> str:
        return "cd /srv/cartable && .venv/bin/cartable run"

    run()


cartable()
