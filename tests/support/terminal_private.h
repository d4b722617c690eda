#ifndef SIGNALBOX_TESTS_TERMINAL_PRIVATE_H
#define SIGNALBOX_TESTS_TERMINAL_PRIVATE_H

#include <sys/types.h>

#include <vterm.h>

#include "terminal.h"
#include "terminal_dialect.h"

struct Terminal {
	pid_t pid;
	int master; /* -1 after a hang-up */
	int process;
	bool exited;
	bool closed; /* no more output can come */
	int status;
	double cpu_ms;
	gint64 escape_until;
	GByteArray *bytes;
	TerminalDialect *dialect;
	VTerm *vterm;
	VTermScreen *screen;
	GString *answers; /* what libvterm wants to send to the program */
	bool cursor_visible, alternate, mouse;
	Terminal *next;
};

/* Reads what there is, waiting up to `timeout_ms` for the first of it or for the end of the program. True
 * when bytes came. */
bool terminal_pump(Terminal *self, int timeout_ms);

/* Writes to the program while reading from it, so that neither side can block the other. */
void terminal_send(Terminal *self, const char *bytes, size_t length);

/* Sends what libvterm answered or encoded since the last call. */
void terminal_flush(Terminal *self);

/* Prints the screen and fails the running test; does not return. */
void terminal_fail(Terminal *self, const char *file, int line, const char *format, ...) G_GNUC_PRINTF(4, 5);

#endif
