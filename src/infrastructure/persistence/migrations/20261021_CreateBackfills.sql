-- Where each backfill stands: the last key that it finished, so that it goes on from there after a
-- pause or a kill.

-- Also made by the migration engine before its first backfill, with the same columns.
CREATE TABLE IF NOT EXISTS signalbox_backfills (
    name         text        NOT NULL,
    checksum     text        NOT NULL,
    state_type   text        NOT NULL,
    last_key     text,
    batch_size   integer     NOT NULL DEFAULT 1000,
    batches_done bigint      NOT NULL DEFAULT 0,
    rows_done    bigint      NOT NULL DEFAULT 0,
    rows_total   bigint,
    started_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    finished_at  timestamptz,
    applied_by   text        NOT NULL DEFAULT session_user,
    reason       text,
    error        text,
    CONSTRAINT pk_signalbox_backfills PRIMARY KEY (name)
);
