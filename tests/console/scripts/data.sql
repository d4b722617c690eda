-- What every script starts from. Ids begin with 01900000 and times lie in 2024: these are shown as they are,
-- all others are masked.
INSERT INTO users (id, email, display_name, role, state_type, created_at, updated_at, deactivated_at) VALUES
    ('01900000-0000-7000-8000-0000000000a1', 'ada@example.org', 'Ada Lovelace', 'Admin', 'Active',
        '2024-01-01 08:00:00+00', '2024-01-01 08:00:00+00', NULL),
    ('01900000-0000-7000-8000-0000000000a2', 'grace@example.org', 'Grace "Amazing" Hopper', 'Editor', 'Active',
        '2024-01-02 08:00:00+00', '2024-01-02 08:00:00+00', NULL),
    ('01900000-0000-7000-8000-0000000000a3', 'alan@example.org', 'Alan, Turing', 'Member', 'Deactivated',
        '2024-01-03 08:00:00+00', '2024-02-03 08:00:00+00', '2024-02-03 08:00:00+00'),
    ('01900000-0000-7000-8000-0000000000a4', 'erased-4@erased.invalid', 'Erased', 'Member', 'Active',
        '2024-01-04 08:00:00+00', '2024-03-04 08:00:00+00', NULL);
UPDATE users SET state_type = 'Erased', erased_at = '2024-03-04 08:00:00+00'
    WHERE id = '01900000-0000-7000-8000-0000000000a4';

INSERT INTO posts (id, author_id, title, slug, content, excerpt, state_type, published_at, archived_at, created_at,
    updated_at) VALUES
    ('01900000-0000-7000-8000-0000000000b1', '01900000-0000-7000-8000-0000000000a1', 'On Engines', 'on-engines',
        'Notes, with "quotes"', NULL, 'Draft', NULL, NULL, '2024-02-01 09:00:00+00', '2024-02-01 09:00:00+00'),
    ('01900000-0000-7000-8000-0000000000b2', '01900000-0000-7000-8000-0000000000a1', 'Bernoulli | Numbers',
        'bernoulli-numbers', E'First line\nsecond line\twith a tab', 'Short', 'Published', '2024-02-10 09:00:00+00',
        NULL, '2024-02-02 09:00:00+00', '2024-02-10 09:00:00+00'),
    ('01900000-0000-7000-8000-0000000000b3', '01900000-0000-7000-8000-0000000000a2', 'Moths, and bugs',
        'moths-and-bugs', 'C:\moth', '', 'Published', '2024-02-11 09:00:00+00', NULL, '2024-02-03 09:00:00+00',
        '2024-02-11 09:00:00+00'),
    ('01900000-0000-7000-8000-0000000000b4', '01900000-0000-7000-8000-0000000000a2', 'Nanoseconds', 'nanoseconds',
        '100% wire', 'A _short_ one', 'Archived', '2024-02-12 09:00:00+00', '2024-02-20 09:00:00+00',
        '2024-02-03 09:00:00+00', '2024-02-20 09:00:00+00'),
    ('01900000-0000-7000-8000-0000000000b5', '01900000-0000-7000-8000-0000000000a2', 'Never shown', 'never-shown',
        '', NULL, 'Archived', NULL, '2024-02-21 09:00:00+00', '2024-02-04 09:00:00+00', '2024-02-21 09:00:00+00'),
    ('01900000-0000-7000-8000-0000000000b6', '01900000-0000-7000-8000-0000000000a3', 'Übermaschinen', 'ubermaschinen',
        'Ein Entwurf', NULL, 'Draft', NULL, NULL, '2024-02-05 09:00:00+00', '2024-02-05 09:00:00+00');

INSERT INTO tags (id, name) VALUES
    ('01900000-0000-7000-8000-0000000000c1', 'math'),
    ('01900000-0000-7000-8000-0000000000c2', 'machines');
INSERT INTO post_tags (post_id, tag_id) VALUES
    ('01900000-0000-7000-8000-0000000000b1', '01900000-0000-7000-8000-0000000000c2'),
    ('01900000-0000-7000-8000-0000000000b2', '01900000-0000-7000-8000-0000000000c1');

INSERT INTO outbox_messages (id, topic, type, ordering_key, payload, state_type, attempt_count, last_error,
    error_fingerprint, available_at, occurred_at, processed_at) VALUES
    ('01900000-0000-7000-8000-0000000000d1', 'order', 'order.placed.v1', 'o-1', '{"order": {"id": 42, "note": "50%d"}}',
        'Dead', 10, 'connection refused by mail.example.org', 'f1', '2024-03-01 10:00:00+00', '2024-03-01 09:00:00+00', NULL),
    ('01900000-0000-7000-8000-0000000000d2', 'order', 'order.placed.v1', 'o-2', '{"order": {"id": 43}}',
        'Dead', 10, 'connection refused by mail.example.org', 'f1', '2024-03-01 10:01:00+00', '2024-03-01 09:01:00+00', NULL),
    ('01900000-0000-7000-8000-0000000000d3', 'mail', 'mail.sent.v1', NULL, '{"to": "x"}',
        'Dead', 3, 'no such mailbox', 'f2', '2024-03-01 10:02:00+00', '2024-03-01 09:02:00+00', NULL),
    ('01900000-0000-7000-8000-0000000000d4', 'mail', 'mail.sent.v1', NULL, '{"to": "y"}',
        'Pending', 0, NULL, NULL, '2024-03-01 10:03:00+00', '2024-03-01 09:03:00+00', NULL),
    ('01900000-0000-7000-8000-0000000000d5', 'mail', 'mail.sent.v1', NULL, '{"to": "z"}',
        'Processed', 1, NULL, NULL, '2024-03-01 10:04:00+00', '2024-03-01 09:04:00+00', '2024-03-01 10:05:00+00');
