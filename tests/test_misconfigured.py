"""A wrong cartable.toml: one sentence with file, line, key and what is allowed; no password and no address is ever repeated."""

from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.config import load_config
from analysis.errors import UserError
from analysis.misconfigured import line_of

SECRET = "geheim-7"
PAGE = "; docs/how-to/configure.md explains every key."
TOML = 'this is not valid TOML ({}); expected is a line such as key = "text", or [section].'

# one faulty file for each complaint: what stands in it, and what is said of it after "cartable.toml, line "
FAULTY = {
    'territory = "Valmont\nlanguage = "fr"\n': "1, column 21: " + TOML.format(r"illegal character '\n'"),
    "# a list\nlevels = [\n1,\n\n[deployment]\n": "5, column 2: " + TOML.format("invalid value, in what begins on line 2"),
    'a = """\nb = 1\n': "1: " + TOML.format("unterminated string"),
    "[coverage\nfloor = 1\n": "1, column 10: " + TOML.format("expected ']' at the end of a table declaration"),
    "\n\n[mail]\nuser = geheim-7\n": "4, column 8: " + TOML.format("invalid value"),
    "[coverage]\nfloor = 0.5\nfloor = 0.6\n": "3, column 12: " + TOML.format("cannot overwrite a value"),
    'language = "de"': f'1, language: "de" stands there; allowed is "fr" or "en"{PAGE}',
    "[coverage]\n\nfloor = 2": f"3, coverage.floor: 2 stands there; allowed is a number, 0 or more and 1 or less{PAGE}",
    "[privacy]\nthreshold = 5": f"2, privacy.threshold: 5 stands there; allowed is a whole number, 11 or more{PAGE}",
    "[privacy]\ndominance = 0": f"2, privacy.dominance: 0 stands there; allowed is a number, more than 0 and 0.85 or less{PAGE}",
    "[privacy]\nkey_file = 3": f'2, privacy.key_file: allowed is a text between "quotation marks"{PAGE}',
    "[privacy]\npercent_coding = { 11 = 0.1 }": "2, privacy.percent_coding: groups of 11 pupils need a bound of 0.20 at least, 0.5 at most"
    + PAGE,
    "data_dir = 2025-01-01": f'1, data_dir: 2025-01-01 stands there; allowed is a text between "quotation marks"{PAGE}',
    "[ent]\nsession_gap_minutes = 1.5": "2, ent.session_gap_minutes: 1.5 stands there; allowed is a whole number, 1 or more and 240 or less"
    + PAGE,
    "coverage = 3": f"1, coverage: 3 stands there; allowed is a section of its own, [...]{PAGE}",
    "[mail]\nsend = 5": f"2, mail.send: allowed is true or false{PAGE}",
    'timezone = "Europe/Pariss"': f"1, timezone: no such time zone; allowed is a name such as Europe/Paris or Indian/Reunion{PAGE}",
    'timezone = "Europe"': f"1, timezone: no such time zone; allowed is a name such as Europe/Paris or Indian/Reunion{PAGE}",
    '[limits]\nmemory = "lots"': "2, limits.memory: this is no size of memory; allowed is a number with its unit, such as 2GiB or 800MB"
    + PAGE,
    'schedule.reports = { usage = [\n"month",\n"monthly"] }': '1, schedule.reports.usage.1: "monthly" stands there; allowed is '
    f'"month", "trimester", "stretch" or "year"{PAGE}',
    "[deployment]\nplan = 700": '2, deployment.plan: 700 stands there; allowed is a table { ... }, such as { "2021-2022" = 620 }' + PAGE,
    '[deployment]\nlevels = "CP"': '2, deployment.levels: "CP" stands there; allowed is a list [...], each of it a text between '
    f'"quotation marks", such as ["CP", "CE1"]{PAGE}',
    "[coverage]\nflor = 1": f'2, coverage.flor: there is no such key, perhaps "coverage.floor" was meant{PAGE}',
    '\nterritoire = "x"': f'2, territoire: there is no such key, perhaps "territory" was meant{PAGE}',
    "floor = 1": f'1, floor: there is no such key, perhaps "coverage.floor" was meant, which stands under [coverage]{PAGE}',
    '[coverage]\ncontact = "x"': '2, coverage.contact: there is no such key, perhaps "contact" was meant, which stands above all sections'
    + PAGE,
    '[share]\nzzz = "x"': f"2, share.zzz: there is no such key, allowed in [share]: folder{PAGE}",
    "[mails]\n": f'1, mails: there is no such key, perhaps "mail" was meant{PAGE}',
    '[ent]\nsession_gap_minutes = "x"\n[coverage]\nfloor = 3': '2, ent.session_gap_minutes: "x" stands there; allowed is a whole number, '
    f"1 or more and 240 or less (and 1 more further on){PAGE}",
}
# what may be a password or an address, where it should not stand
SECRETS = {
    f'[mail]\npassword = "{SECRET}"': f'2, mail.password: there is no such key, perhaps "mail.password_file" was meant{PAGE}',
    f'[mail]\nsecurity = "{SECRET}"': f'2, mail.security: allowed is "starttls" or "tls"{PAGE}',
    f'[mail]\nport = "{SECRET}"': f"2, mail.port: allowed is a whole number, 1 or more and 65535 or less{PAGE}",
    f'[mail]\nuser = ["{SECRET}"]': f'2, mail.user: allowed is a text between "quotation marks"{PAGE}',
    f'[mail]\nhost = "a b:{SECRET}"': "2, mail.host: the name of a mail server alone is expected, such as smtp.ville.example; its port is "
    f"mail.port{PAGE}",
    f'[mail]\ntown = ["{SECRET}"]': f"2, mail.town.0: an address alone is expected, such as numerique@ville.example{PAGE}",
    f'[mail]\nuser = "u"\npassword_variable = "{SECRET}"': "3, mail.password_variable: the NAME of a variable is expected, such as "
    f"CARTABLE_MAIL_PASSWORD; the password itself never stands in this file{PAGE}",
    f'[mail]\nuser = "{SECRET}"': f"1, mail: user needs its password: give one of password_variable and password_file{PAGE}",
    f'[mail]\nuser = "{SECRET}\n': "2, column 17: " + TOML.format(r"illegal character '\n'"),
    f'[mail]\nuser = "u" {SECRET}\n': "2, column 12: " + TOML.format("expected newline or end of document after a statement"),
    "[mail]\npassword_file = 12345678": f'2, mail.password_file: allowed is a text between "quotation marks"{PAGE}',
}


