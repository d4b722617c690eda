#include "figures.h"

#include "program.h"
#include "report.h"
#include "viewers.h"

#define PAGES 200
#define PAGE_GOAL_MS 16
#define MEMORY_GOAL_MIB 20
#define FETCH 1000
#define PEER "psql + less"
#define OPEN_MS 60000

/* What looking through posts takes: the first page, PAGES pages down, End and Home. */
typedef struct Browsing {
	Samples *times;         /* of each page down */
	Samples *slowest;       /* the longest of them */
	Samples *first, *pages; /* memory on the first page, and after each page down */
	Samples *end, *home;    /* memory after these keys */
} Browsing;

static void
browsing_init(Browsing *self)
{
	*self = (Browsing){ samples_new(), samples_new(), samples_new(), samples_new(), samples_new(),
		samples_new() };
}

static void
browsing_clear(Browsing *self)
{
	samples_free(self->times);
	samples_free(self->slowest);
	samples_free(self->first);
	samples_free(self->pages);
	samples_free(self->end);
	samples_free(self->home);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Browsing, browsing_clear)

static double
memory_of(const Terminal *terminal)
{
	return program_resident_mib(terminal_pid(terminal));
}

/* The posts are numbered without a gap, so each page tells what the next one must show. */
static void
browse(Browsing *self, Terminal *terminal, gint64 newest, const char *down)
{
	page_after(terminal, "Enter", newest, 0, OPEN_MS);
	samples_add(self->first, memory_of(terminal));

	Page before = page_after(terminal, down, 0, 0, OPEN_MS);
	Page page = page_after(terminal, down, 0, 0, OPEN_MS);
	gint64 step = before.first - page.first;

	for (int i = 0; i < PAGES; i++) {
		page.first -= step;
		page.last -= step;
		samples_add(self->times, page_time(terminal, down, &page, TERMINAL_DEADLINE_MS));
		samples_add(self->pages, memory_of(terminal));
	}
	samples_add(self->slowest, samples_at(self->times, 1));
}

static void
browse_console(Browsing *self, gint64 posts)
{
	g_autoptr(Terminal) console = viewer_console();

	viewer_type(console, ":screen posts");
	browse(self, console, posts, "PgDn");
	page_after(console, "End", 0, 1, OPEN_MS);
	samples_add(self->end, memory_of(console));
	page_after(console, "Home", posts, 0, OPEN_MS);
	samples_add(self->home, memory_of(console));
}

static void
browse_psql(Browsing *self, const Data *data)
{
	g_autoptr(Terminal) psql = viewer_psql(data, FETCH);

	viewer_type(psql, ":all");
	browse(self, psql, data->browsed, "f");
	samples_add(self->end, viewer_less_end(data).mib);
}

static void
compare(const char *work, Unit unit, const Samples *ours, const char *peer, const Samples *peers)
{
	double goal = unit == UNIT_TIME ? PAGE_GOAL_MS : MEMORY_GOAL_MIB;

	report_comparison(&(Comparison){ work, unit, ours, peer, peers, .goal = goal });
}

void
figure_memory(Data *data)
{
	g_auto(Browsing) ours = { 0 };
	g_auto(Browsing) peer = { 0 };
	g_autofree char *read = report_number(MIN(data->browsed, VIEWER_MILLION));
	g_autofree char *peer_end = g_strdup_printf("psql + less, End after %s rows", read);

	browsing_init(&ours);
	browsing_init(&peer);
	data_use(data, "browse", data->browsed);
	browse_console(&ours, data->browsed);
	browse_psql(&peer, data);
	report_section("Memory while browsing, and page by page");
	compare("memory on the first page", UNIT_MEMORY, ours.first, PEER, peer.first);
	compare("memory over 200 pages down", UNIT_MEMORY, ours.pages, PEER, peer.pages);
	compare("memory after End", UNIT_MEMORY, ours.end, peer_end, peer.end);
	compare("memory after Home", UNIT_MEMORY, ours.home, NULL, NULL);
	compare("a page down", UNIT_TIME, ours.times, PEER, peer.times);
	compare("the slowest of 200", UNIT_TIME, ours.slowest, PEER, peer.slowest);
}
