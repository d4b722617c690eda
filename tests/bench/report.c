#include "report.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define SECOND_MS 1000.0

void
report_section(const char *title)
{
	printf("\n## %s\n\n", title);
	printf("| work | signalbox | peer | ratio | goal | |\n|---|---|---|---|---|---|\n");
	fflush(stdout);
}

static char *
amount(Unit unit, double value)
{
	switch (unit) {
	case UNIT_MEMORY: return g_strdup_printf("%.1f MiB", value);
	case UNIT_TIME: break;
	}
	if (value >= SECOND_MS)
		return g_strdup_printf("%.2f s", value / SECOND_MS);
	return g_strdup_printf(value < 1 ? "%.2f ms" : "%.1f ms", value);
}

/* The median, and how far the values were apart, in the unit of the median. */
static char *
summary(Unit unit, const Samples *samples)
{
	double median = samples_median(samples);
	double scale = unit == UNIT_TIME && median >= SECOND_MS ? SECOND_MS : 1;
	int digits = scale > 1 || median < 1 ? 2 : 1;
	g_autofree char *text = amount(unit, median);

	if (samples_count(samples) == 1)
		return g_steal_pointer(&text);
	return g_strdup_printf("%s (%.*f–%.*f)", text, digits, samples_at(samples, 0) / scale, digits,
	    samples_at(samples, 1) / scale);
}

static char *
goal_text(const Comparison *self)
{
	g_autofree char *at_most = self->goal > 0 ? amount(self->unit, self->goal) : NULL;

	if (self->goal_ratio > 0)
		return g_strdup_printf("≤ %.1f ×", self->goal_ratio);
	return at_most != NULL ? g_strconcat("≤ ", at_most, NULL) : g_strdup("");
}

static char *
verdict(const Comparison *self, double ours, double ratio)
{
	g_autofree char *too_much = NULL;

	if (self->goal_ratio > 0)
		return ratio <= self->goal_ratio
		    ? g_strdup("met")
		    : g_strdup_printf("missed by %.2f ×", ratio - self->goal_ratio);
	if (self->goal <= 0)
		return g_strdup("");
	if (ours <= self->goal)
		return g_strdup("met");
	too_much = amount(self->unit, ours - self->goal);
	return g_strconcat("missed by ", too_much, NULL);
}

void
report_comparison(const Comparison *self)
{
	double ours = samples_median(self->ours);
	double ratio = self->peer != NULL ? ours / samples_median(self->peers) : 0;
	g_autofree char *our_text = summary(self->unit, self->ours);
	g_autofree char *peer_text = self->peer != NULL ? summary(self->unit, self->peers) : NULL;
	g_autofree char *goal = goal_text(self);
	g_autofree char *judgement = verdict(self, ours, ratio);

	printf("| %s | %s | ", self->work, our_text);
	if (self->peer != NULL) {
		g_autofree char *times = ratio < 0.005 ? g_strdup("< 0.01") : g_strdup_printf("%.2f", ratio);

		printf("%s: %s | %s × | ", self->peer, peer_text, times);
	} else
		printf("– | – | ");
	printf("%s | %s |\n", goal, judgement);
	fflush(stdout);
}

void
report_progress(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
}

char *
report_number(gint64 number)
{
	GString *text = g_string_new(NULL);

	g_string_printf(text, "%" G_GINT64_FORMAT, number);
	for (gssize at = (gssize)text->len - 3; at > 0; at -= 3)
		g_string_insert_c(text, at, ',');
	return g_string_free(text, FALSE);
}

void
report_broken(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	fputs("bench: ", stderr);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	exit(1);
}
