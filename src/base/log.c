#include "base/log.h"
#include "base/error.h"
#include "base/timestamp.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t writer_once = PTHREAD_ONCE_INIT;
static char *log_path;
static int log_fd = -1;
static bool line_is_torn;
static atomic_bool reopen_wanted;

/* A pipe that nobody reads must fail, not hang; on a regular file O_NONBLOCK says nothing. */
static int
open_append(const char *path)
{
	struct stat status;
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0600);

	/* An older file may be open to others. Where it cannot be changed the log still serves. */
	if (fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & 077) != 0) {
		int changed = fchmod(fd, 0600);
		(void)changed;
	}
	return fd;
}

static bool
is_open(void)
{
	pthread_mutex_lock(&lock);
	bool open_now = log_fd >= 0;
	pthread_mutex_unlock(&lock);
	return open_now;
}

/* Under the lock. */
static void
reopen_if_wanted(void)
{
	int fd = log_fd >= 0 && atomic_exchange(&reopen_wanted, false) ? open_append(log_path) : -1;

	if (fd < 0)
		return;
	close(log_fd);
	log_fd = fd;
	line_is_torn = false;
}

/* A full disk may take half a line: the next one then starts on a line of its own. */
static void
write_line(GString *line)
{
	ssize_t written;

	g_string_append_c(line, '\n');
	pthread_mutex_lock(&lock);
	reopen_if_wanted();
	if (log_fd >= 0) {
		if (line_is_torn)
			g_string_prepend_c(line, '\n');
		do
			written = write(log_fd, line->str, line->len);
		while (written < 0 && errno == EINTR);
		if (written > 0)
			line_is_torn = (size_t)written < line->len;
	}
	pthread_mutex_unlock(&lock);
}

static void
append_code_unit(GString *line, unsigned unit)
{
	g_string_append_printf(line, "\\u%04x", unit);
}

/* Also what JSON would let pass but a terminal that shows the log would not survive. */
static bool
needs_escape(gunichar c)
{
	return !g_unichar_isprint(c) || c == 0x2028 || c == 0x2029;
}

static void
append_char(GString *line, gunichar c)
{
	if (c == '"' || c == '\\')
		g_string_append_printf(line, "\\%c", (char)c);
	else if (c == '\n')
		g_string_append(line, "\\n");
	else if (c == '\t')
		g_string_append(line, "\\t");
	else if (!needs_escape(c))
		g_string_append_unichar(line, c);
	else if (c < 0x10000)
		append_code_unit(line, c);
	else {
		append_code_unit(line, 0xd800 + ((c - 0x10000) >> 10));
		append_code_unit(line, 0xdc00 + ((c - 0x10000) & 0x3ff));
	}
}

static void
append_string(GString *line, const char *text, size_t length)
{
	const char *end = text + length;

	g_string_append_c(line, '"');
	while (text < end) {
		gunichar c = *text == '\0' ? 0 : g_utf8_get_char_validated(text, end - text);

		if (c == (gunichar)-1 || c == (gunichar)-2) {
			/* JSON has no bytes: the reader gets the text `\xff`. */
			g_string_append_printf(line, "\\\\x%02x", (unsigned char)*text++);
			continue;
		}
		append_char(line, c);
		text = g_utf8_next_char(text);
	}
	g_string_append_c(line, '"');
}

static void
append_field(GString *line, const char *name, const char *value, gssize length)
{
	g_string_append_c(line, line->len == 0 ? '{' : ',');
	append_string(line, name, strlen(name));
	g_string_append_c(line, ':');
	if (value == NULL)
		g_string_append(line, "null");
	else
		append_string(line, value, length < 0 ? strlen(value) : (size_t)length);
}

static GString *
begin_line(const char *level, const char *event)
{
	GString *line = g_string_sized_new(256);
	g_autofree char *time = timestamp_format(timestamp_now());

	append_field(line, "time", time, -1);
	append_field(line, "level", level, -1);
	append_field(line, "event", event, -1);
	return line;
}

static void
end_line(GString *line)
{
	g_string_append_c(line, '}');
	write_line(line);
	g_string_free(line, TRUE);
}

static const char *
level_name(GLogLevelFlags level)
{
	if (level & G_LOG_LEVEL_ERROR)
		return "error";
	if (level & G_LOG_LEVEL_CRITICAL)
		return "critical";
	if (level & G_LOG_LEVEL_WARNING)
		return "warning";
	if (level & G_LOG_LEVEL_MESSAGE)
		return "notice";
	return level & G_LOG_LEVEL_INFO ? "info" : "debug";
}

static const GLogField *
find_field(const GLogField *fields, gsize count, const char *key)
{
	for (gsize i = 0; i < count; i++) {
		if (strcmp(fields[i].key, key) == 0)
			return &fields[i];
	}
	return NULL;
}

static GLogWriterOutput
write_glib_message(GLogLevelFlags level, const GLogField *fields, gsize count, gpointer data)
{
	const GLogField *message = find_field(fields, count, "MESSAGE");
	const GLogField *domain = find_field(fields, count, "GLIB_DOMAIN");

	/* While the program is being stopped a person should see why, not only a file. */
	if (!is_open() || (level & (G_LOG_FLAG_FATAL | G_LOG_LEVEL_ERROR)) != 0)
		g_log_writer_default(level, fields, count, data);
	if (!is_open() || g_log_writer_default_would_drop(level, domain != NULL ? domain->value : NULL))
		return G_LOG_WRITER_HANDLED;

	int saved = errno;
	GString *line = begin_line(level_name(level), "log");
	if (domain != NULL)
		append_field(line, "domain", domain->value, domain->length);
	if (message != NULL)
		append_field(line, "message", message->value, message->length);
	end_line(line);
	errno = saved;
	return G_LOG_WRITER_HANDLED;
}

/* GLib takes a writer once and for all; while no log is open it hands on to GLib's own. */
static void
take_over_writer(void)
{
	g_log_set_writer_func(write_glib_message, NULL, NULL);
}

bool
log_open(const char *path, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);

	if (g_mkdir_with_parents(folder, 0700) != 0) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "the log's folder '%s' cannot be made: %s",
		    folder, g_strerror(errno));
		return false;
	}
	int fd = open_append(path);
	if (fd < 0) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "the log '%s' cannot be opened: %s", path,
		    g_strerror(errno));
		return false;
	}
	log_close();
	pthread_mutex_lock(&lock);
	log_path = g_strdup(path);
	log_fd = fd;
	line_is_torn = false;
	pthread_mutex_unlock(&lock);
	pthread_once(&writer_once, take_over_writer);
	return true;
}

void
log_reopen(void)
{
	atomic_store(&reopen_wanted, true);
}

void
log_close(void)
{
	pthread_mutex_lock(&lock);
	if (log_fd >= 0)
		close(log_fd);
	log_fd = -1;
	g_clear_pointer(&log_path, g_free);
	pthread_mutex_unlock(&lock);
}

void
log_event(const char *level, const char *event, ...)
{
	va_list pairs;
	const char *name;
	int saved = errno;

	if (!is_open())
		return;
	GString *line = begin_line(level, event);
	va_start(pairs, event);
	while ((name = va_arg(pairs, const char *)) != NULL)
		append_field(line, name, va_arg(pairs, const char *), -1);
	va_end(pairs);
	end_line(line);
	errno = saved;
}
