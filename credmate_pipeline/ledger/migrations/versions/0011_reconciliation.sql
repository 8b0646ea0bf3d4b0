-- Seals: digests of what was settled, kept beside it. An edit that did not come through the ledger leaves the old seal.

ALTER TABLE documents ADD COLUMN seal text;

-- Instants as seconds and numbers as JSON, so that no session's settings change the text.
CREATE FUNCTION document_seal(document documents) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        document.document_id, document.status, document.reason_code, document.reasons, document.duplicate_of,
        document.document_type, document.classification_id, document.extraction_id, document.reading_artifact,
        extract(epoch FROM document.settled_at), document.upload_uri, document.upload_version, document.owner
    )::text, 'UTF8')), 'hex')
$$;

-- Whoever names an actor acts through the ledger; an edit without one keeps the seal, and is found.
CREATE FUNCTION document_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'uploaded' THEN
        NEW.seal := NULL;
    ELSIF coalesce(btrim(current_setting('credmate.actor', true)), '') <> '' THEN
        NEW.seal := document_seal(NEW);
    END IF;
    RETURN NEW;
END $$;

CREATE TABLE extraction_seals (
    extraction_id bigint PRIMARY KEY REFERENCES extraction_results,
    seal text NOT NULL
);

CREATE FUNCTION extraction_seal(sealed bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        (SELECT jsonb_build_array(result.document_id, result.document_type, result.engine, result.field_reader,
                result.reader_version, result.classifier_version, result.extractor_version, result.validator_version,
                result.validation_passed)
            FROM extraction_results AS result WHERE result.extraction_id = sealed),
        (SELECT jsonb_agg(jsonb_build_array(item.item_position, item.document_type) ORDER BY item.item_position)
            FROM extracted_items AS item WHERE item.extraction_id = sealed),
        (SELECT jsonb_agg(jsonb_build_array(field.item_position, field.field_name, field.value, field.content,
                field.confidence, field.page, field.x0, field.y0, field.x1, field.y1, field.printed_text)
                ORDER BY field.item_position, field.field_name COLLATE "C")
            FROM extracted_fields AS field WHERE field.extraction_id = sealed),
        (SELECT jsonb_agg(jsonb_build_array(finding.item_position, finding.rule, finding.severity, finding.field_name)
                ORDER BY finding.finding_position)
            FROM findings AS finding WHERE finding.extraction_id = sealed)
    )::text, 'UTF8')), 'hex')
$$;

CREATE FUNCTION extraction_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO extraction_seals (extraction_id, seal) VALUES (NEW.extraction_id, extraction_seal(NEW.extraction_id));
    RETURN NULL;
END $$;

ALTER TABLE documents DISABLE TRIGGER USER;
UPDATE documents SET seal = document_seal(documents) WHERE status <> 'uploaded';
ALTER TABLE documents ENABLE TRIGGER USER;
INSERT INTO extraction_seals SELECT extraction_id, extraction_seal(extraction_id) FROM extraction_results;

CREATE TRIGGER document_sealed BEFORE INSERT OR UPDATE ON documents
    FOR EACH ROW EXECUTE FUNCTION document_sealed();
-- At the commit, when all parts of the extraction are there.
CREATE CONSTRAINT TRIGGER extraction_sealed AFTER INSERT ON extraction_results
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION extraction_sealed();
CREATE TRIGGER rows_stay BEFORE UPDATE OR DELETE ON extraction_seals
    FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER table_stays BEFORE TRUNCATE ON extraction_seals
    FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- Settled documents of which Dagster must be told again.
CREATE TABLE recalls (
    document_id uuid PRIMARY KEY REFERENCES documents,
    asked_at timestamptz NOT NULL,
    requested_at timestamptz
);
CREATE INDEX recalls_open ON recalls (asked_at) WHERE requested_at IS NULL;

-- Differences a person has looked at and cannot undo; reconciliation passes over them.
CREATE TABLE accepted_differences (
    difference text NOT NULL CHECK (difference <> ''),
    subject text NOT NULL CHECK (subject <> ''),
    accepted_by text NOT NULL CHECK (btrim(accepted_by) <> ''),
    reason text NOT NULL CHECK (btrim(reason) <> ''),
    accepted_at timestamptz NOT NULL,
    PRIMARY KEY (difference, subject)
);

ALTER TABLE reconciliation_reports ADD COLUMN positions jsonb NOT NULL DEFAULT '{}';

-- The last status of every document's trail is read from the index alone.
DROP INDEX document_events_by_document;
CREATE INDEX document_events_by_document ON document_events (document_id, event_id) INCLUDE (from_status, to_status);
