-- What the database itself refuses, at revision 0001.
-- A session says who acts with set_config('credmate.actor', …, true) before it moves a document.

ALTER TABLE documents
    ADD CONSTRAINT documents_byte_count CHECK (byte_count >= 0),
    ADD CONSTRAINT documents_attempt_count CHECK (attempt_count >= 0),
    ADD CONSTRAINT documents_claim CHECK ((claim_run_id IS NULL) = (claim_until_at IS NULL)),
    ADD CONSTRAINT documents_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT documents_not_own_duplicate CHECK (duplicate_of <> document_id),
    ADD CONSTRAINT documents_settled_at CHECK ((status = 'uploaded') = (settled_at IS NULL)),
    ADD CONSTRAINT documents_unreadable_reason CHECK (status NOT IN ('unreadable', 'failed') OR reason_code IS NOT NULL),
    ADD CONSTRAINT documents_failed_attempts CHECK (status <> 'failed' OR attempt_count >= 1),
    ADD CONSTRAINT documents_duplicate CHECK (status <> 'duplicate' OR (duplicate_of IS NOT NULL AND sha256 IS NOT NULL)),
    ADD CONSTRAINT documents_review_reasons CHECK (status <> 'review_pending' OR cardinality(reasons) >= 1),
    ADD CONSTRAINT documents_unsupported CHECK (status <> 'unsupported' OR classification_id IS NOT NULL),
    ADD CONSTRAINT documents_extraction CHECK (
        status NOT IN ('review_pending', 'completed', 'review_approved', 'approved', 'review_rejected')
        OR extraction_id IS NOT NULL
    );

ALTER TABLE classifications
    ADD CONSTRAINT classifications_confidence CHECK (confidence BETWEEN 0 AND 1),
    ADD CONSTRAINT classifications_type CHECK (document_type <> '');

ALTER TABLE extraction_results
    ADD CONSTRAINT extraction_results_versions CHECK (
        engine <> '' AND field_reader <> '' AND reader_version <> '' AND classifier_version <> ''
        AND extractor_version <> '' AND validator_version <> ''
    ),
    ALTER COLUMN transaction_number SET DEFAULT txid_current();

ALTER TABLE extracted_fields
    ADD CONSTRAINT extracted_fields_evidence CHECK (
        page >= 1 AND x0 BETWEEN 0 AND 1 AND y0 BETWEEN 0 AND 1 AND x1 BETWEEN 0 AND 1 AND y1 BETWEEN 0 AND 1
        AND x0 <= x1 AND y0 <= y1 AND btrim(printed_text) <> ''
    ),
    ADD CONSTRAINT extracted_fields_value CHECK (
        btrim(content) <> '' AND value NOT IN ('null'::jsonb, '""'::jsonb, '[]'::jsonb)
        AND jsonb_typeof(value) IN ('string', 'array')
    ),
    ADD CONSTRAINT extracted_fields_confidence CHECK (confidence BETWEEN 0 AND 1);

ALTER TABLE findings ADD CONSTRAINT findings_severity CHECK (severity IN ('error', 'warning', 'note'));

ALTER TABLE reviews
    ADD CONSTRAINT reviews_decision CHECK (decision IN ('approved', 'rejected')),
    ADD CONSTRAINT reviews_reviewer CHECK (btrim(reviewer) <> ''),
    ADD CONSTRAINT reviews_reason CHECK (decision <> 'rejected' OR btrim(coalesce(reason, '')) <> '');

CREATE FUNCTION credmate_actor() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    actor text := current_setting('credmate.actor', true);
BEGIN
    IF coalesce(btrim(actor), '') = '' THEN
        RAISE EXCEPTION 'a document moves only for a named actor' USING ERRCODE = 'check_violation';
    END IF;
    RETURN actor;
END $$;

CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION document_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status <> 'uploaded' THEN
        RAISE EXCEPTION 'a document is born uploaded, not %', NEW.status USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO document_events (document_id, kind, from_status, to_status, actor, run_id, reason, occurred_at)
    VALUES (NEW.document_id, 'registered', NULL, NEW.status, credmate_actor(),
            nullif(current_setting('credmate.run_id', true), ''), nullif(current_setting('credmate.reason', true), ''),
            coalesce(nullif(current_setting('credmate.at', true), '')::timestamptz, now()));
    RETURN NULL;
END $$;

CREATE FUNCTION document_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.document_id <> OLD.document_id THEN
        RAISE EXCEPTION 'a document keeps its identity' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status = OLD.status THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM allowed_moves WHERE from_status = OLD.status AND to_status = NEW.status) THEN
        RAISE EXCEPTION 'no move from % to %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO document_events (document_id, kind, from_status, to_status, actor, run_id, reason, occurred_at)
    VALUES (NEW.document_id, 'moved', OLD.status, NEW.status, credmate_actor(),
            nullif(current_setting('credmate.run_id', true), ''), nullif(current_setting('credmate.reason', true), ''),
            coalesce(nullif(current_setting('credmate.at', true), '')::timestamptz, now()));
    RETURN NEW;
