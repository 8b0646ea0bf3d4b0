"""`credmate doctor` and `credmate compare` as a person uses them."""

import json
from pathlib import Path

import pytest

from credmate_pipeline_tests.cli.conftest import Credmate

OLD_WORLD = {
    "local.json": {"documents": {"by_status": {"completed": 292, "uploaded": 4}, "with_extraction": 292}},
    "production.json": {"documents": {"by_status": {"approved": 100, "uploaded": 80}, "with_extraction": 0}},
}


@pytest.fixture(autouse=True)
def database(database_url: str, credmate: Credmate, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migrated ledger, and no Dagster."""
    assert credmate("--version").code == 0
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("CREDMATE_WEBSERVER_URL", "http://127.0.0.1:9")


def test_the_doctor_tells_a_line_a_check_and_ends_in_1_where_one_is_wrong(credmate: Credmate, tmp_path: Path) -> None:
    (tmp_path / "home/uploads/documents").mkdir(parents=True)
    said = credmate("doctor")
    assert said.code == 1
    assert "wrong     webserver: " in said.out
    assert "well      migrations: " in said.out
    assert "CREDMATE_WEBSERVER_URL" in said.out


def test_a_saved_report_compares_as_the_same_as_itself(credmate: Credmate, tmp_path: Path) -> None:
    saved = tmp_path / "report.json"
    saved.write_text(credmate("doctor", "--json").out)
    report = json.loads(saved.read_text())
    assert {one["verdict"] for one in report["checks"]} >= {"well", "wrong", "not asked"}
    assert report["documents"] == {
        "total": 0,
        "by_status": {},
        "with_extraction": 0,
        "states_a_reading": 0,
        "settle_seconds_p50": None,
        "settle_seconds_p95": None,
    }
    said = credmate("compare", saved, saved)
    assert (said.code, said.out.strip().splitlines()[-1]) == (0, "The same, but for where they are.")


def test_the_old_world_compares_as_not_the_same(credmate: Credmate, tmp_path: Path) -> None:
    for name, content in OLD_WORLD.items():
        (tmp_path / name).write_text(json.dumps(content))
    said = credmate("compare", tmp_path / "local.json", tmp_path / "production.json")
    assert said.code == 1
    assert "292 of 296" in said.out
    assert "B reads nothing" in said.out
    as_json = json.loads(credmate("compare", tmp_path / "local.json", tmp_path / "production.json", "--json").out)
    assert as_json["weight"] == "grave"


@pytest.mark.timeout(180)
def test_environments_named_by_a_file_and_by_an_address_are_examined_without_this_shells_settings(
    credmate: Credmate, tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other.env").write_text(
        f"DATABASE_URL={database_url}\nCREDMATE_LANES=7\nCREDMATE_WEBSERVER_URL=http://127.0.0.1:9\n"
    )
    monkeypatch.setenv("CREDMATE_ATTEMPTS", "9")
    saved = tmp_path / "report.json"
    saved.write_text(credmate("doctor", "--json").out)
    lines = {
        line["what"]: (line["a"], line["b"])
        for line in json.loads(credmate("compare", saved, tmp_path / "other.env", "--json").out)["lines"]
    }
    assert (lines["CREDMATE_LANES"], lines["CREDMATE_ATTEMPTS"]) == (("2", "7"), ("9", "3"))
    of_the_address = json.loads(credmate("compare", saved, database_url, "--json").out)
    assert of_the_address["weight"] in {"same", "expected"}


@pytest.mark.parametrize("content", ["{not json", None])
def test_what_is_no_report_is_refused(credmate: Credmate, tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "a.json"
    if content is not None:
        path.write_text(content)
    said = credmate("compare", path, path)
    assert said.code == 2
    assert "a.json" in said.err
