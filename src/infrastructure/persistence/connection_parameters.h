#ifndef SIGNALBOX_PERSISTENCE_CONNECTION_PARAMETERS_H
#define SIGNALBOX_PERSISTENCE_CONNECTION_PARAMETERS_H

#include "application/session.h"

/* What PQconnectStartParams takes: the context's parameters between ours. Both lists end with NULL. */
typedef struct ConnectionParameters {
	char **keywords;
	char **values;
} ConnectionParameters;

ConnectionParameters *connection_parameters_new(const Context *context);

/* Wipes the values. Accepts NULL. */
void connection_parameters_free(ConnectionParameters *self);

/* False when libpq will surely not look up a host's name, which blocks: a socket's folder or an address. */
bool connection_parameters_need_lookup(const ConnectionParameters *self);

/* The host and port that they name, for messages before libpq has filled in its own. Newly allocated. */
char *connection_parameters_place(const ConnectionParameters *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ConnectionParameters, connection_parameters_free)

#endif
