#ifndef SIGNALBOX_CONSOLE_CONFIGURATION_H
#define SIGNALBOX_CONSOLE_CONFIGURATION_H

#include "application/session.h"

#include <glib.h>
#include <stdbool.h>

/* What the configuration file says, checked as a whole at start. Const once loaded; shared by all threads. */
typedef struct Configuration Configuration;

/*
 * `path` NULL: SIGNALBOX_CONFIG, else `$XDG_CONFIG_HOME/signalbox/config`; that file may be missing, a named
 * one may not. USAGE with file and line for everything that is unknown, malformed or twice; a file that
 * others can write is refused.
 */
bool configuration_load(const char *path, Configuration **ret_configuration, GError **error);
void configuration_free(Configuration *self);

/* The file that was read, or NULL. */
const char *configuration_path(const Configuration *self);

/* NULL-terminated, in the order of the file; only that of the environment when it has none. */
const Context *const *configuration_contexts(const Configuration *self);

/*
 * `name` NULL: SIGNALBOX_CONTEXT, else the file's `[default] context`, else the only one. USAGE names the
 * known ones when there is none of that name, and when there are several of which none is the default.
 */
bool configuration_context(
    const Configuration *self, const char *name, const Context **ret_context, GError **error);

/* Terminal wishes of [display]: theme=dark|light|none, ascii, mouse. */
typedef struct DisplayWishes {
	const char *theme; /* NULL: detect */
	bool ascii;
	bool mouse;
} DisplayWishes;
const DisplayWishes *configuration_display(const Configuration *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Configuration, configuration_free)

#endif
