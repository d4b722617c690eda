#ifndef SIGNALBOX_TUI_HELP_H
#define SIGNALBOX_TUI_HELP_H

#include "screen_file.h"
#include "text_view.h"

#include "application/registry.h"

/*
 * Adds the help of a screen to what a text view holds: its own keys with what they run (from the screen file,
 * explained by the command's summary), then the keys that are the same everywhere (from the table of
 * actions). `list` is the one that has the cursor, or NULL.
 */
void help_fill(TextView *view, const Screen *screen, const ScreenList *list, const Registry *registry);

#endif
