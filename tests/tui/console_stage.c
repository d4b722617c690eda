#include "console_stage.h"

#include "program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define CURSOR "▸"
#define GUARD_US (350 * G_TIME_SPAN_MILLISECOND)

/* The server's folder, and with it what the header has room for. */
const char *const stage_masks[] = { "postgres@.*/shop", "signalbox-[A-Za-z0-9]{6}", NULL };

static Cluster *cluster;

static const char rows_sql[] =
    "TRUNCATE users, posts, post_tags, subscriptions, outbox_messages, outbox_attempts, idempotency_records,"
    " retry_plans, retry_plan_batches CASCADE;"
    "INSERT INTO users (id, email, display_name, role, created_at)"
    " SELECT ('01900000-0000-7000-8000-0000000000a' || n)::uuid, name || '@example.org', initcap(name), 'Author',"
    "  '2020-01-01T00:00Z'::timestamptz + n * interval '1 hour'"
    " FROM unnest(ARRAY['ada', 'grace', 'alan']) WITH ORDINALITY AS u(name, n);"
    "INSERT INTO posts (id, author_id, title, slug, content, state_type, published_at, created_at, updated_at)"
    " SELECT ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,"
    "  ('01900000-0000-7000-8000-0000000000a' || 1 + n % 3)::uuid, format('Post %s', lpad(n::text, 3, '0')),"
    "  format('post-%s', n), format('The text of post %s.', n), CASE WHEN n % 5 = 0 THEN 'Draft' ELSE 'Published' END,"
    "  CASE WHEN n % 5 <> 0 THEN at + interval '1 day' END, at, at"
    " FROM generate_series(1, 500) n,"
    "  LATERAL (SELECT '2020-01-01T00:00Z'::timestamptz + n * interval '1 minute' AS at) t;"
    "INSERT INTO outbox_messages (id, topic, type, ordering_key, occurred_at, available_at, state_type, attempt_count,"
    "  last_error, error_fingerprint, processed_at)"
    " SELECT ('01900000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid, 'order', 'order.placed.v1',"
    "  format('o-%s', n), at, at, CASE WHEN n > 48 THEN 'Dead' ELSE 'Processed' END, CASE WHEN n > 48 THEN 10 ELSE 1 END,"
    "  CASE WHEN n > 54 THEN 'HTTP 503' WHEN n > 48 THEN 'connect: refused' END,"
    "  CASE WHEN n > 54 THEN 'f503' WHEN n > 48 THEN 'frefused' END, CASE WHEN n <= 48 THEN at END"
    " FROM generate_series(1, 60) n,"
    "  LATERAL (SELECT '2020-01-01T00:00Z'::timestamptz + n * interval '1 minute' AS at) t;"
    "DELETE FROM signalbox_migrations WHERE name = '20261118_AddPostsReadingMinutes';"
    "ALTER TABLE posts DROP COLUMN IF EXISTS reading_minutes;"
    "ANALYZE users; ANALYZE posts; ANALYZE outbox_messages";

Cluster *
stage_cluster(void)
{
	return cluster;
}

int
stage_start_cluster(void **state)
{
	(void)state;
	cluster = cluster_start();
	cluster_database_with_schema(cluster, STAGE_DATABASE);
	cluster_export(cluster, STAGE_DATABASE);
	return 0;
}

int
stage_stop_cluster(void **state)
{
	(void)state;
	g_clear_pointer(&cluster, cluster_stop);
	return 0;
}

int
stage_fill(void **state)
{
	(void)state;
	cluster_execute(cluster, STAGE_DATABASE, rows_sql);
	return 0;
}

Terminal *
stage_console(int rows, int cols, const char *const *words)
{
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	g_auto(GStrv) env = program_environment(NULL);
	TerminalOptions options = { .rows = rows, .cols = cols, .env = (const char *const *)env };

	g_ptr_array_add(argv, (gpointer)(guintptr)program_path());
	for (; words != NULL && *words != NULL; words++)
		g_ptr_array_add(argv, (gpointer)(guintptr)*words);
	g_ptr_array_add(argv, NULL);
	options.argv = (const char *const *)argv->pdata;
	return terminal_start(&options);
}

Terminal *
stage_screen(const char *name, const char *text)
{
	Terminal *terminal = stage_console(24, 80, (const char *const[]){ "--screen", name, NULL });

	terminal_wait_text(terminal, text, STAGE_DEADLINE_MS);
	/* A text is seen before the lines below it: what is not there yet must not pass for gone. */
	terminal_settle(terminal);
	return terminal;
}

char *
stage_current(Terminal *terminal)
{
	int col = 0, row = terminal_find(terminal, CURSOR, &col);
	g_autofree char *line = row < 0 ? g_strdup("") : terminal_row_text(terminal, row);
	const char *cursor = strstr(line, CURSOR);

	return g_strdup(cursor != NULL ? cursor + strlen(CURSOR) + 1 : "");
}

static bool
stands_on(Terminal *terminal, void *data)
{
	g_autofree char *current = stage_current(terminal);

	return strstr(current, data) != NULL;
}

void
stage_wait_current(Terminal *terminal, const char *text)
{
	if (terminal_wait_until(terminal, stands_on, (void *)(guintptr)text, STAGE_DEADLINE_MS))
		return;
	terminal_print(terminal, "the cursor is elsewhere");
	fail_msg("the cursor never came to '%s'", text);
}

static bool
is_over(Terminal *terminal, void *data)
{
	(void)terminal;
	return g_get_monotonic_time() >= *(gint64 *)data;
}

void
stage_wait_armed(Terminal *terminal)
{
	gint64 until = g_get_monotonic_time() + GUARD_US;

	assert_true(terminal_wait_until(terminal, is_over, &until, STAGE_DEADLINE_MS));
}
