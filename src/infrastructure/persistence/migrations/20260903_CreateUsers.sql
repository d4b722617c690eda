-- People who write, read and buy, and who of them gets mail when a post is published.
-- Emails are unique whatever their case.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE users (
    id             uuid         NOT NULL,
    email          varchar(320) NOT NULL,
    display_name   varchar(100) NOT NULL,
    -- Null: cannot sign in.
    password_hash  text,
    role           varchar(20)  NOT NULL DEFAULT 'Member',
    state_type     varchar(20)  NOT NULL DEFAULT 'Active',
    created_at     timestamptz  NOT NULL DEFAULT now(),
    updated_at     timestamptz  NOT NULL DEFAULT now(),
    deactivated_at timestamptz,
    erased_at      timestamptz,
    last_login_at  timestamptz,
    CONSTRAINT pk_users PRIMARY KEY (id),
    -- Erasing one who was deactivated may keep that time.
    CONSTRAINT ck_users_state CHECK (
        (state_type = 'Active' AND deactivated_at IS NULL AND erased_at IS NULL)
        OR (state_type = 'Deactivated' AND deactivated_at IS NOT NULL AND erased_at IS NULL)
        OR (state_type = 'Erased' AND erased_at IS NOT NULL)
    )
);

CREATE UNIQUE INDEX uq_users_email ON users (lower(email));
CREATE INDEX ix_users_created_at_id ON users (created_at, id);
CREATE INDEX ix_users_email ON users USING gin (email gin_trgm_ops);
CREATE INDEX ix_users_display_name ON users USING gin (display_name gin_trgm_ops);

COMMENT ON COLUMN users.password_hash IS 'Argon2id in PHC form. Restricted: never shown, exported or logged.';

CREATE TABLE subscriptions (
    user_id    uuid        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_subscriptions PRIMARY KEY (user_id),
    CONSTRAINT fk_subscriptions_users_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

COMMENT ON TABLE subscriptions IS 'Users who get mail when a post is published.';
