#include "persistence/reader/cursor.h"

#include "base/error.h"

#include <string.h>

Cursor *
cursor_new(void)
{
	Cursor *self = g_new0(Cursor, 1);

	self->values = g_ptr_array_new_with_free_func(g_free);
	return self;
}

void
cursor_free(Cursor *self)
{
	if (self == NULL)
		return;
	g_ptr_array_unref(self->values);
	g_free(self);
}

/* `+` and `/` mean something in shells and addresses; the padding carries nothing. */
static char *
to_url_alphabet(char *base64)
{
	g_strdelimit(base64, "+", '-');
	g_strdelimit(base64, "/", '_');
	g_strdelimit(base64, "=", '\0');
	return base64;
}

char *
cursor_encode(const Cursor *self, const char *scope)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();

	g_byte_array_append(bytes, (const guint8 *)scope, (guint)strlen(scope) + 1);
	for (guint i = 0; i < self->values->len; i++) {
		const char *value = self->values->pdata[i];

		g_byte_array_append(bytes, (const guint8 *)(value != NULL ? "v" : "n"), 1);
		g_byte_array_append(bytes, (const guint8 *)(value != NULL ? value : ""),
		    value != NULL ? (guint)strlen(value) + 1 : 1);
	}
	return to_url_alphabet(g_base64_encode(bytes->data, bytes->len));
}

static guchar *
from_url_alphabet(const char *text, gsize *ret_size)
{
	g_autoptr(GString) base64 = g_string_new(text);

	g_strdelimit(base64->str, "-", '+');
	g_strdelimit(base64->str, "_", '/');
	while (base64->len % 4 != 0)
		g_string_append_c(base64, '=');
	return g_base64_decode(base64->str, ret_size);
}

/* The values behind the scope, each a letter and a text with its NUL. */
static bool
read_values(Cursor *self, const char *text, const char *end)
{
	while (text < end) {
		const char *value = text + 1;

		if ((*text != 'v' && *text != 'n') || value >= end)
			return false;
		g_ptr_array_add(self->values, *text == 'v' ? g_strdup(value) : NULL);
		text = value + strlen(value) + 1;
	}
	return true;
}

bool
cursor_decode(const char *text, const char *scope, guint value_count, Cursor **ret_cursor, GError **error)
{
	g_autoptr(Cursor) cursor = cursor_new();
	gsize size = 0;
	g_autofree guchar *bytes = from_url_alphabet(text, &size);
	const char *start = (const char *)bytes;

	if (size == 0 || bytes[size - 1] != '\0' || strcmp(start, scope) != 0 ||
	    !read_values(cursor, start + strlen(start) + 1, start + size) ||
	    cursor->values->len != value_count) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
		    "cursor '%s' is not of this list and order: take one that the same list printed", text);
		return false;
	}
	*ret_cursor = g_steal_pointer(&cursor);
	return true;
}
