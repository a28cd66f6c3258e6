"""The notebooks of the reports show published figures and do nothing else: `make check` asks here, `cartable report` before each run."""

import sys

import nbformat

from analysis.reports.door import fault_of
from analysis.reports.orders import report_kinds


def main() -> None:
    """Prints the first fault of each notebook; exit code 1 if there is one."""
    found = {path.name: fault_of(nbformat.read(path, as_version=4)) for path in report_kinds().values()}
    faults = [f"{name}: {fault}, which a report may not." for name, fault in found.items() if fault]
    print("\n".join(faults), end="\n" if faults else "")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