END $$;

-- Deferred to the commit, so that all of a settling is there when it is judged.
CREATE FUNCTION document_needs() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    document documents%ROWTYPE;
    result extraction_results%ROWTYPE;
BEGIN
    SELECT * INTO document FROM documents WHERE document_id = NEW.document_id;
    IF document.status IN ('review_pending', 'completed', 'review_approved', 'approved', 'review_rejected') THEN
        SELECT * INTO result FROM extraction_results WHERE extraction_id = document.extraction_id;
        IF NOT EXISTS (SELECT 1 FROM extracted_fields WHERE extraction_id = document.extraction_id) THEN
            RAISE EXCEPTION '% needs an extraction with at least one evidenced field', document.status
                USING ERRCODE = 'check_violation';
        END IF;
        IF EXISTS (
            SELECT 1 FROM extracted_items AS item WHERE item.extraction_id = document.extraction_id AND NOT EXISTS (
                SELECT 1 FROM extracted_fields AS field
                WHERE field.extraction_id = item.extraction_id AND field.item_position = item.item_position))
        THEN
            RAISE EXCEPTION '% needs at least one field in every item', document.status USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF document.status = 'completed' AND (NOT result.validation_passed OR EXISTS (
        SELECT 1 FROM findings WHERE extraction_id = document.extraction_id AND severity = 'error'))
    THEN
        RAISE EXCEPTION 'completed needs a validation without errors' USING ERRCODE = 'check_violation';
    END IF;
    IF document.status = 'duplicate' AND NOT EXISTS (
        SELECT 1 FROM documents AS original
        WHERE original.document_id = document.duplicate_of AND original.sha256 = document.sha256)
    THEN
        RAISE EXCEPTION 'duplicate needs an earlier document of the same bytes' USING ERRCODE = 'check_violation';
    END IF;
    IF document.status = 'review_approved' AND NOT EXISTS (
        SELECT 1 FROM reviews WHERE document_id = document.document_id AND decision = 'approved')
    THEN
        RAISE EXCEPTION 'review_approved needs a review' USING ERRCODE = 'check_violation';
    END IF;
    IF document.status = 'review_rejected' AND NOT EXISTS (
        SELECT 1 FROM reviews WHERE document_id = document.document_id AND decision = 'rejected')
    THEN
        RAISE EXCEPTION 'review_rejected needs a review with a reason' USING ERRCODE = 'check_violation';
    END IF;
    IF document.status = 'approved' AND NOT EXISTS (
        SELECT 1 FROM credentials WHERE document_id = document.document_id)
    THEN
        RAISE EXCEPTION 'approved needs a credential' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

-- Parts join their extraction in its own transaction or never.
CREATE FUNCTION part_of_new_extraction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM extraction_results
        WHERE extraction_id = NEW.extraction_id AND transaction_number = txid_current())
    THEN
        RAISE EXCEPTION 'an extraction is complete once it is committed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER document_inserted AFTER INSERT ON documents FOR EACH ROW EXECUTE FUNCTION document_inserted();
CREATE TRIGGER document_moved BEFORE UPDATE ON documents FOR EACH ROW EXECUTE FUNCTION document_moved();
CREATE CONSTRAINT TRIGGER document_needs AFTER INSERT OR UPDATE ON documents
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION document_needs();
CREATE TRIGGER document_stays BEFORE DELETE ON documents FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER documents_stay BEFORE TRUNCATE ON documents FOR EACH STATEMENT EXECUTE FUNCTION append_only();

CREATE TRIGGER item_is_new BEFORE INSERT ON extracted_items FOR EACH ROW EXECUTE FUNCTION part_of_new_extraction();
CREATE TRIGGER field_is_new BEFORE INSERT ON extracted_fields FOR EACH ROW EXECUTE FUNCTION part_of_new_extraction();
CREATE TRIGGER finding_is_new BEFORE INSERT ON findings FOR EACH ROW EXECUTE FUNCTION part_of_new_extraction();

DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['document_events', 'classifications', 'extraction_results', 'extracted_items',
                                'extracted_fields', 'findings', 'reviews', 'corrections', 'allowed_moves',
                                'document_statuses']
    LOOP
        EXECUTE format('CREATE TRIGGER rows_stay BEFORE UPDATE OR DELETE ON %I '
                       'FOR EACH ROW EXECUTE FUNCTION append_only()', kept);
        EXECUTE format('CREATE TRIGGER table_stays BEFORE TRUNCATE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION append_only()', kept);
    END LOOP;
END $$;
