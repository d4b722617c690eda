#include "application/registry.h"

/* One record a line, sorted by resource. */
const CommandDef *const application_commands[] = {
	NULL,
};
