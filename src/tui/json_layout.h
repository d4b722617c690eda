#ifndef SIGNALBOX_TUI_JSON_LAYOUT_H
#define SIGNALBOX_TUI_JSON_LAYOUT_H

#include "text_view.h"

/*
 * Adds json to the last line of a view, laid out over further lines that begin `indent` cells to the right,
 * in colours. It goes by brackets and strings alone: whatever is no json, or ends too early, is shown all the
 * same, with every character that is no blank between tokens. `text` is sanitised, with newlines.
 */
void json_lay_out(TextView *view, const char *text, int indent);

#endif
