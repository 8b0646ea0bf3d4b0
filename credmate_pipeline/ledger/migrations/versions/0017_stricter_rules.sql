-- Rules that were said and not held.

-- The trail. Only the ledger's own triggers write lines: of moves the documents' triggers, of all else this table's,
-- which keeps no row. A note is refused unless the ledger itself shows what it tells of.

CREATE TABLE document_notes (
    document_id uuid NOT NULL,
    kind text NOT NULL,
    reason text
);

CREATE FUNCTION note_in_trail() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    document documents%ROWTYPE;
    run text := nullif(current_setting('credmate.run_id', true), '');
    has_happened boolean;
BEGIN
    SELECT * INTO document FROM documents WHERE document_id = NEW.document_id;
    has_happened := CASE
        WHEN NEW.kind IN ('attempt_failed', 'read_again') THEN document.claim_run_id = run
        WHEN NEW.kind = 'adopted' THEN EXISTS (
            SELECT 1 FROM adopted_documents
            WHERE document_id = NEW.document_id AND adopted_by = credmate_actor())
        WHEN NEW.kind = 'purged' THEN document.purged_at IS NOT NULL
    END;
    IF has_happened IS NOT TRUE THEN
        RAISE EXCEPTION '% is not noted: the ledger shows nothing of it', NEW.kind USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO document_events (document_id, kind, from_status, to_status, actor, run_id, reason, occurred_at)
    VALUES (NEW.document_id, NEW.kind, document.status, document.status, credmate_actor(), run, NEW.reason,
            coalesce(nullif(current_setting('credmate.at', true), '')::timestamptz, now()));
    RETURN NULL;
END $$;
CREATE TRIGGER note_in_trail BEFORE INSERT ON document_notes FOR EACH ROW EXECUTE FUNCTION note_in_trail();

CREATE FUNCTION trail_is_the_ledgers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION '% is written by the ledger itself: % refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lines_are_the_ledgers BEFORE INSERT ON document_events
    FOR EACH ROW EXECUTE FUNCTION trail_is_the_ledgers();

-- With separate roles the writer has no right to add lines; the triggers write them as the trail's owner.
DO $$
DECLARE
    writing text;
BEGIN
    FOREACH writing IN ARRAY ARRAY['document_inserted', 'document_moved', 'note_in_trail']
    LOOP
        EXECUTE format('ALTER FUNCTION %I() SECURITY DEFINER SET search_path = %I, pg_temp', writing, current_schema());
    END LOOP;
END $$;

-- Places. Rows of before keep theirs, as they are sealed; where there are none, the rule holds for all.
ALTER TABLE extracted_fields
    ADD CONSTRAINT extracted_fields_extent CHECK (
        x0 < x1 AND y0 < y1
        AND NOT jsonb_path_exists(further_evidence, '$[*] ? (@.box[0] >= @.box[2] || @.box[1] >= @.box[3])')
    ) NOT VALID;
DO $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM extracted_fields WHERE x0 >= x1 OR y0 >= y1
            OR jsonb_path_exists(further_evidence, '$[*] ? (@.box[0] >= @.box[2] || @.box[1] >= @.box[3])'))
    THEN
        ALTER TABLE extracted_fields VALIDATE CONSTRAINT extracted_fields_extent;
    END IF;
END $$;

