#ifndef SIGNALBOX_CONFIGURATIONS_POST_TAGS_H
#define SIGNALBOX_CONFIGURATIONS_POST_TAGS_H

#include "base/uuid.h"

#include <glib.h>
#include <stdbool.h>

/* A post's tags as its record holds them: a json array of names, NULL for none. */
char *tags_to_json(const GPtrArray *tags);

/* A new array of char *, never NULL. CORRUPT when `json` is no array of strings. */
bool tags_from_json(const char *json, GPtrArray **ret_tags, GError **error);

/* Adds the statements that give the post what is only in `after` and take from it what is only in `before`.
 */
void tags_write(const Uuid *post_id, const char *before, const char *after, GPtrArray *statements);

#endif
