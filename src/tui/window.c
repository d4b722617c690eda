#include "window.h"

static void
page_clear(gpointer data)
{
	Page *self = data;

	g_free(self->first_cursor);
	g_free(self->last_cursor);
}

void
window_init(Window *self)
{
	*self = (Window){ 0 };
	self->rows = g_ptr_array_new_with_free_func((GDestroyNotify)row_free);
	self->pages = g_array_new(FALSE, FALSE, sizeof(Page));
	g_array_set_clear_func(self->pages, page_clear);
}

void
window_clear(Window *self)
{
	g_ptr_array_unref(self->rows);
	g_array_unref(self->pages);
}

void
window_empty(Window *self)
{
	g_ptr_array_set_size(self->rows, 0);
	g_array_set_size(self->pages, 0);
	self->more_before = self->more_after = false;
}

static Page
page_of(const GPtrArray *rows, const LaneEnd *end)
{
	return (Page){ rows->len, g_strdup(end->first_cursor), g_strdup(end->last_cursor) };
}

static const Page *
page_at(const Window *self, guint index)
{
	return &g_array_index(self->pages, Page, index);
}

/* Moves the rows to `index` of the window. */
static void
insert_rows(Window *self, guint index, GPtrArray *rows)
{
	guint old = self->rows->len, count = rows->len;
	g_autofree gpointer *taken = g_ptr_array_steal(rows, NULL);

	g_ptr_array_set_size(self->rows, (gint)(old + count));
	for (guint i = old; i > index; i--)
		self->rows->pdata[i - 1 + count] = self->rows->pdata[i - 1];
	for (guint i = 0; i < count; i++)
		self->rows->pdata[index + i] = taken[i];
}

void
window_replace(Window *self, GPtrArray *rows, const LaneEnd *end)
{
	Page page = page_of(rows, end);

	window_empty(self);
	insert_rows(self, 0, rows);
	g_array_append_val(self->pages, page);
	self->more_before = end->more_before;
	self->more_after = end->more_after;
}

guint
window_append(Window *self, GPtrArray *rows, const LaneEnd *end)
{
	Page page = page_of(rows, end);
	guint dropped = 0;

	self->more_after = end->more_after;
	if (rows->len == 0) {
		page_clear(&page);
		return 0;
	}
	insert_rows(self, self->rows->len, rows);
	g_array_append_val(self->pages, page);
	while (self->rows->len > WINDOW_ROWS && self->pages->len > 2) {
		guint count = page_at(self, 0)->rows;

		g_ptr_array_remove_range(self->rows, 0, count);
		g_array_remove_index(self->pages, 0);
		self->more_before = true;
		dropped += count;
	}
	return dropped;
}

guint
window_prepend(Window *self, GPtrArray *rows, const LaneEnd *end)
{
	Page page = page_of(rows, end);
	guint count = rows->len;

	self->more_before = end->more_before;
	if (count == 0) {
		page_clear(&page);
		return 0;
	}
	insert_rows(self, 0, rows);
	g_array_prepend_val(self->pages, page);
	while (self->rows->len > WINDOW_ROWS && self->pages->len > 2) {
		guint last = page_at(self, self->pages->len - 1)->rows;

		g_ptr_array_remove_range(self->rows, self->rows->len - last, last);
		g_array_remove_index(self->pages, self->pages->len - 1);
		self->more_after = true;
	}
	return count;
}

const char *
window_last_cursor(const Window *self)
{
	return self->pages->len > 0 ? page_at(self, self->pages->len - 1)->last_cursor : NULL;
}

const char *
window_first_cursor(const Window *self)
{
	return self->pages->len > 0 ? page_at(self, 0)->first_cursor : NULL;
}

guint
window_page_of(const Window *self, guint row, guint *ret_first_row)
{
	guint first = 0;

	for (guint i = 0; i < self->pages->len; i++) {
		if (row < first + page_at(self, i)->rows || i + 1 == self->pages->len) {
			*ret_first_row = first;
			return i;
		}
		first += page_at(self, i)->rows;
	}
	*ret_first_row = 0;
	return 0;
}

/* It counts as one of its page, so that the page leaves the window with it. */
static void
count_row(Window *self, guint index, int step)
{
	guint first = 0, page = window_page_of(self, index, &first);

	if (page < self->pages->len)
		g_array_index(self->pages, Page, page).rows += (guint)step;
}

void
window_insert(Window *self, guint index, Row *row)
{
	count_row(self, index, 1);
	g_ptr_array_insert(self->rows, (gint)index, row);
}

void
window_remove(Window *self, guint index)
{
	count_row(self, index, -1);
	g_ptr_array_remove_index(self->rows, index);
}
