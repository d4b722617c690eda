-- Three group roles for the people behind the console; the console reads them at connect, the server enforces
-- them. Roles belong to the whole cluster, so they are made only if absent, and a login without CREATEROLE skips them.

DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['signalbox_viewer', 'signalbox_operator', 'signalbox_admin'] LOOP
        CONTINUE WHEN EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted);
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
        EXCEPTION
            WHEN insufficient_privilege THEN
                RAISE NOTICE 'role % is not made: % has no CREATEROLE', wanted, current_user;
            WHEN duplicate_object OR unique_violation THEN
                -- Another database of the cluster made it at the same moment.
                NULL;
        END;
    END LOOP;
END;
$$;

-- An operator may do what a viewer may, an admin what an operator may.
DO $$
DECLARE
    membership record;
BEGIN
    FOR membership IN
        SELECT pair.member, pair.of_role
          FROM (VALUES ('signalbox_operator', 'signalbox_viewer'),
                       ('signalbox_admin', 'signalbox_operator')) AS pair (member, of_role)
          JOIN pg_catalog.pg_roles AS member ON member.rolname = pair.member
          JOIN pg_catalog.pg_roles AS of_role ON of_role.rolname = pair.of_role
         WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_auth_members AS known
                            WHERE known.roleid = of_role.oid AND known.member = member.oid)
    LOOP
        BEGIN
            EXECUTE format('GRANT %I TO %I', membership.of_role, membership.member);
        EXCEPTION
            WHEN insufficient_privilege THEN
                RAISE NOTICE 'role % is not granted to %: % may not grant roles',
                    membership.of_role, membership.member, current_user;
            WHEN unique_violation THEN
                NULL;
        END;
    END LOOP;
END;
$$;

DO $$
DECLARE
    right_of record;
BEGIN
    FOR right_of IN
        SELECT listed.role_name, listed.rights
          FROM (VALUES
            (1, 'signalbox_viewer', format('USAGE ON SCHEMA %I', current_schema())),
            -- Every column but password_hash. xmin is the row version that an edit carries.
            (2, 'signalbox_viewer', 'SELECT (xmin, id, email, display_name, role, state_type, created_at,
                updated_at, deactivated_at, erased_at, last_login_at) ON users'),
            (3, 'signalbox_viewer', 'SELECT ON subscriptions, posts, tags, post_tags, products, orders,
                order_lines, payments, outbox_messages, outbox_attempts, outbox_topics, dispatchers, retry_plans,
                retry_plan_batches, idempotency_records, audit_entries, audit_personal_values,
                signalbox_migrations, signalbox_backfills'),
            -- A viewer's reveals and exports are audited too. Nobody is granted UPDATE or DELETE here.
            (4, 'signalbox_viewer', 'INSERT ON audit_entries, audit_personal_values'),
            (5, 'signalbox_operator', 'INSERT, UPDATE ON users, posts, products, orders, payments,
                outbox_messages, outbox_attempts, retry_plans, retry_plan_batches'),
            (6, 'signalbox_operator', 'INSERT ON tags'),
            (7, 'signalbox_operator', 'INSERT, DELETE ON subscriptions, post_tags'),
            (8, 'signalbox_operator', 'INSERT, UPDATE, DELETE ON order_lines, idempotency_records,
                outbox_topics, dispatchers'),
            -- A worker that also keeps the retention needs DELETE on the outbox: grant it to the worker's login.
            (9, 'signalbox_admin', 'DELETE ON posts, outbox_messages, outbox_attempts,
                retry_plans, retry_plan_batches, audit_personal_values'),
            (10, 'signalbox_admin', 'INSERT, UPDATE, DELETE ON signalbox_migrations, signalbox_backfills')
          ) AS listed (position, role_name, rights)
         WHERE EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = listed.role_name)
         ORDER BY listed.position
    LOOP
        EXECUTE format('GRANT %s TO %I', right_of.rights, right_of.role_name);
    END LOOP;
END;
$$;
