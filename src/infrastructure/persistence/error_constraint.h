#ifndef SIGNALBOX_PERSISTENCE_ERROR_CONSTRAINT_H
#define SIGNALBOX_PERSISTENCE_ERROR_CONSTRAINT_H

#include "base/error.h"

#include <libpq-fe.h>

/* The sentence for a violated constraint (class 23), newly allocated, and its code. */
char *constraint_sentence(const PGresult *result, SbErrorCode *ret_code);

#endif
