#ifndef SIGNALBOX_DOMAIN_POST_RULES_H
#define SIGNALBOX_DOMAIN_POST_RULES_H

#include "domain/post.h"

/* A CONFLICT that names the post by its id, followed by `rule`. Returns false. */
bool post_conflict(const Post *self, const char *rule, GError **error);

/* What is written is written: only a draft may be edited, tagged or given another slug. */
bool post_require_draft(const Post *self, GError **error);

#endif
