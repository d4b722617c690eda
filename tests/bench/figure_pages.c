#include "figures.h"

#include "report.h"
#include "viewers.h"

#define FIRST_GOAL_MS 15
#define FAR_GOAL_MS 20
/* The sooner the first portion is there, the better for the peer. */
#define FETCH_FIRST 100

/* A key that is pressed once in every round. What it leads to is seen in the first, timed in the others. */
typedef struct Press {
	const char *line; /* typed before, not timed */
	const char *key;
	gint64 first, last; /* the posts that must be on the page; 0: any */
	Page page;
	Samples *times;
} Press;

static void
press(Press *self, Terminal *terminal)
{
	if (self->line != NULL)
		viewer_type(terminal, self->line);
	if (self->times != NULL) {
		samples_add(self->times, page_time(terminal, self->key, &self->page, VIEWER_FAR_MS));
		return;
	}
	self->times = samples_new();
	self->page = page_after(terminal, self->key, self->first, self->last, VIEWER_FAR_MS);
}

enum { OPEN, END, BACK, HOME, AGAIN, CONSOLE_PRESSES };

/* A console of its own for every round: one that has shown the posts before has them at hand. */
static void
console_round(Press *presses)
{
	g_autoptr(Terminal) console = viewer_console();

	for (int i = 0; i < AGAIN; i++)
		press(&presses[i], console);
	viewer_type(console, ":screen users");
	page_leave(console, "Enter");
	press(&presses[AGAIN], console);
}

enum { PORTIONS, LIMITED, OFFSET, PSQL_PRESSES };

static void
psql_round(const Data *data, Press *presses)
{
	for (int i = 0; i < PSQL_PRESSES; i++) {
		g_autoptr(Terminal) psql = viewer_psql(data, FETCH_FIRST);

		press(&presses[i], psql);
	}
}

static void
compare(const char *work, const Press *ours, const char *peer, const Samples *peers, double goal)
{
	report_comparison(&(Comparison){
	    .work = work,
	    .unit = UNIT_TIME,
	    .ours = ours->times,
	    .peer = peer,
	    .peers = peers,
	    .goal = goal,
	});
}

static void
print(const Data *data, const Press *console, const Press *psql)
{
	LessEnd less = viewer_less_end(data);
	g_autofree char *rows = report_number(data->browsed);
	g_autofree char *read = report_number(MIN(data->browsed, VIEWER_MILLION));
	g_autofree char *title = g_strdup_printf("Pages of a table of %s rows", rows);
	g_autofree char *end = g_strdup_printf("`less`, End after %s rows", read);
	g_autofree char *home = g_strdup_printf("`less`, the same %s rows", read);
	g_autoptr(Samples) less_end = samples_new();
	g_autoptr(Samples) less_home = samples_new();

	samples_add(less_end, less.end_ms);
	samples_add(less_home, less.home_ms);
	report_section(title);
	compare("posts for the first time, key press to page", &console[OPEN], "psql FETCH_COUNT 100 + less",
	    psql[PORTIONS].times, FIRST_GOAL_MS);
	compare("the same", &console[OPEN], "psql LIMIT 100 + less", psql[LIMITED].times, FIRST_GOAL_MS);
	compare("End", &console[END], end, less_end, FAR_GOAL_MS);
	compare("a page back from the end", &console[BACK], "psql OFFSET + less", psql[OFFSET].times,
	    FAR_GOAL_MS);
	compare("Home", &console[HOME], home, less_home, FAR_GOAL_MS);
	compare("posts again, seen before", &console[AGAIN], NULL, NULL, FIRST_GOAL_MS);
}

void
figure_pages(Data *data)
{
	Press ours[CONSOLE_PRESSES] = {
		[OPEN] = { .line = ":screen posts", .key = "Enter", .first = data->browsed },
		[END] = { .key = "End", .last = 1 },
		[BACK] = { .key = "PgUp" },
		[HOME] = { .key = "Home", .first = data->browsed },
		[AGAIN] = { .line = ":screen posts", .key = "Enter", .first = data->browsed },
	};
	Press peers[PSQL_PRESSES] = {
		[PORTIONS] = { .line = ":all", .key = "Enter", .first = data->browsed },
		[LIMITED] = { .line = ":page", .key = "Enter", .first = data->browsed },
		[OFFSET] = { .line = ":far", .key = "Enter", .first = 100 },
	};

	data_use(data, "browse", data->browsed);
	for (int round = 0; round <= data->runs; round++) {
		console_round(ours);
		psql_round(data, peers);
	}
	print(data, ours, peers);
	for (int i = 0; i < CONSOLE_PRESSES; i++)
		samples_free(ours[i].times);
	for (int i = 0; i < PSQL_PRESSES; i++)
		samples_free(peers[i].times);
}
