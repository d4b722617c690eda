#ifndef SIGNALBOX_TUI_COMMAND_LINE_H
#define SIGNALBOX_TUI_COMMAND_LINE_H

#include "keys.h"
#include "theme.h"

#include "application/completion.h"
#include "console/history.h"

#include <curses.h>
#include <glib.h>
#include <stdbool.h>

/*
 * The `:` line and the `/` filter at the bottom of the screen: editing, Up and Down through the history, Tab
 * through the candidates, which are listed above it. It runs nothing: what was accepted is asked for.
 */
typedef struct CommandLine CommandLine;

typedef enum CommandLineOutcome {
	COMMAND_LINE_OPEN,
	COMMAND_LINE_CANCELLED, /* Esc while no candidates are shown, or Backspace on an empty line */
	COMMAND_LINE_ACCEPTED,
} CommandLineOutcome;

/* `prefix` is what stands before the text (":" or "/"); `text` pre-fills it; `history` may be NULL and is
 * borrowed. */
CommandLine *command_line_new(const char *prefix, const char *text, const CommandHistory *history);
void command_line_free(CommandLine *self);

bool command_line_press(CommandLine *self, KeyPress press);
CommandLineOutcome command_line_outcome(const CommandLine *self);

/* What was typed so far. Borrowed. */
const char *command_line_text(const CommandLine *self);
size_t command_line_cursor(const CommandLine *self);

/* True after Tab, until candidates come or the line is edited: whoever owns a lane asks for them. */
bool command_line_wants_candidates(const CommandLine *self);

/*
 * Takes the completion (NULL: none), the answer to the newest question; its `word_start` counts from the
 * beginning of the text. Candidates for a text that has changed meanwhile are dropped. A single one is put
 * in, of several what they begin with alike.
 */
void command_line_take(CommandLine *self, Completion *completion);

/* Rows that the list of candidates needs above the line: 0 while none is shown. */
int command_line_list_height(const CommandLine *self);

/*
 * How the newest line of the history goes on that begins with the text stands behind it in grey; it is no
 * part of the text until Right, or End, at the end of the line takes it. `line` is one row high, `list` (may
 * be NULL) the rows above it.
 */
void command_line_draw(CommandLine *self, WINDOW *line, WINDOW *list, const Theme *theme);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(CommandLine, command_line_free)

#endif
