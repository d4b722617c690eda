#ifndef SIGNALBOX_APPLICATION_COMMANDS_ROWS_H
#define SIGNALBOX_APPLICATION_COMMANDS_ROWS_H

#include "application/run.h"

/* What users and posts verbs share: they act on each row that is named, all of them in one transaction. */

/* Does one verb's work on an aggregate and stages it. `args` are the command's own. */
typedef bool (*UserAct)(CommandRun *run, User *user, const void *args, GError **error);
typedef bool (*PostAct)(CommandRun *run, Post *post, const void *args, GError **error);

/* Finds each one, acts, and notes what was `done` ("published"). Ends at the first error. */
bool users_each(CommandRun *run, char *const *references, const char *done, UserAct act, const void *args,
    GError **error);
bool posts_each(
    CommandRun *run, const GArray *ids, const char *done, PostAct act, const void *args, GError **error);

/* USAGE when one is named twice; VALIDATION for what is no id or email. */
bool user_references_check(char *const *references, GError **error);
bool post_ids_check(const GArray *ids, GError **error);

/* Replaces a slug that was made from a title by the first of its numbered forms that is free. */
bool post_take_free_slug(CommandRun *run, Post *post, GError **error);

/* A value object's rule over `text`; true for NULL, which is a value that was not given. */
typedef bool (*ValueRule)(const char *text, char **ret_normal, GError **error);
bool value_check(ValueRule rule, const char *text, GError **error);

#endif
