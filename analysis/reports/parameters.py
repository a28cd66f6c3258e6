"""The parameters of a notebook, checked before a kernel starts.

The cell tagged `parameters` is the schema: its names, the types of its defaults (or annotations), nothing else. A text whose name ends
in `date` is an ISO date, and `from_date` may not be after `to_date`.
"""

import ast
import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any

from nbformat import NotebookNode
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, create_model

from analysis.errors import UserError
from analysis.reports.language import LANGUAGES

_TYPES = {"str": str, "int": int, "float": float, "bool": bool}


def schema_of(notebook: NotebookNode) -> type[BaseModel]:
    """The schema that the notebook's `parameters` cell says; without such a cell, no parameter is allowed.

    What is no plain value there, as in a researcher's own notebook, is no parameter.
    """
    cells = [cell.source for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    statements = _statements(cells[0]) if cells else []
    fields: dict[str, Any] = {name: field for statement in statements for name, field in _field(statement).items()}
    return create_model("Parameters", __config__=ConfigDict(extra="forbid", strict=True), **fields)


def checked(notebook: NotebookNode, given: Mapping[str, object], kind: str) -> dict[str, object]:
    """The given parameters, of the right names and types. Raises UserError that names each fault and what is valid."""
    schema = schema_of(notebook)
    try:
        schema.model_validate(dict(given))
    except ValidationError as error:
        faults = "; ".join(_sentence(fault, schema) for fault in error.errors())
        raise UserError(f"{kind}: {faults}.") from None
    _check_order(given, kind)
    return dict(given)


def _statements(source: str) -> list[ast.stmt]:
    try:
        return ast.parse(source).body
    except SyntaxError:
        return []


def _field(statement: ast.stmt) -> dict[str, object]:
    """The field of one assignment: `uai: str = ""` or `uai = ""`."""
    try:
        return _field_of_literal(statement)
    except ValueError:
        return {}


def _field_of_literal(statement: ast.stmt) -> dict[str, object]:
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value:
        default = ast.literal_eval(statement.value)
        return {statement.target.id: (_type(statement.target.id, _TYPES.get(ast.unparse(statement.annotation), type(default))), default)}
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        default = ast.literal_eval(statement.value)
        return {statement.targets[0].id: (_type(statement.targets[0].id, type(default)), default)}
    return {}


def _type(name: str, python_type: type) -> Any:
    if name.endswith("date") and python_type is str:
        return Annotated[str, AfterValidator(_iso_date)]
    return Annotated[str, AfterValidator(_language)] if name == "lang" else python_type


def _iso_date(written: str) -> str:
    if written:
        dt.date.fromisoformat(written)
    return written


def _language(written: str) -> str:
    if written not in LANGUAGES:
        raise ValueError(f"valid: {', '.join(LANGUAGES)}")
    return written


def _sentence(fault: Any, schema: type[BaseModel]) -> str:
    name = ".".join(map(str, fault["loc"]))
    if fault["type"] == "extra_forbidden":
        return f"there is no parameter {name!r}; valid: {', '.join(schema.model_fields) or 'none'}"
    return f"parameter {name!r}: {fault['msg'][:1].lower()}{fault['msg'][1:]}"


def _check_order(given: Mapping[str, object], kind: str) -> None:
    """Raises UserError for a `from_date` after its `to_date`; ISO dates sort as text."""
    first, last = given.get("from_date"), given.get("to_date")
    if first and last and str(first) > str(last):
        raise UserError(f"{kind}: from_date {first} is after to_date {last}. Valid: from_date on or before to_date.")
