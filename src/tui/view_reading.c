#include "view_private.h"

#include "list_line.h"

#include <string.h>

/* Three screens a page, so that the next one is there before the eye needs it. */
#define PAGE_SCREENS 3
#define PAGE_ROWS_MIN 30
#define PAGE_ROWS_MAX 200
#define REFRESH_ROWS_MAX 1000

/* A list that has no pages is kept up to here. */
#define WHOLE_ROWS_MAX 5000

static int
page_rows(const View *self)
{
	return CLAMP(self->height * PAGE_SCREENS, PAGE_ROWS_MIN, PAGE_ROWS_MAX);
}

ViewFetch
view_fetching(const View *self)
{
	return self->fetching;
}

bool
view_want(View *self, ViewFetch fetch)
{
	self->wanted = fetch;
	self->failed = false;
	self->rest = 0;
	return self->fetching != VIEW_FETCH_NONE;
}

void
view_want_again(View *self)
{
	if (self->wanted == VIEW_FETCH_FIRST || self->wanted == VIEW_FETCH_LAST)
		return;
	if (view_is_loaded(self))
		view_want(self, VIEW_FETCH_REFRESH);
	else if (self->fetching == VIEW_FETCH_NONE)
		view_want(self, self->list->from_end ? VIEW_FETCH_LAST : VIEW_FETCH_FIRST);
}

void
view_abandon(View *self)
{
	if (self->fetching == VIEW_FETCH_FIRST || self->fetching == VIEW_FETCH_LAST)
		self->failed = true;
	self->fetching = VIEW_FETCH_NONE;
	g_clear_pointer(&self->incoming, g_ptr_array_unref);
	g_clear_pointer(&self->incoming_columns, row_columns_free);
}

static void
keep(char **to, const char *text)
{
	g_autofree char *kept = g_strdup(text);

	g_free(*to);
	*to = g_steal_pointer(&kept);
}

void
view_give_up(View *self)
{
	view_abandon(self);
	if (!view_is_loaded(self))
		return;
	self->wanted = VIEW_FETCH_NONE;
	keep(&self->filter, self->shown_filter);
	keep(&self->order, self->shown_order);
}

static ViewFetch
choose(const View *self)
{
	guint near = 2 * (guint)self->height, count = view_row_count(self);

	if (self->wanted != VIEW_FETCH_NONE)
		return self->wanted;
	if (self->failed || count == 0)
		return VIEW_FETCH_NONE;
	if (self->window.more_after && self->top + (guint)self->height + near > count)
		return VIEW_FETCH_NEXT;
	if (self->window.more_before && self->top < near)
		return VIEW_FETCH_BEFORE;
	return VIEW_FETCH_NONE;
}

/*
 * What is seen is read again from a place that is known: the beginning, the end of the page before, the end
 * of the list, or the last row of the window, which then comes back with the page behind it.
 */
static void
place_refresh(View *self, ListLine *wishes)
{
	guint first = 0, page = window_page_of(&self->window, self->top, &first);
	int rows = (int)(self->top - first) + self->height;

	self->refresh_first = first;
	wishes->limit = MIN(MAX(rows, page_rows(self)), REFRESH_ROWS_MAX);
	if (page > 0) {
		wishes->after = g_array_index(self->window.pages, Page, page - 1).last_cursor;
	} else if (self->window.more_before) {
		wishes->limit = MIN((int)view_row_count(self), REFRESH_ROWS_MAX);
		wishes->last = !self->window.more_after;
		wishes->before = wishes->last ? NULL : window_last_cursor(&self->window);
	}
}

static void
place(View *self, ListLine *wishes)
{
	wishes->limit = page_rows(self);
	switch (self->fetching) {
	case VIEW_FETCH_NONE:
	case VIEW_FETCH_FIRST: break;
	case VIEW_FETCH_LAST: wishes->last = true; break;
	case VIEW_FETCH_NEXT: wishes->after = window_last_cursor(&self->window); break;
	case VIEW_FETCH_BEFORE: wishes->before = window_first_cursor(&self->window); break;
	case VIEW_FETCH_REFRESH: place_refresh(self, wishes); break;
	}
}

