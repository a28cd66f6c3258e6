"""Reads a file of settings; what is wrong in it is one sentence: file, line, key, what stood there where that is harmless, what is allowed.

Lines are found by reading ever longer beginnings of the file with the TOML parser itself: whatever a value holds (brackets, several lines,
other keys' names), the line is the one on which the key begins.
"""

import datetime as dt
import pathlib
import re
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, core_schema

from analysis.errors import UserError

Path = tuple[int | str, ...]
Model = TypeVar("Model", bound=BaseModel)

_PAGE = "docs/how-to/configure.md"
_BUILT_IN = {*get_args(core_schema.ErrorType), "path_type"}
_LONGEST_SHOWN = 40  # characters of a text that is repeated
# what may be a password or an address in the wrong place: of these, numbers alone are repeated, and only where a number belongs
_SECRET = ("mail", "contact", "privacy.key_file")
_SCALARS = {"integer": "a whole number", "number": "a number", "boolean": "true or false", "string": 'a text between "quotation marks"'}
_EXAMPLES = {"deployment.plan": '{ "2021-2022" = 620 }', "deployment.levels": '["CP", "CE1"]', "equity.social_bands": '["favorisée"]'}


def read_settings(file: pathlib.Path, model: type[Model], page: str = _PAGE) -> Model:
    """The settings of a TOML file, as the model takes them. Raises UserError for what it refuses; `page` explains every key."""
    content = file.read_bytes()
    try:
        text = content.decode("utf-8-sig")  # some editors write a mark before the first letter
        return model.model_validate(tomllib.loads(text))
    except UnicodeDecodeError as error:
        raise UserError(not_utf8(file.name, content, error)) from None
    except tomllib.TOMLDecodeError as error:
        raise UserError(not_toml(file.name, text, error)) from None
    except ValidationError as error:
        raise UserError(wrong_value(file.name, text, error, model, page)) from None


def not_toml(name: str, text: str, error: tomllib.TOMLDecodeError) -> str:
    """The sentence for a file that is no TOML. What stood on the line is not repeated: it may be a password."""
    place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
    begun = max((number for number, _ in _beginnings(text)), default=0) + 1
    where = f"line {place[1]}, column {place[2]}" if place else f"line {begun}"
    since = f", in what begins on line {begun}" if place and begun < int(place[1]) else ""
    cause = _without_values(re.sub(r"\s*\(at .*\)$", "", str(error).split("\n", maxsplit=1)[0]))
    return f'{name}, {where}: this is not valid TOML ({cause}{since}); expected is a line such as key = "text", or [section].'


def not_utf8(name: str, content: bytes, error: UnicodeDecodeError) -> str:
    """The sentence for a file in another encoding."""
    line = content[: error.start].count(b"\n") + 1
    return f"{name}, line {line}: a letter there is not UTF-8; save the file in the encoding UTF-8."


def wrong_value(name: str, text: str, error: ValidationError, model: type[BaseModel], page: str = _PAGE) -> str:
    """The sentence for the first thing that the model refuses, by line; further ones are counted."""
    content = tomllib.loads(text)
    found = sorted((line_of(text, _standing(each["loc"], content)), number) for number, each in enumerate(error.errors()))
    line, first = found[0]
    more = f" (and {len(found) - 1} more further on)" if len(found) > 1 else ""
    return f"{name}, line {line}, {_complaint(error.errors()[first], content, model)}{more}; {page} explains every key."


def line_of(text: str, path: Path) -> int:
    """The line, from 1 on, on which a key that stands in a TOML text begins; 1 for the whole file."""
    whole = 0
    for number, content in _beginnings(text):
        if path and _holds(content, path):
            return whole + 1
        whole = number
    return 1


