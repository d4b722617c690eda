#ifndef SIGNALBOX_PERSISTENCE_READER_FILTER_SQL_H
#define SIGNALBOX_PERSISTENCE_READER_FILTER_SQL_H

#include "application/filter.h"
#include "persistence/list_configuration.h"

/*
 * Appends " AND (…)" for every term, with the values as `$n` parameters after those already in `params`
 * (newly allocated texts). `filter` may be NULL.
 */
void filter_append_sql(const Filter *filter, const ResourceDef *resource,
    const ListConfiguration *configuration, GString *sql, GPtrArray *params);

#endif
