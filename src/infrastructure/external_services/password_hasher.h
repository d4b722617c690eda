#ifndef SIGNALBOX_EXTERNAL_SERVICES_PASSWORD_HASHER_H
#define SIGNALBOX_EXTERNAL_SERVICES_PASSWORD_HASHER_H

#include "application/ports/password_hasher.h"
#include "base/cancel.h"

/* Argon2id by libsodium. `cancel` is borrowed and may be NULL. Allocates nothing large before the first hash.
 */
PasswordHasher *password_hasher_new(CancelToken *cancel);

/* Accepts NULL. */
void password_hasher_free(PasswordHasher *self);

#endif
