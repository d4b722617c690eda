#ifndef SIGNALBOX_TESTS_WIRE_H
#define SIGNALBOX_TESTS_WIRE_H

#include "cluster.h"

#include "base/cancel.h"

/*
 * A wire between a client and a test cluster: a socket in a folder of its own, a thread that passes the bytes
 * on, keeps what clients sent, and can lose the answer to COMMIT. One client at a time.
 */
typedef struct Wire Wire;

Wire *wire_start(const Cluster *cluster);

/* Accepts NULL. */
void wire_stop(Wire *self);

/* The folder to connect to, instead of the cluster's; the port is the same. Borrowed. */
const char *wire_host(const Wire *self);

/*
 * The next answer `COMMIT` does not arrive: both ends are closed instead. With `dead` every later client is
 * turned away, and the first of them fires it.
 */
void wire_lose_commit(Wire *self, CancelToken *dead);

/* What clients sent so far, with a space for each byte that is no text. Newly allocated. */
char *wire_sent(Wire *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Wire, wire_stop)

#endif
