#ifndef SIGNALBOX_CONSOLE_CONFIGURATION_SECTIONS_H
#define SIGNALBOX_CONSOLE_CONFIGURATION_SECTIONS_H

#include "console/configuration.h"
#include "console/keyfile.h"

/* Readers of the configuration's groups. Each refuses unknown keys and malformed values with file and line.
 */

bool
configuration_read_context(const KeyFile *file, const char *group, Context **ret_context, GError **error);
bool configuration_read_default(const KeyFile *file, char **ret_context, GError **error);
bool configuration_read_display(const KeyFile *file, DisplayWishes *wishes, char **ret_theme, GError **error);

/* A group that is none of the others: [events], or an unknown one, which is refused. */
bool configuration_check_section(const KeyFile *file, const char *group, GError **error);

/* [events] mode= holds for every context. */
void configuration_apply_events(const KeyFile *file, Context *context);

/* A context that leaves everything to PG* variables, service files and ConnectionStrings__Database. */
Context *configuration_environment_context(const char *name);

void configuration_context_free(Context *self);

#endif
