#ifndef SIGNALBOX_APPLICATION_FIELDS_H
#define SIGNALBOX_APPLICATION_FIELDS_H

#include "application/run.h"

/*
 * Checks the arguments that name fields of run->def->resource (those that are completed as filters, orders,
 * columns and keys) so that a mistake never reaches the server. True where the resource is only known later.
 */
bool fields_check(const CommandRun *run, GError **error);

/* "a,b,c" as field names of the resource, NULL-terminated. USAGE names the unknown one and the known ones. */
bool columns_parse(const ResourceDef *resource, const char *text, char ***ret_columns, GError **error);

#endif
