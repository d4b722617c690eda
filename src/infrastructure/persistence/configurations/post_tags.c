#include "persistence/configurations/post_tags.h"

#include "base/error.h"
#include "persistence/connection.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* Another writer may add the same name at the same moment: whoever is first makes it, both use it. */
#define ADD_TAG "INSERT INTO tags (id, name) VALUES ($1, $2) ON CONFLICT (lower(name)) DO NOTHING"
#define LINK_TAG                                                                                             \
	"INSERT INTO post_tags (post_id, tag_id) SELECT $1::uuid, id FROM tags WHERE lower(name) = "         \
	"lower($2)"                                                                                          \
	" ON CONFLICT (post_id, tag_id) DO NOTHING"
#define UNLINK_TAG                                                                                           \
	"DELETE FROM post_tags USING tags WHERE tags.id = post_tags.tag_id AND post_tags.post_id = $1"       \
	" AND tags.name = $2"

char *
tags_to_json(const GPtrArray *tags)
{
	json_t *array;
	char *dumped;
	char *json;

	if (tags == NULL || tags->len == 0)
		return NULL;
	array = json_array();
	for (guint i = 0; i < tags->len; i++)
		json_array_append_new(array, json_string(g_ptr_array_index(tags, i)));
	dumped = json_dumps(array, 0);
	json = g_strdup(dumped);
	free(dumped);
	json_decref(array);
	return json;
}

bool
tags_from_json(const char *json, GPtrArray **ret_tags, GError **error)
{
	g_autoptr(GPtrArray) tags = g_ptr_array_new_with_free_func(g_free);
	json_t *array;
	json_t *name;
	size_t index;
	bool is_list;

	if (json == NULL) {
		*ret_tags = g_steal_pointer(&tags);
		return true;
	}
	array = json_loads(json, 0, NULL);
	is_list = json_is_array(array);
	json_array_foreach(array, index, name)
	{
		is_list = is_list && json_is_string(name);
		g_ptr_array_add(tags, g_strdup(json_string_value(name)));
	}
	json_decref(array);
	if (!is_list) {
		g_set_error(error, SB_ERROR, SB_ERROR_CORRUPT, "its tags can't be read: '%s'", json);
		return false;
	}
	*ret_tags = g_steal_pointer(&tags);
	return true;
}

static GPtrArray *
tags_or_none(const char *json)
{
	GPtrArray *tags = NULL;

	return tags_from_json(json, &tags, NULL) ? tags : g_ptr_array_new_with_free_func(g_free);
}

static bool
holds(const GPtrArray *tags, const char *name)
{
	for (guint i = 0; i < tags->len; i++) {
		if (g_str_equal(g_ptr_array_index(tags, i), name))
			return true;
	}
	return false;
}

static void
stage(GPtrArray *statements, const char *sql, const char *id, const char *name, int expected_rows)
{
	g_autofree char *subject = g_strdup_printf("tag '%s'", name);

	g_ptr_array_add(
	    statements, statement_new(sql, 2, (const char *const[]){ id, name }, expected_rows, subject));
}

void
tags_write(const Uuid *post_id, const char *before, const char *after, GPtrArray *statements)
{
	g_autoptr(GPtrArray) old = tags_or_none(before);
	g_autoptr(GPtrArray) new = tags_or_none(after);
	g_autofree char *post = uuid_to_string(post_id);

	for (guint i = 0; i < old->len; i++) {
		const char *name = g_ptr_array_index(old, i);

		if (!holds(new, name))
			stage(statements, UNLINK_TAG, post, name, 1);
	}
	for (guint i = 0; i < new->len; i++) {
		const char *name = g_ptr_array_index(new, i);
		Uuid id = uuid_v7();
		g_autofree char *tag = uuid_to_string(&id);

		if (holds(old, name))
			continue;
		stage(statements, ADD_TAG, tag, name, -1);
		stage(statements, LINK_TAG, post, name, -1);
	}
}
