#ifndef SIGNALBOX_BASE_FILE_H
#define SIGNALBOX_BASE_FILE_H

#include <glib.h>
#include <stdbool.h>

#define FILE_SIZE_LIMIT ((gsize)64 * 1024 * 1024)

/*
 * Reads a regular file of at most `limit` bytes. A file that is missing is NOT_FOUND; one that is no regular
 * file, too large, or (with `private_only`) somebody else's or writable by group or others is USAGE, and so
 * is one that may not be opened; a failure of the machine is UNAVAILABLE. The text ends with a NUL that
 * `ret_size` (may be NULL) does not count; it may hold more of them.
 */
bool
file_read(const char *path, gsize limit, bool private_only, char **ret_text, gsize *ret_size, GError **error);

/*
 * Writes through a temporary file, fsync and rename, mode 0600: readers see the old text or the new, never a
 * part. Fails with the codes of file_read; a symbolic link is replaced, not followed.
 */
bool file_write_atomically(const char *path, const char *text, gsize size, GError **error);

/*
 * `$XDG_STATE_HOME/signalbox/NAME` (else ~/.local/state), its folder made on first use (0700). Newly
 * allocated. Where the folder cannot be made, opening the path tells.
 */
char *state_path(const char *name);

/* `$XDG_CONFIG_HOME/signalbox/NAME` (else ~/.config). Makes nothing. Newly allocated. */
char *config_path(const char *name);

#endif
