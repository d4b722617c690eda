#ifndef SIGNALBOX_CONSOLE_REFERENCE_TEXT_H
#define SIGNALBOX_CONSOLE_REFERENCE_TEXT_H

#include "application/arguments.h"
#include "application/completion.h"

/* "posts publish ID… [--reason TEXT]". Newly allocated. */
char *reference_usage(const CommandDef *def);

/* "--limit N" or "ID|EMAIL". Newly allocated. */
char *reference_arg_name(const ArgDef *arg);

/* True when the command takes filter terms over its resource's fields. */
bool reference_takes_filter(const CommandDef *def);

#endif
