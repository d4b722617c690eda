-- A bulk retry acts on a frozen set and outlives the console that started it. The set is stored as arrays
-- per batch: a row per message would cost more than the retry itself.

CREATE TABLE retry_plans (
    id          uuid        NOT NULL,
    operator    text        NOT NULL DEFAULT session_user,
    filter      text        NOT NULL DEFAULT '',
    reason      text,
    state_type  varchar(20) NOT NULL DEFAULT 'Frozen',
    total       bigint      NOT NULL DEFAULT 0,
    done        bigint      NOT NULL DEFAULT 0,
    skipped     bigint      NOT NULL DEFAULT 0,
    failed      bigint      NOT NULL DEFAULT 0,
    created_at  timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    -- Messages that were left out or skipped, each with its reason.
    exceptions  jsonb       NOT NULL DEFAULT '[]',
    CONSTRAINT pk_retry_plans PRIMARY KEY (id),
    CONSTRAINT ck_retry_plans_state_type CHECK (state_type IN ('Frozen', 'Running', 'Done', 'Stopped'))
);

CREATE INDEX ix_retry_plans_created_at_id ON retry_plans (created_at, id);

CREATE TABLE retry_plan_batches (
    plan_id       uuid        NOT NULL,
    batch_number  integer     NOT NULL,
    message_ids   uuid[]      NOT NULL,
    -- The lease generation that each message had when the plan was frozen: a message that moved on is skipped.
    generations   bigint[]    NOT NULL,
    state_type    varchar(20) NOT NULL DEFAULT 'Pending',
    done_count    integer     NOT NULL DEFAULT 0,
    skipped_count integer     NOT NULL DEFAULT 0,
    finished_at   timestamptz,
    CONSTRAINT pk_retry_plan_batches PRIMARY KEY (plan_id, batch_number),
    CONSTRAINT fk_retry_plan_batches_retry_plans_plan_id FOREIGN KEY (plan_id)
        REFERENCES retry_plans (id) ON DELETE CASCADE,
    CONSTRAINT ck_retry_plan_batches_generations CHECK (cardinality(message_ids) = cardinality(generations)),
    CONSTRAINT ck_retry_plan_batches_state_type CHECK (state_type IN ('Pending', 'Done'))
);
