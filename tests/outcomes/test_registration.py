"""The protocol: what it must hold, and one sentence with line and key for what is wrong in it."""

import datetime as dt
from pathlib import Path

import pytest

from analysis.errors import UserError
from analysis.outcomes.registration import Outcome, read_protocol
from tests.hand_made import config_in

WHOLE = """registered_on = 2025-09-10
question = "Les élèves qui lisent plus sur la tablette progressent-ils autrement ?"
smallest = 0.15
evidence = "active"

[primary]
test = "Test de la ville"
domain = "lecture"
prior_test = "Test de rentrée"

[[secondary]]
test = "Test de la ville"
domain = "calcul"

[adoption]
never = ["0921111H"]

[[adoption.cohort]]
test = "Évaluation CE1"
domain = "français"
first_year = "2022-2023"
"""


def written(folder: Path, text: str) -> Path:
    config = config_in(folder)
    config.reference_dir.mkdir(parents=True)
    (config.reference_dir / "protocol.toml").write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_nothing_is_announced(tmp_path: Path) -> None:
    assert read_protocol(config_in(tmp_path)) is None


def test_a_whole_protocol_is_read(tmp_path: Path) -> None:
    found = read_protocol(config_in(written(tmp_path, WHOLE)))
    assert found is not None
    assert (found.registered_on, found.smallest, found.evidence) == (dt.date(2025, 9, 10), 0.15, "active")
    assert found.primary == Outcome(test="Test de la ville", domain="lecture", prior_test="Test de rentrée")
    assert [each.domain for each in found.secondary] == ["calcul"]
    assert [(each.first_year, each.among) for each in found.adoption.cohort] == [("2022-2023", ())]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (WHOLE.replace('evidence = "active"', 'evidence = "estimated"'), "protocol.toml, line 4, evidence:"),
        (WHOLE.replace("registered_on = 2025-09-10\n", ""), "registered_on: the key is missing"),
        (WHOLE.replace("2025-09-10", "2099-01-01"), "protocol.toml, line 1, registered_on: the day lies in the future"),
        (WHOLE.replace('domain = "calcul"', 'domain = "lecture"\nprior_test = "x"'), "announced twice"),
        (WHOLE.replace("smallest", "smalest"), 'perhaps "smallest" was meant'),
        (WHOLE.replace('"2022-2023"', '"2022"'), "line 21, adoption.cohort.0.first_year: expected is a school year, such as 2022-2023"),
        ("registered_on = ", "not valid TOML"),
    ],
)
def test_what_is_wrong_is_one_sentence_with_its_place(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        read_protocol(config_in(written(tmp_path, text)))
    assert said in str(error.value)
    assert "\n" not in str(error.value)
    assert "docs/how-to/" in str(error.value) or "TOML" in str(error.value)
