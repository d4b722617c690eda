#include "base/error.h"
#include "domain/event.h"
#include "domain/user.h"

#include <glib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define REGISTERED_AT ((Timestamp)1700000000000000)
#define EARLIER ((Timestamp)1750000000000000)
#define NOW ((Timestamp)1790000000000000)
#define NOW_TEXT "2026-09-21T14:13:20Z"

typedef enum Verb {
	RENAME,
	CHANGE_EMAIL,
	SET_ROLE,
	DEACTIVATE,
	ACTIVATE,
	SET_PASSWORD_HASH,
} Verb;

typedef struct MatrixRow {
	UserStateType from;
	Verb verb;
	bool allowed;
	UserStateType to;
	const char *event;      /* NULL: none */
	const char *event_time; /* its name in the payload */
	const char *refusal;    /* what the message says */
} MatrixRow;

static const MatrixRow matrix[] = {
	{ USER_ACTIVE, RENAME, true, USER_ACTIVE, NULL, NULL, NULL },
	{ USER_ACTIVE, CHANGE_EMAIL, true, USER_ACTIVE, "user.email_changed.v1", "changed_at", NULL },
	{ USER_ACTIVE, SET_ROLE, true, USER_ACTIVE, "user.role_changed.v1", "changed_at", NULL },
	{ USER_ACTIVE, DEACTIVATE, true, USER_DEACTIVATED, "user.deactivated.v1", "deactivated_at", NULL },
	{ USER_ACTIVE, ACTIVATE, false, USER_ACTIVE, NULL, NULL, "user 'ada@example.org' is already active" },
	{ USER_ACTIVE, SET_PASSWORD_HASH, true, USER_ACTIVE, NULL, NULL, NULL },
	{ USER_DEACTIVATED, RENAME, true, USER_DEACTIVATED, NULL, NULL, NULL },
	{ USER_DEACTIVATED, CHANGE_EMAIL, true, USER_DEACTIVATED, "user.email_changed.v1", "changed_at",
	    NULL },
	{ USER_DEACTIVATED, SET_ROLE, true, USER_DEACTIVATED, "user.role_changed.v1", "changed_at", NULL },
	{ USER_DEACTIVATED, DEACTIVATE, false, USER_DEACTIVATED, NULL, NULL,
	    "user 'ada@example.org' is already deactivated" },
	{ USER_DEACTIVATED, ACTIVATE, true, USER_ACTIVE, "user.activated.v1", "activated_at", NULL },
	{ USER_DEACTIVATED, SET_PASSWORD_HASH, true, USER_DEACTIVATED, NULL, NULL, NULL },
	{ USER_ERASED, RENAME, false, USER_ERASED, NULL, NULL, "is erased" },
	{ USER_ERASED, CHANGE_EMAIL, false, USER_ERASED, NULL, NULL, "is erased" },
	{ USER_ERASED, SET_ROLE, false, USER_ERASED, NULL, NULL, "is erased" },
	{ USER_ERASED, DEACTIVATE, false, USER_ERASED, NULL, NULL, "is erased" },
	{ USER_ERASED, ACTIVATE, false, USER_ERASED, NULL, NULL, "is erased" },
	{ USER_ERASED, SET_PASSWORD_HASH, false, USER_ERASED, NULL, NULL, "is erased" },
};

static User *
registered(void)
{
	g_autoptr(GError) error = NULL;
	User *user = NULL;

	assert_true(user_register("ada@example.org", "Ada", USER_ROLE_AUTHOR, REGISTERED_AT, &user, &error));
	assert_null(error);
	return user;
}

/* As a repository gives it: the state by columns, no events yet. */
static User *
user_in(UserStateType type)
{
	User *user = registered();

	g_clear_pointer(&user->events, g_ptr_array_unref);
	assert_true(user_state_from_columns(user_state_names[type], type == USER_DEACTIVATED ? EARLIER : 0,
	    type == USER_ERASED ? EARLIER : 0, &user->state, NULL));
	return user;
}

