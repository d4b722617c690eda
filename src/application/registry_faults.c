#include "application/registry.h"

#include "application/arguments.h"

#include <string.h>

typedef struct Check {
	GPtrArray *faults;
	const CommandDef *def;
} Check;

static void fault(Check *self, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
fault(Check *self, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	g_ptr_array_add(self->faults, g_strdup_printf("'%s' %s", self->def->name, text));
}

static bool
is_blank(const char *text)
{
	return text == NULL || text[strspn(text, " ")] == '\0';
}

static size_t
type_size(const ArgDef *arg)
{
	if (arg->flags & ARG_REPEATS)
		return sizeof(void *);
	switch (arg->type) {
	case ARG_TEXT:
	case ARG_CHOICE: return sizeof(char *);
	case ARG_UUID: return 16;
	case ARG_INTEGER:
	case ARG_DURATION: return sizeof(int64_t);
	case ARG_FLAG: return sizeof(bool);
	}
	return 0;
}

static bool
shares_a_name(const ArgDef *arg, const ArgDef *table)
{
	for (const ArgDef *other = table; other->name != NULL; other++)
		if (other != arg && strcmp(other->name, arg->name) == 0)
			return true;
	return false;
}

static void
check_flags(Check *self, const ArgDef *arg)
{
	if ((arg->flags & ARG_REPEATS) && arg->type != ARG_TEXT && arg->type != ARG_UUID)
		fault(self, "repeats '%s', which is neither text nor id", arg->name);
	if ((arg->flags & ARG_REST) && (!(arg->flags & ARG_REPEATS) || (arg->flags & ARG_POSITIONAL)))
		fault(self, "takes the rest of the words for '%s', which is no repeating option", arg->name);
	if ((arg->flags & ARG_STDIN) && arg->type != ARG_TEXT && arg->type != ARG_UUID)
		fault(self, "reads '%s' from standard input, but it is neither text nor id", arg->name);
	if ((arg->flags & ARG_SECRET) && arg->type != ARG_TEXT)
		fault(self, "keeps '%s' secret, but it is no text", arg->name);
	if (arg->type == ARG_FLAG && (arg->flags & (ARG_POSITIONAL | ARG_REQUIRED)))
		fault(self, "has the flag '%s' by place, or requires it", arg->name);
	if (arg->type == ARG_INTEGER && arg->maximum > arg->minimum && (arg->flags & ARG_REQUIRED) &&
	    arg->fallback >= arg->minimum && arg->fallback <= arg->maximum)
		fault(self, "requires '%s', but its fallback is a value that may be given", arg->name);
}

static void
check_argument(Check *self, const ArgDef *arg)
{
	if (is_blank(arg->help))
		fault(self, "has no help for '%s'", arg->name);
	if (arg->type == ARG_CHOICE && (arg->choices == NULL || arg->choices[0] == NULL))
		fault(self, "has no choices for '%s'", arg->name);
	if (arg->type == ARG_FLAG && arg->value != NULL)
		fault(self, "shows a value for the flag '%s'", arg->name);
	if (arg->type != ARG_FLAG && arg->value == NULL && !(arg->flags & ARG_STDIN))
		fault(self, "does not say how the value of '%s' looks", arg->name);
	if (shares_a_name(arg, self->def->args))
		fault(self, "has two arguments named '%s'", arg->name);
	if (!(arg->flags & ARG_POSITIONAL) && shares_a_name(arg, common_options))
		fault(self, "has an option '%s', which every command has already", arg->name);
	if (arg->offset + type_size(arg) > self->def->args_size)
		fault(self, "has its argument '%s' outside of its struct", arg->name);
	check_flags(self, arg);
}

static void
check_arguments(Check *self)
{
	const ArgDef *optional = NULL, *repeating = NULL;

	for (const ArgDef *arg = self->def->args; arg != NULL && arg->name != NULL; arg++) {
		check_argument(self, arg);
		if (!(arg->flags & ARG_POSITIONAL))
			continue;
		if (repeating != NULL)
			fault(self, "has '%s' behind '%s', which takes all that is left", arg->name,
			    repeating->name);
		if (optional != NULL && (arg->flags & ARG_REQUIRED))
			fault(self, "requires '%s' behind '%s', which may be left out", arg->name,
			    optional->name);
		if (arg->flags & ARG_REPEATS)
			repeating = arg;
		if (!(arg->flags & ARG_REQUIRED))
			optional = arg;
	}
}

static void
check_bulk(Check *self)
{
	const BulkDef *bulk = self->def->bulk;

	if ((self->def->handle == NULL) == (bulk == NULL))
		fault(self, "has %s of a handler and a bulk verb", bulk == NULL ? "neither" : "both");
	if (bulk == NULL)
		return;
	if (bulk->plan == NULL || bulk->act == NULL)
		fault(self, "is a bulk verb without plan or act");
	if (self->def->effect != EFFECT_WRITE && self->def->effect != EFFECT_DESTRUCTIVE)
		fault(self, "is a bulk verb that only reads");
}

static void
check_effect(Check *self)
{
	Effect effect = self->def->effect;

	if (effect > EFFECT_DESTRUCTIVE)
		fault(self, "has no effect that is known");
	if (self->def->role > ROLE_ADMIN)
		fault(self, "has no role that is known");
	if (effect == EFFECT_LOCAL && self->def->resource != NULL)
		fault(self, "names rows of '%s', but has no effect", self->def->resource->name);
	if (effect == EFFECT_WRITE && self->def->role < ROLE_OPERATOR)
		fault(self, "writes, but a viewer may run it");
	if (effect == EFFECT_DESTRUCTIVE && self->def->role < ROLE_ADMIN)
		fault(self, "is destructive, but others than an admin may run it");
}

static void
check_command(Check *self)
{
	if (is_blank(self->def->summary))
		fault(self, "has no summary");
	else if (g_str_has_suffix(self->def->summary, "."))
		fault(self, "has a summary that ends with a full stop");
	if (self->def->example != NULL && !g_str_has_prefix(self->def->example, self->def->name))
		fault(self, "has an example of another command");
	check_effect(self);
	check_arguments(self);
	check_bulk(self);
}

GPtrArray *
registry_faults(const Registry *self)
{
	g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	Check check = { .faults = g_ptr_array_new_with_free_func(g_free) };

	for (const CommandDef *const *def = registry_commands(self); *def != NULL; def++) {
		check.def = *def;
		if (is_blank((*def)->name)) {
			g_ptr_array_add(check.faults, g_strdup("a command has no name"));
			continue;
		}
		if (!g_hash_table_add(names, g_strdup((*def)->name)))
			fault(&check, "is registered twice");
		check_command(&check);
	}
	return check.faults;
}
