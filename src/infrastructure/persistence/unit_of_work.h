#ifndef SIGNALBOX_PERSISTENCE_UNIT_OF_WORK_H
#define SIGNALBOX_PERSISTENCE_UNIT_OF_WORK_H

#include "application/run.h"
#include "persistence/connection.h"
#include "persistence/table_configuration.h"

/*
 * What one transaction found and staged. It owns every aggregate that a repository found or was given, and knows
 * each one's record as it was loaded, so that an update writes only what changed and guards it with xmin.
 */
typedef struct UnitOfWork UnitOfWork;

UnitOfWork *unit_of_work_new(Connection *connection);
void unit_of_work_free(UnitOfWork *self);

/* Forgets everything: at begin and after the end of every transaction. */
void unit_of_work_reset(UnitOfWork *self);

/*
 * Finds by `WHERE <column> = $1` (static text, e.g. "id", "lower(email)"). One row becomes an aggregate that the unit of work owns; the same
 * row found twice is the same aggregate. NOT_FOUND: "no post '…'".
 */
bool unit_of_work_find(UnitOfWork *self, const TableConfiguration *table, const char *where, const char *value,
    void **ret_aggregate, GError **error);

void unit_of_work_add(UnitOfWork *self, const TableConfiguration *table, void *aggregate);
void unit_of_work_update(UnitOfWork *self, void *aggregate);
void unit_of_work_remove(UnitOfWork *self, void *aggregate);

/* A statement beside the aggregates (post_tags); runs after them, before messages. Takes it. */
void unit_of_work_stage(UnitOfWork *self, Statement *statement);

/* Takes the events of all staged aggregates, in the order of staging; a GPtrArray of DomainEvent that owns them. */
GPtrArray *unit_of_work_take_events(UnitOfWork *self);

/* All statements that write what is staged, aggregates first, and what they change (into run->changes). */
bool unit_of_work_statements(UnitOfWork *self, CommandRun *run, GPtrArray *ret_statements, GError **error);

Connection *unit_of_work_connection(UnitOfWork *self);

#endif
