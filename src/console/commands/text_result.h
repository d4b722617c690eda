#ifndef SIGNALBOX_CONSOLE_COMMANDS_TEXT_RESULT_H
#define SIGNALBOX_CONSOLE_COMMANDS_TEXT_RESULT_H

#include "application/frontend.h"

/* Shows a text line by line as a result of one column. */
bool show_text(Frontend *frontend, const char *title, const char *text, GError **error);

#endif
