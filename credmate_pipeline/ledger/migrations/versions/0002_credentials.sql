-- Providers, relations between documents, credentials with their proofs, and what the database refuses of them.

-- Providers

ALTER TABLE providers
    ADD COLUMN organization TEXT,
    ADD COLUMN degree TEXT,
    ADD COLUMN updated_at TIMESTAMP WITH TIME ZONE,
    ADD CONSTRAINT providers_owner CHECK (owner <> '' AND owner !~ '/'),
    ADD CONSTRAINT providers_npi CHECK (npi ~ '^[12][0-9]{9}$');
CREATE UNIQUE INDEX providers_by_npi ON providers (npi) WHERE npi IS NOT NULL;
CREATE INDEX providers_by_organization ON providers (organization) WHERE organization IS NOT NULL;

ALTER TABLE provider_names
    ADD COLUMN kind TEXT DEFAULT 'other' NOT NULL,
    ADD COLUMN words TEXT[] DEFAULT '{}'::text[] NOT NULL,
    ADD CONSTRAINT provider_names_kind CHECK (kind IN ('legal', 'other'));
CREATE UNIQUE INDEX provider_names_legal ON provider_names (provider_id) WHERE kind = 'legal';
CREATE INDEX provider_names_by_word ON provider_names USING gin (words);

ALTER TABLE documents
    ADD COLUMN provider_link TEXT,
    ADD CONSTRAINT documents_provider_link CHECK (
        provider_link IS NULL OR (provider_id IS NOT NULL AND provider_link IN ('path', 'npi', 'name', 'person'))
    ),
    ADD CONSTRAINT documents_status CHECK (status IN (
        'uploaded', 'review_pending', 'completed', 'review_approved', 'approved', 'unsupported', 'review_rejected',
        'unreadable', 'duplicate', 'failed'
    ));
-- Canaries are due like any other document.
DROP INDEX documents_due;
CREATE INDEX documents_waiting ON documents (registered_at, document_id) WHERE status = 'uploaded';
CREATE INDEX documents_by_provider ON documents (provider_id) WHERE provider_id IS NOT NULL;

-- What documents have to do with each other

ALTER TABLE extraction_results ADD COLUMN text_digest TEXT;
CREATE INDEX extraction_results_by_text ON extraction_results (text_digest) WHERE text_digest IS NOT NULL;

CREATE TABLE item_identities (
    extraction_id BIGINT NOT NULL,
    item_position INTEGER NOT NULL,
    document_id UUID NOT NULL,
    credential_type TEXT NOT NULL,
    holder_name TEXT,
    holder_words TEXT[] NOT NULL,
    number_digest TEXT,
    activity_digest TEXT,
    title_digest TEXT,
    happened_on DATE,
    expires_on DATE,
    credits NUMERIC,
    PRIMARY KEY (extraction_id, item_position),
    FOREIGN KEY (extraction_id, item_position) REFERENCES extracted_items (extraction_id, item_position),
    FOREIGN KEY (document_id, extraction_id) REFERENCES extraction_results (document_id, extraction_id)
);
CREATE INDEX item_identities_by_number ON item_identities (number_digest) WHERE number_digest IS NOT NULL;
CREATE INDEX item_identities_by_activity ON item_identities (activity_digest) WHERE activity_digest IS NOT NULL;
CREATE INDEX item_identities_by_title ON item_identities (title_digest, happened_on) WHERE title_digest IS NOT NULL;

CREATE TABLE document_relations (
    document_id UUID NOT NULL,
    extraction_id BIGINT NOT NULL,
    item_position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    other_document_id UUID NOT NULL,
    other_item_position INTEGER NOT NULL,
    found_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (extraction_id, item_position, kind, other_document_id, other_item_position),
    FOREIGN KEY (document_id, extraction_id) REFERENCES extraction_results (document_id, extraction_id),
    FOREIGN KEY (other_document_id) REFERENCES documents (document_id),
    CONSTRAINT document_relations_kind CHECK (
        kind IN ('same-text', 'same-credential', 'renewal', 'earlier-period', 'same-activity', 'other-holder')
    )
);
CREATE INDEX document_relations_by_document ON document_relations (document_id);
CREATE INDEX document_relations_by_other ON document_relations (other_document_id);

-- Reviews and credentials

ALTER TABLE reviews ADD COLUMN transaction_number BIGINT DEFAULT txid_current() NOT NULL;

ALTER TABLE credentials
    ADD COLUMN identity_digest TEXT,
    ADD COLUMN holder_name TEXT,
    ADD COLUMN number_digest TEXT,
    ADD COLUMN activity_digest TEXT,
    ADD COLUMN title_digest TEXT,
    ADD COLUMN happened_on DATE,
    ADD COLUMN credits NUMERIC,
    ADD COLUMN field_values JSONB DEFAULT '{}' NOT NULL,
    ADD COLUMN renews BIGINT REFERENCES credentials (credential_id),
    DROP CONSTRAINT credentials_extraction_id_item_position_key;
