#include "application/arguments.h"
#include "application/registry.h"
#include "application/words.h"
#include "console/console.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A line that binds is written down again so that it reads back the same. */
static void
check_round_trip(const Arguments *arguments)
{
	g_autofree char *line = arguments_to_line(arguments, false);
	g_autofree char *again = NULL;
	g_autoptr(GArray) words = NULL;
	g_autoptr(Arguments) bound = NULL;
	const Word *first;
	size_t used = 1;

	for (const char *c = arguments->def->name; *c != '\0'; c++)
		used += *c == ' ';
	g_assert(words_split(line, &words) == WORDS_COMPLETE);
	first = (const Word *)words->data;
	g_assert(arguments_parse(arguments->def, first + used, words->len - used, NULL, &bound, NULL));
	again = arguments_to_line(bound, false);
	g_assert_cmpstr(line, ==, again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static Registry *registry;
	g_autofree char *line = g_strndup((const char *)data, size);
	g_autoptr(GArray) words = NULL;
	g_autofree const char **texts = NULL;
	g_autoptr(Arguments) arguments = NULL;
	const CommandDef *def = NULL;
	size_t used = 0;

	if (registry == NULL) {
		registry = registry_new();
		registry_add(registry, application_commands);
		registry_add(registry, console_commands);
	}
	words_split(line, &words);
	texts = words_texts(words);
	if (words->len == 0 || !registry_find(registry, texts, &def, &used, NULL))
		return 0;
	if (arguments_parse(def, (const Word *)words->data + used, words->len - used, NULL, &arguments, NULL))
		check_round_trip(arguments);
	return 0;
}
