-- Purging: a document's values leave the ledger on request; a tombstone and the trail stay.
-- `status` turns `purged` first, with every value gone; `purged_at` is set once the bytes are gone too.

ALTER TABLE documents
    ADD COLUMN purged_at TIMESTAMP WITH TIME ZONE,
    DROP CONSTRAINT documents_status,
    ADD CONSTRAINT documents_status CHECK (status IN (
        'uploaded', 'review_pending', 'completed', 'review_approved', 'approved', 'unsupported', 'review_rejected',
        'unreadable', 'duplicate', 'failed', 'purged'
    )),
    ADD CONSTRAINT documents_purged CHECK (
        (status = 'purged' OR purged_at IS NULL)
        AND (status <> 'purged' OR (
            sha256 IS NULL AND provider_id IS NULL AND provider_link IS NULL AND duplicate_of IS NULL
            AND reason_code IS NULL AND cardinality(reasons) = 0 AND claim_run_id IS NULL))
        AND (purged_at IS NULL OR (
            upload_uri ~ '^purged:[0-9a-f]{64}$' AND upload_key = '' AND file_name = '' AND owner = ''
            AND reading_artifact IS NULL))
    );
CREATE INDEX documents_being_purged ON documents (document_id) WHERE status = 'purged' AND purged_at IS NULL;

-- The one new word among the states, and the moves to it.
ALTER TABLE document_statuses DISABLE TRIGGER no_more_rows;
ALTER TABLE allowed_moves DISABLE TRIGGER no_more_rows;
INSERT INTO document_statuses VALUES ('purged', false, false);
INSERT INTO allowed_moves SELECT status, 'purged' FROM document_statuses WHERE status <> 'purged';
ALTER TABLE document_statuses ENABLE TRIGGER no_more_rows;
ALTER TABLE allowed_moves ENABLE TRIGGER no_more_rows;

CREATE OR REPLACE FUNCTION document_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.purged_at IS NOT NULL THEN
        RAISE EXCEPTION 'a purged document stays as it is' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.document_id <> OLD.document_id OR NEW.is_canary <> OLD.is_canary OR NEW.registered_at <> OLD.registered_at
        OR (OLD.sha256 IS NOT NULL AND NEW.sha256 IS DISTINCT FROM OLD.sha256 AND NEW.status <> 'purged')
    THEN
        RAISE EXCEPTION 'a document keeps its identity' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status = OLD.status THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM allowed_moves WHERE from_status = OLD.status AND to_status = NEW.status) THEN
        RAISE EXCEPTION 'no move from % to %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status = 'purged' AND nullif(current_setting('credmate.reason', true), '') IS NULL THEN
        RAISE EXCEPTION 'a purge needs a reason' USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO document_events (document_id, kind, from_status, to_status, actor, run_id, reason, occurred_at)
    VALUES (NEW.document_id, 'moved', OLD.status, NEW.status, credmate_actor(),
            nullif(current_setting('credmate.run_id', true), ''), nullif(current_setting('credmate.reason', true), ''),
            coalesce(nullif(current_setting('credmate.at', true), '')::timestamptz, now()));
    RETURN NEW;
END $$;

-- Deferred to the commit, so that all of a purge is there when it is judged.
CREATE FUNCTION purge_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM extraction_results AS result WHERE result.document_id = NEW.document_id AND (
            result.totals <> '[]' OR result.text_digest IS NOT NULL
            OR EXISTS (SELECT 1 FROM extracted_fields WHERE extraction_id = result.extraction_id)
            OR EXISTS (SELECT 1 FROM findings WHERE extraction_id = result.extraction_id)
            OR EXISTS (SELECT 1 FROM item_identities WHERE extraction_id = result.extraction_id)))
        OR EXISTS (SELECT 1 FROM classifications WHERE document_id = NEW.document_id AND evidence <> '[]')
        OR EXISTS (
            SELECT 1 FROM corrections JOIN reviews USING (review_id) WHERE reviews.document_id = NEW.document_id)
    THEN
        RAISE EXCEPTION 'purged needs every value gone' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER purge_is_whole AFTER INSERT OR UPDATE ON documents
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.status = 'purged') EXECUTE FUNCTION purge_is_whole();

