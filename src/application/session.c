#include "application/session.h"

void
session_close(Session *self)
{
	if (self != NULL)
		self->close(self);
}