-- Copies of copies become the copies of the earliest document of these bytes that is none. Where all are copies, the
-- earliest is read again as their original.
DO $$
BEGIN
    PERFORM set_config('credmate.actor', 'pipeline', true),
        set_config('credmate.reason', 'Its copies were told to be its originals.', true);
    CREATE TEMPORARY TABLE astray ON COMMIT DROP AS
        SELECT copy.document_id, copy.sha256, copy.registered_at
        FROM documents AS copy JOIN documents AS original ON original.document_id = copy.duplicate_of
        WHERE copy.status = 'duplicate' AND (original.duplicate_of IS NOT NULL OR original.is_canary);
    UPDATE documents SET status = 'uploaded', duplicate_of = NULL, settled_at = NULL, reasons = '{}',
        waiting_since_at = now(), requested_at = NULL, attempt_count = 0
    WHERE document_id IN (
        SELECT DISTINCT ON (sha256) document_id FROM astray WHERE NOT EXISTS (
            SELECT 1 FROM documents AS other
            WHERE other.sha256 = astray.sha256 AND other.duplicate_of IS NULL AND NOT other.is_canary)
        ORDER BY sha256, registered_at, document_id);
    UPDATE documents SET duplicate_of = original.document_id,
        reasons = ARRAY['The same bytes as document ' || original.document_id || '.']
    FROM astray, LATERAL (
        SELECT other.document_id FROM documents AS other
        WHERE other.sha256 = astray.sha256 AND other.duplicate_of IS NULL AND NOT other.is_canary
        ORDER BY other.registered_at, other.document_id LIMIT 1) AS original
    WHERE documents.document_id = astray.document_id AND documents.status = 'duplicate';
    PERFORM set_config('credmate.actor', '', true), set_config('credmate.reason', '', true);
END $$;

-- What states need; deferred to the commit, so that all of a settling is there when it is judged.
CREATE OR REPLACE FUNCTION document_needs() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    document documents%ROWTYPE;
    result extraction_results%ROWTYPE;
    review reviews%ROWTYPE;
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
        IF document.classification_id IS NULL THEN
            RAISE EXCEPTION '% needs a classification', document.status USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF document.status = 'completed' AND (NOT result.validation_passed OR EXISTS (
        SELECT 1 FROM findings WHERE extraction_id = document.extraction_id AND severity = 'error'))
    THEN
        RAISE EXCEPTION 'completed needs a validation without errors' USING ERRCODE = 'check_violation';
    END IF;
    IF document.status = 'unsupported'
        AND (TG_OP = 'INSERT' OR (OLD.status, OLD.classification_id) IS DISTINCT FROM
            (document.status, document.classification_id))
        AND NOT EXISTS (
            SELECT 1 FROM classifications AS found
            WHERE found.classification_id = document.classification_id AND found.document_type = 'unsupported')
    THEN
        RAISE EXCEPTION 'unsupported needs a classification that says so' USING ERRCODE = 'check_violation';
    END IF;
    IF document.status = 'duplicate' THEN
        -- Locked, so that of two documents that become each other's copies at once one is refused.
        PERFORM 1 FROM documents AS original
            WHERE original.document_id = document.duplicate_of AND original.sha256 = document.sha256
            AND original.duplicate_of IS NULL AND NOT original.is_canary
            FOR SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'duplicate needs an earlier document of the same bytes that is no duplicate'
                USING ERRCODE = 'check_violation';
        END IF;
        IF EXISTS (
            SELECT 1 FROM documents AS copy
            WHERE copy.duplicate_of = document.document_id AND copy.status = 'duplicate')
        THEN
            RAISE EXCEPTION 'an original becomes no duplicate while it has copies' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF document.status IN ('review_approved', 'review_rejected')
        AND (TG_OP = 'INSERT' OR OLD.status IS DISTINCT FROM document.status)
    THEN
        SELECT * INTO review FROM reviews WHERE reviews.document_id = document.document_id
            ORDER BY review_id DESC LIMIT 1;
        IF review.review_id IS NULL OR review.extraction_id <> document.extraction_id
            OR 'review_' || review.decision <> document.status
        THEN
            RAISE EXCEPTION '% needs a review of the current extraction that says so', document.status
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF document.status = 'approved' AND NOT EXISTS (
        SELECT 1 FROM credential_proofs AS proof JOIN credentials AS held ON held.credential_id = proof.credential_id
        WHERE proof.document_id = document.document_id AND held.withdrawn_at IS NULL)
    THEN
        RAISE EXCEPTION 'approved needs a credential' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

-- Nothing is left for the commit, where a later revision could not change the table.
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