static bool
act(User *user, Verb verb, GError **error)
{
	switch (verb) {
	case RENAME: return user_rename(user, "Grace", NOW, error);
	case CHANGE_EMAIL: return user_change_email(user, "grace@example.org", NOW, error);
	case SET_ROLE: return user_set_role(user, USER_ROLE_ADMIN, NOW, error);
	case DEACTIVATE: return user_deactivate(user, NOW, error);
	case ACTIVATE: return user_activate(user, NOW, error);
	case SET_PASSWORD_HASH: return user_set_password_hash(user, "$argon2id$v=19$x", NOW, error);
	}
	return false;
}

/* All that a user holds, so that "nothing changed" is one comparison. */
static char *
picture(const User *user)
{
	return g_strdup_printf("%s|%s|%s|%d|%d|%ld|%ld|%ld|%ld|%ld|%u", user->email, user->display_name,
	    user->password_hash == NULL ? "(none)" : user->password_hash, (int)user->role,
	    (int)user->state.type, (long)user->state.deactivated_at, (long)user->state.erased_at,
	    (long)user->created_at, (long)user->updated_at, (long)user->last_login_at,
	    user->events == NULL ? 0 : user->events->len);
}

static const char *
payload_value(const DomainEvent *event, const char *name)
{
	for (char **pair = event->payload; *pair != NULL; pair += 2) {
		if (g_str_equal(pair[0], name))
			return pair[1];
	}
	return NULL;
}

static void
assert_event(const User *user, const char *type, const char *time_name, const char *time)
{
	const DomainEvent *event;
	g_autofree char *topic = NULL;
	g_autofree char *id = uuid_to_string(&user->id.value);

	assert_non_null(user->events);
	assert_int_equal(user->events->len, 1);
	event = user->events->pdata[0];
	topic = domain_event_topic(event);
	assert_string_equal(event->type, type);
	assert_string_equal(topic, "user");
	assert_string_equal(event->aggregate_type, "user");
	assert_true(uuid_equal(&event->aggregate_id, &user->id.value));
	assert_int_equal(event->occurred_at, user->updated_at);
	assert_string_equal(payload_value(event, "user_id"), id);
	assert_string_equal(payload_value(event, "state"), user_state_names[user->state.type]);
	assert_string_equal(payload_value(event, time_name), time);
	if (g_str_equal(type, "user.role_changed.v1")) {
		assert_int_equal(g_strv_length(event->payload), 8);
		assert_string_equal(payload_value(event, "role"), "Admin");
	} else {
		assert_int_equal(g_strv_length(event->payload), 6);
	}
}

static void
every_verb_in_every_state_does_what_the_matrix_says(void **state)
{
	(void)state;
	assert_int_equal(G_N_ELEMENTS(matrix), 3 * (SET_PASSWORD_HASH + 1));
	for (size_t i = 0; i < G_N_ELEMENTS(matrix); i++) {
		const MatrixRow *row = &matrix[i];
		g_autoptr(User) user = user_in(row->from);
		g_autofree char *before = picture(user);
		g_autofree char *after = NULL;
		g_autoptr(GError) error = NULL;

		assert_int_equal(act(user, row->verb, &error), row->allowed);
		after = picture(user);
		assert_int_equal(user->state.type, row->to);
		if (row->allowed) {
			assert_null(error);
			assert_int_equal(user->updated_at, NOW);
			if (row->event != NULL)
				assert_event(user, row->event, row->event_time, NOW_TEXT);
			else
				assert_null(user->events);
		} else {
			assert_true(sb_error_is(error, SB_ERROR_CONFLICT));
			assert_non_null(strstr(error->message, row->refusal));
			assert_string_equal(before, after);
		}
	}
}

