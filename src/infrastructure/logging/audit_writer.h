#ifndef SIGNALBOX_LOGGING_AUDIT_WRITER_H
#define SIGNALBOX_LOGGING_AUDIT_WRITER_H

#include "application/run.h"
#include "persistence/connection.h"

/*
 * Writing an entry takes two steps, so that the chain is held for two round trips only. First, last in a
 * flush: the lock and, in a statement of its own, the head; the statement returned (owned by the array) keeps
 * it.
 */
Statement *audit_stage_head(GPtrArray *statements);

/*
 * Then the entry that follows that head, with the personal values beside it (when they have a table). Adds
 * the statements; nothing but COMMIT may follow them.
 */
bool audit_stage_entry(
    const CommandRun *run, const Statement *head, bool has_personal, GPtrArray *statements, GError **error);

#endif
