#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tui/help.h"
#include "widget_stage.h"

static const CommandDef list_command = { .name = "posts list", .summary = "List posts" };
static const CommandDef show_command = { .name = "posts show", .summary = "Show one post" };
static const CommandDef publish_command = { .name = "posts publish", .summary = "Publish drafts" };
static const CommandDef add_command = { .name = "posts add", .summary = "Write a post" };
static const CommandDef *const commands[] = { &list_command, &show_command, &publish_command, &add_command,
	NULL };

static const char screen_text[] = "[screen]\n"
				  "title=Posts\n"
				  "list=posts list\n"
				  "detail=posts show {id}\n"
				  "[keys]\n"
				  "p=posts publish {id} ; Publish ; state=Draft\n"
				  "a=:posts add ; Add\n"
				  "Enter=detail\n"
				  "o=screen outbox aggregate_id={id} ; Its messages\n";

static int
show_help(const void *data)
{
	g_autoptr(Registry) registry = registry_new();
	g_autoptr(Screen) screen = NULL;
	g_autoptr(TextView) view = text_view_new("Help");
	WidgetStage stage;

	(void)data;
	registry_add(registry, commands);
	if (!screen_parse("posts", "posts.screen", screen_text, strlen(screen_text), &screen, NULL))
		return 1;
	help_fill(view, screen, screen->lists->pdata[0], registry);
	stage_open(&stage, "none");
	text_view_draw(view, stdscr, stage.theme);
	refresh();
	stage_press(&stage);
	stage_close(&stage);
	return 0;
}

static void
a_screens_keys_are_explained_by_what_they_run(void **state)
{
	Terminal *terminal = terminal_start(&(TerminalOptions){ .rows = 60, .cols = 70, .run = show_help });
	g_autofree char *screen = NULL;

	(void)state;
	terminal_wait_text(terminal, "Leaving", TERMINAL_DEADLINE_MS);
	terminal_settle(terminal);
	screen = terminal_screen_text(terminal);
	if (!g_str_has_prefix(screen,
		"Posts  posts list\n"
		"  p             Publish           Publish drafts\n"
		"                posts publish {id}  when state is Draft\n"
		"  a             Add               Write a post\n"
		"                :posts add …\n"
		"  Enter         Show one post\n"
		"                posts show {id}\n"
		"  o             Its messages\n"
		"                screen outbox aggregate_id={id}\n"
		"\n"
		"Moving\n"))
		fail_msg("%s", screen);
	terminal_expect_allowed_bytes(terminal);
}

static void
the_keys_of_every_screen_follow_in_their_groups(void **state)
{
	static const char *const seen[] = { "Moving", "Down j", "Looking", "? F1", "Choosing", "Space",
		"Leaving", "never quits" };
	Terminal *terminal = terminal_start(&(TerminalOptions){ .rows = 60, .cols = 70, .run = show_help });
	int before = -1;

	(void)state;
	terminal_wait_text(terminal, "Leaving", TERMINAL_DEADLINE_MS);
	terminal_settle(terminal);
	for (size_t i = 0; i < G_N_ELEMENTS(seen); i++) {
		int row = terminal_find(terminal, seen[i], NULL);

		if (row <= before)
			fail_msg("'%s' is not below row %d", seen[i], before);
		before = row;
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_screens_keys_are_explained_by_what_they_run, terminal_teardown),
		cmocka_unit_test_teardown(the_keys_of_every_screen_follow_in_their_groups, terminal_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
