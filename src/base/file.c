#include "base/file.h"
#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static SbErrorCode
code_of_errno(int number)
{
	switch (number) {
	case ENOENT:
	case ENOTDIR: return SB_ERROR_NOT_FOUND;
	case EACCES:
	case EPERM:
	case EISDIR:
	case ELOOP:
	case ENXIO:
	case EROFS:
	case ENAMETOOLONG: return SB_ERROR_USAGE;
	default: return SB_ERROR_UNAVAILABLE;
	}
}

static bool
fail_with_errno(const char *verb, const char *path, GError **error)
{
	int number = errno;

	g_set_error(error, SB_ERROR, (int)code_of_errno(number), "the file '%s' cannot be %s: %s", path, verb,
	    g_strerror(number));
	return false;
}

static bool
fail_too_large(const char *path, gsize limit, GError **error)
{
	g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
	    "the file '%s' is larger than the %" G_GSIZE_FORMAT " bytes allowed", path, limit);
	return false;
}

static bool
check_file(const char *path, const struct stat *status, gsize limit, bool private_only, GError **error)
{
	if (!S_ISREG(status->st_mode)) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "'%s' is not a regular file", path);
		return false;
	}
	if (private_only && (status->st_mode & (S_IWGRP | S_IWOTH)) != 0) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
		    "the file '%s' can be written by others: take that away with chmod go-w", path);
		return false;
	}
	if (private_only && status->st_uid != 0 && status->st_uid != geteuid()) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
		    "the file '%s' belongs to someone else, who can change it: make it yours with chown",
		    path);
		return false;
	}
	if (status->st_size > 0 && (guint64)status->st_size > limit)
		return fail_too_large(path, limit, error);
	return true;
}

/* The size that fstat said is no promise: files grow, and those under /proc say 0. */
static bool
read_all(int fd, const char *path, gsize limit, GString *text, GError **error)
{
	char block[16384];

	for (;;) {
		ssize_t got = read(fd, block, sizeof block);

		if (got == 0)
			return true;
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail_with_errno("read", path, error);
		g_string_append_len(text, block, got);
		if (text->len > limit)
			return fail_too_large(path, limit, error);
	}
}

bool
file_read(const char *path, gsize limit, bool private_only, char **ret_text, gsize *ret_size, GError **error)
{
	struct stat status;
	/* A pipe under the name must not hang the program before fstat tells. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd < 0)
		return fail_with_errno("opened", path, error);

	g_autoptr(GString) text = g_string_new(NULL);
	bool done = fstat(fd, &status) == 0 ? check_file(path, &status, limit, private_only, error)
					    : fail_with_errno("examined", path, error);
	done = done && read_all(fd, path, limit, text, error);
	close(fd);
	if (!done)
		return false;
	if (ret_size != NULL)
		*ret_size = text->len;
	*ret_text = g_string_free(g_steal_pointer(&text), FALSE);
	return true;
}

static bool
write_all(int fd, const char *text, gsize size)
{
	while (size > 0) {
		ssize_t written = write(fd, text, size);

		if (written < 0 && errno != EINTR)
			return false;
		if (written > 0) {
			text += written;
			size -= (gsize)written;
		}
	}
	return true;
}

/* Without it a crash may bring the old name back. Some file systems cannot: then the rename is all there is.
 */
static void
sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	int synced = fsync(fd);
	(void)synced;
	close(fd);
}

bool
file_write_atomically(const char *path, const char *text, gsize size, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *temporary = g_strconcat(path, ".XXXXXX", NULL);
	int fd = g_mkstemp_full(temporary, O_WRONLY | O_CLOEXEC, 0600);

	if (fd < 0)
		return fail_with_errno("written", path, error);

	bool written = fchmod(fd, 0600) == 0 && write_all(fd, text, size) && fsync(fd) == 0;
	int number = errno;
	if (close(fd) != 0 && written) {
		written = false;
		number = errno;
	}
	if (written && rename(temporary, path) != 0) {
		written = false;
		number = errno;
	}
	if (!written) {
		unlink(temporary);
		errno = number;
		return fail_with_errno("written", path, error);
	}
	sync_folder(folder);
	return true;
}

/* The base directory specification ignores relative paths. */
static char *
xdg_path(const char *variable, const char *fallback, const char *name)
{
	const char *base = g_getenv(variable);

	if (base != NULL && g_path_is_absolute(base))
		return g_build_filename(base, "signalbox", name, NULL);
	return g_build_filename(g_get_home_dir(), fallback, "signalbox", name, NULL);
}

char *
state_path(const char *name)
{
	char *path = xdg_path("XDG_STATE_HOME", ".local/state", name);
	g_autofree char *folder = g_path_get_dirname(path);

	/* Where it fails, opening the path says so, with the name. */
	g_mkdir_with_parents(folder, 0700);
	return path;
}

char *
config_path(const char *name)
{
	return xdg_path("XDG_CONFIG_HOME", ".config", name);
}
