#include "lane.h"

#include "lane_frontend.h"

#include "base/error.h"

#include <stdatomic.h>

/* A cancel that came before a request had begun is lost: it is sent again until the thread has ended. */
#define CANCEL_AGAIN_MS 50

typedef enum RequestKind {
	REQUEST_RUN,
	REQUEST_COMPLETE,
	REQUEST_USE,
	REQUEST_QUIT,
} RequestKind;

/* What travels to the thread. */
typedef struct LaneRequest {
	RequestKind kind;
	uint64_t number;
	char *line;
	bool whole;
	size_t cursor;
	const Context *context;
} LaneRequest;

/* What the main thread remembers of a request until it is done. */
typedef struct OpenRequest {
	uint64_t number;
	char *line;
	bool whole;
	gint64 since; /* monotonic */
} OpenRequest;

struct Lane {
	LaneName name;
	ConsoleSettings settings;
	CancelToken *cancel;
	Mailbox *requests;
	Mailbox *answers;
	Mailbox *events; /* borrowed */
	Mailbox *ended;
	GThread *thread;
	_Atomic uint64_t cancelled; /* requests up to this number need not be run */
	/* Of the main thread alone. */
	uint64_t last;
	GPtrArray *open; /* of OpenRequest *, oldest first */
	/* Of the lane's thread alone. */
	Console *console;
	const Session *told; /* whose server was told last */
};

static void
lane_request_free(gpointer data)
{
	LaneRequest *self = data;

	g_free(self->line);
	g_free(self);
}

static void
open_request_free(gpointer data)
{
	OpenRequest *self = data;

	g_free(self->line);
	g_free(self);
}

static void
tell_server(Lane *self, uint64_t number)
{
	const Session *session = console_open_session(self->console);
	LaneEvent *event;

	if (session == NULL || session == self->told)
		return;
	self->told = session;
	event = lane_event_new(LANE_EVENT_SERVER, self->name, number);
	event->server = (LaneServer){
		.context = console_context(self->console),
		.user = g_strdup(session->server->session_user),
		.database = g_strdup(session->server->database),
		.host = g_strdup(session->server->host),
		.superuser = session->server->superuser,
		.read_only = session->server->read_only,
		.has_schema = session->server->has_schema,
		.role = session->server->role,
	};
	mailbox_post(self->events, event);
}

static void
tell_done(Lane *self, uint64_t number, GError *error)
{
	ConsoleWishes *wishes = console_wishes(self->console);
	LaneEvent *event = lane_event_new(LANE_EVENT_DONE, self->name, number);

	event->error = error;
	event->quit = wishes->quit;
	event->use = wishes->use;
	event->watch_line = g_steal_pointer(&wishes->watch_line);
	event->watch_interval = wishes->watch_interval;
	*wishes = (ConsoleWishes){ 0 };
	tell_server(self, number);
	mailbox_post(self->events, event);
}

static void
run_line(Lane *self, const LaneRequest *request, GError **error)
{
	g_autoptr(Arguments) arguments = NULL;
	LaneFrontend frontend;

	if (!console_parse_line(self->console, request->line, &arguments, error) || arguments == NULL)
		return;
	lane_frontend_init(
	    &frontend, self->name, request->number, request->whole, self->events, self->answers);
	console_run(self->console, arguments, &frontend.frontend, error);
	lane_frontend_clear(&frontend);
}

static void
complete_line(Lane *self, const LaneRequest *request)
{
	LaneEvent *event = lane_event_new(LANE_EVENT_COMPLETION, self->name, request->number);

	cancel_token_reset(self->cancel);
	event->completion = console_complete(self->console, request->line, request->cursor, true);
	mailbox_post(self->events, event);
}

static void
serve(Lane *self, const LaneRequest *request)
{
	GError *error = NULL;

	if (request->kind == REQUEST_USE) {
		console_use(self->console, request->context);
		self->told = NULL;
		return;
	}
	if (request->number <= atomic_load(&self->cancelled))
		g_set_error_literal(&error, SB_ERROR, SB_ERROR_CANCELLED, "cancelled before it began");
	else if (request->kind == REQUEST_RUN)
		run_line(self, request, &error);
	else
		complete_line(self, request);
	tell_done(self, request->number, error);
}

static gpointer
lane_thread(gpointer data)
{
	Lane *self = data;
	LaneRequest *request;

	self->console = console_new(&self->settings);
	while ((request = mailbox_wait(self->requests, -1))->kind != REQUEST_QUIT) {
		serve(self, request);
		lane_request_free(request);
	}
	lane_request_free(request);
	console_free(self->console);
	mailbox_post(self->ended, self);
	return NULL;
}

Lane *
lane_new(LaneName name, const ConsoleSettings *settings, Mailbox *events)
{
	static const char *const thread_names[LANE_COUNT] = { "read", "write", "completion" };
	Lane *self = g_new0(Lane, 1);

	self->name = name;
	self->last = (uint64_t)name;
	self->settings = *settings;
	self->cancel = cancel_token_new();
	self->settings.cancel = self->cancel;
	self->settings.screens = true;
	self->settings.read_stdin = NULL;
	self->requests = mailbox_new(lane_request_free);
	self->answers = mailbox_new(g_free);
	self->events = events;
	self->ended = mailbox_new(NULL);
	self->open = g_ptr_array_new_with_free_func(open_request_free);
	self->thread = g_thread_new(thread_names[name], lane_thread, self);
	return self;
}

