#ifndef SIGNALBOX_PERSISTENCE_CHANGE_IMAGE_H
#define SIGNALBOX_PERSISTENCE_CHANGE_IMAGE_H

#include "application/run.h"
#include "persistence/table_configuration.h"

/*
 * What goes from one record to the other, for --dry-run and the audit entry: columns that differ, with their
 * values before and after, restricted ones as `***`. `before` NULL: the row is new; `after` NULL: it is
 * removed. NULL when nothing differs.
 */
Change *change_image_new(const TableConfiguration *table, const void *before, const void *after);

/* True when the column is written: it differs, or it is write-only and set. */
bool column_differs(const ColumnDef *column, const void *before, const void *after);

#endif
