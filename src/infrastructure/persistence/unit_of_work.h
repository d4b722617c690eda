#ifndef SIGNALBOX_PERSISTENCE_UNIT_OF_WORK_H
#define SIGNALBOX_PERSISTENCE_UNIT_OF_WORK_H

#include "application/run.h"
#include "persistence/connection.h"
#include "persistence/table_configuration.h"

/*
 * What one transaction found and staged. It owns every aggregate that a repository found or was given, and
 * knows each one's record as it was loaded, so that an update writes only what changed and guards it with
 * xmin.
 */
typedef struct UnitOfWork UnitOfWork;

UnitOfWork *unit_of_work_new(Connection *connection);
void unit_of_work_free(UnitOfWork *self);

/* Forgets everything: at begin and after the end of every transaction. */
void unit_of_work_reset(UnitOfWork *self);

/*
 * Finds by `WHERE <where> = $1` (static text, e.g. "id"; for "lower(email)" the server lowers the value too).
 * One row becomes an aggregate that the unit of work owns; the same row found twice is the same aggregate, as
 * it was found first. NOT_FOUND: "no post '…'".
 */
bool unit_of_work_find(UnitOfWork *self, const TableConfiguration *table, const char *where,
    const char *value, void **ret_aggregate, GError **error);

/* CONCURRENCY unless `aggregate`, which this unit of work found, was read from this row version. */
bool
unit_of_work_require_version(UnitOfWork *self, const void *aggregate, const char *version, GError **error);

/*
 * Stage an aggregate: `add` takes it, the other two want one that this unit of work found. What is written is
 * how the aggregate is when the statements are made, not how it was when it was staged.
 */
void unit_of_work_add(UnitOfWork *self, const TableConfiguration *table, void *aggregate);
void unit_of_work_update(UnitOfWork *self, void *aggregate);
void unit_of_work_remove(UnitOfWork *self, void *aggregate);

/* Takes the events of all staged aggregates, in the order of staging; a GPtrArray of DomainEvent that owns
 * them. */
GPtrArray *unit_of_work_take_events(UnitOfWork *self);

/*
 * All statements (of Statement *) that write what is staged, aggregates in the order of staging first, then
 * their parts; what they change goes into run->changes. An update writes only the columns that differ from
 * the row as it was found, and only while that row has the same xmin.
 */
void unit_of_work_statements(UnitOfWork *self, CommandRun *run, GPtrArray *ret_statements);

Connection *unit_of_work_connection(UnitOfWork *self);

#endif
