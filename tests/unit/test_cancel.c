#include "base/cancel.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static CancelToken *signalled;

static bool
is_readable(const CancelToken *token, int timeout_ms)
{
	struct pollfd waiter = { .fd = cancel_token_fd(token), .events = POLLIN };

	return poll(&waiter, 1, timeout_ms) == 1;
}

static void
a_new_token_is_not_fired(void **state)
{
	g_autoptr(CancelToken) token = cancel_token_new();

	(void)state;
	assert_false(cancel_token_is_fired(token));
	assert_false(is_readable(token, 0));
}

static void
a_fired_token_stays_fired_however_often_it_is_asked(void **state)
{
	g_autoptr(CancelToken) token = cancel_token_new();

	(void)state;
	cancel_token_fire(token);
	for (int i = 0; i < 3; i++) {
		assert_true(cancel_token_is_fired(token));
		assert_true(is_readable(token, 0));
	}
}

static void
a_reset_takes_back_every_fire_before_it(void **state)
{
	g_autoptr(CancelToken) token = cancel_token_new();

	(void)state;
	cancel_token_fire(token);
	cancel_token_fire(token);
	cancel_token_reset(token);
	assert_false(cancel_token_is_fired(token));
	assert_false(is_readable(token, 0));
	cancel_token_fire(token);
	assert_true(cancel_token_is_fired(token));
	assert_true(is_readable(token, 0));
}

static void
resetting_an_unfired_token_does_not_wait(void **state)
{
	g_autoptr(CancelToken) token = cancel_token_new();

	(void)state;
	cancel_token_reset(token);
	assert_false(cancel_token_is_fired(token));
}

static void
on_signal(int number)
{
	(void)number;
	cancel_token_fire(signalled);
}

static void
a_signal_handler_fires_and_leaves_errno_alone(void **state)
{
	g_autoptr(CancelToken) token = cancel_token_new();
	struct sigaction action = { .sa_handler = on_signal }, before;

	(void)state;
	signalled = token;
	assert_int_equal(sigaction(SIGUSR2, &action, &before), 0);
	errno = EDOM;
	raise(SIGUSR2);
	assert_int_equal(errno, EDOM);
	assert_int_equal(sigaction(SIGUSR2, &before, NULL), 0);
	assert_true(cancel_token_is_fired(token));
	signalled = NULL;
}

static void *
fire_in_thread(void *token)
{
	cancel_token_fire(token);
	return NULL;
}

static void
a_fire_from_another_thread_wakes_a_poll(void **state)
{
	g_autoptr(CancelToken) token = cancel_token_new();
	pthread_t thread;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, fire_in_thread, token), 0);
	assert_true(is_readable(token, 10000));
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_true(cancel_token_is_fired(token));
}

static void *
fire_often(void *token)
{
	for (int i = 0; i < 20000; i++)
		cancel_token_fire(token);
	return NULL;
}

static void
resets_and_fires_that_race_end_with_flag_and_descriptor_agreeing(void **state)
{
	(void)state;
	for (int round = 0; round < 10; round++) {
		g_autoptr(CancelToken) token = cancel_token_new();
		pthread_t thread;

		assert_int_equal(pthread_create(&thread, NULL, fire_often, token), 0);
		for (int i = 0; i < 5000; i++)
			cancel_token_reset(token);
		assert_int_equal(pthread_join(thread, NULL), 0);
		assert_int_equal(cancel_token_is_fired(token), is_readable(token, 0));
		cancel_token_fire(token);
		assert_true(cancel_token_is_fired(token));
	}
}

static void
freeing_nothing_is_allowed(void **state)
{
	(void)state;
	cancel_token_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_token_is_not_fired),
		cmocka_unit_test(a_fired_token_stays_fired_however_often_it_is_asked),
		cmocka_unit_test(a_reset_takes_back_every_fire_before_it),
		cmocka_unit_test(resetting_an_unfired_token_does_not_wait),
		cmocka_unit_test(a_signal_handler_fires_and_leaves_errno_alone),
		cmocka_unit_test(a_fire_from_another_thread_wakes_a_poll),
		cmocka_unit_test(resets_and_fires_that_race_end_with_flag_and_descriptor_agreeing),
		cmocka_unit_test(freeing_nothing_is_allowed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
