"""What messages about stored objects say."""

import json
from collections.abc import Mapping

import pytest

from credmate_pipeline.uploads.notices import FaultyNotice, StoredObject, stored_uploads

BUCKET = "credmate-documents"


def record(key: str, event: str = "ObjectCreated:Put", bucket: str = BUCKET) -> Mapping[str, object]:
    return {"eventName": event, "s3": {"bucket": {"name": bucket}, "object": {"key": key, "sequencer": "0055"}}}


def notice(*records: Mapping[str, object]) -> str:
    return json.dumps({"Records": list(records)})


def keys(body: str) -> list[str]:
    return [stored.key for stored in stored_uploads(body, BUCKET)]


def test_a_notice_names_the_objects_that_were_stored() -> None:
    body = notice(record("documents/p1/a.pdf"), record("documents/p2/b.pdf", "s3:ObjectCreated:Copy"))
    assert stored_uploads(body, BUCKET)[0] == StoredObject(BUCKET, "documents/p1/a.pdf")
    assert keys(body) == ["documents/p1/a.pdf", "documents/p2/b.pdf"]


def test_keys_are_told_quoted_and_read_as_they_are() -> None:
    assert keys(notice(record("documents/p1/CME+course+%282026%29+100%25+M%C3%BCnchen+a%2Bb.pdf"))) == [
        "documents/p1/CME course (2026) 100% München a+b.pdf"
    ]


def test_a_notice_wrapped_by_sns_says_the_same() -> None:
    wrapped = json.dumps({"Type": "Notification", "Message": notice(record("documents/p1/a.pdf"))})
    assert keys(wrapped) == ["documents/p1/a.pdf"]


def test_the_test_event_of_a_new_configuration_tells_of_no_upload() -> None:
    assert keys(json.dumps({"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": BUCKET})) == []


@pytest.mark.parametrize("event", ["ObjectRemoved:Delete", "ObjectRemoved:DeleteMarkerCreated", "ObjectTagging:Put"])
def test_what_is_no_storing_tells_of_no_upload(event: str) -> None:
    assert keys(notice(record("documents/p1/a.pdf", event))) == []


def test_artifacts_and_folders_are_no_uploads() -> None:
    assert keys(notice(record("artifacts/x/reading.json.gz"), record("documents/p1/"))) == []


def test_an_object_told_of_twice_in_one_message_is_told_once() -> None:
    assert keys(notice(record("documents/p1/a.pdf"), record("documents/p1/a.pdf"))) == ["documents/p1/a.pdf"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "hello",
        "[]",
        "{}",
        '{"Records": "none"}',
        '{"Records": [{}]}',
        '{"Records": [null]}',
        '{"Records": [{"eventName": "ObjectCreated:Put", "s3": {"bucket": {}, "object": {"key": "documents/a/b"}}}]}',
        json.dumps({"Message": json.dumps({"Message": json.dumps({"Message": "{}"})})}),
        notice(record("documents/p1/a.pdf", bucket="another")),
    ],
)
def test_what_is_no_notice_of_this_bucket_is_faulty_and_not_empty(body: str) -> None:
    with pytest.raises(FaultyNotice):
        stored_uploads(body, BUCKET)
