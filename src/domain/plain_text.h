#ifndef SIGNALBOX_DOMAIN_PLAIN_TEXT_H
#define SIGNALBOX_DOMAIN_PLAIN_TEXT_H

#include <glib.h>
#include <stdbool.h>

/* What every textual value shares. `max_length` counts code points; 0 is without a limit. */
typedef struct TextRule {
	const char *what; /* the value's name in messages: "title" */
	glong max_length;
	bool may_be_empty;
	bool multi_line; /* newlines (also as CR LF) and tabs are text */
} TextRule;

/* Trims, then checks. VALIDATION names the value and the rule. */
bool text_rule_apply(const TextRule *self, const char *text, char **ret_text, GError **error);

/* The same checks on the text as it is. */
bool text_rule_check(const TextRule *self, const char *text, GError **error);

/*
 * A value as messages quote it: valid UTF-8, at most 60 code points, a cut marked by `…`. Not yet clean for a
 * terminal. Newly allocated.
 */
char *text_quoted(const char *text);

/* Lower case without regard to the locale: a slug must be the same on every machine. Newly allocated. */
char *text_lower(const char *text);

#endif
