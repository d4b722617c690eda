#ifndef SIGNALBOX_CONSOLE_KEYFILE_H
#define SIGNALBOX_CONSOLE_KEYFILE_H

#include <glib.h>
#include <stdbool.h>

/*
 * The one reader of key files: config, screens and keys. It knows the line of every group and key, refuses
 * duplicates, and takes values raw: everything after the first `=`, trimmed. Comments stand on lines of their
 * own.
 */
typedef struct KeyFile KeyFile;

typedef struct KeyFileEntry {
	const char *group;
	const char *key;
	const char *value;
	int line; /* from 1 */
} KeyFileEntry;

/* USAGE "FILE:LINE: …" for what is no group, key or comment, for duplicates, NUL and invalid UTF-8. `name` is
 * for messages. */
bool keyfile_parse(const char *name, const char *text, gsize size, KeyFile **ret_file, GError **error);
void keyfile_free(KeyFile *self);

/* In the order of the file; ended by an entry without a group. Borrowed. */
const KeyFileEntry *keyfile_entries(const KeyFile *self);

/* Group names in the order of the file, NULL-terminated; borrowed. */
const char *const *keyfile_groups(const KeyFile *self);
int keyfile_group_line(const KeyFile *self, const char *group);

/* NULL when there is none. Borrowed. */
const KeyFileEntry *keyfile_get(const KeyFile *self, const char *group, const char *key);

/* A USAGE error at a line of this file: "FILE:LINE: …". Returns false. */
bool keyfile_fail(const KeyFile *self, int line, GError **error, const char *format, ...) G_GNUC_PRINTF(4, 5);

/* USAGE for the first key of `group` that is not among `known` (NULL-terminated), with the nearest one. */
bool keyfile_check_keys(const KeyFile *self, const char *group, const char *const *known, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KeyFile, keyfile_free)

#endif