static void
verbs_change_what_they_are_named_after(void **state)
{
	g_autoptr(User) user = user_in(USER_ACTIVE);

	(void)state;
	for (Verb verb = RENAME; verb <= SET_PASSWORD_HASH; verb++)
		assert_true(act(user, verb, NULL));
	assert_string_equal(user->display_name, "Grace");
	assert_string_equal(user->email, "grace@example.org");
	assert_int_equal(user->role, USER_ROLE_ADMIN);
	assert_string_equal(user->password_hash, "$argon2id$v=19$x");
	assert_int_equal(user->created_at, REGISTERED_AT);
	assert_int_equal(user->events->len, 4);
}

static void
deactivating_sets_the_time_and_activating_clears_it(void **state)
{
	g_autoptr(User) user = user_in(USER_ACTIVE);

	(void)state;
	assert_true(user_deactivate(user, EARLIER, NULL));
	assert_int_equal(user->state.deactivated_at, EARLIER);
	assert_true(user_activate(user, NOW, NULL));
	assert_int_equal(user->state.deactivated_at, 0);
}

static void
a_registered_user_is_active_and_announced(void **state)
{
	g_autoptr(User) user = NULL;

	(void)state;
	assert_true(user_register(" Ada@Example.ORG ", " Ada L. ", USER_ROLE_EDITOR, NOW, &user, NULL));
	assert_string_equal(user->email, "Ada@example.org");
	assert_string_equal(user->display_name, "Ada L.");
	assert_int_equal(user->role, USER_ROLE_EDITOR);
	assert_int_equal(user->state.type, USER_ACTIVE);
	assert_int_equal(user->created_at, NOW);
	assert_int_equal(user->updated_at, NOW);
	assert_int_equal(user->last_login_at, 0);
	assert_null(user->password_hash);
	assert_event(user, "user.registered.v1", "registered_at", NOW_TEXT);
}

static void
no_event_carries_an_email_or_a_name(void **state)
{
	g_autoptr(User) user = registered();

	(void)state;
	assert_true(user_change_email(user, "grace@example.org", NOW, NULL));
	for (guint i = 0; i < user->events->len; i++) {
		const DomainEvent *event = user->events->pdata[i];

		for (char **text = event->payload; *text != NULL; text++) {
			assert_null(strchr(*text, '@'));
			assert_string_not_equal(*text, "Ada");
		}
	}
}

