"""Which runs a tick asks for: every due document once, ranges only where keys lie side by side."""

from hypothesis import given
from hypothesis import strategies as st

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.run_plan import FEW, DueDocument, plan_runs

BATCH = 25

due_documents = st.lists(st.integers(min_value=0, max_value=3), max_size=120).map(
    lambda counts: [DueDocument(DocumentId(f"d{number}"), count) for number, count in enumerate(counts)]
)
batch_sizes = st.integers(min_value=1, max_value=BATCH)


def fresh(number: int) -> list[DueDocument]:
    return [DueDocument(DocumentId(f"d{count}"), 0) for count in range(number)]


@given(due_documents, batch_sizes)
def test_every_due_document_is_in_one_run(due: list[DueDocument], batch_size: int) -> None:
    planned = [key for run in plan_runs(due, batch_size=batch_size) for key in run.document_ids]
    assert sorted(planned) == sorted(document.document_id for document in due)


@given(due_documents, batch_sizes)
def test_no_run_is_empty_or_larger_than_a_batch(due: list[DueDocument], batch_size: int) -> None:
    assert all(1 <= len(run.document_ids) <= batch_size for run in plan_runs(due, batch_size=batch_size))


@given(due_documents, batch_sizes)
def test_a_document_asked_for_before_has_a_run_of_its_own(due: list[DueDocument], batch_size: int) -> None:
    counts = {document.document_id: document.request_count for document in due}
    for run in plan_runs(due, batch_size=batch_size):
        assert {counts[key] for key in run.document_ids} == {run.request_count}
        assert run.request_count == 0 or run.first == run.last


@given(due_documents, batch_sizes)
def test_the_keys_of_a_shared_run_are_added_side_by_side_and_in_order(due: list[DueDocument], batch_size: int) -> None:
    new = [document.document_id for document in due if document.request_count == 0]
    added = [key for run in plan_runs(due, batch_size=batch_size) if run.request_count == 0 for key in run.document_ids]
    assert added == new


def test_a_few_new_documents_get_a_run_each_and_many_share() -> None:
    assert [len(run.document_ids) for run in plan_runs(fresh(FEW), batch_size=BATCH)] == [1] * FEW
    assert [len(run.document_ids) for run in plan_runs(fresh(60), batch_size=BATCH)] == [25, 25, 10]


def test_a_range_names_its_first_and_last_key() -> None:
    (run,) = plan_runs(fresh(7), batch_size=BATCH)
    assert (run.first, run.last) == ("d0", "d6")


def test_nothing_due_asks_for_nothing() -> None:
    assert plan_runs((), batch_size=BATCH) == ()
