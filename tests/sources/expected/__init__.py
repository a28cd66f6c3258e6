"""The samples of every format and their rows: one module for each family of formats, found by a scan of this folder."""

from importlib import import_module
from pkgutil import iter_modules

from tests.sources.sample import Sample


def load_samples() -> list[Sample]:
    """Every sample of the modules of this folder, each of which lists its own in `SAMPLE_FILES`."""
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    return [sample for module in modules for sample in module.SAMPLE_FILES]
