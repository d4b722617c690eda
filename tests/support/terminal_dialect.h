#ifndef SIGNALBOX_TESTS_TERMINAL_DIALECT_H
#define SIGNALBOX_TESTS_TERMINAL_DIALECT_H

#include <glib.h>

/*
 * What libvterm 0.1.4 does not understand of xterm's language, translated into what it does: dim (SGR 2)
 * becomes the first alternative font, which no terminal description uses, and SGR 22 "not bold, first font";
 * of several private modes in one sequence it would take only the first, so each gets a sequence of its own.
 */
typedef struct TerminalDialect TerminalDialect;

#define TERMINAL_DIM_FONT 1

TerminalDialect *terminal_dialect_new(void);
void terminal_dialect_free(TerminalDialect *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TerminalDialect, terminal_dialect_free)

/* Appends the translation to `out`. A sequence that is not complete yet is kept for the next call. */
void terminal_dialect_feed(TerminalDialect *self, const char *bytes, size_t length, GString *out);

#endif
