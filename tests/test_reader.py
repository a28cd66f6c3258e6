"""What an adversary of the reader writes: no row is lost, none is invented, and every complaint names the right line."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.lake import LOADED
from tests.reading import key, lake_rows, quarantined, read, read_one

HEAD = "deviceId,packageName,className,timeStamp,eventType\n"


def row(number: int, end: str = "\n") -> str:
    return f"d{number},app,Main,{1759734000000 + number},1{end}"


def event(number: int, **changes: object) -> str:
    return (
        json.dumps({"deviceId": f"d{number}", "packageName": "app", "timeStamp": 1759734000000 + number, "eventType": 1, **changes}) + "\n"
    )


CSV = {
    # text: (rows read, loaded, set aside, duplicates), lines set aside
    "plain": (HEAD + row(1) + row(2), (2, 2, 0, 0), []),
    "no_line_end_at_the_end": (HEAD + row(1) + row(2, ""), (2, 2, 0, 0), []),
    "windows_line_ends": ((HEAD + row(1) + row(2)).replace("\n", "\r\n"), (2, 2, 0, 0), []),
    "old_mac_line_ends": ((HEAD + row(1) + row(2)).replace("\n", "\r"), (2, 2, 0, 0), []),
    "mixed_line_ends": (HEAD + row(1, "\r\n") + row(2) + row(3, "\r\n"), (3, 3, 0, 0), []),
    "blank_lines": (HEAD + row(1) + "\n\n" + row(2) + "  \n" + "x\n" + row(3), (4, 3, 1, 0), [7]),
    "blank_lines_before_the_header": ("\n \n" + HEAD + row(1) + "x\n", (2, 1, 1, 0), [5]),
    "blank_lines_at_the_end": (HEAD + row(1) + "\n\n", (1, 1, 0, 0), []),
    "header_alone": (HEAD, (0, 0, 0, 0), []),
    "spaces_around_column_names": (HEAD.replace(",", " , ") + row(1), (1, 1, 0, 0), []),
    "column_names_in_quotes": ('"' + HEAD.strip().replace(",", '","') + '"\n' + row(1), (1, 1, 0, 0), []),
    "column_names_in_capitals": (HEAD.upper() + row(1), (1, 1, 0, 0), []),
    "tabs": ((HEAD + row(1)).replace(",", "\t"), (1, 1, 0, 0), []),
    "delimiter_at_the_end_of_rows": (HEAD + row(1, ",\n") + row(2), (2, 2, 0, 0), []),
    "delimiter_at_the_end_of_all": (HEAD.replace("\n", ",\n") + row(1, ",\n") + row(2, ",\n"), (2, 2, 0, 0), []),
    "delimiters_alone": (HEAD + row(1) + ",,,,\n", (2, 1, 1, 0), [3]),
    "short_row": (HEAD + row(1) + "d2,app\n" + row(3), (3, 2, 1, 0), [3]),
    "long_row": (HEAD + row(1) + row(2, ",x,y\n") + row(3), (3, 2, 1, 0), [3]),
    "header_again": (HEAD + row(1) + HEAD + row(2), (3, 2, 1, 0), [3]),
    "line_break_in_a_cell": (HEAD + row(1) + 'd2,"a\nb\n\nc",Main,1759734000002,1\n' + "d3,app,Main,x,1\n", (3, 2, 1, 0), [7]),
    "windows_line_break_in_a_cell": ((HEAD + 'd2,"a\nb",Main,1759734000002,1\n' + "x\n").replace("\n", "\r\n"), (2, 1, 1, 0), [4]),
    "quotation_mark_inside_a_cell": (HEAD + 'd1,5" screen,Main,1759734000001,1\n' + row(2), (2, 2, 0, 0), []),
    "doubled_quotation_marks": (HEAD + 'd1,"the ""best"" app",Main,1759734000001,1\n' + row(2), (2, 2, 0, 0), []),
    "text_after_a_quotation_mark": (HEAD + row(1) + 'd2,"app"x,Main,1759734000002,1\n' + row(3), (3, 2, 1, 0), [3]),
    "unclosed_quotation_mark": (HEAD + row(1) + 'd2,"app,Main,1759734000002,1\n' + row(3) + row(4), (4, 3, 1, 0), [3]),
    "unclosed_and_closed_later": (HEAD + 'd1,"app,Main,1,1\n' + row(2) + 'd3,"app",Main,1759734000003,1\n' + row(4), (4, 3, 1, 0), [2]),
    "unclosed_in_the_last_line": (HEAD + row(1) + 'd2,"app,Main,1759734000002,1', (2, 1, 1, 0), [3]),
    "every_line_unclosed": (HEAD + 'd1,"app,Main,1759734000001,1\n' * 300, (300, 0, 300, 0), list(range(2, 302))),
    "very_long_cell": (HEAD + row(1) + "d2," + "x" * 3_000_000 + ",Main,1759734000002,1\n" + row(3), (3, 3, 0, 0), []),
    "very_long_quoted_cell": (HEAD + row(1) + 'd2,"' + "x\n" * 150_000 + '",Main,1759734000002,1\n', (150_002, 1, 150_001, 0), None),
    "exact_duplicates": (HEAD + row(1) + row(2) + row(1) + row(1), (4, 2, 0, 2), []),
    "faulty_duplicates": (HEAD + "d1,app,Main,x,1\n" * 3, (3, 0, 1, 2), [2]),
    "numbers_as_floats": (HEAD + "d1,app,Main,1.759734e12,1.0\n" + "d2,app,Main,1759734000000.0,1\n", (2, 2, 0, 0), []),
    "no_numbers": (HEAD + "".join(f"d1,app,Main,{n},1\n" for n in ("NaN", "inf", "1e300", "", "0x10")), (5, 0, 5, 0), [2, 3, 4, 5, 6]),
    "hash_at_the_start": (HEAD + "#" + row(1) + row(2), (2, 2, 0, 0), []),
    "byte_order_mark": ("\ufeff" + HEAD + row(1), (1, 1, 0, 0), []),
    "separator_of_lines_in_unicode": (HEAD + "d1,a\u2028b\x0b\x0cc\x85d,Main,1759734000001,1\n" + row(2), (2, 2, 0, 0), []),
}
JSON = {
    "plain": (event(1) + event(2), (2, 2, 0, 0), []),
    "windows_line_ends": ((event(1) + event(2)).replace("\n", "\r\n"), (2, 2, 0, 0), []),
    "byte_order_mark": ("\ufeff" + event(1), (1, 1, 0, 0), []),
    "blank_lines": ("\n" + event(1) + "\n  \n" + "{bad\n" + event(2), (3, 2, 1, 0), [5]),
    "faulty_after_blank_lines": (event(1) + "\n\n" + event(2, eventType="x"), (2, 1, 1, 0), [4]),
    "bad_first_line": (event(1)[:-9] + "\n" + event(2) + event(3), (3, 2, 1, 0), [1]),
    "cut_last_line": (event(1) + event(2)[:-9], (2, 1, 1, 0), [2]),
    "no_objects": (event(1) + 'hello\n]\n12\nnull\n"x"\n[1]\n{}\n', (8, 1, 7, 0), [2, 3, 4, 5, 6, 7, 8]),
    "two_on_a_line": (event(1).strip() + event(2) + event(3, eventType="x"), (3, 2, 1, 0), None),
    "two_on_a_line_and_a_bad_one": (event(1).strip() + event(2) + "{\n" + event(3), (4, 3, 1, 0), [2]),
    "commas_at_the_end_after_the_first": (event(1) + event(2).strip() + ",\n" + event(3), (3, 3, 0, 0), []),
    "pretty_printed": ("".join(json.dumps(json.loads(event(i)), indent=2) + "\n" for i in (1, 2)), (2, 2, 0, 0), []),
    "first_one_pretty_printed": (json.dumps(json.loads(event(1)), indent=2) + "\n" + event(2), (2, 2, 0, 0), []),
    "array": (json.dumps([json.loads(event(i)) for i in (1, 2)]), (2, 2, 0, 0), []),
    "array_line_by_line": ("[\n" + event(1).strip() + ",\n" + event(2) + "]\n", (2, 2, 0, 0), []),
    "array_with_nulls": ("[" + event(1).strip() + ', null, 3, "x", []]', (5, 1, 4, 0), [2, 3, 4, 5]),
    "null_fields": (event(1, packageName=None, className=None) + event(2, deviceId=None), (2, 1, 1, 0), [2]),
    "nested_where_a_number_is_expected": (event(1, timeStamp={"a": None}) + event(2), (2, 1, 1, 0), [1]),
    "numbers_as_texts_and_floats": (event(1, timeStamp="1759734000001") + event(2, timeStamp=1.7e12, eventType=1.0), (2, 2, 0, 0), []),
    "half_an_event_type": (event(1, eventType=1.5), (1, 0, 1, 0), [1]),
    "duplicates": (event(1) + event(1) + " " + event(1), (3, 1, 0, 2), []),
    "differing_in_another_field_only": (event(1, note="a") + event(1, note="b"), (2, 2, 0, 0), []),
    "empty_texts": (event(1, deviceId="") + event(2, deviceId=" \t"), (2, 0, 2, 0), [1, 2]),
    "a_very_long_value": (event(1) + event(2, className="x" * 20_000_000), (2, 2, 0, 0), []),
    "a_lone_surrogate": (
        '{"deviceId":"d1","packageName":"\\ud800","timeStamp":1759734000001,"eventType":1}\n' + event(2),
        (2, 1, 1, 0),
        [1],
    ),
}


@pytest.mark.parametrize("case", CSV)
def test_csv(case: str, tmp_path: Path) -> None:
    judge(tmp_path, "events.csv", *CSV[case])


@pytest.mark.parametrize("case", JSON)
def test_json(case: str, tmp_path: Path) -> None:
    judge(tmp_path, "events.json", *JSON[case])


def judge(folder: Path, name: str, text: str, counts: tuple[int, int, int, int], lines: list[int] | None) -> None:
    config, record = read_one(folder, name, text)
    assert record.message == ""
    assert (record.rows_read, record.rows_loaded, record.rows_quarantined, record.rows_duplicate) == counts
    assert len(lake_rows(config, "device_events", "device_key")) == record.rows_loaded
    if lines is not None:
        assert [int(line.split(",")[0]) for line in quarantined(config, record)] == lines


def test_cells_keep_their_line_breaks_and_commas(tmp_path: Path) -> None:
    config, _ = read_one(tmp_path, "events.csv", HEAD + 'd1,"a\nb, ""c""",  Main  ,1759734000001,1\n')
    assert lake_rows(config, "device_events", "app_id", "activity") == [('a\nb, "c"', "Main")]


