#include "tui/columns.h"
#include "tui/view.h"

#include "application/registry.h"
#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HEIGHT 20

/*
 * A list of the numbers 1 to `size`, read as a server would: the view's own command lines are answered from
 * it.
 */
typedef struct Source {
	int size;
	int requests;
	int largest_limit;
	Screen *screen;
	View *view;
	const CommandDef *def;
	Registry *registry;
} Source;

static Source source;

static int
make_source(void **state)
{
	static const char *const words[] = { "posts", "list", NULL };
	size_t used;

	(void)state;
	source = (Source){ .size = 5000, .registry = registry_new() };
	registry_add(source.registry, application_commands);
	assert_true(registry_find(source.registry, words, &source.def, &used, NULL));
	source.screen = screen_of_line("posts list", source.def, "Posts");
	source.view = view_new(source.screen->lists->pdata[0], NULL);
	view_set_height(source.view, HEIGHT);
	return 0;
}

static int
free_source(void **state)
{
	(void)state;
	view_free(source.view);
	screen_free(source.screen);
	registry_free(source.registry);
	return 0;
}

static int
option(const char *line, const char *name, int fallback)
{
	const char *found = strstr(line, name);

	return found != NULL ? atoi(found + strlen(name)) : fallback;
}

static void
give(LaneEventKind kind, GPtrArray *rows, const LaneEnd *end)
{
	static const ResultColumn columns[] = { { "id", VALUE_INTEGER } };
	g_autoptr(LaneEvent) event = lane_event_new(kind, LANE_READ, 1);

	event->rows = rows;
	if (kind == LANE_EVENT_BEGIN)
		event->columns = row_columns_new(columns, 1);
	if (end != NULL)
		event->end = *end;
	view_take(source.view, event);
	event->end = (LaneEnd){ 0 };
}

/* The numbers from..to, as a page; what lies beyond is told as the reader tells it. */
static void
give_page(int from, int to, bool after, bool before)
{
	GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)row_free);
	g_autofree char *first = g_strdup_printf("%d", from);
	g_autofree char *last = g_strdup_printf("%d", to);
	LaneEnd end = { .rows = (uint64_t)(to - from + 1),
		.more_after = before || to < source.size,
		.more_before = after || from > 1,
		.first_cursor = first,
		.last_cursor = last,
		.total = source.size,
		.total_is_estimate = true };

	for (int number = from; number <= to; number++) {
		g_autofree char *text = g_strdup_printf("%d", number);
		Cell cell = { .text = text, .size = strlen(text) };

		g_ptr_array_add(rows, row_new(&cell, 1));
	}
	give(LANE_EVENT_BEGIN, NULL, NULL);
	give(LANE_EVENT_ROWS, rows, NULL);
	give(LANE_EVENT_END, NULL, &end);
	give(LANE_EVENT_DONE, NULL, NULL);
}

static void
answer(const char *line)
{
	int limit = option(line, "--limit ", 50), after = option(line, "--after ", 0);
	int before = option(line, "--before ", 0);
	int from = after + 1, to = MIN(after + limit, source.size);

	source.requests++;
	source.largest_limit = MAX(source.largest_limit, limit);
	if (before > 0) {
		to = before - 1;
		from = MAX(to - limit + 1, 1);
	} else if (strstr(line, "--last") != NULL) {
		to = source.size;
		from = MAX(to - limit + 1, 1);
	}
	give_page(from, to, after > 0, before > 0);
}

/* Answers until nothing more is asked for. */
static void
settle(void)
{
	for (int i = 0; i < 20; i++) {
		g_autofree char *line = view_next_line(source.view);

		if (line == NULL)
			return;
		answer(line);
	}
	fail_msg("%s", "the view never has enough");
}

static int
number_at(guint index)
{
	const Row *row = view_row(source.view, index);

	return row != NULL ? atoi(row_cell(row, 0)->text) : -1;
}

static int
current(void)
{
	return number_at(view_cursor(source.view));
}

/* What is seen has no hole and, where there are enough rows, no blank line. */
static void
expect_full_screen(void)
{
	guint top = view_top(source.view), count = view_row_count(source.view);

	assert_true(view_cursor(source.view) >= top);
	assert_true(view_cursor(source.view) < top + HEIGHT);
	assert_true(count <= WINDOW_ROWS);
	for (guint i = 0; i < MIN(HEIGHT, (guint)source.size); i++)
		assert_int_equal(number_at(top + i), number_at(top) + (int)i);
}

