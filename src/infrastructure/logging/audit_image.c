#include "logging/audit_image.h"

#include "application/bulk.h"
#include "digest.h"
#include "logging/audit_chain.h"
#include "persistence/table_configuration.h"

#include <jansson.h>
#include <stdlib.h>

static void
personal_value_free(gpointer data)
{
	PersonalValue *self = data;

	g_free(self->user_id);
	g_free(self->field);
	g_free(self->salt);
	g_free(self->value);
	g_free(self);
}

/* Takes the json; NULL for an empty object. */
static char *
object_text(json_t *object)
{
	char *dumped = json_object_size(object) == 0 ? NULL : json_dumps(object, JSON_COMPACT);
	char *text = g_strdup(dumped);

	free(dumped);
	json_decref(object);
	return text;
}

static bool
is_personal(const Change *change, const char *name)
{
	const TableConfiguration *table = table_configuration_find(change->table);
	const ColumnDef *column = table == NULL ? NULL : table_column(table, name);

	return column != NULL && (column->flags & COLUMN_PERSONAL) != 0;
}

/* Keeps the value beside the chain and gives what stands for it. */
static json_t *
set_aside(AuditImage *self, const Change *change, const char *name, const char *side, const char *value)
{
	PersonalValue *personal = g_new0(PersonalValue, 1);
	g_autofree char *hash = NULL;

	personal->user_id = g_strdup(change->key);
	personal->field = g_strdup_printf("%s.%s", name, side);
	personal->salt = salt_new();
	personal->value = g_strdup(value);
	hash = audit_personal_hash(personal->salt, value);
	g_ptr_array_add(self->personal, personal);
	return json_string(hash);
}

/* One side of a change: `offset` 1 is before, 2 is after. */
static void
add_side(AuditImage *self, const Change *change, guint offset, const char *side, json_t *rows)
{
	g_autofree char *row = g_strdup_printf("%s %s", change->table, change->key);
	json_t *columns = json_object();

	for (guint i = 0; i + 2 < change->columns->len; i += 3) {
		const char *name = g_ptr_array_index(change->columns, i);
		const char *value = g_ptr_array_index(change->columns, i + offset);

		if (value != NULL)
			json_object_set_new(columns, name,
			    is_personal(change, name) ? set_aside(self, change, name, side, value)
						      : json_string(value));
	}
	if (json_object_size(columns) > 0)
		json_object_set(rows, row, columns);
	json_decref(columns);
}

static json_t *
plan_json(const BulkPlan *plan)
{
	json_t *skipped = json_object();
	GHashTableIter reasons;
	gpointer reason;
	gpointer count;

	if (plan->skipped != NULL) {
		g_hash_table_iter_init(&reasons, plan->skipped);
		while (g_hash_table_iter_next(&reasons, &reason, &count))
			json_object_set_new(skipped, reason, json_integer(GPOINTER_TO_UINT(count)));
	}
	return json_pack("{s:s?, s:I, s:I, s:I, s:o}", "plan", plan->id, "total", (json_int_t)plan->total,
	    "done", (json_int_t)plan->done, "failed", (json_int_t)plan->failed, "skipped", skipped);
}

static char *
targets_text(const GPtrArray *targets)
{
	json_t *array = json_array();
	char *dumped;
	char *text;

	for (guint i = 0; i < targets->len; i++)
		json_array_append_new(array, json_string(g_ptr_array_index(targets, i)));
	dumped = json_dumps(array, JSON_COMPACT);
	text = g_strdup(dumped);
	free(dumped);
	json_decref(array);
	return text;
}

AuditImage *
audit_image_new(const CommandRun *run)
{
	AuditImage *self = g_new0(AuditImage, 1);
	json_t *before = json_object();
	json_t *after = run->plan != NULL ? plan_json(run->plan) : json_object();

	self->personal = g_ptr_array_new_with_free_func(personal_value_free);
	for (guint i = 0; i < run->changes->len; i++) {
		const Change *change = g_ptr_array_index(run->changes, i);

		add_side(self, change, 1, "before", before);
		add_side(self, change, 2, "after", after);
	}
	self->targets = targets_text(run->targets);
	self->before = object_text(before);
	self->after = object_text(after);
	return self;
}

void
audit_image_free(AuditImage *self)
{
	if (self == NULL)
		return;
	g_free(self->targets);
	g_free(self->before);
	g_free(self->after);
	g_ptr_array_unref(self->personal);
	g_free(self);
}
