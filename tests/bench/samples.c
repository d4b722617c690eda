#include "samples.h"

struct Samples {
	GArray *values;
};

Samples *
samples_new(void)
{
	Samples *self = g_new0(Samples, 1);

	self->values = g_array_new(FALSE, FALSE, sizeof(double));
	return self;
}

void
samples_free(Samples *self)
{
	if (self == NULL)
		return;
	g_array_unref(self->values);
	g_free(self);
}

static int
compare(gconstpointer a, gconstpointer b)
{
	double left = *(const double *)a;
	double right = *(const double *)b;

	return (left > right) - (left < right);
}

void
samples_add(Samples *self, double value)
{
	g_array_append_val(self->values, value);
	g_array_sort(self->values, compare);
}

double
samples_at(const Samples *self, double fraction)
{
	g_assert(self->values->len > 0);
	return g_array_index(self->values, double, (guint)(fraction * (self->values->len - 1) + 0.5));
}

double
samples_median(const Samples *self)
{
	guint middle = self->values->len / 2;

	if (self->values->len % 2 == 1)
		return samples_at(self, 0.5);
	return (g_array_index(self->values, double, middle - 1) +
		   g_array_index(self->values, double, middle)) /
	    2;
}

guint
samples_count(const Samples *self)
{
	return self->values->len;
}
