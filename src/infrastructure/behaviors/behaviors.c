#include "behaviors/behaviors.h"

#include "behaviors/steps.h"

const Behaviour session_behaviours[] = {
	{ .name = "begin", .priority = PRIORITY_BEGIN, .before = begin_before },
	{ .name = "idempotency", .priority = PRIORITY_IDEMPOTENCY, .before = idempotency_before },
	{ .name = "save", .priority = PRIORITY_SAVE, .after = save_after },
	{ .name = "publish", .priority = PRIORITY_PUBLISH, .after = publish_after },
	{ .name = "rollback", .priority = PRIORITY_PUBLISH, .on_error = rollback_on_error },
	{ 0 },
};
