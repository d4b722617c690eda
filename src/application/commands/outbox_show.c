#include "commands/outbox.h"

#include "application/queries.h"

const CommandDef outbox_show_command = {
	.name = "outbox show",
	.summary = "Show one message with its payload",
	.example = "outbox show 01890a5d-ac96-774b-bcce-b302099a8057",
	.effect = EFFECT_READ,
	.role = ROLE_VIEWER,
	.args = show_args,
	.args_size = sizeof(ShowArgs),
	.resource = &outbox_resource,
	.handle = show_handle,
};
