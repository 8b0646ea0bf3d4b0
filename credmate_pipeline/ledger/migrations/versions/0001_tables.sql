-- The ledger's tables and indexes at revision 0001.

CREATE TABLE accuracy_results (
    accuracy_result_id BIGINT GENERATED ALWAYS AS IDENTITY,
    document_type TEXT NOT NULL,
    field_name TEXT,
    document_count INTEGER NOT NULL,
    right_count INTEGER NOT NULL,
    wrong_count INTEGER NOT NULL,
    missing_count INTEGER NOT NULL,
    reader_version TEXT NOT NULL,
    classifier_version TEXT NOT NULL,
    extractor_version TEXT NOT NULL,
    validator_version TEXT NOT NULL,
    measured_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (accuracy_result_id)
);

CREATE TABLE document_statuses (
    status TEXT NOT NULL,
    needs_extraction BOOLEAN NOT NULL,
    is_decided_by_a_person BOOLEAN NOT NULL,
    PRIMARY KEY (status)
);

CREATE TABLE ground_truth_documents (
    ground_truth_id BIGINT GENERATED ALWAYS AS IDENTITY,
    sha256 TEXT NOT NULL,
    document_type TEXT NOT NULL,
    items JSONB NOT NULL,
    origin TEXT NOT NULL,
    added_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (ground_truth_id),
    UNIQUE (sha256)
);

CREATE TABLE providers (
    provider_id UUID NOT NULL,
    owner TEXT NOT NULL,
    npi TEXT,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (provider_id),
    UNIQUE (owner)
);

CREATE TABLE reconciliation_reports (
    reconciliation_report_id BIGINT GENERATED ALWAYS AS IDENTITY,
    document_count BIGINT NOT NULL,
    finding_count INTEGER NOT NULL,
    repair_count INTEGER NOT NULL,
    findings JSONB NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (reconciliation_report_id)
);

CREATE TABLE allowed_moves (
    from_status TEXT NOT NULL,
    to_status TEXT NOT NULL,
    PRIMARY KEY (from_status, to_status),
    FOREIGN KEY(from_status) REFERENCES document_statuses (status),
    FOREIGN KEY(to_status) REFERENCES document_statuses (status)
);

CREATE TABLE documents (
    document_id UUID NOT NULL,
    upload_uri TEXT NOT NULL,
    upload_key TEXT NOT NULL,
    upload_version TEXT NOT NULL,
    owner TEXT NOT NULL,
    file_name TEXT NOT NULL,
    provider_id UUID,
    byte_count BIGINT NOT NULL,
    sha256 TEXT,
    media_type TEXT,
    page_count INTEGER,
    document_type TEXT,
    status TEXT DEFAULT 'uploaded' NOT NULL,
    reason_code TEXT,
    reasons TEXT[] DEFAULT '{}'::text[] NOT NULL,
    duplicate_of UUID,
    attempt_count INTEGER DEFAULT 0 NOT NULL,
    claim_run_id TEXT,
    claim_until_at TIMESTAMP WITH TIME ZONE,
    uploaded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    registered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    waiting_since_at TIMESTAMP WITH TIME ZONE NOT NULL,
    requested_at TIMESTAMP WITH TIME ZONE,
    request_count INTEGER DEFAULT 0 NOT NULL,
    settled_at TIMESTAMP WITH TIME ZONE,
    reading_artifact TEXT,
    classification_id BIGINT,
    extraction_id BIGINT,
    is_canary BOOLEAN DEFAULT false NOT NULL,
    PRIMARY KEY (document_id),
    UNIQUE (upload_uri, upload_version),
    FOREIGN KEY(provider_id) REFERENCES providers (provider_id),
    FOREIGN KEY(status) REFERENCES document_statuses (status),
    FOREIGN KEY(duplicate_of) REFERENCES documents (document_id),
    UNIQUE (extraction_id)
);

CREATE TABLE provider_names (
    provider_id UUID NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (provider_id, name),
    FOREIGN KEY(provider_id) REFERENCES providers (provider_id)
);

CREATE TABLE canary_results (
    canary_result_id BIGINT GENERATED ALWAYS AS IDENTITY,
    document_id UUID,
    is_passed BOOLEAN NOT NULL,
    differences JSONB NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (canary_result_id),
    FOREIGN KEY(document_id) REFERENCES documents (document_id)
);

CREATE TABLE classifications (
    classification_id BIGINT GENERATED ALWAYS AS IDENTITY,
    document_id UUID NOT NULL,
    document_type TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    evidence JSONB NOT NULL,
    classifier_version TEXT NOT NULL,
    run_id TEXT,
    classified_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (classification_id),
    UNIQUE (document_id, classification_id),
    FOREIGN KEY(document_id) REFERENCES documents (document_id)
);

CREATE TABLE document_events (
    event_id BIGINT GENERATED ALWAYS AS IDENTITY,
    document_id UUID NOT NULL,
    kind TEXT NOT NULL,
    from_status TEXT,
    to_status TEXT NOT NULL,
    actor TEXT NOT NULL,
    run_id TEXT,
    reason TEXT,
    occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (event_id),
    FOREIGN KEY(document_id) REFERENCES documents (document_id)
);

CREATE TABLE extraction_results (
    extraction_id BIGINT GENERATED ALWAYS AS IDENTITY,
    document_id UUID NOT NULL,
    document_type TEXT NOT NULL,
    engine TEXT NOT NULL,
    field_reader TEXT NOT NULL,
    reader_version TEXT NOT NULL,
    classifier_version TEXT NOT NULL,
    extractor_version TEXT NOT NULL,
    validator_version TEXT NOT NULL,
    stage_seconds JSONB NOT NULL,
    validation_passed BOOLEAN NOT NULL,
    run_id TEXT,
    extracted_at TIMESTAMP WITH TIME ZONE NOT NULL,
    transaction_number BIGINT NOT NULL,
    PRIMARY KEY (extraction_id),
    UNIQUE (document_id, extraction_id),
    FOREIGN KEY(document_id) REFERENCES documents (document_id)
);

