#ifndef SIGNALBOX_REPOSITORIES_POST_REPOSITORY_H
#define SIGNALBOX_REPOSITORIES_POST_REPOSITORY_H

#include "application/ports/repositories.h"
#include "persistence/unit_of_work.h"

/* Posts with their tags through `work`, which outlives the repository. */
PostRepository *post_repository_new(UnitOfWork *work);

/* Accepts NULL. */
void post_repository_free(PostRepository *self);

#endif
