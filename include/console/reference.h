#ifndef SIGNALBOX_CONSOLE_REFERENCE_H
#define SIGNALBOX_CONSOLE_REFERENCE_H

#include "application/registry.h"

#include <glib.h>

/* Help and the printed references, all from the command records. Newly allocated. */

/* One command: usage, arguments, options, fields, example. Plain text, `width` cells. */
char *reference_help(const Registry *registry, const CommandDef *def, int width);

/* All commands by resource, a line each; `resource` not NULL: only its verbs. */
char *reference_overview(const Registry *registry, const char *resource, int width);

/* docs/commands.md. */
char *reference_markdown(const Registry *registry);

/* signalbox.1 */
char *reference_man(const Registry *registry);

#endif
