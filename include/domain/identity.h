#ifndef SIGNALBOX_DOMAIN_IDENTITY_H
#define SIGNALBOX_DOMAIN_IDENTITY_H

#include "base/uuid.h"

/* Ids of different aggregates are different types, so that mixing them up does not compile. */
typedef struct UserId {
	Uuid value;
} UserId;

typedef struct PostId {
	Uuid value;
} PostId;

#endif
