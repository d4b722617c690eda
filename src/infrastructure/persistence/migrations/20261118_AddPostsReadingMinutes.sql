-- Readers want to know how long a post takes before they open it. The column comes first and empty: the
-- application fills it as posts are saved, a backfill does the rest, and until then a list shows no time.

-- ADD COLUMN without a default rewrites nothing and takes about a millisecond, but it needs ACCESS EXCLUSIVE
-- on posts: while it waits for a long query, every later read of posts waits behind it. Two seconds of that
-- are bearable; after them this file gives up, nothing has changed, and it can be applied again.
SET LOCAL lock_timeout = '2s';

ALTER TABLE posts ADD COLUMN reading_minutes smallint;

COMMENT ON COLUMN posts.reading_minutes IS 'Estimated reading time at 220 words a minute; null until it was computed.';
