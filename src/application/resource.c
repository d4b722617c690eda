#include "application/resource.h"

#include <string.h>

const FieldDef *
resource_field(const ResourceDef *self, const char *name)
{
	for (const FieldDef *field = self->fields; field->name != NULL; field++)
		if (strcmp(field->name, name) == 0)
			return field;
	return NULL;
}

const FieldDef *
resource_key(const ResourceDef *self)
{
	for (const FieldDef *field = self->fields; field->name != NULL; field++)
		if (field->flags & FIELD_KEY)
			return field;
	return NULL;
}

char *
resource_field_names(const ResourceDef *self)
{
	GString *names = g_string_new(NULL);

	for (const FieldDef *field = self->fields; field->name != NULL; field++)
		g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", field->name);
	return g_string_free(names, FALSE);
}