char *
view_next_line(View *self)
{
	ListLine wishes = { .filter = self->filter, .order = self->order };
	const Row *current = view_current(self);

	if (self->fetching != VIEW_FETCH_NONE)
		return NULL;
	self->fetching = choose(self);
	if (self->fetching == VIEW_FETCH_NONE)
		return NULL;
	self->wanted = VIEW_FETCH_NONE;
	if (self->fetching == VIEW_FETCH_REFRESH && current == NULL)
		self->fetching = VIEW_FETCH_FIRST;
	place(self, &wishes);
	return list_line(self->list, &wishes);
}

char *
view_line(const View *self)
{
	ListLine wishes = { .filter = self->filter, .order = self->order };

	return list_line(self->list, &wishes);
}

/* -- what came ----------------------------------------------------------------------------------------------
 */

static int
find_key_column(const View *self)
{
	const ResourceDef *resource = self->list->def->resource;
	const FieldDef *key = resource != NULL ? resource_key(resource) : NULL;
	int column = -1;

	if (self->list->key != NULL)
		column = row_columns_find(self->columns, self->list->key);
	if (column < 0 && key != NULL)
		column = row_columns_find(self->columns, key->name);
	return column < 0 ? row_columns_find(self->columns, "id") : column;
}

static void
take_columns(View *self)
{
	if (self->incoming_columns == NULL)
		return;
	if (self->columns == NULL || !row_columns_equal(self->columns, self->incoming_columns)) {
		g_array_set_size(self->widths, 0);
		self->first_column = 0;
		view_unmark(self);
	}
	row_columns_free(self->columns);
	self->columns = g_steal_pointer(&self->incoming_columns);
	self->key_column = find_key_column(self);
}

static int
find_row(const View *self, const char *key)
{
	for (guint i = 0; i < view_row_count(self); i++) {
		g_autofree char *identity = row_identity(view_row(self, i), self->key_column);

		if (strcmp(identity, key) == 0)
			return (int)i;
	}
	return -1;
}

/* Somebody moved on while it was read: what came is not what is seen any more. */
static bool
refresh_is_elsewhere(const View *self)
{
	return self->cursor < self->refresh_first ||
	    (self->incoming->len > 0 && self->top >= self->refresh_first + self->incoming->len);
}

/* Keeps the cursor on its row, at its height; when the row has gone, it is kept where it was. */
static void
take_refresh(View *self, const LaneEnd *end)
{
	const Row *current = view_current(self);
	bool comparable = current != NULL && current->count == self->columns->count;
	g_autofree char *key = comparable ? row_identity(current, self->key_column) : NULL;
	g_autoptr(Row) kept = comparable ? row_copy(current) : NULL;
	guint line = self->cursor - self->top;
	bool at_start = self->top == 0 && !self->window.more_before;
	int found;

	if (refresh_is_elsewhere(self))
		return;
	self->cursor -= self->refresh_first;
	window_replace(&self->window, self->incoming, end);
	found = key != NULL ? find_row(self, key) : -1;
	/* Without a key, a row that has changed cannot be told from one that has gone. */
	self->lost_row = key != NULL && found < 0 && self->key_column >= 0;
	if (found >= 0) {
		self->cursor = (guint)found;
	} else if (self->lost_row) {
		self->cursor = MIN(self->cursor, view_row_count(self));
		window_insert(&self->window, self->cursor, g_steal_pointer(&kept));
	}
	/* Who looks at the beginning sees what comes in. */
	self->top = at_start || self->cursor < line ? 0 : self->cursor - line;
}

static void
take_total(View *self, const LaneEnd *end)
{
	bool all = !self->window.more_before && !self->window.more_after;

	if (all || end->total >= 0) {
		self->total =
		    all && !self->clipped ? (int64_t)view_row_count(self) - self->lost_row : end->total;
		self->total_is_estimate = !all && end->total_is_estimate;
	}
}