def complaint(folder: Path, content: bytes) -> str:
    path = folder / "cartable.toml"
    path.write_bytes(content)
    with pytest.raises(UserError) as told:
        load_config(path)
    return str(told.value)


@pytest.mark.parametrize("text", [*FAULTY, *SECRETS])
def test_each_mistake_has_its_sentence(text: str, tmp_path: Path) -> None:
    said = complaint(tmp_path, text.encode())
    assert said == f"cartable.toml, line {(FAULTY | SECRETS)[text]}"
    assert SECRET not in said and "12345678" not in said and "\n" not in said


def test_a_file_in_another_encoding_is_said_with_its_line(tmp_path: Path) -> None:
    said = complaint(tmp_path, 'language = "fr"\nterritory = "Orléans"\n'.encode("latin-1"))
    assert said == "cartable.toml, line 2: a letter there is not UTF-8; save the file in the encoding UTF-8."


def test_the_mark_that_some_editors_write_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "cartable.toml").write_text('territory = "Valmont"\r\n', encoding="utf-8-sig", newline="")
    assert load_config(tmp_path / "cartable.toml").territory == "Valmont"


@pytest.mark.parametrize("size", ["2GiB", "800MB", "1.5 GB", "900 mib", "1TB"])
def test_what_passes_for_a_size_of_memory_is_one_to_the_engine(size: str, tmp_path: Path) -> None:
    (tmp_path / "cartable.toml").write_text(f'[limits]\nmemory = "{size}"\n')
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{load_config(tmp_path / 'cartable.toml').limits.memory}'")


@given(
    st.lists(st.sampled_from(["# c", "", 'a{} = "x = 1 # ["', "b{} = [\n1, # ]\n2\n]", 'c{} = """\nfloor = 1\n"""', "[t{}]"]), max_size=8)
)
def test_the_line_is_that_of_the_key_whatever_stands_before(pieces: list[str]) -> None:
    before = "\n".join(piece.format(number) for number, piece in enumerate(pieces))
    text = f"{before}\n[coverage]\n\nfloor = 2\n"
    expected = next(number for number, line in reversed(list(enumerate(text.split("\n"), 1))) if line == "floor = 2")
    assert line_of(text, ("coverage", "floor")) == expected
