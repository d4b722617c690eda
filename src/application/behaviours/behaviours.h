#ifndef SIGNALBOX_APPLICATION_BEHAVIOURS_H
#define SIGNALBOX_APPLICATION_BEHAVIOURS_H

#include "application/run.h"

/* The command's own validator and what every command's values must keep; no database. */
extern const Behaviour validate_behaviour;

/* Effect against mode, role, reason and confirmation; no query of its own. */
extern const Behaviour authorize_behaviour;

#endif