static void
post_request(Lane *self, RequestKind kind, uint64_t number, const char *line, bool whole, size_t cursor)
{
	LaneRequest *request = g_new0(LaneRequest, 1);

	*request = (LaneRequest){
		.kind = kind, .number = number, .line = g_strdup(line), .whole = whole, .cursor = cursor
	};
	mailbox_post(self->requests, request);
}

static uint64_t
open_request(Lane *self, const char *line, bool whole)
{
	OpenRequest *open = g_new0(OpenRequest, 1);

	/* Numbers of all lanes differ. */
	self->last += LANE_COUNT;
	*open = (OpenRequest){ self->last, g_strdup(line), whole, g_get_monotonic_time() };
	g_ptr_array_add(self->open, open);
	return open->number;
}

uint64_t
lane_run(Lane *self, const char *line, bool whole)
{
	uint64_t number = open_request(self, line, whole);

	post_request(self, REQUEST_RUN, number, line, whole, 0);
	return number;
}

uint64_t
lane_complete(Lane *self, const char *line, size_t cursor)
{
	uint64_t number = open_request(self, line, false);

	post_request(self, REQUEST_COMPLETE, number, line, false, cursor);
	return number;
}

void
lane_use(Lane *self, const Context *context)
{
	LaneRequest *request = g_new0(LaneRequest, 1);

	request->kind = REQUEST_USE;
	request->context = context;
	mailbox_post(self->requests, request);
}

static OpenRequest *
find_open(const Lane *self, uint64_t number)
{
	for (guint i = 0; i < self->open->len; i++) {
		OpenRequest *open = self->open->pdata[i];

		if (open->number == number)
			return open;
	}
	return NULL;
}

void
lane_answer(Lane *self, uint64_t request, Answer answer)
{
	LaneAnswer *letter = g_new(LaneAnswer, 1);
	OpenRequest *open = find_open(self, request);

	/* The time until now was the person's. */
	if (open != NULL)
		open->since = g_get_monotonic_time();
	*letter = (LaneAnswer){ request, answer };
	mailbox_post(self->answers, letter);
}

void
lane_cancel(Lane *self)
{
	if (self->open->len == 0)
		return;
	atomic_store(&self->cancelled, self->last);
	cancel_token_fire(self->cancel);
}

static bool
is_cancelled(const Lane *self, uint64_t number)
{
	return number <= atomic_load(&self->cancelled);
}

/*
 * A cancel is aimed at a request, but reaches whatever runs when it arrives: that may be the next one. A read
 * loses nothing by running again.
 */
static bool
was_hit_by_mistake(const Lane *self, const LaneEvent *event)
{
	return self->name == LANE_READ && !is_cancelled(self, event->request) && event->error != NULL &&
	    sb_error_is(event->error, SB_ERROR_CANCELLED) && atomic_load(&self->cancelled) > 0;
}

bool
lane_take(Lane *self, const LaneEvent *event)
{
	OpenRequest *open = find_open(self, event->request);

	if (event->kind == LANE_EVENT_SERVER)
		return true;
	if (open == NULL)
		return false;
	if (event->kind != LANE_EVENT_DONE)
		return self->name == LANE_WRITE || !is_cancelled(self, event->request);
	if (was_hit_by_mistake(self, event)) {
		post_request(self, REQUEST_RUN, open->number, open->line, open->whole, 0);
		return false;
	}
	g_ptr_array_remove(self->open, open);
	return true;
}

bool
lane_is_busy(const Lane *self)
{
	return self->open->len > 0;
}

static const OpenRequest *
oldest_open(const Lane *self)
{
	return self->open->len > 0 ? self->open->pdata[0] : NULL;
}

bool
lane_is_cancelling(const Lane *self)
{
	const OpenRequest *oldest = oldest_open(self);

	return oldest != NULL && is_cancelled(self, oldest->number);
}

Duration
lane_elapsed(const Lane *self)
{
	const OpenRequest *oldest = oldest_open(self);

	return oldest != NULL ? g_get_monotonic_time() - oldest->since : 0;
}

void
lane_tick(Lane *self)
{
	if (lane_is_cancelling(self))
		cancel_token_fire(self->cancel);
}

void
lane_stop(Lane *self)
{
	if (self == NULL)
		return;
	lane_cancel(self);
	lane_answer(self, LANE_ANSWER_ALL, ANSWER_NO);
	post_request(self, REQUEST_QUIT, 0, NULL, false, 0);
}

static bool
wait_for_end(Lane *self, gint64 deadline)
{
	while (mailbox_wait(self->ended, CANCEL_AGAIN_MS) == NULL) {
		if (g_get_monotonic_time() >= deadline)
			return false;
		cancel_token_fire(self->cancel);
		lane_answer(self, LANE_ANSWER_ALL, ANSWER_NO);
	}
	return true;
}

bool
lane_end(Lane *self, gint64 deadline)
{
	if (self == NULL)
		return true;
	if (!wait_for_end(self, deadline)) {
		g_thread_unref(self->thread);
		return false;
	}
	g_thread_join(self->thread);
	g_ptr_array_unref(self->open);
	mailbox_free(self->requests);
	mailbox_free(self->answers);
	mailbox_free(self->ended);
	cancel_token_free(self->cancel);
	g_free(self);
	return true;
}
