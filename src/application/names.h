#ifndef SIGNALBOX_APPLICATION_NAMES_H
#define SIGNALBOX_APPLICATION_NAMES_H

#include <glib.h>

/* A growing list of borrowed names that is NULL-terminated at any time. */
static inline GArray *
names_new(void)
{
	return g_array_new(TRUE, TRUE, sizeof(const char *));
}

static inline void
names_add(GArray *self, const char *name)
{
	g_array_append_val(self, name);
}

static inline const char *const *
names_list(const GArray *self)
{
	return (const char *const *)(void *)self->data;
}

/* "a, b, c". Newly allocated. */
static inline char *
names_join(const char *const *names)
{
	GString *text = g_string_new(NULL);

	for (size_t i = 0; names[i] != NULL; i++)
		g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", names[i]);
	return g_string_free(text, FALSE);
}

/* Newly allocated, with its names. */
static inline char **
names_copy(const char *const *names)
{
	g_autoptr(GPtrArray) copy = g_ptr_array_new();

	for (size_t i = 0; names[i] != NULL; i++)
		g_ptr_array_add(copy, g_strdup(names[i]));
	g_ptr_array_add(copy, NULL);
	return (char **)g_ptr_array_steal(copy, NULL);
}

#endif