def _beginnings(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each beginning of the text that is TOML by itself: its number of lines, and what it holds."""
    lines = text.split("\n")
    for number in range(1, len(lines) + 1):
        try:
            yield number, tomllib.loads("\n".join(lines[:number]) + "\n")
        except tomllib.TOMLDecodeError:
            continue


def _without_values(cause: str) -> str:
    """The parser's words without what it quotes of the file, a single character excepted."""
    return re.sub(r"""(['"(]).{4,}(['")])""", "…", cause[:1].lower() + cause[1:])


def _standing(loc: Path, content: dict[str, Any]) -> Path:
    """The part of an error's place that stands in the file: the validator adds steps of its own, and names what is missing."""
    return next((loc[:length] for length in range(len(loc), 0, -1) if _holds(content, loc[:length])), ())


def _holds(content: Any, path: Path) -> bool:
    for step in path:
        if isinstance(content, dict) and str(step) in content:
            content = content[str(step)]
        elif isinstance(content, list | tuple) and isinstance(step, int) and step < len(content):
            content = content[step]
        else:
            return False
    return True


def _complaint(error: ErrorDetails, content: dict[str, Any], model: type[BaseModel]) -> str:
    loc = _standing(error["loc"], content)
    if error["type"] == "missing":
        return f"{'.'.join(map(str, error['loc']))}: the key is missing and has no default"
    key = ".".join(map(str, loc))
    if error["type"] == "extra_forbidden":
        return f"{key}: there is no such key, {_nearest(loc, model)}"
    schema = model.model_json_schema()
    if error["type"] not in _BUILT_IN:
        return f"{key}: {_uncapitalised(error['msg'])}"
    allowed = _allowed(_schema_at(schema, loc), schema) + (f", such as {_EXAMPLES[key]}" if key in _EXAMPLES else "")
    stood = _shown(key, error["input"], allowed)
    return f"{key}: {f'{stood} stands there; ' if stood else ''}allowed is {allowed}"


def _uncapitalised(message: str) -> str:
    return message[:1].lower() + message[1:]  # a capital further on may be that of a name


def _nearest(loc: Path, model: type[BaseModel]) -> str:
    """Which key was meant: the same one of another section, then one of nearly the same name in this one, then all of it."""
    *sections, last = map(str, loc)
    section = ".".join(sections)
    known = _keys(model)
    elsewhere = [key for key in known if key.rpartition(".")[2] == last]
    if elsewhere:
        return f'perhaps "{elsewhere[0]}" was meant, {_home(elsewhere[0])}'
    here = [key.rpartition(".")[2] for key in known if key.rpartition(".")[0] == section]
    alike = get_close_matches(last.lower(), here, n=1, cutoff=0.6)
    if alike:
        return f'perhaps "{".".join([*sections, alike[0]])}" was meant'
    return f"allowed {'in [' + section + ']' if section else 'at the top'}: {', '.join(here)}"


def _home(key: str) -> str:
    section = key.rpartition(".")[0]
    return f"which stands under [{section}]" if section else "which stands above all sections"


def _keys(model: type[BaseModel], before: str = "") -> list[str]:
    """All keys of a model with their sections: `coverage`, `coverage.floor`."""
    found: list[str] = []
    for name, field in model.model_fields.items():
        found.append(before + name)
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            found += _keys(field.annotation, f"{before}{name}.")
    return found


def _schema_at(root: dict[str, Any], loc: Path) -> dict[str, Any]:
    found = root
    for step in loc:
        found = _resolved(found, root)
        if isinstance(step, int):
            found = found.get("items", {})
        else:
            found = found.get("properties", {}).get(step) or found.get("additionalProperties") or next(iter(_by_pattern(found)), {})
    return _resolved(found, root)


def _by_pattern(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return list(schema.get("patternProperties", {}).values())


def _resolved(schema: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    for choice in schema.get("anyOf", []):  # "or nothing": TOML has no null
        if choice.get("type") != "null":
            schema = choice
    name = schema.get("$ref", "").rpartition("/")[2]
    return root["$defs"][name] if name else schema


def _allowed(schema: dict[str, Any], root: dict[str, Any]) -> str:
    schema = _resolved(schema, root)
    if "enum" in schema:
        *most, last = [f'"{value}"' for value in schema["enum"]]
        return f"{', '.join(most)} or {last}" if most else last
    kind = schema.get("type", "")
    if kind == "array":
        return f"a list [...], each of it {_allowed(schema.get('items', {}), root)}"
    if kind == "object":
        return "a section of its own, [...]" if "properties" in schema else "a table { ... }"
    return _SCALARS.get(kind, "another value") + _range(schema)


def _range(schema: dict[str, Any]) -> str:
    bounds = {
        "minimum": "{} or more",
        "exclusiveMinimum": "more than {}",
        "maximum": "{} or less",
        "exclusiveMaximum": "less than {}",
    }
    said = [words.format(f"{schema[name]:g}") for name, words in bounds.items() if name in schema]
    return f", {' and '.join(said)}" if said else ""


def _shown(key: str, value: object, allowed: str) -> str:
    """What stood there, where it is short and cannot be a password; empty otherwise."""
    if isinstance(value, bool):
        return "true" if value else "false"
    is_secret = key.startswith(_SECRET)
    if isinstance(value, int | float):
        return "" if is_secret and "number" not in allowed else f"{value}"
    if isinstance(value, dt.date | dt.time):
        return "" if is_secret else f"{value}"
    if isinstance(value, str) and not is_secret and len(value) <= _LONGEST_SHOWN and value.isprintable():
        return f'"{value}"'
    return ""
