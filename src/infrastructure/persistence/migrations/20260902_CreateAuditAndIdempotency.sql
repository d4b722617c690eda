-- The three tables that every later change leans on: the history of migrations, the audit chain and
-- the idempotency keys. They come first so that each later apply can be audited.

-- Also made by the migration engine before its first apply, with the same columns.
CREATE TABLE IF NOT EXISTS signalbox_migrations (
    name                text        NOT NULL,
    checksum            text        NOT NULL,
    state_type          text        NOT NULL,
    statements_total    integer     NOT NULL DEFAULT 0,
    statements_done     integer     NOT NULL DEFAULT 0,
    started_at          timestamptz NOT NULL DEFAULT now(),
    finished_at         timestamptz,
    duration_ms         bigint,
    applied_by          text        NOT NULL DEFAULT session_user,
    reason              text,
    error               text,
    error_statement     text,
    statement_checksums jsonb,
    CONSTRAINT pk_signalbox_migrations PRIMARY KEY (name)
);

CREATE TABLE audit_entries (
    id            uuid        NOT NULL,
    position      bigint      NOT NULL,
    at            timestamptz NOT NULL DEFAULT clock_timestamp(),
    operator      text        NOT NULL DEFAULT session_user,
    os_user       text        NOT NULL DEFAULT '',
    host          text        NOT NULL DEFAULT '',
    context       text        NOT NULL DEFAULT '',
    command       text        NOT NULL,
    reason        text,
    effect        varchar(20) NOT NULL,
    outcome       varchar(20) NOT NULL,
    targets       jsonb       NOT NULL DEFAULT '[]',
    before        jsonb,
    after         jsonb,
    previous_hash char(64)    NOT NULL,
    hash          char(64)    NOT NULL,
    CONSTRAINT pk_audit_entries PRIMARY KEY (id),
    CONSTRAINT uq_audit_entries_position UNIQUE (position),
    -- Two entries with one predecessor would be a fork of the chain.
    CONSTRAINT uq_audit_entries_previous_hash UNIQUE (previous_hash),
    CONSTRAINT ck_audit_entries_position CHECK (position > 0)
);

CREATE INDEX ix_audit_entries_at ON audit_entries (at);

COMMENT ON TABLE audit_entries IS 'Who did what to which rows and why; each entry carries the hash of the one before it.';

CREATE FUNCTION refuse_audit_change() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: audit entries are only ever added', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END;
$$;

CREATE TRIGGER tr_audit_entries_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- Holds under session_replication_role = replica too.
ALTER TABLE audit_entries ENABLE ALWAYS TRIGGER tr_audit_entries_append_only;

CREATE TABLE idempotency_records (
    id           uuid         NOT NULL,
    operator     text         NOT NULL DEFAULT session_user,
    key          varchar(128) NOT NULL,
    request_hash char(64)     NOT NULL,
    result       jsonb,
    created_at   timestamptz  NOT NULL DEFAULT now(),
    expires_at   timestamptz  NOT NULL DEFAULT now() + interval '24 hours',
    CONSTRAINT pk_idempotency_records PRIMARY KEY (id),
    -- Not partial on expiry: now() is not immutable. An expired key is taken over by ON CONFLICT ... WHERE.
    CONSTRAINT uq_idempotency_records_operator_key UNIQUE (operator, key),
    CONSTRAINT ck_idempotency_records_key CHECK (char_length(key) >= 16)
);

CREATE INDEX ix_idempotency_records_expires_at ON idempotency_records (expires_at);

COMMENT ON TABLE idempotency_records IS 'What a command answered under its key; a null result older than minutes is stuck.';
