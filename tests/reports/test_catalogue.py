"""The English catalogue says every sentence that the code or a notebook can say, with the same places, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from analysis.reports.language import Language
from analysis.reports.orders import report_kinds

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted((ROOT / "analysis/reports/locale/en").glob("*.po"))


def code_messages() -> Iterator[tuple[str, ...]]:
    """The literals given to `say(...)` and `count(...)` anywhere in the package."""
    for path in sorted((ROOT / "analysis").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from message_of(node)


def message_of(call: ast.Call) -> Iterator[tuple[str, ...]]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if name == "say" and texts:
        yield (texts[0],)
    elif name == "count" and len(texts) == 2:
        yield tuple(texts)


def notebook_messages() -> Iterator[tuple[str, ...]]:
    """The text cells of reports; a researcher's notebook is in French alone."""
    for path in report_kinds(ROOT / "notebooks").values():
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown":
                yield (cell.source.strip(),)


def messages_of(path: Path) -> list[Message]:
    with path.open("rb") as source:
        return [message for message in read_po(source) if message.id]


def key_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def catalogue() -> dict[str, Message]:
    return {key_of(message): message for path in CATALOGUES for message in messages_of(path)}


def test_a_sentence_stands_in_one_catalogue_only() -> None:
    keys = [key_of(message) for path in CATALOGUES for message in messages_of(path)]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


def test_every_sentence_has_its_english_and_none_is_left_over() -> None:
    used = {texts[0] for texts in [*code_messages(), *notebook_messages()]}
    known = catalogue()
    assert sorted(used - known.keys()) == []
    assert sorted(known.keys() - used) == []


def test_no_translation_is_empty_or_unsure_and_places_are_the_same() -> None:
    for key, message in catalogue().items():
        texts = [str(text) for text in (message.string if isinstance(message.string, tuple | list) else (message.string,))]
        assert all(texts), key
        assert not message.fuzzy, key
        assert all(set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", key)) for text in texts), key


def test_a_counted_sentence_has_both_its_forms() -> None:
    plurals = {texts[0]: texts[1] for texts in code_messages() if len(texts) == 2}
    known = catalogue()
    assert all(known[one].id == (one, many) for one, many in plurals.items())


def test_french_is_typeset() -> None:
    said = Language("fr").say("Vrai ? L'école dit « oui » : 5 % ; non !")
    assert said == "Vrai\u00a0? L\u2019école dit «\u00a0oui\u00a0»\u00a0: 5\u00a0%\u00a0; non\u00a0!"
