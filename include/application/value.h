#ifndef SIGNALBOX_APPLICATION_VALUE_H
#define SIGNALBOX_APPLICATION_VALUE_H

#include <stdbool.h>
#include <stddef.h>

/* What a column holds; decides alignment, json encoding and which filter operators make sense. */
typedef enum ValueType {
	VALUE_TEXT,
	VALUE_INTEGER,
	VALUE_NUMERIC,
	VALUE_BOOLEAN,
	VALUE_TIME, /* cells are RFC 3339 in UTC */
	VALUE_UUID,
	VALUE_JSON,
	VALUE_BYTES, /* cells are \x… */
} ValueType;

/* public and internal are shown; confidential is masked in lists; restricted is never selected. */
typedef enum DataClass {
	CLASS_INTERNAL,
	CLASS_PUBLIC,
	CLASS_CONFIDENTIAL,
	CLASS_RESTRICTED,
} DataClass;

/* One value of a row, raw: nothing is sanitised before it reaches a renderer. Borrowed for the time of a
 * call. */
typedef struct Cell {
	const char *text; /* NUL-terminated; "" when null */
	size_t size;
	bool null;
	bool cut; /* the server sent only the beginning */
} Cell;

#endif
