#include "application/run.h"

static void
note_free(void *data)
{
	RunNote *self = data;

	g_free(self->text);
	g_free(self);
}

static void
change_free(void *data)
{
	Change *self = data;

	g_free(self->table);
	g_free(self->key);
	g_ptr_array_unref(self->columns);
	g_free(self);
}

CommandRun *
command_run_new(const Arguments *arguments, Session *session, Frontend *frontend)
{
	CommandRun *self = g_new0(CommandRun, 1);

	self->def = arguments->def;
	self->arguments = arguments;
	self->session = session;
	self->context = session != NULL ? session->context : NULL;
	self->frontend = frontend;
	self->notes = g_ptr_array_new_with_free_func(note_free);
	self->targets = g_ptr_array_new_with_free_func(g_free);
	self->changes = g_ptr_array_new_with_free_func(change_free);
	self->statements = g_ptr_array_new_with_free_func(g_free);
	return self;
}

void
command_run_free(CommandRun *self)
{
	if (self == NULL)
		return;
	g_free(self->xid);
	g_free(self->created);
	g_ptr_array_unref(self->notes);
	g_ptr_array_unref(self->targets);
	g_ptr_array_unref(self->changes);
	g_ptr_array_unref(self->statements);
	g_free(self);
}

void
run_note(CommandRun *self, NoteKind kind, const char *format, ...)
{
	RunNote *note = g_new0(RunNote, 1);
	va_list args;

	va_start(args, format);
	note->text = g_strdup_vprintf(format, args);
	va_end(args);
	note->kind = kind;
	g_ptr_array_add(self->notes, note);
}

void
run_created(CommandRun *self, const Uuid *id)
{
	g_free(self->created);
	self->created = uuid_to_string(id);
}

void
run_target(CommandRun *self, const char *type, const Uuid *id)
{
	char text[UUID_TEXT_LENGTH + 1];

	uuid_format(id, text);
	g_ptr_array_add(self->targets, g_strdup_printf("%s %s", type, text));
}

bool
run_is_cancelled(const CommandRun *self)
{
	return self->session != NULL && self->session->cancel != NULL &&
	    cancel_token_is_fired(self->session->cancel);
}

void
run_reset(CommandRun *self)
{
	self->now = 0;
	g_clear_pointer(&self->xid, g_free);
	self->replayed = false;
	self->commit_sent = false;
	self->committed = false;
	g_clear_pointer(&self->created, g_free);
	g_ptr_array_set_size(self->notes, 0);
	g_ptr_array_set_size(self->targets, 0);
	g_ptr_array_set_size(self->changes, 0);
	g_ptr_array_set_size(self->statements, 0);
}
