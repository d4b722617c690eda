#include "plain_text.h"

#include "domain/values.h"

static const TextRule display_name_rule = { .what = "name", .max_length = DISPLAY_NAME_MAX_LENGTH };
static const TextRule title_rule = { .what = "title", .max_length = TITLE_MAX_LENGTH };
static const TextRule content_rule = { .what = "content", .multi_line = true };
static const TextRule excerpt_rule = {
	.what = "excerpt",
	.max_length = EXCERPT_MAX_LENGTH,
	.may_be_empty = true,
};

bool
display_name_normalise(const char *text, char **ret_name, GError **error)
{
	return text_rule_apply(&display_name_rule, text, ret_name, error);
}

bool
title_normalise(const char *text, char **ret_title, GError **error)
{
	return text_rule_apply(&title_rule, text, ret_title, error);
}

bool
content_check(const char *text, GError **error)
{
	return text_rule_check(&content_rule, text, error);
}

bool
excerpt_normalise(const char *text, char **ret_excerpt, GError **error)
{
	return text_rule_apply(&excerpt_rule, text, ret_excerpt, error);
}
