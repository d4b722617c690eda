#ifndef SIGNALBOX_APPLICATION_ARGUMENTS_H
#define SIGNALBOX_APPLICATION_ARGUMENTS_H

#include "application/command.h"
#include "application/words.h"

#include <glib.h>
#include <stdbool.h>

/* Options that every command knows. */
typedef struct CommonOptions {
	char *context;
	const char *format; /* a static name, or NULL: the front end's default */
	bool dry_run;
	bool yes;
	char *reason;
	char *idempotency_key;
	bool no_header;
	Duration timeout; /* 0: the default */
	bool quiet;
	bool no_color;
	bool read_only;
} CommonOptions;

/* The table of them, for help and completion; offsets are into CommonOptions. */
extern const ArgDef common_options[];

/* A parsed command: typed values in a struct of the record's own layout. */
typedef struct Arguments {
	const CommandDef *def;
	void *values; /* def->args_size bytes */
	CommonOptions common;
} Arguments;

/*
 * Binds the words after the command's name. USAGE, with the position and the nearest name, for an unknown
 * option, a missing value, too many values; VALIDATION for a value of the wrong form. `read_stdin` gives the
 * text for
 * `-` (newly allocated) and may be NULL when there is none.
 */
typedef bool (*StdinReader)(char **ret_text, GError **error);
bool arguments_parse(const CommandDef *def, const Word *words, size_t word_count, StdinReader read_stdin,
    Arguments **ret_arguments, GError **error);

/* Accepts NULL. Secrets are overwritten before they are freed. */
void arguments_free(Arguments *self);

/* How many rows the command names by ids: the sum over its ARG_ROWS arguments. */
uint64_t arguments_row_count(const Arguments *self);

/* True when a value that is a secret was given. */
bool arguments_hold_secret(const Arguments *self);

/*
 * The command line again, normalised, secrets as `***`. With `mask_personal`, for the audit, personal values
 * too, and long ones (a post's content) are cut. Newly allocated.
 */
char *arguments_to_line(const Arguments *self, bool mask_personal);

/* What the request hash covers: resource, verb, values and options in table order, without format, yes,
 * timeout, reason and secrets. */
char *arguments_canonical(const Arguments *self);

/* Quotes a value so that a line can hold it, and so that it is taken as a value. Newly allocated. */
char *argument_quote(const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Arguments, arguments_free)

#endif
