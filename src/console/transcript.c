#include "console/transcript.h"

#include <pthread.h>

#define TRANSCRIPT_LIMIT 10000

/* Lanes write it, screens read it. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static GPtrArray *entries;

static void
entry_free(gpointer data)
{
	TranscriptEntry *self = data;

	g_free(self->line);
	g_free(self->outcome);
	g_free(self);
}

static gpointer
entry_copy(gconstpointer source)
{
	TranscriptEntry *copy = g_new(TranscriptEntry, 1);

	*copy = *(const TranscriptEntry *)source;
	copy->line = g_strdup(copy->line);
	copy->outcome = g_strdup(copy->outcome);
	return copy;
}

void
transcript_add(const char *line, int exit_code, const char *outcome, Duration took)
{
	TranscriptEntry *entry = g_new(TranscriptEntry, 1);

	*entry = (TranscriptEntry){ timestamp_now(), g_strdup(line), exit_code, g_strdup(outcome), took };
	pthread_mutex_lock(&lock);
	if (entries == NULL)
		entries = g_ptr_array_new_with_free_func(entry_free);
	if (entries->len == TRANSCRIPT_LIMIT)
		g_ptr_array_remove_index(entries, 0);
	g_ptr_array_add(entries, entry);
	pthread_mutex_unlock(&lock);
}

GPtrArray *
transcript_entries(void)
{
	GPtrArray *copies = g_ptr_array_new_with_free_func(entry_free);

	pthread_mutex_lock(&lock);
	for (guint i = 0; entries != NULL && i < entries->len; i++)
		g_ptr_array_add(copies, entry_copy(entries->pdata[i]));
	pthread_mutex_unlock(&lock);
	return copies;
}
