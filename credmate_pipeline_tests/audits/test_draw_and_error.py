"""Which documents are audited, and how large the error may be by what audits found."""

import pytest

from credmate_pipeline.audits.draw import is_drawn
from credmate_pipeline.audits.error import AuditedError, clopper_pearson_upper
from credmate_pipeline.documents.document import new_document_id


def test_about_the_share_asked_for_is_drawn_and_always_the_same_documents() -> None:
    ids = [new_document_id() for _ in range(2000)]
    drawn = {one for one in ids if is_drawn(one, 0.1)}
    assert 140 <= len(drawn) <= 260
    assert drawn == {one for one in ids if is_drawn(one, 0.1)}
    assert drawn <= {one for one in ids if is_drawn(one, 0.2)}


def test_a_share_of_nothing_draws_nobody_and_of_one_everybody() -> None:
    ids = [new_document_id() for _ in range(50)]
    assert not any(is_drawn(one, 0.0) for one in ids)
    assert all(is_drawn(one, 1.0) for one in ids)


@pytest.mark.parametrize(
    ("wrong", "of", "bound"),
    [(0, 0, 1.0), (0, 59, 0.04951), (0, 299, 0.00997), (1, 100, 0.04656), (5, 100, 0.10225), (7, 7, 1.0)],
)
def test_the_bound_is_the_one_of_clopper_and_pearson(wrong: int, of: int, bound: float) -> None:
    assert clopper_pearson_upper(wrong, of) == pytest.approx(bound, abs=2e-5)


def test_without_a_judged_audit_no_error_rate_is_claimed() -> None:
    found = AuditedError(settled=100, drawn=2, judged=0, wrong=0)
    assert (found.rate, found.upper_bound) == (None, 1.0)
