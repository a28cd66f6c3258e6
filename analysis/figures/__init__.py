"""The figures of the reports: `from analysis import figures`, then `figures.minutes_over_time(school)`.

A figure is a module of this folder that holds a function of its own name, which takes a School and returns a Block. To add a figure is to
add its file: this scan finds it.
"""

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

_MODULES = {found.name: import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)}
FIGURES: dict[str, Callable[..., Any]] = {name: getattr(module, name) for name, module in _MODULES.items() if hasattr(module, name)}
globals().update(FIGURES)  # the function takes the place of the module that holds it
__all__ = sorted(FIGURES)  # pyright: ignore


def __getattr__(name: str) -> Callable[..., Any]:
    raise AttributeError(f"there is no figure {name!r}; there are {', '.join(__all__)}")
