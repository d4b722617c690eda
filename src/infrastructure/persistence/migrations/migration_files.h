#ifndef SIGNALBOX_MIGRATIONS_MIGRATION_FILES_H
#define SIGNALBOX_MIGRATIONS_MIGRATION_FILES_H

#include <glib.h>
#include <stdbool.h>

/* The name of the row that serves as the lock of the history; no file may have it. */
#define MIGRATION_LOCK_NAME "(lock)"

/*
 * A migration as it is checked, hashed and run: without a byte order mark and with LF at the line ends, so
 * that what an editor or git does to them changes nothing.
 */
typedef struct MigrationFile {
	char *name; /* the whole stem of the file's name */
	char *sql;  /* ends with a NUL that `size` does not count; may hold more of them */
	gsize size;
	char *checksum; /* SHA-256 of the text, hexadecimal */
} MigrationFile;

/*
 * The embedded files, or every *.sql of `folder` (hidden ones left out), in the bytewise order of their
 * names; a GPtrArray that owns its MigrationFiles. NOT_FOUND without the folder, VALIDATION for a name that
 * is not printable, and the errors of file_read.
 */
bool migration_files_read(const char *folder, GPtrArray **ret_files, GError **error);

/* Borrowed; NULL when there is none of that name. */
const MigrationFile *migration_files_find(const GPtrArray *files, const char *name);

/* A file of its own, of any text. Newly allocated. */
MigrationFile *migration_file_new(const char *name, const char *text, gsize size);

void migration_file_free(MigrationFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigrationFile, migration_file_free)

#endif
