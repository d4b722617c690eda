#include "figures.h"
#include "machine.h"
#include "report.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/*
 * Measures the console beside the programs that people use for the same today. Nothing is asserted: what
 * misses its goal is said, and only what does not work at all ends with 1.
 */

#define ROWS 10000000
#define ROWS_QUICK 200000
#define EXPORTED 1000000

static const struct {
	const char *name;
	void (*measure)(Data *data);
} figures[] = {
	{ "start", figure_start },
	{ "pages", figure_pages },
	{ "memory", figure_memory },
	{ "export", figure_export },
};

static bool
is_known(const char *name)
{
	for (gsize i = 0; i < G_N_ELEMENTS(figures); i++) {
		if (strcmp(figures[i].name, name) == 0)
			return true;
	}
	return false;
}

static void
check(char **only, int runs)
{
	for (; only != NULL && *only != NULL; only++) {
		if (!is_known(*only))
			report_broken(
			    "there is no figure '%s': there are start, pages, memory and export", *only);
	}
	if (runs < 0)
		report_broken("%d runs can't be made", runs);
	if (access(SIGNALBOX, X_OK) != 0)
		report_broken("'%s' was not built", SIGNALBOX);
}

int
main(int argc, char **argv)
{
	gboolean quick = FALSE;
	gint runs = 0;
	g_auto(GStrv) only = NULL;
	const GOptionEntry entries[] = {
		{ "quick", 0, 0, G_OPTION_ARG_NONE, &quick, "tables of 200,000 rows", NULL },
		{ "only", 0, 0, G_OPTION_ARG_STRING_ARRAY, &only,
		    "measure only this: start, pages, memory or export; may be said again", "NAME" },
		{ "runs", 0, 0, G_OPTION_ARG_INT, &runs, "how often: 15, and 5 for exports, unless said",
		    "N" },
		{ 0 },
	};
	g_autoptr(GOptionContext) context = g_option_context_new("- measure Signalbox beside psql");
	g_autoptr(GError) error = NULL;

	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, &argc, &argv, &error))
		report_broken("%s", error->message);
	if (argc > 1)
		report_broken("nothing is known about '%s'", argv[1]);
	check(only, runs);

	g_autoptr(Data) data = data_new(quick ? ROWS_QUICK : ROWS, quick ? ROWS_QUICK : EXPORTED, runs);

	machine_print(data);
	for (gsize i = 0; i < G_N_ELEMENTS(figures); i++) {
		if (only == NULL || g_strv_contains((const char *const *)only, figures[i].name))
			figures[i].measure(data);
	}
	return 0;
}
