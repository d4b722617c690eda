#include "page.h"

#include "data.h"
#include "report.h"

#include <string.h>

typedef struct Wanted {
	Page page;      /* 0: does not matter */
	Page before;    /* what must have gone; nothing when it has no rows */
	gint64 arrived; /* when the output came that brought it */
} Wanted;

/* The number in a title, 0 when the row has none. */
static gint64
post_number(const char *row)
{
	const char *title = strstr(row, DATA_TITLE);

	return title == NULL ? 0 : g_ascii_strtoll(title + strlen(DATA_TITLE), NULL, 10);
}

Page
page_read(Terminal *terminal)
{
	Page page = { 0 };
	int rows, cols;

	terminal_size(terminal, &rows, &cols);
	for (int row = 0; row < rows; row++) {
		g_autofree char *text = terminal_row_text(terminal, row);
		gint64 number = post_number(text);

		if (number == 0)
			continue;
		page.first = page.rows == 0 ? number : page.first;
		page.last = number;
		page.rows++;
	}
	return page;
}

static bool
is_page(const Page *page, const Page *wanted)
{
	return (wanted->rows == 0 || page->rows == wanted->rows) &&
	    (wanted->first == 0 || page->first == wanted->first) &&
	    (wanted->last == 0 || page->last == wanted->last);
}

static bool
shows_wanted(Terminal *terminal, void *data)
{
	Wanted *wanted = data;
	Page page;

	wanted->arrived = g_get_monotonic_time();
	page = page_read(terminal);
	return page.rows > 0 && is_page(&page, &wanted->page) &&
	    (wanted->before.rows == 0 || !is_page(&page, &wanted->before));
}

static bool
shows_none(Terminal *terminal, void *data)
{
	(void)data;
	return page_read(terminal).rows == 0;
}

static _Noreturn void
broken(Terminal *terminal, const char *key, const char *what)
{
	terminal_print(terminal, "this is what the terminal shows:");
	report_broken("after %s: %s", key, what);
}

Page
page_after(Terminal *terminal, const char *key, gint64 first, gint64 last, int timeout_ms)
{
	Wanted wanted = { .page = { .first = first, .last = last } };

	if (first == 0 && last == 0)
		wanted.before = page_read(terminal);
	terminal_press(terminal, key);
	if (!terminal_wait_until(terminal, shows_wanted, &wanted, timeout_ms))
		broken(terminal, key, "the page was not seen");
	terminal_settle(terminal);
	return page_read(terminal);
}

double
page_time(Terminal *terminal, const char *key, const Page *page, int timeout_ms)
{
	Wanted wanted = { .page = *page };
	gint64 start;

	terminal_settle(terminal);
	start = g_get_monotonic_time();
	terminal_press(terminal, key);
	if (!terminal_wait_until(terminal, shows_wanted, &wanted, timeout_ms))
		broken(terminal, key, "the page was not seen in time");
	return (double)(wanted.arrived - start) / 1e3;
}

void
page_leave(Terminal *terminal, const char *key)
{
	terminal_press(terminal, key);
	if (!terminal_wait_until(terminal, shows_none, NULL, TERMINAL_DEADLINE_MS))
		broken(terminal, key, "posts are still seen");
	terminal_settle(terminal);
}
