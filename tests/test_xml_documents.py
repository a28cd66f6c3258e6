"""XML files: read without running anything in them, whatever their encoding, and refused where they make no sense."""

import json
import time
from pathlib import Path

import duckdb
import pytest

from analysis.errors import UserError
from analysis.reading.archives import open_dropped
from analysis.reading.dropped import find_dropped
from analysis.reading.raw_files import RawFile
from analysis.reading.xml_documents import read_xml_documents
from tests.reading import keyed_config

RECORD = '<addRequest><identifier><id>1</id></identifier><attributes><attr name="a"><value>{}</value></attr></attributes></addRequest>'
BOMB = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)) + "]>"


def documents_of(folder: Path, content: bytes | str) -> list[tuple[int, dict]]:
    """Line and values of each record of an XML file."""
    config = keyed_config(folder)
    (config.raw_dir / "a.xml").write_bytes(content.encode() if isinstance(content, str) else content)
    (folder / "staging").mkdir()
    [file] = [f for d in find_dropped([config.raw_dir], config.raw_dir) for f in open_dropped(d, folder / "staging", config)]
    assert isinstance(file, RawFile), file
    with duckdb.connect() as connection:
        read_xml_documents(file, connection)
        return [
            (line, json.loads(text)) for line, text in connection.execute("SELECT line, json FROM documents ORDER BY record").fetchall()
        ]


def test_records_have_their_values_lists_and_lines(tmp_path: Path) -> None:
    text = f'<?xml version="1.0"?>\n<root>\n{RECORD.format("x")}\n<!-- {RECORD} -->\n'
    text += (
        '<other><attr name="b"><value>1</value><value> </value><value>2</value></attr><plain>p<sub>q</sub></plain><empty/></other></root>'
    )
    assert documents_of(tmp_path, text) == [
        (3, {"element": "addRequest", "id": "1", "a": "x"}),
        (5, {"element": "other", "b": ["1", "2"], "sub": "q"}),
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<![CDATA[<b>&amp;]]>", "<b>&amp;"),
        ("a<!-- note -->b", "ab"),
        ("&lt;i&gt; &#233;", "<i> é"),
        ("x" * 3_000_000, "x" * 3_000_000),
        ("é€", "é€"),
    ],
    ids=["cdata", "comment", "escapes", "long", "accents"],
)
def test_a_value_is_its_text(written: str, read: str, tmp_path: Path) -> None:
    [(_, values)] = documents_of(tmp_path, f"<root>{RECORD.format(written)}</root>")
    assert values["a"] == read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    declared = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    text = f'<?xml version="1.0" encoding="{declared}"?>\n<root>{RECORD.format("Éléonore")}</root>'
    [(_, values)] = documents_of(tmp_path, text.encode(encoding))
    assert values["a"] == "Éléonore"


def test_prefixes_of_namespaces_do_not_matter(tmp_path: Path) -> None:
    text = f'<n:root xmlns:n="urn:n">{RECORD.format("x")}</n:root>'.replace("addRequest", "n:addRequest").replace("id>", "n:id>")
    assert documents_of(tmp_path, text) == [(1, {"element": "addRequest", "id": "1", "a": "x"})]


def test_a_definition_that_stands_elsewhere_is_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "r.dtd").write_text('<!ENTITY secret "from the other file"><!ATTLIST value kind CDATA "x">')
    text = f'<!DOCTYPE root SYSTEM "{tmp_path}/r.dtd">\n<root>{RECORD.format("x")}</root>'
    assert documents_of(tmp_path, text) == [(2, {"element": "addRequest", "id": "1", "a": "x"})]


@pytest.mark.parametrize(
    "head",
    [BOMB, '<!DOCTYPE r [<!ENTITY j SYSTEM "file:///etc/hostname">]>', '<!DOCTYPE r SYSTEM "r.dtd">', '<!DOCTYPE r [<!ENTITY % j "x">]>'],
    ids=["billion laughs", "a file", "defined elsewhere", "parameter"],
)
def test_entities_are_refused_at_once(head: str, tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(UserError, match="a.xml: the XML uses entities of its own"):
        documents_of(tmp_path, f"{head}<r>{RECORD.format('&j;')}</r>")
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"<root>\n{RECORD.format('x')}\n<addRequest>", 3),
        ("<root>\n<a>1</b>\n</root>", 2),
        ("<root>\n<a>&nbsp;</a></root>", 2),
        ("<root><a x=1/></root>", 1),
        ("<root></root>\n<root></root>", 2),
        ("<root>\n<a>\x01</a></root>", 2),
    ],
    ids=["cut", "crossed", "unknown entity", "attribute", "two roots", "control character"],
)
def test_damage_is_named_with_its_line_and_without_its_value(text: str, line: int, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        documents_of(tmp_path, text)
    assert str(refused.value) == f"a.xml, line {line}: the XML is damaged or stops before its end. Export or copy it again."


def test_deep_nesting_is_read_without_a_traceback(tmp_path: Path) -> None:
    [(_, values)] = documents_of(tmp_path, f"<root><a>{'<b>' * 50_000}deep{'</b>' * 50_000}</a></root>")
    assert values == {"element": "a", "b": "deep"}
