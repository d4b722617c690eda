#ifndef SIGNALBOX_TUI_SCREEN_VALUES_H
#define SIGNALBOX_TUI_SCREEN_VALUES_H

#include "screen_file.h"

/* The values of a screen file's keys. All of them fail with USAGE at the entry's line. */

bool screen_number_parse(const KeyFile *file, const KeyFileEntry *entry, int minimum, int maximum,
    int *ret_number, GError **error);

/* `rank 1; width 20-60; colour Draft:yellow, Published:green; age; title Written` */
bool
screen_column_parse(const KeyFile *file, const KeyFileEntry *entry, ScreenColumn *ret_column, GError **error);

/* `posts publish {id} ; Publish ; state=Draft`, the entry's key being the key's name. */
bool screen_key_parse(const KeyFile *file, const KeyFileEntry *entry, ScreenKey *ret_key, GError **error);

#endif
