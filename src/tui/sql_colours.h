#ifndef SIGNALBOX_TUI_SQL_COLOURS_H
#define SIGNALBOX_TUI_SQL_COLOURS_H

#include "text_view.h"

/*
 * Adds SQL as it is written, each of its lines `indent` cells to the right: keywords, strings (dollar-quoted
 * ones too), numbers and comments in styles of their own. Nothing depends on its being right. `text` is
 * sanitised, with newlines.
 */
void sql_add_coloured(TextView *view, const char *text, int indent);

#endif
