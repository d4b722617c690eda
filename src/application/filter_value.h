#ifndef SIGNALBOX_APPLICATION_FILTER_VALUE_H
#define SIGNALBOX_APPLICATION_FILTER_VALUE_H

#include "application/filter.h"

/* USAGE when the field's type does not have the operator; names the ones it has. */
bool filter_operator_check(const FieldDef *field, FilterOperator op, bool has_path, GError **error);

/* As an operator is written: "=", "!=", … */
const char *filter_operator_text(FilterOperator op);

/* The value as the server reads it: times in RFC 3339, ids in lower case, choices as they are spelled. USAGE
 * otherwise. */
bool filter_value_normalise(const FieldDef *field, FilterOperator op, bool has_path, const char *text,
    Timestamp now, char **ret_value, GError **error);

/* `a,b\,c` at its commas, `\,` and `\\` unescaped. Newly allocated. */
char **filter_values_split(const char *text);

/* True for a day without a time; gives where it begins and where the next one does. */
bool filter_value_is_day(const char *text, Timestamp *ret_begin, Timestamp *ret_next);

#endif