@pytest.mark.parametrize("blank", ["\\u0020", "\\t", "\\n", "\\u00a0", " ", "\u00a0"])
def test_blanks_around_a_text_are_none_of_it_however_json_writes_them(blank: str, tmp_path: Path) -> None:
    """A file without a blank and without a backslash is not looked through for them."""
    plain = f'{{"deviceId":"d1","packageName":"app","timeStamp":{1759734000000},"eventType":1}}'
    config, record = read_one(
        tmp_path, "events.ndjson", plain.replace('"app"', f'"{blank}app{blank}"').replace('"d1"', f'"d1{blank}"') + "\n"
    )
    assert record.status == LOADED
    assert lake_rows(config, "device_events", "device_key", "app_id") == [(key("device", "d1"), "app")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_accents_in_every_encoding_that_says_what_it_is(encoding: str, tmp_path: Path) -> None:
    text = ("\ufeff" if encoding == "utf-16-le" else "") + "uai,from_date,to_date,reason\n0920001B,2025-11-20,2025-11-21,épidémie – œuf\n"
    config, record = read_one(tmp_path, "closures.csv", text.encode(encoding))
    assert record.message == ""
    assert lake_rows(config, "closures", "reason") == [("épidémie – œuf",)]


def archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def test_every_member_of_an_archive_is_a_file(tmp_path: Path) -> None:
    """Two members of one name, a compressed one, an unknown one, and what a Mac adds."""
    members = {
        "2025-10/events.csv": (HEAD + row(1) + "x\n").encode(),
        "2025-11/events.csv": (HEAD + row(2) + row(3) + "x\ny\n").encode(),
        "2025-12/events.csv.gz": gzip.compress((HEAD + row(4)).encode()),
        "notes.csv": b"colour\nred\n",
        "__MACOSX/2025-10/._events.csv": b"\0\1",
        "README.md": b"about this export",
    }
    config, records = read(tmp_path, {"export.zip": archive(members)})
    loaded = {name: r.rows_loaded for name, r in records.items() if r.status == LOADED}
    assert loaded == {"export.zip/2025-10/events.csv": 1, "export.zip/2025-11/events.csv": 2, "export.zip/2025-12/events.csv.gz": 1}
    assert [len(quarantined(config, r)) for r in records.values() if r.rows_quarantined] == [1, 2]
    assert sum(r.status != LOADED for r in records.values()) == 1


WORDS = st.text(st.sampled_from("abd1,;\"' {}[]:\\.-é@/\t"), max_size=30)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 5), junk=WORDS)
def test_a_line_of_junk_costs_no_other_row_of_a_csv(tmp_path_factory: pytest.TempPathFactory, place: int, junk: str) -> None:
    rows = [row(i) for i in range(6)]
    text = HEAD + "".join([*rows[:place], junk + "\n", *rows[place:]])
    one_line_of_junk(tmp_path_factory.mktemp("csv"), "events.csv", text, junk)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(1, 6), junk=WORDS)
