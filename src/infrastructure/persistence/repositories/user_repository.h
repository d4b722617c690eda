#ifndef SIGNALBOX_REPOSITORIES_USER_REPOSITORY_H
#define SIGNALBOX_REPOSITORIES_USER_REPOSITORY_H

#include "application/ports/repositories.h"
#include "persistence/unit_of_work.h"

/* Users through `work`, which outlives the repository. */
UserRepository *user_repository_new(UnitOfWork *work);

/* Accepts NULL. */
void user_repository_free(UserRepository *self);

#endif
