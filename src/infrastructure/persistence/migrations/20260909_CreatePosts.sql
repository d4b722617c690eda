-- Posts with their tags. The state and its two times are columns of one rule, so that a post
-- that is published and has never been published cannot be stored.

CREATE TABLE posts (
    id           uuid         NOT NULL,
    author_id    uuid         NOT NULL,
    title        varchar(200) NOT NULL,
    slug         varchar(200) NOT NULL,
    content      text         NOT NULL DEFAULT '',
    excerpt      varchar(500),
    state_type   varchar(20)  NOT NULL DEFAULT 'Draft',
    published_at timestamptz,
    archived_at  timestamptz,
    created_at   timestamptz  NOT NULL DEFAULT now(),
    updated_at   timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT pk_posts PRIMARY KEY (id),
    CONSTRAINT uq_posts_slug UNIQUE (slug),
    CONSTRAINT fk_posts_users_author_id FOREIGN KEY (author_id) REFERENCES users (id),
    -- Archiving keeps published_at; a draft may be archived without ever being published.
    CONSTRAINT ck_posts_state CHECK (
        (state_type = 'Draft' AND published_at IS NULL AND archived_at IS NULL)
        OR (state_type = 'Published' AND published_at IS NOT NULL AND archived_at IS NULL)
        OR (state_type = 'Archived' AND archived_at IS NOT NULL)
    )
);

CREATE INDEX ix_posts_created_at_id ON posts (created_at, id);
CREATE INDEX ix_posts_author_id ON posts (author_id);
CREATE INDEX ix_posts_state_type ON posts (state_type);
CREATE INDEX ix_posts_published_at ON posts (published_at);
CREATE INDEX ix_posts_title ON posts USING gin (title gin_trgm_ops);

CREATE TABLE tags (
    id   uuid        NOT NULL,
    name varchar(50) NOT NULL,
    CONSTRAINT pk_tags PRIMARY KEY (id)
);

-- Names differ by more than case.
CREATE UNIQUE INDEX uq_tags_name ON tags (lower(name));

CREATE TABLE post_tags (
    post_id uuid NOT NULL,
    tag_id  uuid NOT NULL,
    CONSTRAINT pk_post_tags PRIMARY KEY (post_id, tag_id),
    CONSTRAINT fk_post_tags_posts_post_id FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE,
    CONSTRAINT fk_post_tags_tags_tag_id FOREIGN KEY (tag_id) REFERENCES tags (id)
);

CREATE INDEX ix_post_tags_tag_id ON post_tags (tag_id);
