#include "base/mailbox.h"

#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <cmocka.h>

#define WRITERS 4
#define ITEMS_EACH 5000
#define PATIENCE_MS 10000

typedef struct Writer {
	Mailbox *box;
	int number;
} Writer;

static int freed;

static bool
is_readable(const Mailbox *box, int timeout_ms)
{
	struct pollfd waiter = { .fd = mailbox_fd(box), .events = POLLIN };

	return poll(&waiter, 1, timeout_ms) == 1;
}

static void
count_free(gpointer item)
{
	g_free(item);
	freed++;
}

static void
an_empty_box_gives_nothing_and_is_not_readable(void **state)
{
	g_autoptr(Mailbox) box = mailbox_new(NULL);

	(void)state;
	assert_null(mailbox_take(box));
	assert_null(mailbox_wait(box, 0));
	assert_false(is_readable(box, 0));
}

static void
items_come_out_in_the_order_they_went_in(void **state)
{
	g_autoptr(Mailbox) box = mailbox_new(NULL);

	(void)state;
	for (int i = 1; i <= 3; i++)
		mailbox_post(box, GINT_TO_POINTER(i));
	assert_ptr_equal(mailbox_take(box), GINT_TO_POINTER(1));
	mailbox_post(box, GINT_TO_POINTER(4));
	for (int i = 2; i <= 4; i++)
		assert_ptr_equal(mailbox_wait(box, -1), GINT_TO_POINTER(i));
	assert_null(mailbox_take(box));
}

static void
the_descriptor_is_readable_exactly_while_something_waits(void **state)
{
	g_autoptr(Mailbox) box = mailbox_new(NULL);

	(void)state;
	for (int round = 0; round < 2; round++) {
		mailbox_post(box, GINT_TO_POINTER(1));
		mailbox_post(box, GINT_TO_POINTER(2));
		assert_true(is_readable(box, 0));
		assert_non_null(mailbox_take(box));
		assert_true(is_readable(box, 0));
		assert_non_null(mailbox_take(box));
		assert_false(is_readable(box, 0));
	}
}

static void
what_is_left_is_freed_with_the_box(void **state)
{
	Mailbox *box = mailbox_new(count_free);

	(void)state;
	freed = 0;
	for (int i = 0; i < 3; i++)
		mailbox_post(box, g_strdup("letter"));
	g_free(mailbox_take(box));
	mailbox_free(box);
	assert_int_equal(freed, 2);
	mailbox_free(NULL);
}

static void
a_wait_without_a_letter_lasts_its_time(void **state)
{
	g_autoptr(Mailbox) box = mailbox_new(NULL);
	gint64 before = g_get_monotonic_time();

	(void)state;
	assert_null(mailbox_wait(box, 20));
	assert_true(g_get_monotonic_time() - before >= 20000);
}

static void *
post_one(void *box)
{
	mailbox_post(box, GINT_TO_POINTER(7));
	return NULL;
}

static void
a_post_from_another_thread_ends_a_wait(void **state)
{
	g_autoptr(Mailbox) box = mailbox_new(NULL);
	pthread_t thread;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, post_one, box), 0);
	assert_ptr_equal(mailbox_wait(box, -1), GINT_TO_POINTER(7));
	assert_int_equal(pthread_join(thread, NULL), 0);
}

static void
ignore_signal(int number)
{
	(void)number;
}

static void
a_signal_does_not_end_a_wait_early(void **state)
{
	g_autoptr(Mailbox) box = mailbox_new(NULL);
	struct sigaction action = { .sa_handler = ignore_signal }, before;
	struct itimerspec often = { .it_value = { 0, 2000000 }, .it_interval = { 0, 2000000 } };
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR2 };
	timer_t timer;

	(void)state;
	assert_int_equal(sigaction(SIGUSR2, &action, &before), 0);
	assert_int_equal(timer_create(CLOCK_MONOTONIC, &event, &timer), 0);
	assert_int_equal(timer_settime(timer, 0, &often, NULL), 0);
	gint64 start = g_get_monotonic_time();
	assert_null(mailbox_wait(box, 30));
	assert_true(g_get_monotonic_time() - start >= 30000);
	assert_int_equal(timer_delete(timer), 0);
	assert_int_equal(sigaction(SIGUSR2, &before, NULL), 0);
}

static void *
post_many(void *data)
{
	Writer *writer = data;

	for (int i = 0; i < ITEMS_EACH; i++)
		mailbox_post(writer->box, GINT_TO_POINTER(writer->number * ITEMS_EACH + i + 1));
	return NULL;
}

static void
many_writers_lose_nothing_and_keep_their_own_order(void **state)
{
	g_autoptr(Mailbox) box = mailbox_new(NULL);
	Writer writers[WRITERS];
	pthread_t threads[WRITERS];
	int seen[WRITERS] = { 0 };

	(void)state;
	for (int i = 0; i < WRITERS; i++) {
		writers[i] = (Writer){ box, i };
		assert_int_equal(pthread_create(&threads[i], NULL, post_many, &writers[i]), 0);
	}
	for (int i = 0; i < WRITERS * ITEMS_EACH; i++) {
		gpointer item = mailbox_wait(box, PATIENCE_MS);

		assert_non_null(item);
		int writer = (GPOINTER_TO_INT(item) - 1) / ITEMS_EACH;
		assert_int_equal((GPOINTER_TO_INT(item) - 1) % ITEMS_EACH, seen[writer]++);
	}
	for (int i = 0; i < WRITERS; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	assert_null(mailbox_take(box));
	assert_false(is_readable(box, 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_box_gives_nothing_and_is_not_readable),
		cmocka_unit_test(items_come_out_in_the_order_they_went_in),
		cmocka_unit_test(the_descriptor_is_readable_exactly_while_something_waits),
		cmocka_unit_test(what_is_left_is_freed_with_the_box),
		cmocka_unit_test(a_wait_without_a_letter_lasts_its_time),
		cmocka_unit_test(a_post_from_another_thread_ends_a_wait),
		cmocka_unit_test(a_signal_does_not_end_a_wait_early),
		cmocka_unit_test(many_writers_lose_nothing_and_keep_their_own_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
