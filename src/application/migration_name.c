#include "application/ports/migrations.h"

#include "base/error.h"
#include "base/timestamp.h"

#include <string.h>

/* With .sql, a name has to fit into a directory entry. */
#define STEM_LIMIT 200
#define DATE_LENGTH 8

static bool
refuse(const char *stem, const char *rule, GError **error)
{
	g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION,
	    "'%s' is no name of a migration: %s, as in 20260131_AddPostsSubtitle", stem, rule);
	return false;
}

static bool
is_day(const char *digits)
{
	g_autofree char *day = g_strdup_printf("%.4s-%.2s-%.2s", digits, digits + 4, digits + 6);
	Timestamp time;

	return timestamp_parse(day, 0, &time);
}

bool
migration_name_check(const char *stem, GError **error)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
	const char *words = stem + DATE_LENGTH + 1;

	if (strspn(stem, "0123456789") != DATE_LENGTH || stem[DATE_LENGTH] != '_')
		return refuse(stem, "it begins with a date of eight digits and '_'", error);
	if (!is_day(stem))
		return refuse(stem, "there is no such day", error);
	if (!g_ascii_isupper(words[0]) || words[strspn(words, letters)] != '\0')
		return refuse(stem, "what it does is written in PascalCase, letters and digits", error);
	if (strlen(stem) > STEM_LIMIT)
		return refuse(stem, "it is too long", error);
	return true;
}
