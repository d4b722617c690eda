#ifndef SIGNALBOX_BEHAVIORS_BEHAVIORS_H
#define SIGNALBOX_BEHAVIORS_BEHAVIORS_H

#include "application/pipeline.h"

/* The behaviours that a session brings to the pipeline; ended by one without a name. Each works on run->session. */
extern const Behaviour session_behaviours[];

#endif
