#include "persistence/connection.h"

#include <string.h>

Statement *
statement_new(
    const char *sql, int param_count, const char *const *params, int expected_rows, const char *subject)
{
	Statement *self = g_new0(Statement, 1);

	self->sql = g_strdup(sql);
	self->param_count = param_count;
	self->params = g_new0(char *, (gsize)param_count + 1);
	for (int i = 0; i < param_count; i++)
		self->params[i] = g_strdup(params[i]);
	self->expected_rows = expected_rows;
	self->subject = g_strdup(subject);
	return self;
}

void
statement_free(Statement *self)
{
	if (self == NULL)
		return;
	for (int i = 0; i < self->param_count; i++) {
		if (self->secret && self->params[i] != NULL)
			explicit_bzero(self->params[i], strlen(self->params[i]));
		g_free(self->params[i]);
	}
	g_free(self->params);
	PQclear(self->result);
	g_free(self->sql);
	g_free(self->subject);
	g_free(self);
}
