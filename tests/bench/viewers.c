#include "viewers.h"

#include "figures.h"
#include "program.h"
#include "report.h"

#define PROMPT "ready>"
#define FETCH_ALL 1000
#define OPEN_MS 60000

/* Without the author's name, which the console shows: the join would cost the peer more than its reading. */
#define SELECT                                                                                               \
	"SELECT title, state_type, author_id, published_at, created_at, id FROM posts "                      \
	"ORDER BY created_at DESC, id DESC"

Terminal *
viewer_console(void)
{
	g_auto(GStrv) environment = data_environment(NULL);
	Terminal *terminal = terminal_start(&(TerminalOptions){
	    .rows = PAGE_ROWS,
	    .cols = PAGE_COLS,
	    .argv = (const char *const[]){ SIGNALBOX, "--screen", "users", NULL },
	    .env = (const char *const *)environment,
	});

	terminal_wait_text(terminal, "@example.com", TERMINAL_DEADLINE_MS);
	terminal_settle(terminal);
	return terminal;
}

Terminal *
viewer_psql(const Data *data, int fetch_count)
{
	g_auto(GStrv) environment = data_environment((const char *const[]){ "PAGER=less", "LESS=-S", NULL });
	g_autofree char *fetch = g_strdup_printf("FETCH_COUNT=%d", fetch_count);
	g_autofree char *far =
	    g_strdup_printf("far=" SELECT " OFFSET %" G_GINT64_FORMAT " LIMIT 100;", data->browsed - 100);
	Terminal *terminal = terminal_start(&(TerminalOptions){
	    .rows = PAGE_ROWS,
	    .cols = PAGE_COLS,
	    .argv = (const char *const[]){ PSQL, "-X", "-q", "-n", "-P", "pager=always", "-v",
		"PROMPT1=" PROMPT " ", "-v", fetch, "-v", "all=" SELECT ";", "-v",
		"page=" SELECT " LIMIT 100;", "-v", "million=" SELECT " LIMIT 1000000;", "-v", far, NULL },
	    .env = (const char *const *)environment,
	});

	terminal_wait_text(terminal, PROMPT, TERMINAL_DEADLINE_MS);
	terminal_settle(terminal);
	return terminal;
}

void
viewer_type(Terminal *viewer, const char *line)
{
	terminal_type(viewer, line);
	terminal_wait_text(viewer, line, TERMINAL_DEADLINE_MS);
	terminal_settle(viewer);
}

LessEnd
viewer_less_end(const Data *data)
{
	g_autoptr(Terminal) psql = viewer_psql(data, FETCH_ALL);
	gint64 posts = data->browsed;
	LessEnd end;

	report_progress("less reads %d rows, once", (int)MIN(posts, VIEWER_MILLION));
	viewer_type(psql, ":million");
	page_after(psql, "Enter", posts, 0, OPEN_MS);
	end.end_ms =
	    page_time(psql, "G", &(Page){ .last = MAX(1, posts - VIEWER_MILLION + 1) }, VIEWER_FAR_MS);
	terminal_settle(psql);
	end.mib = program_resident_mib(terminal_pid(psql));
	end.home_ms = page_time(psql, "g", &(Page){ .first = posts }, VIEWER_FAR_MS);
	return end;
}