CREATE TABLE extracted_items (
    extraction_id BIGINT NOT NULL,
    item_position INTEGER NOT NULL,
    PRIMARY KEY (extraction_id, item_position),
    FOREIGN KEY(extraction_id) REFERENCES extraction_results (extraction_id)
);

CREATE TABLE findings (
    extraction_id BIGINT NOT NULL,
    finding_position INTEGER NOT NULL,
    item_position INTEGER NOT NULL,
    rule TEXT NOT NULL,
    severity TEXT NOT NULL,
    field_name TEXT,
    message TEXT NOT NULL,
    PRIMARY KEY (extraction_id, finding_position),
    FOREIGN KEY(extraction_id) REFERENCES extraction_results (extraction_id)
);

CREATE TABLE reviews (
    review_id BIGINT GENERATED ALWAYS AS IDENTITY,
    document_id UUID NOT NULL,
    extraction_id BIGINT NOT NULL,
    decision TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    reason TEXT,
    reviewed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (review_id),
    FOREIGN KEY(document_id, extraction_id) REFERENCES extraction_results (document_id, extraction_id),
    FOREIGN KEY(document_id) REFERENCES documents (document_id)
);

CREATE TABLE corrections (
    correction_id BIGINT GENERATED ALWAYS AS IDENTITY,
    review_id BIGINT NOT NULL,
    item_position INTEGER NOT NULL,
    field_name TEXT NOT NULL,
    read_value JSONB,
    corrected_value JSONB,
    PRIMARY KEY (correction_id),
    UNIQUE (review_id, item_position, field_name),
    FOREIGN KEY(review_id) REFERENCES reviews (review_id)
);

CREATE TABLE credentials (
    credential_id BIGINT GENERATED ALWAYS AS IDENTITY,
    document_id UUID NOT NULL,
    extraction_id BIGINT NOT NULL,
    item_position INTEGER NOT NULL,
    provider_id UUID,
    credential_type TEXT NOT NULL,
    expires_on DATE,
    created_by TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    withdrawn_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (credential_id),
    UNIQUE (extraction_id, item_position),
    FOREIGN KEY(document_id, extraction_id) REFERENCES extraction_results (document_id, extraction_id),
    FOREIGN KEY(extraction_id, item_position) REFERENCES extracted_items (extraction_id, item_position),
    FOREIGN KEY(document_id) REFERENCES documents (document_id),
    FOREIGN KEY(provider_id) REFERENCES providers (provider_id)
);

CREATE TABLE extracted_fields (
    extraction_id BIGINT NOT NULL,
    item_position INTEGER NOT NULL,
    field_name TEXT NOT NULL,
    field_position INTEGER NOT NULL,
    value JSONB NOT NULL,
    content TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    method TEXT NOT NULL,
    page INTEGER NOT NULL,
    x0 DOUBLE PRECISION NOT NULL,
    y0 DOUBLE PRECISION NOT NULL,
    x1 DOUBLE PRECISION NOT NULL,
    y1 DOUBLE PRECISION NOT NULL,
    printed_text TEXT NOT NULL,
    further_evidence JSONB NOT NULL,
    PRIMARY KEY (extraction_id, item_position, field_name),
    FOREIGN KEY(extraction_id, item_position) REFERENCES extracted_items (extraction_id, item_position)
);

CREATE INDEX ix_accuracy_results_measured_at ON accuracy_results (measured_at);

CREATE INDEX ix_reconciliation_reports_finished_at ON reconciliation_reports (finished_at);

ALTER TABLE documents ADD CONSTRAINT documents_classification_fkey FOREIGN KEY(document_id, classification_id) REFERENCES classifications (document_id, classification_id);

ALTER TABLE documents ADD CONSTRAINT documents_extraction_fkey FOREIGN KEY(document_id, extraction_id) REFERENCES extraction_results (document_id, extraction_id);

CREATE INDEX documents_by_bytes ON documents (sha256) WHERE sha256 IS NOT NULL;

CREATE INDEX documents_by_owner ON documents (owner);

CREATE INDEX documents_by_run ON documents (claim_run_id) WHERE claim_run_id IS NOT NULL;

CREATE INDEX documents_by_status ON documents (status) WHERE NOT is_canary;

CREATE INDEX documents_claims ON documents (claim_until_at) WHERE claim_run_id IS NOT NULL;

CREATE INDEX documents_copies ON documents (duplicate_of) WHERE duplicate_of IS NOT NULL;

CREATE INDEX documents_due ON documents (waiting_since_at) WHERE status = 'uploaded' AND NOT is_canary;

CREATE INDEX documents_newest ON documents (registered_at, document_id) WHERE NOT is_canary;

CREATE INDEX documents_newest_by_status ON documents (status, registered_at, document_id) WHERE NOT is_canary;

CREATE INDEX ix_canary_results_document_id ON canary_results (document_id);

CREATE INDEX ix_canary_results_finished_at ON canary_results (finished_at);

CREATE INDEX document_events_by_document ON document_events (document_id, event_id);

CREATE INDEX reviews_by_document ON reviews (document_id, review_id);

CREATE INDEX ix_corrections_review_id ON corrections (review_id);

CREATE INDEX credentials_expiring ON credentials (expires_on);

CREATE INDEX ix_credentials_document_id ON credentials (document_id);