-- Refuses everything but a purge: with 'rows' a purged document's rows may go; with names, those columns may be emptied.
CREATE FUNCTION stays_until_purged() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held jsonb := to_jsonb(OLD);
    owner_id uuid;
BEGIN
    owner_id := coalesce(
        (held ->> 'document_id')::uuid,
        (SELECT document_id FROM extraction_results WHERE extraction_id = (held ->> 'extraction_id')::bigint),
        (SELECT document_id FROM reviews WHERE review_id = (held ->> 'review_id')::bigint));
    IF EXISTS (SELECT 1 FROM documents WHERE document_id = owner_id AND status = 'purged') THEN
        IF TG_OP = 'DELETE' AND TG_ARGV[0] = 'rows' THEN
            RETURN OLD;
        END IF;
        IF TG_OP = 'UPDATE' AND TG_ARGV[0] <> 'rows'
            AND to_jsonb(NEW) - TG_ARGV[0]::text[] = held - TG_ARGV[0]::text[]
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'check_violation';
END $$;

-- Of the trail only a person's own words go, which may name people; who, when and what stay.
CREATE FUNCTION trail_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.reason = '(purged)' AND OLD.actor <> 'pipeline' AND OLD.to_status <> 'purged'
        AND to_jsonb(NEW) - 'reason' = to_jsonb(OLD) - 'reason'
        AND EXISTS (SELECT 1 FROM documents WHERE document_id = OLD.document_id AND status = 'purged')
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'check_violation';
END $$;

DO $$
DECLARE
    kept record;
BEGIN
    FOR kept IN SELECT * FROM (VALUES
        ('extracted_fields', 'rows'), ('findings', 'rows'), ('item_identities', 'rows'), ('corrections', 'rows'),
        ('classifications', '{evidence}'), ('extraction_results', '{totals,text_digest}'), ('reviews', '{reason}')
    ) AS tables (name, what)
    LOOP
        EXECUTE format('DROP TRIGGER rows_stay ON %I', kept.name);
        EXECUTE format('CREATE TRIGGER rows_stay BEFORE UPDATE OR DELETE ON %I '
                       'FOR EACH ROW EXECUTE FUNCTION stays_until_purged(%L)', kept.name, kept.what);
    END LOOP;
END $$;
DROP TRIGGER rows_stay ON document_events;
CREATE TRIGGER rows_stay BEFORE UPDATE OR DELETE ON document_events FOR EACH ROW EXECUTE FUNCTION trail_stays();

-- A credential changes in four ways only: it is withdrawn, gets its provider, is found to renew another, or is
-- emptied once every document that proves it is purged.
CREATE OR REPLACE FUNCTION credential_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed credentials%ROWTYPE := NEW;
BEGIN
    IF NEW.withdrawn_at IS NOT NULL AND NEW.field_values = '{}' AND num_nonnulls(NEW.provider_id, NEW.holder_name,
        NEW.identity_digest, NEW.number_digest, NEW.activity_digest, NEW.title_digest) = 0
        AND NOT EXISTS (
            SELECT 1 FROM credential_proofs AS proof JOIN documents AS document USING (document_id)
            WHERE proof.credential_id = OLD.credential_id AND document.status <> 'purged')
    THEN
        RETURN NEW;
    END IF;
    IF OLD.withdrawn_at IS NOT NULL OR (OLD.provider_id IS NOT NULL AND NEW.provider_id IS DISTINCT FROM OLD.provider_id)
        OR (OLD.renews IS NOT NULL AND NEW.renews IS DISTINCT FROM OLD.renews)
    THEN
        RAISE EXCEPTION 'a credential keeps what it was filed with' USING ERRCODE = 'check_violation';
    END IF;
    changed.withdrawn_at := OLD.withdrawn_at;
    changed.provider_id := OLD.provider_id;
    changed.renews := OLD.renews;
    IF changed IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'a credential keeps what it was filed with' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
