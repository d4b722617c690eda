#include "application/registry.h"

#include <string.h>

/* Words longer than this are no names of ours. */
#define WORD_LIMIT 64

/*
 * Edits between two words: insert, delete, replace, or swap two neighbours (Damerau-Levenshtein, optimal
 * string alignment). Letter case does not count.
 */
static unsigned
distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	unsigned rows[3][WORD_LIMIT + 1];
	unsigned *before = rows[0], *last = rows[1], *here = rows[2];

	for (size_t j = 0; j <= b_length; j++)
		last[j] = (unsigned)j;
	for (size_t i = 1; i <= a_length; i++) {
		here[0] = (unsigned)i;
		for (size_t j = 1; j <= b_length; j++) {
			bool same = g_ascii_tolower(a[i - 1]) == g_ascii_tolower(b[j - 1]);
			unsigned best = last[j - 1] + !same;

			best = MIN(best, MIN(last[j], here[j - 1]) + 1);
			if (i > 1 && j > 1 && g_ascii_tolower(a[i - 1]) == g_ascii_tolower(b[j - 2]) &&
			    g_ascii_tolower(a[i - 2]) == g_ascii_tolower(b[j - 1]))
				best = MIN(best, before[j - 2] + 1);
			here[j] = best;
		}
		unsigned *spare = before;

		before = last;
		last = here;
		here = spare;
	}
	return last[b_length];
}

const char *
nearest_name(const char *word, const char *const *names)
{
	size_t length = strlen(word);
	/* A third of the letters may be wrong; more is another word. */
	unsigned best = (unsigned)(length + 2) / 3 + 1;
	const char *nearest = NULL;

	if (length == 0 || length > WORD_LIMIT)
		return NULL;
	for (size_t i = 0; names[i] != NULL; i++) {
		size_t name_length = strlen(names[i]);

		if (name_length > WORD_LIMIT)
			continue;
		unsigned edits = distance(word, length, names[i], name_length);

		/* What was begun right is nearly as good as what was typed nearly right. */
		if (length >= 3 && g_ascii_strncasecmp(names[i], word, length) == 0)
			edits = MIN(edits, 1);
		if (edits < best) {
			best = edits;
			nearest = names[i];
		}
	}
	return nearest;
}
