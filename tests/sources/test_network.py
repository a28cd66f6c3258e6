"""Logs of a proxy: minutes on teaching sites, nothing of any other site, and a list of sites that may change."""

from pathlib import Path

import pytest

from analysis.build import build
from analysis.config import Config
from analysis.errors import UserError
from analysis.ingest import ingest
from analysis.reading.teaching_sites import load_sites
from analysis.reports.sentences import absent, answer, sources
from tests.hand_made import UAI, Town, config_in, rows, run, write_csv
from tests.reading import lake_rows, left_behind
from tests.reports.values import number, plain, school

# half past eight in Paris on Monday 6 October 2025
START = 1759732200


def line(second: float, url: str, address: str = "10.9.8.7", elapsed_ms: int = 0, result: str = "TCP_TUNNEL/200") -> str:
    """A request that ends `second` seconds after half past eight."""
    return f"{START + second:.3f} {elapsed_ms:6d} {address} {result} 5312 CONNECT {url} - HIER_DIRECT/192.0.2.9 -\n"


def town(config: Config, **logs: str) -> None:
    raw = Town().write(config)
    write_csv(raw / "devices.csv", [{"device_id": "10.9.8.7", "kind": "individual", "os": "Android"}])
    write_csv(raw / "assignments.csv", [{"device_id": "10.9.8.7", "person_id": "p1", "from_date": "2025-09-01"}])
    for name, text in logs.items():
        (raw / f"{name}.log").write_text(text)


MINUTES = "SELECT CAST(local_date AS VARCHAR), evidence, minutes, in_school_seconds FROM marts.pupil_day WHERE is_seen ORDER BY ALL"


def test_minutes_are_distinct_and_logs_that_overlap_count_once(tmp_path: Path) -> None:
    """Three requests in two minutes, one of them in two logs; then the wrong sites, a refusal, and a day with no site for class."""
    config = config_in(tmp_path)
    twice = line(70, "www.lumni.fr:443") + line(75, "vikidia.org:443")
    others = line(200, "video.invented.example:443") + line(260, "www.lumni.fr:443", result="TCP_DENIED/403") + line(300, "notlumni.fr:443")
    tunnel = line(3700, "www.lumni.fr:443", elapsed_ms=3_699_000)  # began in the first minute
    elsewhere = line(500, "www.lumni.fr:443", address="10.9.8.200")  # an address that no roster names
    town(config, monday=tunnel + twice + others, again=twice + elsewhere, tuesday=line(86_400, "video.invented.example:443"))
    run(config)
    assert rows(config, MINUTES) == [("2025-10-06", "network", 2, None), ("2025-10-07", "network", 0, None)]
    assert rows(config, "SELECT source, devices, row_count FROM marts.unplaced") == [("squid_native", 1, 1)]
    assert left_behind(config, ["invented.example", "notlumni", "10.9.8.", "192.0.2."]) == set()
    whole = "measure = 'minutes_per_pupil_day' AND period = '2025-10' AND breakdown = 'all'"
    found = f'SELECT numerator, evidence FROM measures."values" WHERE {whole}'
    assert set(rows(config, found)) == {(2, "network")}
    assert rows(config, f"SELECT kinds FROM published.schools WHERE uai = '{UAI}' AND period = '2025-10'") == [
        ("individual:network:android",)
    ]


def test_a_list_that_changes_reads_the_logs_again(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    log = line(0, "maths.invented.example:443") + line(60, "other.example:443") + line(120, "www.lumni.fr:443")
    town(config, monday=log)
    run(config)
    assert [minutes for *_, minutes, _ in rows(config, MINUTES)] == [1]
    config.reference_dir.mkdir(parents=True, exist_ok=True)
    (config.reference_dir / "teaching_sites.csv").write_text("# ours\ndomain;name\nInvented.example;Our maths\nexample;All\n")
    said: list[tuple[str, bool]] = []
    ingest(config, [], lambda record, is_new: said.append((record.source, is_new)))
    assert [is_new for source, is_new in said if source == "squid_native"] == [True]
    assert not any(is_new for source, is_new in said if source != "squid_native")
    build(config)
    assert [minutes for *_, minutes, _ in rows(config, MINUTES)] == [3]
    assert sorted(lake_rows(config, "network_minutes", "site")) == [("example",), ("invented.example",), ("lumni.fr",)]
    (config.raw_dir / "copy.log").write_text(log)  # the same bytes elsewhere are duplicates, also the next time
    for _ in range(2):
        records = ingest(config, [])
    assert sum(record.rows_loaded for record in records if record.source == "squid_native") == 3


def test_a_list_without_domains_is_a_mistake(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    config.reference_dir.mkdir(parents=True)
    (config.reference_dir / "teaching_sites.csv").write_text("site\nlumni.fr\n")
    with pytest.raises(UserError, match="needs a column `domain`"):
        load_sites(config)


def test_what_reports_say_of_traffic() -> None:
    seen = school("network", minutes_per_pupil_day=number(9, evidence="network"), share_pupil_days_used=number(0.6, evidence="network"))
    said, rest = answer.answer(seen)
    assert plain(said) == "En moyenne, la tablette d’un élève va sur des sites pour la classe au moins 9 minutes par jour de classe."
    assert plain(rest) == "C’est ce que voit le réseau : ni le travail hors connexion, ni les applications."
    assert "une borne basse" in sources.evidence(seen)
    assert any("que des minutes sur des sites" in plain(sentence) for sentence in absent.absent(seen))
