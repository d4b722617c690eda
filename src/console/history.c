#include "console/history.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define HISTORY_SIZE_LIMIT ((gsize)16 * 1024 * 1024)

struct CommandHistory {
	char *path;
	GPtrArray *lines;
};

/* The file grows by appending; what is older than the limit goes when it has grown to twice that. */
static void
trim_file(CommandHistory *self)
{
	g_autoptr(GString) text = g_string_new(NULL);

	g_ptr_array_remove_range(self->lines, 0, self->lines->len - HISTORY_LIMIT);
	for (guint i = 0; i < self->lines->len; i++)
		g_string_append_printf(text, "%s\n", (const char *)self->lines->pdata[i]);
	file_write_atomically(self->path, text->str, text->len, NULL);
}

CommandHistory *
history_load(void)
{
	CommandHistory *self = g_new0(CommandHistory, 1);
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	self->path = state_path("history");
	self->lines = g_ptr_array_new_with_free_func(g_free);
	if (self->path == NULL || !file_read(self->path, HISTORY_SIZE_LIMIT, false, &text, NULL, NULL))
		return self;
	lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		if (**line != '\0' && g_utf8_validate(*line, -1, NULL))
			g_ptr_array_add(self->lines, g_strdup(*line));
	}
	if (self->lines->len > 2 * HISTORY_LIMIT)
		trim_file(self);
	return self;
}

void
history_free(CommandHistory *self)
{
	if (self == NULL)
		return;
	g_ptr_array_unref(self->lines);
	g_free(self->path);
	g_free(self);
}

const GPtrArray *
history_lines(const CommandHistory *self)
{
	return self->lines;
}

/* One write, so that lines of programs that append at once do not mix. A full disk loses the line, not the
 * console. */
static void
append_to_file(const char *path, const char *line)
{
	g_autofree char *with_end = g_strconcat(line, "\n", NULL);
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
	ssize_t written;

	if (fd < 0)
		return;
	do
		written = write(fd, with_end, strlen(with_end));
	while (written < 0 && errno == EINTR);
	close(fd);
}

/* A backslash at the end of a line joins it to the next: before a blank it would mean something else. */
static char *
joined(const char *line)
{
	g_auto(GStrv) parts = g_strsplit(line, "\\\n", -1);
	char *one_line = g_strjoinv("", parts);

	return g_strchomp(g_strdelimit(one_line, "\n\r", ' '));
}

const char *
history_add(CommandHistory *self, const char *line)
{
	g_autofree char *one_line = joined(line);

	if (*one_line == '\0' || *one_line == ' ' ||
	    (self->lines->len > 0 && strcmp(self->lines->pdata[self->lines->len - 1], one_line) == 0))
		return NULL;
	if (self->path != NULL)
		append_to_file(self->path, one_line);
	g_ptr_array_add(self->lines, one_line);
	return g_steal_pointer(&one_line);
}
