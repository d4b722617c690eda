#include "terminal_dim.h"

#include <stdbool.h>
#include <string.h>

struct TerminalDim {
	GString *pending; /* a CSI sequence so far, its ESC included */
};

TerminalDim *
terminal_dim_new(void)
{
	TerminalDim *self = g_new0(TerminalDim, 1);

	self->pending = g_string_new(NULL);
	return self;
}

void
terminal_dim_free(TerminalDim *self)
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
flush_pending(TerminalDim *self, GString *out)
{
	g_string_append_len(out, self->pending->str, (gssize)self->pending->len);
	g_string_truncate(self->pending, 0);
}

static void
feed_pending(TerminalDim *self, char c, GString *out)
{
	if (c == 'm' && self->pending->len >= 2 &&
	    strspn(self->pending->str + 2, "0123456789;") == self->pending->len - 2) {
		append_rendition(out, self->pending->str + 2);
		g_string_truncate(self->pending, 0);
		return;
	}
	g_string_append_c(self->pending, c);
	if (self->pending->len == 2 ? c != '[' : (c >= 0x40 || c < 0x20))
		flush_pending(self, out);
}

void
terminal_dim_feed(TerminalDim *self, const char *bytes, size_t length, GString *out)
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
