#include "candidate_list.h"

#include "text_draw.h"

#include "base/text.h"

#include <string.h>

#define MARGIN 1
#define GAP 2

int
candidate_list_height(const GPtrArray *candidates)
{
	int count = (int)candidates->len;

	return count > CANDIDATE_ROWS ? CANDIDATE_ROWS + 1 : count;
}

/* Of the texts' column: where help stands beside them, at most half of the window. */
static int
text_column(const GPtrArray *candidates, int width)
{
	int cells = 0, limit = width - 2 * MARGIN;

	for (guint i = 0; i < candidates->len; i++) {
		const Candidate *candidate = candidates->pdata[i];
		g_autofree char *clean = text_sanitised(candidate->text, TEXT_SINGLE_LINE);

		cells = MAX(cells, text_width(clean));
		if (candidate->help != NULL)
			limit = MIN(limit, width / 2);
	}
	return MIN(cells, MAX(limit, 1));
}

static void
draw_candidate(
    const Candidate *candidate, WINDOW *window, const Theme *theme, int y, int text_cells, RowLook row)
{
	int width = getmaxx(window), help_x = MARGIN + text_cells + GAP;

	text_draw_repeated(window, y, 0, width, " ", theme_look(theme, STYLE_ROW, row));
	text_draw(window, theme, y, MARGIN, text_cells, candidate->text, theme_look(theme, STYLE_ROW, row));
	if (candidate->help != NULL)
		text_draw(window, theme, y, help_x, width - help_x - MARGIN, candidate->help,
		    theme_look(theme, STYLE_HINT_TEXT, row));
}

static void
draw_count(WINDOW *window, const Theme *theme, guint first, guint shown, guint count)
{
	g_autofree char *text = g_strdup_printf("%u-%u of %u", first + 1, first + shown, count);

	text_draw(window, theme, getmaxy(window) - 1, MARGIN, getmaxx(window) - 2 * MARGIN, text,
	    theme_look(theme, STYLE_HINT_TEXT, ROW_PLAIN));
}

void
candidate_list_draw(const GPtrArray *candidates, int chosen, WINDOW *window, const Theme *theme)
{
	int height = getmaxy(window);
	guint count = candidates->len, shown = MIN(count, (guint)height), first;
	int text_cells = text_column(candidates, getmaxx(window));

	werase(window);
	/* The last row tells of what is not in sight, where there is room for both. */
	if (shown < count && height > 1)
		shown--;
	first = chosen >= (int)shown ? (guint)chosen - shown + 1 : 0;
	for (guint i = 0; i < shown; i++)
		draw_candidate(candidates->pdata[first + i], window, theme, (int)i, text_cells,
		    (int)(first + i) == chosen ? ROW_CURSOR : ROW_PLAIN);
	if (shown < count && height > 1)
		draw_count(window, theme, first, shown, count);
}

char *
candidate_common_start(const GPtrArray *candidates)
{
	const char *start = candidates->len > 0 ? ((const Candidate *)candidates->pdata[0])->text : "";
	size_t length = strlen(start);

	for (guint i = 1; i < candidates->len; i++) {
		const char *text = ((const Candidate *)candidates->pdata[i])->text;
		size_t same = 0;

		while (same < length && text[same] == start[same])
			same++;
		length = same;
	}
	while (length > 0 && ((guchar)start[length] & 0xc0) == 0x80)
		length--;
	return g_strndup(start, length);
}
