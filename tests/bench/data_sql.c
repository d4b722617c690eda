#include "data_sql.h"

/* What uuid v7 is made of: the time, then something like chance. */
#define UUID(at, seed)                                                                                       \
	"(lpad(to_hex((extract(epoch FROM " at ") * 1000)::bigint), 12, '0') || '7' || left(" seed           \
	", 3) || '8' || substr(" seed ", 4, 15))::uuid"

const char data_insert_users[] =
    "INSERT INTO users (id, email, display_name, created_at, updated_at) "
    "SELECT " UUID("at",
	"noise") ", 'reader' || n || '@example.com', 'Reader ' || n, at, at "
		 "FROM (SELECT n, timestamptz '2019-06-01 UTC' + n * interval '37 minutes' AS at, md5('u' || n) AS noise "
		 "      FROM generate_series(1, 5000) AS n) AS s";

/* Indexes are made after the load: what is dropped here is remembered. Foreign keys go first, come last. */
const char data_drop_indexes[] =
    "CREATE TABLE bench_dropped (place int, definition text);"
    "INSERT INTO bench_dropped "
    "SELECT CASE contype WHEN 'f' THEN 3 ELSE 1 END, "
    "       format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) "
    "FROM pg_constraint WHERE contype IN ('p', 'u', 'f') AND 'posts'::regclass IN (conrelid, confrelid);"
    "INSERT INTO bench_dropped "
    "SELECT 2, pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = 'posts'::regclass "
    "AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND conrelid = indrelid);"
    "DO $$ DECLARE c record; BEGIN "
    "FOR c IN SELECT conrelid::regclass AS owner, conname FROM pg_constraint "
    "         WHERE contype IN ('p', 'u', 'f') AND 'posts'::regclass IN (conrelid, confrelid) ORDER BY contype LOOP "
    "    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.owner, c.conname); "
    "END LOOP; "
    "FOR c IN SELECT indexrelid::regclass AS name FROM pg_index WHERE indrelid = 'posts'::regclass LOOP "
    "    EXECUTE format('DROP INDEX %s', c.name); "
    "END LOOP; END $$";

/* TRUNCATE makes the table's files new in this transaction: under wal_level=minimal they are not logged. */
const char data_insert_posts[] =
    "BEGIN; TRUNCATE posts, post_tags;"
    "WITH theme AS MATERIALIZED (SELECT "
    "ARRAY['Raised beds after a wet summer','Connection pools in a team of five','Sourdough for the impatient',"
    "'Notes from the harbour, in winter','What the third outage taught us','Night trains and how to sleep in them',"
    "'A field guide to slow queries','Letters that were never sent','The market on a Thursday','Running uphill',"
    "'Old maps, new streets'] AS titles, "
    "ARRAY['It began with rain, and with a roof that nobody had looked at for years.',"
    "'We measured twice, changed one thing, and measured again; the rest is in the table below.',"
    "'Ask three people and you get four answers, all of them \"obvious\".',"
    "'Half of it was luck. The other half was written down, dated and kept where the next one finds it.',"
    "'Nothing here is new, but it was new to us, and so was the bill.',"
    "'Take a kilo of flour, a pinch of salt, time, and somebody who is not in a hurry today.',"
    "'By noon the square was full, by three it was empty, and the pigeons had the rest.'] AS texts), "
    "author AS MATERIALIZED (SELECT row_number() OVER (ORDER BY created_at) - 1 AS number, id FROM users), "
    "post AS (SELECT n, timestamptz '2020-01-01 UTC' + n * interval '17.29 seconds' AS at, md5(n::text) AS noise, "
    "         titles[1 + n % 11] AS title, texts[1 + n % 7] AS text "
    "         FROM generate_series(1, current_setting('bench.posts')::bigint) AS n, theme) "
    "INSERT INTO posts (id, author_id, title, slug, content, excerpt, state_type, published_at, archived_at, "
    "                   created_at, updated_at) "
    "SELECT " UUID("at",
	"noise") ", author.id, 'Part ' || lpad(n::text, 8, '0') || ': ' || title, "
		 "       'part-' || lpad(n::text, 8, '0') || '-' || left(noise, 8), text, "
		 "       CASE WHEN n % 3 = 0 THEN left(text, 40) END, "
		 "       CASE WHEN n % 10 < 7 THEN 'Published' WHEN n % 10 < 9 THEN 'Draft' ELSE 'Archived' END, "
		 "       CASE WHEN n % 10 < 7 OR n % 10 = 9 THEN at + interval '1 hour' END, "
		 "       CASE WHEN n % 10 = 9 THEN at + interval '90 days' END, at, at + interval '2 hours' "
		 "FROM post JOIN author ON author.number = n % 5000;"
		 "COMMIT";

const char data_create_indexes[] =
    "DO $$ DECLARE d text; BEGIN "
    "FOR d IN SELECT definition FROM bench_dropped ORDER BY place, definition LOOP EXECUTE d; END LOOP; "
    "END $$; DROP TABLE bench_dropped";
