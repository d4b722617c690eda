#ifndef SIGNALBOX_APPLICATION_ARGUMENTS_BIND_H
#define SIGNALBOX_APPLICATION_ARGUMENTS_BIND_H

#include "application/arguments.h"

/* How an argument is called in messages: "'--limit'", "'ID|EMAIL'". Newly allocated. */
char *argument_label(const ArgDef *def);

/* True for an option that is followed by no value: a flag, or one that reads standard input. */
bool argument_takes_no_value(const ArgDef *def);

/* Sets every ARG_INTEGER of the table to its fallback. */
void arguments_set_fallbacks(const ArgDef *table, void *values);

/* Writes one value into its place, or adds it to a repeating one. VALIDATION for the wrong form. */
bool argument_bind(const ArgDef *def, void *values, const char *text, GError **error);

/* True when the argument's place holds something else than "not given". */
bool argument_is_given(const ArgDef *def, const void *values);

/* How many values it holds. */
guint argument_count(const ArgDef *def, const void *values);

/* Its i-th value as text that binds to the same value; newly allocated. */
char *argument_text(const ArgDef *def, const void *values, guint i);

/* All its values as text, NULL-terminated; newly allocated. */
char **argument_texts(const ArgDef *def, const void *values);

/* Frees what the table's places own; secrets are overwritten first. */
void arguments_clear(const ArgDef *table, void *values);

/* Overwrites a text, which may be NULL, and frees it. */
void secret_free(char *text);

#endif
