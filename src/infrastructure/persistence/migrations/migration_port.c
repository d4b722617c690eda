#include "persistence/migrations/migration_port.h"

#include "persistence/migrations/migration_files.h"
#include "persistence/migrations/migration_internal.h"

/* What cannot be read completes to nothing: the command itself says why. */
static void
names(MigrationPort *port, const char *folder, const char *prefix, GPtrArray *ret_names)
{
	g_autoptr(GPtrArray) files = NULL;

	(void)port;
	if (!migration_files_read(folder, &files, NULL))
		return;
	for (guint i = 0; i < files->len; i++) {
		const MigrationFile *file = g_ptr_array_index(files, i);

		if (g_str_has_prefix(file->name, prefix))
			g_ptr_array_add(ret_names, g_strdup(file->name));
	}
}

MigrationPort *
migration_port_new(Connection *connection, const Context *context)
{
	MigrationEngine *self = g_new0(MigrationEngine, 1);

	self->port = (MigrationPort){
		.status = migrations_status,
		.show = migrations_show,
		.plan = migrations_plan,
		.prepare = migrations_prepare,
		.apply = migrations_apply,
		.names = names,
	};
	self->connection = connection;
	self->context = context;
	return &self->port;
}

void
migration_port_free(MigrationPort *port)
{
	g_free(port);
}
