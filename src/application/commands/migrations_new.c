#include "commands/migrations.h"

#include "application/completion.h"
#include "application/ports/migrations.h"
#include "application/run.h"
#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define FOLDER_UNLESS_GIVEN "migrations"

typedef struct MigrationsNewArgs {
	char *name;
	char *folder;
} MigrationsNewArgs;

static const ArgDef args_table[] = {
	{ .name = "name",
	    .value = "NAME",
	    .help = "what it does, like AddPostsSubtitle; today's date is put before it",
	    .type = ARG_TEXT,
	    .flags = ARG_POSITIONAL | ARG_REQUIRED,
	    .offset = offsetof(MigrationsNewArgs, name) },
	{ .name = "folder",
	    .value = "DIR",
	    .help = "where to write it; 'migrations' unless given",
	    .type = ARG_TEXT,
	    .offset = offsetof(MigrationsNewArgs, folder),
	    .complete = complete_file },
	{ 0 },
};

static const char template[] =
    "-- %s\n"
    "--\n"
    "-- Runs in one transaction. While it is applied, the version of the program before it still runs:\n"
    "--   expand    add tables and columns; a new column may be null or has a constant default\n"
    "--   migrate   write both places, then move old rows in batches (a backfill, not here)\n"
    "--   contract  drop what nothing reads any more, in a later migration\n"
    "--\n"
    "-- A constraint on a table in use: ADD CONSTRAINT … NOT VALID here, VALIDATE CONSTRAINT in the next "
    "one.\n"
    "-- An index blocks the writers of its table while it is built. CREATE INDEX CONCURRENTLY does not, but it\n"
    "-- cannot run in a transaction, and a file that holds it is refused.\n"
    "\n";

/* The whole stem as given, or with today's date (UTC) before it. */
static char *
stem_of(const char *name)
{
	if (g_ascii_isdigit(name[0]))
		return g_strdup(name);
	g_autofree char *now = timestamp_format(timestamp_now());

	return g_strdup_printf("%.4s%.2s%.2s_%s", now, now + 5, now + 8, name);
}

static bool
validate(const void *data, GError **error)
{
	const MigrationsNewArgs *args = data;
	g_autofree char *stem = stem_of(args->name);

	return migration_name_check(stem, error);
}

static bool
fail(const char *path, GError **error)
{
	int saved = errno;

	if (saved == EEXIST)
		g_set_error(error, SB_ERROR, SB_ERROR_CONFLICT, "'%s' is there already", path);
	else
		g_set_error(error, SB_ERROR, SB_ERROR_UNAVAILABLE, "'%s' can't be written: %s", path,
		    g_strerror(saved));
	return false;
}

/* Never over a file that is there. */
static bool
write_new(const char *path, const char *text, GError **error)
{
	size_t length = strlen(text);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);

	if (fd == -1)
		return fail(path, error);
	bool written = write(fd, text, length) == (ssize_t)length;
	bool closed = close(fd) == 0;

	if (written && closed)
		return true;
	fail(path, error);
	unlink(path);
	return false;
}

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const MigrationsNewArgs *args = data;
	const char *folder = args->folder != NULL ? args->folder : FOLDER_UNLESS_GIVEN;
	g_autofree char *stem = stem_of(args->name);
	g_autofree char *file = g_strconcat(stem, ".sql", NULL);
	g_autofree char *path = g_build_filename(folder, file, NULL);
	g_autofree char *text = g_strdup_printf(template, stem);

	if (run->arguments->common.dry_run) {
		run_note(run, NOTE_INFO, "dry run: would write '%s'", path);
		return true;
	}
	if (g_mkdir_with_parents(folder, 0755) != 0)
		return fail(folder, error);
	if (!write_new(path, text, error))
		return false;
	run->created = g_strdup(path);
	run_note(run, NOTE_HINT, "edit it, then: migrations plan --folder %s", folder);
	return true;
}

const CommandDef migrations_new_command = {
	.name = "migrations new",
	.summary = "Write a new, empty migration file",
	.example = "migrations new AddPostsSubtitle --folder migrations",
	.effect = EFFECT_LOCAL,
	.role = ROLE_VIEWER,
	.flags = COMMAND_NO_SCHEMA,
	.args = args_table,
	.args_size = sizeof(MigrationsNewArgs),
	.validate = validate,
	.handle = handle,
};