CREATE UNIQUE INDEX credentials_once ON credentials (identity_digest) WHERE withdrawn_at IS NULL;
CREATE UNIQUE INDEX credentials_by_item ON credentials (extraction_id, item_position) WHERE withdrawn_at IS NULL;
CREATE INDEX credentials_by_provider ON credentials (provider_id) WHERE withdrawn_at IS NULL;
CREATE INDEX credentials_by_number ON credentials (number_digest) WHERE withdrawn_at IS NULL;
CREATE INDEX credentials_by_activity ON credentials (activity_digest) WHERE withdrawn_at IS NULL;
CREATE INDEX credentials_by_title ON credentials (title_digest, happened_on) WHERE withdrawn_at IS NULL;
CREATE INDEX credentials_by_renewed ON credentials (renews) WHERE renews IS NOT NULL;

CREATE TABLE credential_proofs (
    credential_id BIGINT NOT NULL REFERENCES credentials (credential_id),
    document_id UUID NOT NULL,
    extraction_id BIGINT NOT NULL,
    item_position INTEGER NOT NULL,
    proven_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (credential_id, extraction_id, item_position),
    FOREIGN KEY (document_id, extraction_id) REFERENCES extraction_results (document_id, extraction_id),
    FOREIGN KEY (extraction_id, item_position) REFERENCES extracted_items (extraction_id, item_position)
);
CREATE INDEX credential_proofs_by_document ON credential_proofs (document_id);
INSERT INTO credential_proofs (credential_id, document_id, extraction_id, item_position, proven_at)
    SELECT credential_id, document_id, extraction_id, item_position, created_at FROM credentials;

-- Rules

CREATE OR REPLACE FUNCTION document_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.document_id <> OLD.document_id OR NEW.is_canary <> OLD.is_canary OR NEW.registered_at <> OLD.registered_at
        OR (OLD.sha256 IS NOT NULL AND NEW.sha256 IS DISTINCT FROM OLD.sha256)
    THEN
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
    IF document.status = 'duplicate' AND NOT EXISTS (
        SELECT 1 FROM documents AS original
        WHERE original.document_id = document.duplicate_of AND original.sha256 = document.sha256)
    THEN
        RAISE EXCEPTION 'duplicate needs an earlier document of the same bytes' USING ERRCODE = 'check_violation';
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

CREATE FUNCTION correction_of_new_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM reviews WHERE review_id = NEW.review_id AND transaction_number = txid_current())
    THEN
        RAISE EXCEPTION 'a review is complete once it is committed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- A credential changes in three ways only: it is withdrawn, gets its provider, or is found to renew another.
CREATE FUNCTION credential_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed credentials%ROWTYPE := NEW;
BEGIN
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

CREATE FUNCTION credential_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM credential_proofs AS proof
        JOIN documents AS document ON document.document_id = proof.document_id
        WHERE proof.credential_id = NEW.credential_id AND document.status = 'approved' AND NOT EXISTS (
            SELECT 1 FROM credential_proofs AS other JOIN credentials AS held ON held.credential_id = other.credential_id
            WHERE other.document_id = document.document_id AND held.withdrawn_at IS NULL))
    THEN
        RAISE EXCEPTION 'approved needs a credential' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER correction_is_new BEFORE INSERT ON corrections
    FOR EACH ROW EXECUTE FUNCTION correction_of_new_review();
CREATE TRIGGER identity_is_new BEFORE INSERT ON item_identities
    FOR EACH ROW EXECUTE FUNCTION part_of_new_extraction();
CREATE TRIGGER relation_is_new BEFORE INSERT ON document_relations
    FOR EACH ROW EXECUTE FUNCTION part_of_new_extraction();
CREATE TRIGGER credential_changed BEFORE UPDATE ON credentials FOR EACH ROW EXECUTE FUNCTION credential_changed();
CREATE CONSTRAINT TRIGGER credential_withdrawn AFTER UPDATE ON credentials
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.withdrawn_at IS NOT NULL)
    EXECUTE FUNCTION credential_withdrawn();
CREATE TRIGGER rows_stay BEFORE DELETE ON credentials FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER table_stays BEFORE TRUNCATE ON credentials FOR EACH STATEMENT EXECUTE FUNCTION append_only();

DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['item_identities', 'document_relations', 'credential_proofs']
    LOOP
        EXECUTE format('CREATE TRIGGER rows_stay BEFORE UPDATE OR DELETE ON %I '
                       'FOR EACH ROW EXECUTE FUNCTION append_only()', kept);
        EXECUTE format('CREATE TRIGGER table_stays BEFORE TRUNCATE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION append_only()', kept);
    END LOOP;
    -- The words of the states are the code's own: a new one takes a migration.
    FOREACH kept IN ARRAY ARRAY['document_statuses', 'allowed_moves']
    LOOP
        EXECUTE format('CREATE TRIGGER no_more_rows BEFORE INSERT ON %I '
                       'FOR EACH ROW EXECUTE FUNCTION append_only()', kept);
    END LOOP;
END $$;
