#include "figures.h"

#include "program.h"
#include "report.h"

#define NOWHERE "/dev/null"

/* psql's own binary: what Debian has in PATH is a wrapper in Perl, three times as slow. */
static const char *const ours[] = { SIGNALBOX, "users", "list", "--limit", "1", NULL };
static const char *const peer[] = { PSQL, "-X", "-c",
	"SELECT id, email, display_name, role, state_type, created_at FROM users "
	"ORDER BY created_at DESC, id DESC LIMIT 1",
	NULL };

static void
measure(const char *const *argv, Samples *times, Samples *memory)
{
	Cost cost = program_run(argv, NOWHERE);

	samples_add(times, cost.ms);
	samples_add(memory, cost.peak_mib);
}

void
figure_start(Data *data)
{
	g_autoptr(Samples) our_times = samples_new();
	g_autoptr(Samples) our_memory = samples_new();
	g_autoptr(Samples) peer_times = samples_new();
	g_autoptr(Samples) peer_memory = samples_new();

	data_use(data, "start", 0);
	program_run(ours, NOWHERE);
	program_run(peer, NOWHERE);
	for (int run = 0; run < data->runs; run++) {
		measure(ours, our_times, our_memory);
		measure(peer, peer_times, peer_memory);
	}
	report_section("Start and one query");
	report_comparison(&(Comparison){ .work = "`signalbox users list --limit 1`",
	    .unit = UNIT_TIME,
	    .ours = our_times,
	    .peer = "`psql -X -c`",
	    .peers = peer_times,
	    .goal_ratio = 1.2 });
	report_comparison(&(Comparison){ .work = "its most memory",
	    .unit = UNIT_MEMORY,
	    .ours = our_memory,
	    .peer = "`psql -X -c`",
	    .peers = peer_memory,
	    .goal = 12 });
}
