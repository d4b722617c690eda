#include "terminal_dialect.h"

#include <stdbool.h>
#include <string.h>

struct TerminalDialect {
	GString *pending; /* a CSI sequence so far, its ESC included */
};

TerminalDialect *
terminal_dialect_new(void)
{
	TerminalDialect *self = g_new0(TerminalDialect, 1);

	self->pending = g_string_new(NULL);
	return self;
}

void
terminal_dialect_free(TerminalDialect *self)
{
	if (self == NULL)
		return;
	g_string_free(self->pending, TRUE);
	g_free(self);
}

/* 38 and 48 take the parameters that follow them as a colour: a 2 among those is not dim. */
static size_t
colour_parameters(char **parameters, size_t at)
{
	if (strcmp(parameters[at], "38") != 0 && strcmp(parameters[at], "48") != 0)
		return 0;
	if (parameters[at + 1] == NULL)
		return 0;
	return strcmp(parameters[at + 1], "2") == 0 ? 4 : 2;
}

static void
append_rendition(GString *out, const char *text)
{
	g_auto(GStrv) parameters = g_strsplit(text, ";", -1);
	size_t skip = 0;

	g_string_append(out, "\033[");
	for (size_t i = 0; parameters[i] != NULL; i++) {
		if (i > 0)
			g_string_append_c(out, ';');
		if (skip > 0) {
			skip--;
			g_string_append(out, parameters[i]);
			continue;
		}
		skip = colour_parameters(parameters, i);
		if (strcmp(parameters[i], "2") == 0)
			g_string_append(out, "11");
		else if (strcmp(parameters[i], "22") == 0)
			g_string_append(out, "22;10");
		else
			g_string_append(out, parameters[i]);
	}
	g_string_append_c(out, 'm');
}

static void
flush_pending(TerminalDialect *self, GString *out)
{
	g_string_append_len(out, self->pending->str, (gssize)self->pending->len);
	g_string_truncate(self->pending, 0);
}

static void
append_modes(GString *out, const char *text, char final)
{
	g_auto(GStrv) modes = g_strsplit(text, ";", -1);

	for (size_t i = 0; modes[i] != NULL; i++)
		g_string_append_printf(out, "\033[?%s%c", modes[i], final);
}

/* The parameters of a sequence that began with ESC [ and, where it is not '\0', a leader; NULL for any other
 * one. */
static const char *
parameters_after(const TerminalDialect *self, char leader)
{
	size_t start = leader != '\0' ? 3 : 2;

	if (self->pending->len < start || (leader != '\0' && self->pending->str[2] != leader))
		return NULL;
	if (strspn(self->pending->str + start, "0123456789;") != self->pending->len - start)
		return NULL;
	return self->pending->str + start;
}

static void
feed_pending(TerminalDialect *self, char c, GString *out)
{
	const char *parameters = NULL;

	if (c == 'm' && (parameters = parameters_after(self, '\0')) != NULL)
		append_rendition(out, parameters);
	else if ((c == 'h' || c == 'l') && (parameters = parameters_after(self, '?')) != NULL)
		append_modes(out, parameters, c);
	if (parameters != NULL) {
		g_string_truncate(self->pending, 0);
		return;
	}
	g_string_append_c(self->pending, c);
	if (self->pending->len == 2 ? c != '[' : (c >= 0x40 || c < 0x20))
		flush_pending(self, out);
}

void
terminal_dialect_feed(TerminalDialect *self, const char *bytes, size_t length, GString *out)
{
	for (size_t i = 0; i < length; i++) {
		if (bytes[i] == '\033') {
			flush_pending(self, out);
			g_string_append_c(self->pending, bytes[i]);
		} else if (self->pending->len > 0) {
			feed_pending(self, bytes[i], out);
		} else {
			g_string_append_c(out, bytes[i]);
		}
	}
}
