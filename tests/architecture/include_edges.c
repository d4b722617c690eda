#include "include_edges.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The arrows of docs/architecture.md; every room sees itself. main.c stands outside: it sees all. */
typedef struct Room {
	const char *name;
	const char *sees;
} Room;

static const Room rooms[] = {
	{ "base", "" },
	{ "domain", "base" },
	{ "application", "base domain" },
	{ "infrastructure", "base domain application" },
	{ "console", "base domain application" },
	{ "repl", "base domain application console" },
	{ "tui", "base domain application console" },
	{ 0 },
};

/* A library's header and the rooms whose .c files (and private headers) may include it. */
typedef struct Foreign {
	const char *header;
	const char *rooms;
} Foreign;

static const Foreign foreigners[] = {
	{ "libpq-fe.h", "infrastructure" },
	{ "sodium.h", "infrastructure" },
	{ "pg_query.h", "infrastructure" },
	{ "curl/curl.h", "infrastructure" },
	{ "nats/nats.h", "infrastructure" },
	{ "microhttpd.h", "infrastructure" },
	{ "jansson.h", "application infrastructure console" },
	{ "histedit.h", "repl" },
	{ "editline/readline.h", "repl" },
	{ "curses.h", "tui" },
	{ "ncurses.h", "tui" },
	{ "ncursesw/curses.h", "tui" },
	{ "panel.h", "tui" },
	{ "term.h", "tui" },
	{ 0 },
};

static bool
is_among(const char *word, const char *words)
{
	g_auto(GStrv) list = g_strsplit(words, " ", -1);

	return g_strv_contains((const char *const *)list, word);
}

static const Room *
room_named(const char *name)
{
	for (const Room *room = rooms; room->name != NULL; room++) {
		if (strcmp(room->name, name) == 0)
			return room;
	}
	return NULL;
}

/* The room of a path relative to the root, NULL for main.c. */
static const Room *
room_of(const char *path)
{
	g_auto(GStrv) parts = g_strsplit(path, "/", 3);

	return g_strv_length(parts) == 3 ? room_named(parts[1]) : NULL;
}

static int
compare_strings(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
collect(const char *root, const char *folder, GPtrArray *paths)
{
	g_autofree char *full = g_build_filename(root, folder, NULL);
	g_autoptr(GDir) dir = g_dir_open(full, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		g_autofree char *full_path = g_build_filename(root, path, NULL);

		if (g_file_test(full_path, G_FILE_TEST_IS_DIR))
			collect(root, path, paths);
		else if (g_str_has_suffix(name, ".c") || g_str_has_suffix(name, ".h"))
			g_ptr_array_add(paths, g_steal_pointer(&path));
	}
}

GPtrArray *
tree_sources(const char *root)
{
	GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);

	collect(root, "src", paths);
	collect(root, "include", paths);
	g_ptr_array_sort(paths, compare_strings);
	return paths;
}

/* The project's file that `name` means in the file `from`, relative to the root; NULL when it is none of
 * ours. */
static char *
resolve(const char *root, const char *from, const char *name)
{
	g_autofree char *beside = g_path_get_dirname(from);
	const Room *room = room_of(from);
	g_autofree char *own = room != NULL ? g_build_filename("src", room->name, NULL) : g_strdup("src");
	const char *const folders[] = { beside, own, "include", NULL };

	for (int i = 0; folders[i] != NULL; i++) {
		g_autofree char *path = g_build_filename(root, folders[i], name, NULL);
		g_autofree char *plain = g_canonicalize_filename(path, NULL);

		if (g_file_test(plain, G_FILE_TEST_IS_REGULAR) && g_str_has_prefix(plain, root))
			return g_strdup(plain + strlen(root) + 1);
	}
	return NULL;
}

static void
check_own(const char *from, int line, const char *target, GPtrArray *broken)
{
	const Room *room = room_of(from);
	const Room *seen = room_of(target);

	if (room == NULL)
		return;
	if (seen == NULL)
		g_ptr_array_add(
		    broken, g_strdup_printf("%s:%d: %s must not see %s", from, line, room->name, target));
	else if (seen != room && !is_among(seen->name, room->sees))
		g_ptr_array_add(
		    broken, g_strdup_printf("%s:%d: %s must not see %s", from, line, room->name, seen->name));
}

static void
check_foreign(const char *from, int line, const char *name, GPtrArray *broken)
{
	const Room *room = room_of(from);

	for (const Foreign *foreigner = foreigners; foreigner->header != NULL; foreigner++) {
		if (strcmp(foreigner->header, name) != 0)
			continue;
		if (g_str_has_prefix(from, "include/"))
			g_ptr_array_add(broken,
			    g_strdup_printf("%s:%d: a shared header must not show <%s>", from, line, name));
		else if (room == NULL || !is_among(room->name, foreigner->rooms))
			g_ptr_array_add(broken,
			    g_strdup_printf("%s:%d: %s must not see <%s>", from, line,
				room != NULL ? room->name : "main", name));
	}
}

/* The name between the quotes or brackets of an include, newly allocated; NULL when the line is none. */
static char *
included_name(const char *line, bool *ret_quoted)
{
	const char *p = line + strspn(line, " \t");
	const char *end;

	if (*p != '#')
		return NULL;
	p++;
	p += strspn(p, " \t");
	if (!g_str_has_prefix(p, "include"))
		return NULL;
	p += strlen("include");
	p += strspn(p, " \t");
	if (*p != '"' && *p != '<')
		return NULL;
	end = strchr(p + 1, *p == '"' ? '"' : '>');
	if (end == NULL)
		return NULL;
	*ret_quoted = *p == '"';
	return g_strndup(p + 1, (gsize)(end - p - 1));
}

static void
check_file(const char *root, const char *from, GPtrArray *broken)
{
	g_autofree char *path = g_build_filename(root, from, NULL);
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		fail_msg("'%s' can't be read", path);
	lines = g_strsplit(text, "\n", -1);
	for (int i = 0; lines[i] != NULL; i++) {
		bool quoted = false;
		g_autofree char *name = included_name(lines[i], &quoted);
		g_autofree char *target = name != NULL ? resolve(root, from, name) : NULL;

		if (name == NULL)
			continue;
		if (target != NULL)
			check_own(from, i + 1, target, broken);
		else if (quoted)
			g_ptr_array_add(
			    broken, g_strdup_printf("%s:%d: \"%s\" is not found", from, i + 1, name));
		else
			check_foreign(from, i + 1, name, broken);
	}
}

GPtrArray *
include_edges_broken(const char *root)
{
	g_autoptr(GPtrArray) paths = tree_sources(root);
	GPtrArray *broken = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < paths->len; i++)
		check_file(root, paths->pdata[i], broken);
	g_ptr_array_sort(broken, compare_strings);
	return broken;
}
