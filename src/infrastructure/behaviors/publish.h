#ifndef SIGNALBOX_BEHAVIORS_PUBLISH_H
#define SIGNALBOX_BEHAVIORS_PUBLISH_H

#include "session_internal.h"

/* In-process mode: hands what the transaction that just committed raised to the reactions, and forgets it. */
void publish_events(InfrastructureSession *self);

#endif
