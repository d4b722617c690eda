#include "commands/tables.h"

#include "application/queries.h"

const CommandDef tables_list_command = {
	.name = "tables list",
	.summary = "List the tables and views of the database",
	.example = "tables list schema=public",
	.effect = EFFECT_READ,
	.role = ROLE_VIEWER,
	.flags = COMMAND_NO_SCHEMA,
	.args = list_args,
	.args_size = sizeof(ListArgs),
	.resource = &tables_resource,
	.validate = list_validate,
	.handle = list_handle,
};
