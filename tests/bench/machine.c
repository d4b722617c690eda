#include "machine.h"

#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

/* The value behind `name` in a file of /proc with lines `name : value`. Newly allocated. */
static char *
proc_value(const char *path, const char *name)
{
	g_autofree char *text = NULL;
	const char *line;

	if (!g_file_get_contents(path, &text, NULL, NULL) || (line = strstr(text, name)) == NULL)
		return g_strdup("unknown");
	line += strcspn(line, ":\n");
	return g_strstrip(g_strndup(line + 1, strcspn(line + 1, "\n")));
}

static void
print_date(void)
{
	g_autoptr(GDateTime) now = g_date_time_new_now_utc();
	g_autofree char *text = g_date_time_format(now, "%Y-%m-%d %H:%M UTC");

	printf("- measured %s\n", text);
}

void
machine_print(const Data *data)
{
	g_autofree char *model = proc_value("/proc/cpuinfo", "model name");
	g_autofree char *memory = proc_value("/proc/meminfo", "MemTotal");
	g_autofree char *version = cluster_query_text(data->cluster, "postgres", "SHOW server_version");
	double load[1] = { 0 };
	struct utsname kernel;

	uname(&kernel);
	getloadavg(load, 1);
	print_date();
	printf("- %ld cores, %s; %.1f GiB of memory; %s %s\n", sysconf(_SC_NPROCESSORS_ONLN), model,
	    g_ascii_strtod(memory, NULL) / (1024 * 1024), kernel.sysname, kernel.release);
	printf("- load before: %.2f\n", load[0]);
	printf(
	    "- PostgreSQL %s, unix socket, fsync on, its own default settings (shared_buffers 128 MB) but jit off\n",
	    version);
	printf(
	    "- medians of %d runs (%d of exports), smallest and largest in brackets, in turns with the peer\n",
	    data->runs, data->long_runs);
	fflush(stdout);
}
