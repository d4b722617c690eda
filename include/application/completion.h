#ifndef SIGNALBOX_APPLICATION_COMPLETION_H
#define SIGNALBOX_APPLICATION_COMPLETION_H

#include "application/arguments.h"
#include "application/registry.h"

#include <glib.h>

struct Session;

typedef struct Candidate {
	char *text;   /* what the word becomes, quoted where needed */
	char *help;   /* beside it, or NULL */
	bool partial; /* more of the same word follows (`state=`): no blank after it */
} Candidate;

struct Completion {
	const Registry *registry;
	struct Session *session; /* NULL: offline, only static candidates */
	const CommandDef *def;   /* the command that the words before name, or NULL */
	const char **values;   /* the words between its name and the one that is completed, NULL-terminated */
	GPtrArray *candidates; /* of Candidate * */
	size_t word_start;     /* byte offset of the word that is being completed */
	void *console;         /* what console's own completers look at: contexts, history */
	const char *head;      /* what stands before the value in its word: `--order=`, or "" */
	const char *prefix;    /* the beginning of the value */
};

/*
 * Completes the word at `cursor` (byte offset) of `line`: resources, verbs, options not given yet, fields,
 * operators and values. Completion never changes anything and swallows the server's errors.
 */
Completion *completion_run(
    const Registry *registry, struct Session *session, void *console, const char *line, size_t cursor);
void completion_free(Completion *self);

/* For completers. `text` is the plain value: it is quoted here, and dropped when it does not begin as the
 * word does. */
void completion_add(Completion *self, const char *text, const char *help);
void completion_add_partial(Completion *self, const char *text, const char *help);

/* Completers for argument tables. */
void
complete_filter(Completion *completion, const char *prefix); /* fields, operators, values of def->resource */
void complete_order(Completion *completion, const char *prefix);
void complete_columns(Completion *completion, const char *prefix);
void complete_key(Completion *completion, const char *prefix);     /* newest keys of def->resource */
void complete_user(Completion *completion, const char *prefix);    /* emails */
void complete_post(Completion *completion, const char *prefix);    /* ids, with title as help */
void complete_message(Completion *completion, const char *prefix); /* outbox ids */
void complete_migration(Completion *completion, const char *prefix);
void complete_table(Completion *completion, const char *prefix);
void complete_command(Completion *completion, const char *prefix);
void complete_file(Completion *completion, const char *prefix);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Completion, completion_free)

#endif