static void
paging_down_meets_every_row_with_bounded_memory(void **state)
{
	int before = 0;

	(void)state;
	settle();
	for (int page = 0; page < 300 && current() < source.size; page++) {
		expect_full_screen();
		assert_true(current() > before);
		assert_true(current() <= before + HEIGHT);
		before = current();
		view_page(source.view, 2);
		settle();
	}
	assert_int_equal(current(), source.size);
	assert_true(source.largest_limit <= 200);
}

static void
paging_up_from_the_end_meets_every_row(void **state)
{
	(void)state;
	settle();
	view_end(source.view);
	settle();
	assert_int_equal(current(), source.size);
	expect_full_screen();
	for (int page = 0; page < 300 && current() > 1; page++) {
		view_page(source.view, -2);
		settle();
		expect_full_screen();
	}
	assert_int_equal(current(), 1);
}

static void
the_next_page_is_asked_for_before_the_edge_is_reached(void **state)
{
	(void)state;
	settle();
	for (int page = 0; page < 50; page++) {
		view_page(source.view, 2);
		expect_full_screen();
		settle();
	}
}

static void
home_and_end_need_one_page_each(void **state)
{
	(void)state;
	settle();
	source.requests = 0;
	view_end(source.view);
	settle();
	view_home(source.view);
	settle();
	assert_int_equal(current(), 1);
	assert_true(source.requests <= 4);
}

static void
one_line_at_a_time_is_asked_for(void **state)
{
	g_autofree char *first = view_next_line(source.view);
	g_autofree char *second = view_next_line(source.view);

	(void)state;
	assert_non_null(first);
	assert_null(second);
	view_abandon(source.view);
}

static void
a_refresh_keeps_the_cursor_on_its_row_at_its_line(void **state)
{
	guint line;

	(void)state;
	settle();
	view_page(source.view, 2);
	view_page(source.view, 2);
	view_move(source.view, 3);
	settle();
	line = view_cursor(source.view) - view_top(source.view);
	assert_int_equal(current(), 42);
	view_want_again(source.view);
	settle();
	assert_int_equal(current(), 42);
	assert_int_equal(view_cursor(source.view) - view_top(source.view), line);
	assert_false(view_lost_row(source.view));
	expect_full_screen();
}

static void
a_refresh_in_the_middle_keeps_the_cursor_wherever_it_is(void **state)
{
	(void)state;
	settle();
	view_end(source.view);
	settle();
	for (int i = 0; i < 40; i++) {
		int before;

		view_page(source.view, i % 3 == 0 ? 2 : -2);
		settle();
		before = current();
		view_want_again(source.view);
		settle();
		assert_int_equal(current(), before);
		expect_full_screen();
	}
}

static void
a_row_that_has_gone_stays_until_the_cursor_moves(void **state)
{
	bool is_estimate = false;

	(void)state;
	source.size = 10;
	settle();
	view_move(source.view, 9);
	assert_int_equal(current(), 10);
	source.size = 9;
	view_want_again(source.view);
	settle();
	assert_true(view_lost_row(source.view));
	assert_int_equal(current(), 10);
	view_want_again(source.view);
	settle();
	assert_true(view_lost_row(source.view));
	assert_int_equal(current(), 10);
	assert_int_equal(view_row_count(source.view), 10);
	assert_int_equal(view_total(source.view, &is_estimate), 9);
	view_move(source.view, -1);
	assert_false(view_lost_row(source.view));
	assert_int_equal(current(), 9);
	assert_int_equal(view_row_count(source.view), 9);
}

static void
marks_stay_with_their_rows(void **state)
{
	g_autoptr(GPtrArray) chosen = NULL;

	(void)state;
	settle();
	view_move(source.view, 2);
	view_toggle_mark(source.view);
	assert_int_equal(current(), 4);
	view_move(source.view, 6);
	view_toggle_mark(source.view);
	view_end(source.view);
	settle();
	chosen = view_chosen(source.view);
	assert_int_equal(chosen->len, 2);
	assert_string_equal(row_cell(chosen->pdata[0], 0)->text, "3");
	assert_string_equal(row_cell(chosen->pdata[1], 0)->text, "10");
	view_home(source.view);
	settle();
	assert_true(view_is_marked(source.view, 2));
	assert_false(view_is_marked(source.view, 3));
	view_move(source.view, 2);
	view_toggle_mark(source.view);
	assert_int_equal(view_mark_count(source.view), 1);
}

