"""cartable.toml: what may be left out, what each section says when it is wrong, and nothing said in the words of Python."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from analysis.config import Config, load_config
from analysis.errors import UserError
from tests.hand_made import config_in


def written(folder: Path, text: str) -> Config:
    path = folder / "cartable.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def test_without_a_word_there_is_no_plan_and_no_cost(tmp_path: Path) -> None:
    config = written(tmp_path, "")
    assert config.deployment.levels == ("CP", "CE1", "CE2", "CM1", "CM2")
    assert (config.deployment.plan, config.deployment.at_term) == ({}, None)
    assert config.equity.social_bands == ("très favorisée", "favorisée", "moyenne", "défavorisée")
    assert (config.costs.eur_per_school_year, config.costs.covers) == (None, "")


def test_a_plan_is_read_in_the_order_of_its_years_and_may_go_down(tmp_path: Path) -> None:
    config = written(tmp_path, '[deployment]\nplan = { "2023-2024" = 900, "2021-2022" = 700, "2022-2023" = 1_400 }\nat_term = 5_300\n')
    assert list(config.deployment.plan.items()) == [("2021-2022", 700), ("2022-2023", 1400), ("2023-2024", 900)]
    assert config.deployment.at_term == 5300


def test_levels_bands_and_costs_of_another_town(tmp_path: Path) -> None:
    text = '[deployment]\nlevels = ["6e", "5e"]\n[equity]\nsocial_bands = ["A", "B"]\n[costs]\neur_per_school_year = 0\ncovers = "tout"\n'
    config = written(tmp_path, text)
    assert (config.deployment.levels, config.equity.social_bands) == (("6e", "5e"), ("A", "B"))
    assert (config.costs.eur_per_school_year, config.costs.covers) == (0.0, "tout")


WRONG = {
    '[deployment]\nlevels = ["CP", "CE1", "CP"]': 'deployment.levels: "CP" stands there twice',
    "[deployment]\nlevels = []": "deployment.levels: name one at least, and leave none blank",
    "[deployment]\nat_term = -1": "deployment.at_term: -1 stands there; allowed is a whole number, 0 or more",
    '[deployment]\nplan = { "2021-2022" = -1 }': "deployment.plan.2021-2022: -1 stands there; allowed is a whole number, 0 or more",
    '[equity]\nsocial_bands = ["A", " "]': "equity.social_bands: name one at least, and leave none blank",
    '[equity]\nsocial_bands = ["A", "A"]': 'equity.social_bands: "A" stands there twice',
    "[costs]\neur_per_school_year = -1": "costs.eur_per_school_year: -1 stands there; allowed is a number, 0 or more",
    "[costs]\neur_per_school_year = inf": "costs.eur_per_school_year: inf stands there; allowed is a number, 0 or more",
    "[costs]\neuros = 1": "costs.euros: there is no such key, allowed in [costs]: eur_per_school_year, covers",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_value_is_named_with_its_key(text: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as complaint:
        written(tmp_path, text)
    line = 1 + text.count("\n")
    assert str(complaint.value) == f"cartable.toml, line {line}, {WRONG[text]}; docs/how-to/configure.md explains every key."


@pytest.mark.parametrize(
    "year", ["2021", "2021-22", "2021/2022", "2021-2023", "2022-2021", "２０２１-２０２２", " 2021-2022", "2021-2022\\n"]
)
def test_what_is_no_school_year_is_said(year: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not a school year; expected two years in a row, such as 2021-2022"):
        written(tmp_path, f'[deployment]\nplan = {{ "{year}" = 700 }}')


def test_a_configuration_does_not_change(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    with pytest.raises(ValidationError):
        config.costs.covers = "tout"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        config.deployment.at_term = 3  # type: ignore[misc]
