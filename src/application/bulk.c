#include "application/bulk.h"

#include "bulk_counts.h"

static GHashTable *
reasons_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

BulkPlan *
bulk_plan_new(void)
{
	BulkPlan *self = g_new0(BulkPlan, 1);

	self->summary = g_ptr_array_new_with_free_func(g_free);
	self->skipped = reasons_new();
	return self;
}

void
bulk_plan_free(BulkPlan *self)
{
	if (self == NULL)
		return;
	if (self->free_data != NULL)
		self->free_data(self->data);
	g_free(self->title);
	g_free(self->noun);
	g_free(self->id);
	g_free(self->typed);
	g_ptr_array_unref(self->summary);
	g_hash_table_unref(self->skipped);
	g_free(self);
}

void
bulk_plan_say(BulkPlan *self, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_ptr_array_add(self->summary, g_strdup_vprintf(format, args));
	va_end(args);
}

static void
add_reason(GHashTable *reasons, const char *reason, guint count)
{
	guint before = GPOINTER_TO_UINT(g_hash_table_lookup(reasons, reason));

	g_hash_table_replace(reasons, g_strdup(reason), GUINT_TO_POINTER(before + count));
}

void
bulk_plan_skip(BulkPlan *self, const char *reason, uint64_t count)
{
	if (count > 0)
		add_reason(self->skipped, reason, (guint)count);
}

uint64_t
bulk_plan_skipped(const BulkPlan *self)
{
	GHashTableIter iter;
	gpointer count;
	uint64_t total = 0;

	g_hash_table_iter_init(&iter, self->skipped);
	while (g_hash_table_iter_next(&iter, NULL, &count))
		total += GPOINTER_TO_UINT(count);
	return total;
}

uint64_t
bulk_plan_handled(const BulkPlan *plan)
{
	return plan->done + plan->failed + bulk_plan_skipped(plan);
}

static void
copy_reasons(GHashTable *from, GHashTable *to)
{
	GHashTableIter iter;
	gpointer reason, count;

	g_hash_table_remove_all(to);
	g_hash_table_iter_init(&iter, from);
	while (g_hash_table_iter_next(&iter, &reason, &count))
		add_reason(to, reason, GPOINTER_TO_UINT(count));
}

BulkCounts *
bulk_counts_of(const BulkPlan *plan)
{
	BulkCounts *self = g_new0(BulkCounts, 1);

	self->done = plan->done;
	self->failed = plan->failed;
	self->skipped = reasons_new();
	copy_reasons(plan->skipped, self->skipped);
	return self;
}

void
bulk_counts_restore(const BulkCounts *self, BulkPlan *plan)
{
	plan->done = self->done;
	plan->failed = self->failed;
	copy_reasons(self->skipped, plan->skipped);
}

void
bulk_counts_free(BulkCounts *self)
{
	if (self == NULL)
		return;
	g_hash_table_unref(self->skipped);
	g_free(self);
}
