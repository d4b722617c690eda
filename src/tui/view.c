#include "view.h"

#include "view_private.h"

#include <string.h>

View *
view_new(const ScreenList *list, const char *filter)
{
	View *self = g_new0(View, 1);

	self->list = list;
	self->filter = g_strdup(filter != NULL ? filter : "");
	self->order = g_strdup(list->order);
	self->shown_filter = g_strdup(self->filter);
	self->shown_order = g_strdup(self->order);
	self->height = VIEW_HEIGHT_DEFAULT;
	self->total = -1;
	self->key_column = -1;
	self->wanted = list->from_end ? VIEW_FETCH_LAST : VIEW_FETCH_FIRST;
	self->widths = g_array_new(FALSE, TRUE, sizeof(int));
	window_init(&self->window);
	self->marks = g_ptr_array_new_with_free_func((GDestroyNotify)row_free);
	self->mark_keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return self;
}

void
view_free(View *self)
{
	if (self == NULL)
		return;
	window_clear(&self->window);
	row_columns_free(self->columns);
	row_columns_free(self->incoming_columns);
	g_clear_pointer(&self->incoming, g_ptr_array_unref);
	g_hash_table_unref(self->mark_keys);
	g_ptr_array_unref(self->marks);
	g_array_unref(self->widths);
	g_free(self->filter);
	g_free(self->order);
	g_free(self->shown_filter);
	g_free(self->shown_order);
	g_free(self);
}

const ScreenList *
view_list(const View *self)
{
	return self->list;
}

const RowColumns *
view_columns(const View *self)
{
	return self->columns;
}

guint
view_row_count(const View *self)
{
	return self->window.rows->len;
}

const Row *
view_row(const View *self, guint index)
{
	return index < self->window.rows->len ? self->window.rows->pdata[index] : NULL;
}

bool
view_is_loaded(const View *self)
{
	return self->read_at != 0;
}

bool
view_has_more(const View *self, bool before)
{
	return before ? self->window.more_before : self->window.more_after;
}

bool
view_is_clipped(const View *self)
{
	return self->clipped;
}

int64_t
view_total(const View *self, bool *ret_is_estimate)
{
	*ret_is_estimate = self->total_is_estimate;
	return self->total;
}

gint64
view_read_at(const View *self)
{
	return self->read_at;
}

guint
view_cursor(const View *self)
{
	return self->cursor;
}

guint
view_top(const View *self)
{
	return self->top;
}

const Row *
view_current(const View *self)
{
	return view_row(self, self->cursor);
}

bool
view_lost_row(const View *self)
{
	return self->lost_row;
}

/* -- cursor -------------------------------------------------------------------------------------------------
 */

/* Scrolls as little as possible so that the cursor is seen, and shows no blank lines where there are rows. */
void
view_show_cursor(View *self)
{
	guint count = view_row_count(self), height = (guint)self->height;

	self->cursor = count == 0 ? 0 : MIN(self->cursor, count - 1);
	if (self->top > self->cursor)
		self->top = self->cursor;
	if (self->cursor >= self->top + height)
		self->top = self->cursor - height + 1;
	if (self->top + height > count)
		self->top = count > height ? count - height : 0;
}

void
view_set_height(View *self, int height)
{
	self->height = MAX(height, 1);
	view_show_cursor(self);
}

/* What is beyond the window is made up for when its page comes, but no more than a screenful. */
static void
remember_rest(View *self, int64_t wished)
{
	int64_t count = view_row_count(self);
	int64_t rest = wished < 0 ? wished : wished >= count ? wished - count + 1 : 0;

	if ((rest < 0 && self->window.more_before) || (rest > 0 && self->window.more_after))
		self->rest = (int)CLAMP(rest, -self->height, self->height);
	else
		self->rest = 0;
}

/* Takes the row that has gone out of sight; the next one then stands under the cursor. */
static int
drop_lost_row(View *self, int rows)
{
	if (!self->lost_row || rows == 0)
		return rows;
	window_remove(&self->window, self->cursor);
	self->lost_row = false;
	return rows > 0 ? rows - 1 : rows;
}

void
view_move(View *self, int rows)
{
	int64_t wished, last;

	rows = drop_lost_row(self, rows);
	wished = (int64_t)self->cursor + rows;
	last = (int64_t)view_row_count(self) - 1;
	self->failed = false;
	remember_rest(self, wished);
	self->cursor = (guint)CLAMP(wished, 0, MAX(last, 0));
	view_show_cursor(self);
}

/* The page moves under the cursor, as long as there is more of it. */
void
view_page(View *self, int halves)
{
	int rows = MAX(1, self->height * halves / 2 - (halves % 2 == 0 ? halves / 2 : 0));
	int64_t top;

	if (halves < 0)
		rows = MIN(-1, self->height * halves / 2 + (halves % 2 == 0 ? 1 : 0));
	top = (int64_t)self->top + rows;
	self->top = (guint)CLAMP(top, 0, MAX((int64_t)view_row_count(self) - self->height, 0));
	view_move(self, rows);
}

void
view_home(View *self)
{
	if (self->window.more_before)
		view_want(self, VIEW_FETCH_FIRST);
	else
		view_move(self, -(int)self->cursor);
}

void
view_end(View *self)
{
	if (self->window.more_after)
		view_want(self, VIEW_FETCH_LAST);
	else
		view_move(self, (int)view_row_count(self));
}

/* -- marks --------------------------------------------------------------------------------------------------
 */

bool
view_is_marked(const View *self, guint index)
{
	const Row *row = view_row(self, index);
	g_autofree char *key = NULL;

	if (row == NULL || self->marks->len == 0)
		return false;
	key = row_identity(row, self->key_column);
	return g_hash_table_contains(self->mark_keys, key);
}

/* A copy, because the row may leave the window while it is marked. */
void
view_toggle_mark(View *self)
{
	const Row *row = view_current(self);
	g_autofree char *key = NULL;
	Row *marked;

	if (row == NULL)
		return;
	key = row_identity(row, self->key_column);
	marked = g_hash_table_lookup(self->mark_keys, key);
	if (marked != NULL) {
		g_hash_table_remove(self->mark_keys, key);
		g_ptr_array_remove(self->marks, marked);
	} else {
		marked = row_copy(row);
		g_ptr_array_add(self->marks, marked);
		g_hash_table_insert(self->mark_keys, g_steal_pointer(&key), marked);
	}
	view_move(self, 1);
}

void
view_unmark(View *self)
{
	g_hash_table_remove_all(self->mark_keys);
	g_ptr_array_set_size(self->marks, 0);
}

guint
view_mark_count(const View *self)
{
	return self->marks->len;
}

GPtrArray *
view_chosen(const View *self)
{
	GPtrArray *chosen = g_ptr_array_new();
	const Row *current = view_current(self);

	for (guint i = 0; i < self->marks->len; i++)
		g_ptr_array_add(chosen, self->marks->pdata[i]);
	if (chosen->len == 0 && current != NULL)
		g_ptr_array_add(chosen, (gpointer)(guintptr)current);
	return chosen;
}

/* -- columns ------------------------------------------------------------------------------------------------
 */

guint
view_first_column(const View *self)
{
	return self->first_column;
}

void
view_scroll_columns(View *self, int columns)
{
	int last = self->columns != NULL ? (int)self->columns->count - 1 : 0;

	self->first_column = (guint)CLAMP((int64_t)self->first_column + columns, 0, MAX(last, 0));
}

int *
view_widths(View *self)
{
	if (self->columns != NULL)
		g_array_set_size(self->widths, (guint)self->columns->count);
	return (int *)self->widths->data;
}
