#ifndef SIGNALBOX_TUI_SCREENS_H
#define SIGNALBOX_TUI_SCREENS_H

#include "screen_file.h"

#include <glib.h>

/*
 * All screens: the ones in the program, and the person's own in `$XDG_CONFIG_HOME/signalbox/screens`, which
 * win over those of the same name.
 */
typedef struct ScreenSet ScreenSet;

/* A file that does not stand its check is left out: `ret_warnings` gets a sentence for it (char *). */
ScreenSet *screen_set_load(const Registry *registry, GPtrArray **ret_warnings);
void screen_set_free(ScreenSet *self);

/* NULL when there is none. Borrowed. */
const Screen *screen_set_find(const ScreenSet *self, const char *name);

/* Sorted by tab, then name; of const Screen *; borrowed. */
const GPtrArray *screen_set_all(const ScreenSet *self);

/* The screens that are tabs, in their order; of const Screen *; borrowed. */
const GPtrArray *screen_set_tabs(const ScreenSet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ScreenSet, screen_set_free)

#endif
