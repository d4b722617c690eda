#include "console/configuration.h"
#include "configuration_sections.h"

#include "base/error.h"
#include "base/file.h"
#include "console/keyfile.h"

#include <string.h>

#define CONFIGURATION_LIMIT ((gsize)1024 * 1024)

/* What is used when nothing is configured: libpq's own environment says where. */
#define ENVIRONMENT_CONTEXT "local"

struct Configuration {
	char *path;
	GPtrArray *contexts; /* of Context *, NULL-terminated */
	char *default_context;
	DisplayWishes display;
	char *theme;
};

void
configuration_free(Configuration *self)
{
	if (self == NULL)
		return;
	g_ptr_array_unref(self->contexts);
	g_free(self->default_context);
	g_free(self->theme);
	g_free(self->path);
	g_free(self);
}

/* The file to read, or NULL for none; `*ret_named` when it was asked for and so has to exist. */
static char *
find_path(const char *path, bool *ret_named)
{
	const char *environment = g_getenv("SIGNALBOX_CONFIG");

	*ret_named = true;
	if (path != NULL)
		return g_strdup(path);
	if (environment != NULL && *environment != '\0')
		return g_strdup(environment);
	*ret_named = false;
	return config_path("config");
}

static bool
read_section(Configuration *self, const KeyFile *file, const char *group, GError **error)
{
	if (strcmp(group, "default") == 0)
		return configuration_read_default(file, &self->default_context, error);
	if (strcmp(group, "display") == 0)
		return configuration_read_display(file, &self->display, &self->theme, error);
	if (g_str_has_prefix(group, "context ")) {
		Context *context = NULL;

		if (!configuration_read_context(file, group, &context, error))
			return false;
		g_ptr_array_add(self->contexts, context);
		return true;
	}
	return configuration_check_section(file, group, error);
}

static bool
read_sections(Configuration *self, const KeyFile *file, GError **error)
{
	for (const char *const *group = keyfile_groups(file); *group != NULL; group++) {
		if (!read_section(self, file, *group, error))
			return false;
	}
	for (guint i = 0; i < self->contexts->len; i++)
		configuration_apply_events(file, self->contexts->pdata[i]);
	return true;
}

static bool
check_default(const Configuration *self, const KeyFile *file, GError **error)
{
	if (self->default_context == NULL)
		return true;
	for (guint i = 0; i < self->contexts->len; i++) {
		if (strcmp(((Context *)self->contexts->pdata[i])->name, self->default_context) == 0)
			return true;
	}
	return keyfile_fail(file, keyfile_get(file, "default", "context")->line, error,
	    "context is '%s', but there is no [context %s]", self->default_context, self->default_context);
}

static bool
read_file(Configuration *self, bool named, GError **error)
{
	g_autoptr(GError) failed = NULL;
	g_autoptr(KeyFile) file = NULL;
	g_autofree char *text = NULL;
	gsize size = 0;

	if (!file_read(self->path, CONFIGURATION_LIMIT, true, &text, &size, &failed)) {
		if (!named && sb_error_is(failed, SB_ERROR_NOT_FOUND)) {
			g_clear_pointer(&self->path, g_free);
			return true;
		}
		/* A file that is missing is the user's slip here, not a missing row. */
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "configuration: %s", failed->message);
		return false;
	}
	return keyfile_parse(self->path, text, size, &file, error) && read_sections(self, file, error) &&
	    check_default(self, file, error);
}

bool
configuration_load(const char *path, Configuration **ret_configuration, GError **error)
{
	g_autoptr(Configuration) self = g_new0(Configuration, 1);
	bool named = false;

	self->contexts = g_ptr_array_new_with_free_func((GDestroyNotify)configuration_context_free);
	self->display.mouse = true;
	self->path = find_path(path, &named);
	if (!read_file(self, named, error))
		return false;
	if (self->contexts->len == 0)
		g_ptr_array_add(self->contexts, configuration_environment_context(ENVIRONMENT_CONTEXT));
	g_ptr_array_add(self->contexts, NULL);
	self->display.theme = self->theme;
	*ret_configuration = g_steal_pointer(&self);
	return true;
}

const char *
configuration_path(const Configuration *self)
{
	return self->path;
}

const Context *const *
configuration_contexts(const Configuration *self)
{
	return (const Context *const *)self->contexts->pdata;
}

const DisplayWishes *
configuration_display(const Configuration *self)
{
	return &self->display;
}

static char *
context_names(const Configuration *self)
{
	GString *names = g_string_new(NULL);

	for (const Context *const *context = configuration_contexts(self); *context != NULL; context++)
		g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", (*context)->name);
	return g_string_free(names, FALSE);
}

/* Which one to take when none is named; NULL when that would be a guess. */
static const char *
usual_name(const Configuration *self)
{
	const Context *const *contexts = configuration_contexts(self);

	if (self->default_context != NULL)
		return self->default_context;
	return contexts[1] == NULL ? contexts[0]->name : NULL;
}

bool
configuration_context(
    const Configuration *self, const char *name, const Context **ret_context, GError **error)
{
	g_autofree char *known = context_names(self);

	if (name == NULL)
		name = g_getenv("SIGNALBOX_CONTEXT");
	if (name == NULL || *name == '\0')
		name = usual_name(self);
	if (name == NULL) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
		    "%s has several contexts and no default: name one with --context, SIGNALBOX_CONTEXT or "
		    "context= in [default], there is %s",
		    self->path, known);
		return false;
	}
	for (const Context *const *context = configuration_contexts(self); *context != NULL; context++) {
		if (strcmp((*context)->name, name) == 0) {
			*ret_context = *context;
			return true;
		}
	}
	g_set_error(
	    error, SB_ERROR, SB_ERROR_USAGE, "no context '%s' is configured: there is %s", name, known);
	return false;
}
