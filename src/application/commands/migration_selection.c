#include "commands/migration_selection.h"

#include "base/error.h"

const ArgDef migration_selection_args[] = {
	{ .name = "name",
	    .value = "NAME",
	    .help = "exactly this one: the file's name without .sql",
	    .type = ARG_TEXT,
	    .flags = ARG_POSITIONAL,
	    .offset = offsetof(MigrationSelectionArgs, name),
	    .complete = complete_migration },
	{ .name = "to",
	    .value = "NAME",
	    .help = "all pending ones up to and with this one",
	    .type = ARG_TEXT,
	    .offset = offsetof(MigrationSelectionArgs, to),
	    .complete = complete_migration },
	{ .name = "all",
	    .help = "every pending one",
	    .type = ARG_FLAG,
	    .offset = offsetof(MigrationSelectionArgs, all) },
	{ .name = "folder",
	    .value = "DIR",
	    .help = "where the files are; the built-in ones unless given",
	    .type = ARG_TEXT,
	    .offset = offsetof(MigrationSelectionArgs, folder),
	    .complete = complete_file },
	{ 0 },
};

bool
migration_selection_check(const MigrationSelectionArgs *args, GError **error)
{
	if ((args->name != NULL) + (args->to != NULL) + args->all <= 1)
		return true;
	g_set_error_literal(
	    error, SB_ERROR, SB_ERROR_USAGE, "NAME, --to and --all name different files: give one of them");
	return false;
}

MigrationSelection
migration_selection_of(const MigrationSelectionArgs *args)
{
	return (MigrationSelection){ args->folder, args->name, args->to, args->all };
}