static void
a_filter_begins_the_list_anew_and_forgets_the_marks(void **state)
{
	g_autofree char *line = NULL;

	(void)state;
	settle();
	view_toggle_mark(source.view);
	view_set_filter(source.view, "state=Draft");
	line = view_next_line(source.view);
	assert_true(g_str_has_prefix(line, "posts list state=Draft --limit "));
	assert_null(strstr(line, "--after"));
	assert_int_equal(view_mark_count(source.view), 0);
	view_abandon(source.view);
}

static void
a_filter_whose_reading_is_given_up_is_taken_back(void **state)
{
	(void)state;
	settle();
	view_set_filter(source.view, "state=Draft");
	g_free(view_next_line(source.view));
	assert_string_equal(view_filter(source.view), "state=Draft");
	view_give_up(source.view);
	assert_string_equal(view_filter(source.view), "");
	view_set_order(source.view, "title:asc");
	g_free(view_next_line(source.view));
	view_give_up(source.view);
	assert_true(g_strcmp0(view_order(source.view), "title:asc") != 0);
	assert_int_equal(current(), 1);
}

static void
a_failed_page_is_not_asked_for_again_at_once(void **state)
{
	g_autofree char *line = view_next_line(source.view);
	g_autoptr(LaneEvent) done = lane_event_new(LANE_EVENT_DONE, LANE_READ, 1);
	g_autofree char *again = NULL;

	(void)state;
	assert_non_null(line);
	g_set_error_literal(&done->error, SB_ERROR, SB_ERROR_UNAVAILABLE, "the server is down");
	view_take(source.view, done);
	again = view_next_line(source.view);
	assert_null(again);
	view_want_again(source.view);
	settle();
	assert_int_equal(current(), 1);
}

static void
an_empty_list_has_no_current_row(void **state)
{
	(void)state;
	g_free(view_next_line(source.view));
	source.size = 0;
	give_page(1, 0, false, false);
	assert_null(view_current(source.view));
	view_page(source.view, 2);
	view_end(source.view);
	view_home(source.view);
	view_move(source.view, -5);
	view_toggle_mark(source.view);
	assert_int_equal(view_cursor(source.view), 0);
	assert_int_equal(view_mark_count(source.view), 0);
}

static const struct {
	Duration age;
	const char *text;
} ages[] = {
	{ 0, "now" },
	{ 5 * DURATION_SECOND, "5s ago" },
	{ 61 * DURATION_MINUTE, "1h ago" },
	{ 49 * DURATION_HOUR, "2d ago" },
	{ 800 * DURATION_DAY, "2y ago" },
	{ -90 * DURATION_SECOND, "in 1m" },
};

static void
ages_have_one_unit(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(ages); i++) {
		g_autofree char *text = age_text(1000 * DURATION_DAY - ages[i].age, 1000 * DURATION_DAY);

		assert_string_equal(text, ages[i].text);
	}
}

static void
digits_stand_in_groups_of_three(void **state)
{
	static const char *const cases[][2] = { { "0", "0" }, { "999", "999" }, { "1000", "1,000" },
		{ "-2014331", "-2,014,331" }, { "12345.678", "12,345.678" }, { "abc", "abc" } };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = grouped_number(cases[i][0]);

		assert_string_equal(text, cases[i][1]);
	}
}

#define VIEW_TEST(name) cmocka_unit_test_setup_teardown(name, make_source, free_source)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		VIEW_TEST(paging_down_meets_every_row_with_bounded_memory),
		VIEW_TEST(paging_up_from_the_end_meets_every_row),
		VIEW_TEST(the_next_page_is_asked_for_before_the_edge_is_reached),
		VIEW_TEST(home_and_end_need_one_page_each),
		VIEW_TEST(one_line_at_a_time_is_asked_for),
		VIEW_TEST(a_refresh_keeps_the_cursor_on_its_row_at_its_line),
		VIEW_TEST(a_refresh_in_the_middle_keeps_the_cursor_wherever_it_is),
		VIEW_TEST(a_row_that_has_gone_stays_until_the_cursor_moves),
		VIEW_TEST(marks_stay_with_their_rows),
		VIEW_TEST(a_filter_begins_the_list_anew_and_forgets_the_marks),
		VIEW_TEST(a_filter_whose_reading_is_given_up_is_taken_back),
		VIEW_TEST(a_failed_page_is_not_asked_for_again_at_once),
		VIEW_TEST(an_empty_list_has_no_current_row),
		cmocka_unit_test(ages_have_one_unit),
		cmocka_unit_test(digits_stand_in_groups_of_three),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
