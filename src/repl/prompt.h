#ifndef SIGNALBOX_REPL_PROMPT_H
#define SIGNALBOX_REPL_PROMPT_H

#include "console/console.h"

#include <wchar.h>

/*
 * `local> `, `prod (read-only)> ` in the context's colour, or `… ` where a command continues. Colour codes
 * stand between \1 marks, as libedit wants them. Newly allocated.
 */
wchar_t *prompt_text(const Console *console, bool continues);

/* Between UTF-8 and the editor's characters; NULL for what is no text. Newly allocated. */
wchar_t *prompt_widen(const char *text);
char *prompt_narrow(const wchar_t *text, size_t length);

#endif