static void
a_user_with_a_bad_value_is_not_registered(void **state)
{
	static const struct {
		const char *email, *name, *says;
	} rows[] = {
		{ "ada", "Ada", "email 'ada'" },
		{ "ada@example.org", " ", "name ''" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		User *user = NULL;
		g_autoptr(GError) error = NULL;

		assert_false(
		    user_register(rows[i].email, rows[i].name, USER_ROLE_MEMBER, NOW, &user, &error));
		assert_true(sb_error_is(error, SB_ERROR_VALIDATION));
		assert_non_null(strstr(error->message, rows[i].says));
		assert_null(user);
	}
}

static void
assert_refused(bool done, const User *user, const char *before, GError **error, SbErrorCode code)
{
	g_autofree char *after = picture(user);

	assert_false(done);
	assert_true(sb_error_is(*error, code));
	assert_string_equal(before, after);
}

static void
what_a_user_already_is_is_a_conflict(void **state)
{
	g_autoptr(User) user = user_in(USER_ACTIVE);
	g_autofree char *before = picture(user);
	g_autoptr(GError) name = NULL;
	g_autoptr(GError) email = NULL;
	g_autoptr(GError) role = NULL;

	(void)state;
	assert_refused(user_rename(user, " Ada ", NOW, &name), user, before, &name, SB_ERROR_CONFLICT);
	assert_refused(
	    user_change_email(user, "ada@EXAMPLE.org", NOW, &email), user, before, &email, SB_ERROR_CONFLICT);
	assert_refused(
	    user_set_role(user, USER_ROLE_AUTHOR, NOW, &role), user, before, &role, SB_ERROR_CONFLICT);
	assert_non_null(strstr(role->message, "'Author'"));
}

static void
a_bad_value_changes_nothing(void **state)
{
	g_autoptr(User) user = user_in(USER_ACTIVE);
	g_autofree char *before = picture(user);
	g_autoptr(GError) name = NULL;
	g_autoptr(GError) email = NULL;

	(void)state;
	assert_refused(user_rename(user, "", NOW, &name), user, before, &name, SB_ERROR_VALIDATION);
	assert_refused(
	    user_change_email(user, "ada@", NOW, &email), user, before, &email, SB_ERROR_VALIDATION);
}

static void
a_password_that_was_not_hashed_is_neither_kept_nor_shown(void **state)
{
	g_autoptr(User) user = user_in(USER_ACTIVE);
	g_autofree char *before = picture(user);
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_refused(
	    user_set_password_hash(user, "secret123", NOW, &error), user, before, &error, SB_ERROR_INTERNAL);
	assert_null(strstr(error->message, "secret123"));
}

static void
roles_are_read_by_their_names_in_any_case(void **state)
{
	static const char *const wrong[] = { "", "owner", "members", "\xff" };

	(void)state;
	for (int i = 0; user_role_names[i] != NULL; i++) {
		UserRole role;
		g_autofree char *lower = g_ascii_strdown(user_role_names[i], -1);

		assert_true(user_role_parse(user_role_names[i], &role, NULL));
		assert_int_equal(role, i);
		assert_true(user_role_parse(lower, &role, NULL));
		assert_int_equal(role, i);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		UserRole role;
		g_autoptr(GError) error = NULL;

		assert_false(user_role_parse(wrong[i], &role, &error));
		assert_true(sb_error_is(error, SB_ERROR_VALIDATION));
		assert_non_null(strstr(error->message, "'Editor'"));
		assert_true(g_utf8_validate(error->message, -1, NULL));
	}
}

static void
only_possible_states_are_read(void **state)
{
	static const struct {
		const char *state_type;
		Timestamp deactivated_at, erased_at;
		bool possible;
	} rows[] = {
		{ "Active", 0, 0, true },
		{ "Active", 1, 0, false },
		{ "Active", 0, 1, false },
		{ "Deactivated", 1, 0, true },
		{ "Deactivated", 0, 0, false },
		{ "Deactivated", 1, 2, false },
		{ "Erased", 0, 1, true },
		{ "Erased", 1, 2, true },
		{ "Erased", 0, 0, false },
		{ "Erased", 1, 0, false },
		{ "active", 0, 0, false },
		{ NULL, 0, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		UserState read = { 0 };
		g_autoptr(GError) error = NULL;

		assert_int_equal(user_state_from_columns(rows[i].state_type, rows[i].deactivated_at,
				     rows[i].erased_at, &read, &error),
		    rows[i].possible);
		if (rows[i].possible)
			assert_string_equal(user_state_names[read.type], rows[i].state_type);
		else
			assert_true(sb_error_is(error, SB_ERROR_CORRUPT));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_verb_in_every_state_does_what_the_matrix_says),
		cmocka_unit_test(verbs_change_what_they_are_named_after),
		cmocka_unit_test(deactivating_sets_the_time_and_activating_clears_it),
		cmocka_unit_test(a_registered_user_is_active_and_announced),
		cmocka_unit_test(no_event_carries_an_email_or_a_name),
		cmocka_unit_test(a_user_with_a_bad_value_is_not_registered),
		cmocka_unit_test(what_a_user_already_is_is_a_conflict),
		cmocka_unit_test(a_bad_value_changes_nothing),
		cmocka_unit_test(a_password_that_was_not_hashed_is_neither_kept_nor_shown),
		cmocka_unit_test(roles_are_read_by_their_names_in_any_case),
		cmocka_unit_test(only_possible_states_are_read),
	};

	return cmocka_run_group_tests_name("user", tests, NULL, NULL);
}
