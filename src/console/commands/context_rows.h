#ifndef SIGNALBOX_CONSOLE_COMMANDS_CONTEXT_ROWS_H
#define SIGNALBOX_CONSOLE_COMMANDS_CONTEXT_ROWS_H

#include "application/run.h"

/* Columns: name, current, host, database, user, mode, production, schema. */
#define CONTEXT_COLUMN_COUNT 8
extern const ResultColumn context_columns[CONTEXT_COLUMN_COUNT];

/* Shows one context as a row. Passwords are never part of it. */
bool show_context_row(Frontend *frontend, const Context *context, bool current, GError **error);

#endif
