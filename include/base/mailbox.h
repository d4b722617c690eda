#ifndef SIGNALBOX_BASE_MAILBOX_H
#define SIGNALBOX_BASE_MAILBOX_H

#include <glib.h>
#include <stdbool.h>

/*
 * The only thing that two threads share: a queue of owned pointers over a mutex, with a file descriptor that
 * is readable while something waits in it, so that it can stand in a poll beside a socket or in a main loop.
 */
typedef struct Mailbox Mailbox;

/* `free_item` frees what is still in the box when it is freed; may be NULL. */
Mailbox *mailbox_new(GDestroyNotify free_item);

/* No other thread may use it any more. Accepts NULL. */
void mailbox_free(Mailbox *self);

/* Takes ownership of `item`, which is not NULL. Never waits for a reader. */
void mailbox_post(Mailbox *self, gpointer item);

/* The oldest item, given to the caller, or NULL when it is empty. */
gpointer mailbox_take(Mailbox *self);

/* The oldest item; waits up to `timeout_ms` (-1: for ever) for one, NULL when none came. */
gpointer mailbox_wait(Mailbox *self, int timeout_ms);

/* Readable while the box holds something. Owned by the box. */
int mailbox_fd(const Mailbox *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mailbox, mailbox_free)

#endif
