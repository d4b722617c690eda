#ifndef SIGNALBOX_DOMAIN_VALUES_H
#define SIGNALBOX_DOMAIN_VALUES_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define EMAIL_MAX_LENGTH 320
#define DISPLAY_NAME_MAX_LENGTH 100
#define TITLE_MAX_LENGTH 200
#define SLUG_MAX_LENGTH 200
#define EXCERPT_MAX_LENGTH 500
#define TAG_MAX_LENGTH 50

/*
 * Value objects as rules over text: each returns the normalised value (newly allocated) or a VALIDATION error
 * that names the value and the rule. Lengths count Unicode code points, as varchar does. Text must be valid
 * UTF-8 without NUL and control characters (content: newlines and tabs are allowed).
 */

/* Trimmed; one '@', a local part, a domain with a dot or `localhost`; the domain lower-cased. */
bool email_normalise(const char *text, char **ret_email, GError **error);

/* Trimmed, not empty. */
bool display_name_normalise(const char *text, char **ret_name, GError **error);
bool title_normalise(const char *text, char **ret_title, GError **error);
bool content_check(const char *text, GError **error);

/* May be empty. */
bool excerpt_normalise(const char *text, char **ret_excerpt, GError **error);

/* Trimmed, lower-cased, inner white space folded to one '-'. */
bool tag_normalise(const char *text, char **ret_tag, GError **error);

/* Lower-case ASCII words and digits joined by single '-'. */
bool slug_check(const char *text, GError **error);

/* From a title: transliterated to ASCII, lower-cased, joined by '-', cut to fit. A title that yields nothing
 * is a VALIDATION error that asks for --slug. */
bool slug_from_title(const char *title, char **ret_slug, GError **error);

/* The n-th try for a slug that is taken: `base-2`, `base-3`, …; `base` is shortened where needed. */
char *slug_with_number(const char *base, unsigned number);

/* An amount in minor units with its ISO 4217 code. Never mixed, never floating point. */
typedef struct Money {
	int64_t minor;
	char currency[4];
} Money;

/* `12.50 EUR`: at most 16 digits before the point and exactly the currency's minor digits (0, 2 or 3) or
 * fewer after it. */
bool money_parse(const char *text, Money *ret_money, GError **error);

/* `12.50 EUR`. Newly allocated. */
char *money_format(const Money *self);

/* CONFLICT for different currencies, VALIDATION for overflow. */
bool money_add(const Money *self, const Money *other, Money *ret_sum, GError **error);
bool money_multiply(const Money *self, int64_t factor, Money *ret_product, GError **error);

#endif