static void
take_page(View *self, const LaneEnd *end)
{
	guint count;

	switch (self->fetching) {
	case VIEW_FETCH_NONE: break;
	case VIEW_FETCH_FIRST:
	case VIEW_FETCH_LAST:
		self->total = -1;
		window_replace(&self->window, self->incoming, end);
		count = view_row_count(self);
		self->cursor = self->fetching == VIEW_FETCH_LAST && count > 0 ? count - 1 : 0;
		self->top = self->cursor;
		self->lost_row = false;
		break;
	case VIEW_FETCH_NEXT:
		count = window_append(&self->window, self->incoming, end);
		self->lost_row = self->lost_row && self->cursor >= count;
		self->cursor = self->cursor > count ? self->cursor - count : 0;
		self->top = self->top > count ? self->top - count : 0;
		break;
	case VIEW_FETCH_BEFORE:
		count = window_prepend(&self->window, self->incoming, end);
		self->cursor += count;
		self->lost_row = self->lost_row && self->cursor < view_row_count(self);
		self->top += count;
		break;
	case VIEW_FETCH_REFRESH: take_refresh(self, end); break;
	}
}

/* Rows of two shapes are no list: what stands there was read before its table was changed. */
static bool
has_changed_shape(const View *self)
{
	return self->fetching != VIEW_FETCH_FIRST && self->fetching != VIEW_FETCH_LAST &&
	    self->columns != NULL && self->incoming_columns != NULL &&
	    !row_columns_equal(self->columns, self->incoming_columns);
}

static void
take_end(View *self, const LaneEnd *end)
{
	int rest = self->rest;

	if (has_changed_shape(self)) {
		view_abandon(self);
		self->wanted = VIEW_FETCH_FIRST;
		return;
	}
	if (self->incoming == NULL)
		self->incoming = g_ptr_array_new_with_free_func((GDestroyNotify)row_free);
	take_columns(self);
	take_page(self, end);
	take_total(self, end);
	self->fetching = VIEW_FETCH_NONE;
	self->read_at = g_get_monotonic_time();
	keep(&self->shown_filter, self->filter);
	keep(&self->shown_order, self->order);
	g_clear_pointer(&self->incoming, g_ptr_array_unref);
	view_show_cursor(self);
	if (rest != 0)
		view_move(self, rest);
}

static void
take_rows(View *self, LaneEvent *event)
{
	if (self->incoming == NULL)
		self->incoming = g_ptr_array_new_with_free_func((GDestroyNotify)row_free);
	g_ptr_array_extend_and_steal(self->incoming, g_steal_pointer(&event->rows));
	if (self->incoming->len > WHOLE_ROWS_MAX) {
		LaneEnd end = { .total = -1 };

		g_ptr_array_set_size(self->incoming, WHOLE_ROWS_MAX);
		self->clipped = true;
		take_end(self, &end);
	}
}

void
view_take(View *self, LaneEvent *event)
{
	if (self->fetching == VIEW_FETCH_NONE)
		return;
	switch (event->kind) {
	case LANE_EVENT_BEGIN:
		self->clipped = false;
		row_columns_free(self->incoming_columns);
		self->incoming_columns = g_steal_pointer(&event->columns);
		g_clear_pointer(&self->incoming, g_ptr_array_unref);
		break;
	case LANE_EVENT_ROWS: take_rows(self, event); break;
	case LANE_EVENT_END: take_end(self, &event->end); break;
	case LANE_EVENT_DONE:
		self->failed = self->failed || event->error != NULL;
		if (event->error != NULL)
			view_give_up(self);
		else
			view_abandon(self);
		break;
	case LANE_EVENT_NOTE:
	case LANE_EVENT_CREATED:
	case LANE_EVENT_PROGRESS:
	case LANE_EVENT_ASK:
	case LANE_EVENT_COMPLETION:
	case LANE_EVENT_SERVER: break;
	}
}

/* -- filter and order ---------------------------------------------------------------------------------------
 */

const char *
view_filter(const View *self)
{
	return self->filter;
}

void
view_set_filter(View *self, const char *filter)
{
	keep(&self->filter, filter);
	view_unmark(self);
	view_want(self, VIEW_FETCH_FIRST);
}

const char *
view_order(const View *self)
{
	const ResourceDef *resource = self->list->def->resource;

	if (self->order != NULL || resource == NULL || !view_takes_order(self))
		return self->order;
	return resource->default_order;
}

void
view_set_order(View *self, const char *order)
{
	keep(&self->order, order);
	view_want(self, VIEW_FETCH_FIRST);
}

bool
view_takes_filter(const View *self)
{
	return command_has(self->list->def, "term");
}

bool
view_takes_order(const View *self)
{
	return command_has(self->list->def, "order");
}