def test_a_line_of_junk_costs_no_other_row_of_json(tmp_path_factory: pytest.TempPathFactory, place: int, junk: str) -> None:
    rows = [event(i) for i in range(6)]
    text = "".join([*rows[:place], junk + "\n", *rows[place:]])
    one_line_of_junk(tmp_path_factory.mktemp("json"), "events.ndjson", text, junk)


def one_line_of_junk(folder: Path, name: str, text: str, junk: str) -> None:
    config, record = read_one(folder, name, text)
    assert record.status == LOADED
    assert record.rows_loaded == 6
    assert record.rows_read == record.rows_loaded + record.rows_quarantined + record.rows_duplicate
    assert len(quarantined(config, record)) == record.rows_quarantined
    assert (record.rows_read > 6) == bool(junk.strip())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(
        st.tuples(st.floats(0, 1), st.sampled_from(["", "\n", "\r", '"', ",", "x", "\0", "\u00e9", "{", "}", "[", "1"])), max_size=6
    ),
    form=st.sampled_from(["csv", "json"]),
)
def test_rows_are_conserved_whatever_happens_to_a_file(tmp_path_factory: pytest.TempPathFactory, changes: list, form: str) -> None:
    """A file with characters replaced, removed or put in is refused or accounted for, and never stops the run."""
    text = HEAD + "".join(row(i) for i in range(5)) if form == "csv" else "".join(event(i) for i in range(5))
    for share, put in changes:
        at = int(share * len(text))
        text = text[:at] + put + text[at + 1 :]
    config, record = read_one(tmp_path_factory.mktemp("any"), f"events.{form}", text)
    assert record.rows_read == record.rows_loaded + record.rows_quarantined + record.rows_duplicate
    assert len(lake_rows(config, "device_events", "device_key")) == record.rows_loaded
    assert record.message or record.rows_read > 0
