#ifndef SIGNALBOX_TESTS_TERMINAL_DIM_H
#define SIGNALBOX_TESTS_TERMINAL_DIM_H

#include <glib.h>

/*
 * libvterm 0.1.4 does not know SGR 2 (dim). This filter stands before it and turns dim into the first
 * alternative font, which no terminal description uses, and SGR 22 into "not bold, first font".
 */
typedef struct TerminalDim TerminalDim;

#define TERMINAL_DIM_FONT 1

TerminalDim *terminal_dim_new(void);
void terminal_dim_free(TerminalDim *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TerminalDim, terminal_dim_free)

/* Appends the translation to `out`. A sequence that is not complete yet is kept for the next call. */
void terminal_dim_feed(TerminalDim *self, const char *bytes, size_t length, GString *out);

#endif
