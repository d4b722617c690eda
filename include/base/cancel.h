#ifndef SIGNALBOX_BASE_CANCEL_H
#define SIGNALBOX_BASE_CANCEL_H

#include <glib.h>
#include <stdbool.h>

/*
 * A request to stop that one thread or signal handler makes and another one polls for beside its socket.
 * Fired once, it stays fired until reset.
 */
typedef struct CancelToken CancelToken;

CancelToken *cancel_token_new(void);

/* Accepts NULL. */
void cancel_token_free(CancelToken *self);

/* Async-signal-safe, and safe from any thread. */
void cancel_token_fire(CancelToken *self);

/* Only by the thread that waits on it. */
void cancel_token_reset(CancelToken *self);

bool cancel_token_is_fired(const CancelToken *self);

/* Readable while fired. Owned by the token. */
int cancel_token_fd(const CancelToken *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(CancelToken, cancel_token_free)

#endif
