"""Reading `truth.jsonl`, and what is said of one that cannot be used."""

from datetime import date
from pathlib import Path

import pytest

from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.evaluation.truth import read_truth
from credmate_pipeline.samples.catalog import draw_samples
from credmate_pipeline.samples.write import write_samples


def test_the_truth_of_drawn_samples_is_understood(tmp_path: Path) -> None:
    write_samples(draw_samples(3, 1, today=date(2026, 3, 2)), tmp_path)
    truths = read_truth(tmp_path)
    assert len(truths) == 3
    assert all(truth.kind and truth.expected_status for truth in truths)
    assert truths[0].fields


def test_only_file_and_type_are_needed(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").touch()
    (tmp_path / "truth.jsonl").write_text('{"file": "a.pdf", "document_type": null}\n\n')
    [truth] = read_truth(tmp_path)
    assert (truth.document_type, truth.fields, truth.kind, truth.expected_status) == (None, {}, "", frozenset())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nonsense", "Line 2 of .* is not JSON"),
        ("[]", "Line 2 of .* cannot be used"),
        ('{"document_type": "license"}', "Line 2 of .*: file: "),
        ('{"file": "a.pdf", "document_type": "license", "fields": {"state": 7}}', "Line 2 of .*: fields.state"),
        ('{"file": "gone.pdf", "document_type": "license"}', "1 files that are not there, such as gone.pdf"),
    ],
)
def test_a_truth_that_cannot_be_used_is_told_by_line(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "a.pdf").touch()
    (tmp_path / "truth.jsonl").write_text(f'{{"file": "a.pdf", "document_type": null}}\n{line}\n')
    with pytest.raises(ConfigurationError, match=said):
        read_truth(tmp_path)


def test_a_folder_without_truth_is_told_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"truth\.jsonl cannot be read"):
        read_truth(tmp_path)
