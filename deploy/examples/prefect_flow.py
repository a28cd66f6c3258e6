"""Cartable every night in Prefect: one task, for `cartable run` does only what is due and may be called again at any time."""

import subprocess

from prefect import flow, task


@task(retries=2, retry_delay_seconds=1800)
def run() -> None:
    """Reads what was dropped and makes the reports that are due."""
    subprocess.run([".venv/bin/cartable", "run"], cwd="/srv/cartable", check=True)


@flow
def cartable() -> None:
    """The whole night's work."""
    run()


if __name__ == "__main__":
    cartable.serve(name="every-night", cron="30 3 * * *")
