#include "reliability/idempotency/stored_result.h"

#include "base/error.h"

#include <jansson.h>
#include <stdlib.h>

static const char *const kind_names[] = {
	[NOTE_INFO] = "info",
	[NOTE_WARNING] = "warning",
	[NOTE_HINT] = "hint",
	[NOTE_NOTICE] = "notice",
};

static json_t *
notes_json(const GPtrArray *notes)
{
	json_t *array = json_array();

	for (guint i = 0; i < notes->len; i++) {
		const RunNote *note = g_ptr_array_index(notes, i);

		json_array_append_new(
		    array, json_pack("{s:s, s:s}", "kind", kind_names[note->kind], "text", note->text));
	}
	return array;
}

static json_t *
targets_json(const GPtrArray *targets)
{
	json_t *array = json_array();

	for (guint i = 0; i < targets->len; i++)
		json_array_append_new(array, json_string(g_ptr_array_index(targets, i)));
	return array;
}

char *
stored_result_of(const CommandRun *run)
{
	json_t *result = json_pack("{s:s?, s:o, s:o}", "created", run->created, "notes",
	    notes_json(run->notes), "targets", targets_json(run->targets));
	char *dumped = json_dumps(result, JSON_COMPACT);
	char *text = g_strdup(dumped);

	free(dumped);
	json_decref(result);
	return text;
}

static NoteKind
kind_of(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(kind_names); i++) {
		if (g_strcmp0(kind_names[i], name) == 0)
			return (NoteKind)i;
	}
	return NOTE_INFO;
}

static void
take_over(CommandRun *run, const json_t *result)
{
	json_t *item;
	size_t index;

	g_free(run->created);
	run->created = g_strdup(json_string_value(json_object_get(result, "created")));
	json_array_foreach(json_object_get(result, "notes"), index, item)
	{
		const char *text = json_string_value(json_object_get(item, "text"));

		if (text != NULL)
			run_note(run, kind_of(json_string_value(json_object_get(item, "kind"))), "%s", text);
	}
	json_array_foreach(json_object_get(result, "targets"), index, item)
	{
		if (json_is_string(item))
			g_ptr_array_add(run->targets, g_strdup(json_string_value(item)));
	}
}

bool
stored_result_apply(CommandRun *run, const char *json, GError **error)
{
	json_t *result = json_loads(json, 0, NULL);

	if (!json_is_object(result)) {
		json_decref(result);
		g_set_error(error, SB_ERROR, SB_ERROR_CORRUPT,
		    "the stored result of the idempotency key '%s' can't be read: see 'idempotency show'",
		    run->arguments->common.idempotency_key);
		return false;
	}
	take_over(run, result);
	json_decref(result);
	return true;
}
