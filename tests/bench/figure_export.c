#include "figures.h"

#include "program.h"
#include "report.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define COLUMNS                                                                                              \
	"id, author_id, title, slug, content, excerpt, state_type, published_at, archived_at, created_at, "  \
	"updated_at, reading_minutes"

typedef struct Export {
	const char *format;
	const char *peer; /* as the table calls it */
	const char *copy; /* what psql copies, and how */
	double goal_ratio;
} Export;

/* The same rows in the same order: `tables browse` reads in the order of the key. */
static const Export exports[] = {
	{ "csv", "`\\copy … csv`",
	    "\\copy (SELECT " COLUMNS " FROM posts ORDER BY id) TO '%s' (FORMAT csv, HEADER)", 1.0 },
	{ "jsonl", "`\\copy` of `row_to_json`",
	    "\\copy (SELECT row_to_json(t) FROM (SELECT " COLUMNS " FROM posts ORDER BY id) t) TO '%s'",
	    0.7 },
};

typedef struct Side {
	const char *const *argv;
	const char *output; /* of the program itself */
	const char *file;   /* the export */
	Samples *times, *memory;
	gint64 bytes;
} Side;

static void
side_clear(Side *self)
{
	samples_free(self->times);
	samples_free(self->memory);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Side, side_clear)

static void
run(Side *self, bool counts)
{
	Cost cost = program_run(self->argv, self->output);
	struct stat found;

	if (stat(self->file, &found) != 0 || found.st_size == 0)
		report_broken("nothing was written to '%s'", self->file);
	self->bytes = found.st_size;
	unlink(self->file);
	if (!counts)
		return;
	samples_add(self->times, cost.ms);
	samples_add(self->memory, cost.peak_mib);
}

static void
print(const Data *data, const Export *export, const Side *ours, const Side *peer)
{
	g_autofree char *rows = report_number(data->exported);
	g_autofree char *work =
	    g_strdup_printf("%s rows as %s, %.0f MB", rows, export->format, (double)ours->bytes / 1e6);
	g_autofree char *peer_name = g_strdup_printf("%s, %.0f MB", export->peer, (double)peer->bytes / 1e6);
	g_autofree char *memory = g_strdup_printf("its most memory (%s)", export->format);

	report_comparison(&(Comparison){ .work = work,
	    .unit = UNIT_TIME,
	    .ours = ours->times,
	    .peer = peer_name,
	    .peers = peer->times,
	    .goal_ratio = export->goal_ratio });
	report_comparison(&(Comparison){ .work = memory,
	    .unit = UNIT_MEMORY,
	    .ours = ours->memory,
	    .peer = export->peer,
	    .peers = peer->memory,
	    .goal = 16 });
}

static void
measure(const Data *data, const Export *export)
{
	g_autofree char *file = data_path(data, "export");
	g_auto(GStrv) around = g_strsplit(export->copy, "%s", 2);
	g_autofree char *copy = g_strconcat(around[0], file, around[1], NULL);
	const char *const our_argv[] = { SIGNALBOX, "tables", "browse", "public.posts", "--all", "--format",
		export->format, NULL };
	const char *const peer_argv[] = { PSQL, "-X", "-q", "-c", copy, NULL };
	g_auto(Side) ours = { our_argv, file, file, samples_new(), samples_new(), 0 };
	g_auto(Side) peer = { peer_argv, "/dev/null", file, samples_new(), samples_new(), 0 };

	run(&ours, false);
	run(&peer, false);
	for (int i = 0; i < data->long_runs; i++) {
		run(&ours, true);
		run(&peer, true);
	}
	print(data, export, &ours, &peer);
}

void
figure_export(Data *data)
{
	data_use(data, "export", data->exported);
	report_section("Export to a file");
	for (gsize i = 0; i < G_N_ELEMENTS(exports); i++)
		measure(data, &exports[i]);
}
