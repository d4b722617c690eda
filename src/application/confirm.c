#include "confirm.h"

#include "application/bulk.h"
#include "arguments_bind.h"
#include "base/error.h"

static uint64_t
row_count(const CommandRun *run)
{
	return run->plan != NULL ? run->plan->total : arguments_row_count(run->arguments);
}

static bool
is_production(const CommandRun *run)
{
	return run->context != NULL && run->context->production;
}

/* What a bulk verb will do is seen before it is done. */
static bool
shows_plan(const CommandRun *run)
{
	return run->plan != NULL && run->frontend != NULL && run->frontend->shows_plans;
}

bool
confirmation_is_needed(const CommandRun *run)
{
	if (run->arguments->common.dry_run)
		return false;
	switch (run->def->effect) {
	case EFFECT_LOCAL:
	case EFFECT_READ:
	case EFFECT_READ_AUDITED: return false;
	case EFFECT_WRITE: return is_production(run) || row_count(run) > CONFIRM_ROWS || shows_plan(run);
	case EFFECT_DESTRUCTIVE: return true;
	}
	g_assert_not_reached();
}

/* The name of the one row, or the count: nobody types an id of 36 characters. */
static char *
typed_text(const CommandRun *run)
{
	const Arguments *arguments = run->arguments;

	if (run->def->effect != EFFECT_DESTRUCTIVE)
		return NULL;
	if (run->plan != NULL && run->plan->typed != NULL)
		return g_strdup(run->plan->typed);
	if (run->plan == NULL && row_count(run) <= 1) {
		for (const ArgDef *arg = run->def->args; arg != NULL && arg->name != NULL; arg++)
			if ((arg->flags & (ARG_POSITIONAL | ARG_ROWS)) && arg->type != ARG_UUID &&
			    argument_is_given(arg, arguments->values))
				return argument_text(arg, arguments->values, 0);
		return g_strdup(row_count(run) == 1 ? "1" : run->def->name);
	}
	return g_strdup_printf("%" G_GUINT64_FORMAT, row_count(run));
}

static char *
title_text(const CommandRun *run)
{
	uint64_t rows = row_count(run);

	if (run->plan != NULL && run->plan->title != NULL)
		return g_strdup(run->plan->title);
	if (rows == 0)
		return g_strdup_printf("Run '%s'?", run->def->name);
	return g_strdup_printf(
	    "Run '%s' on %" G_GUINT64_FORMAT " %s?", run->def->name, rows, rows == 1 ? "row" : "rows");
}

static GPtrArray *
question_lines(const CommandRun *run)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);

	g_ptr_array_add(lines, arguments_to_line(run->arguments, false));
	for (guint i = 0; run->plan != NULL && i < run->plan->summary->len; i++)
		g_ptr_array_add(lines, g_strdup(g_ptr_array_index(run->plan->summary, i)));
	if (run->session != NULL && run->session->server != NULL)
		g_ptr_array_add(lines,
		    g_strdup_printf("database '%s' on %s%s", run->session->server->database,
			run->session->server->host, is_production(run) ? ", which is production" : ""));
	g_ptr_array_add(lines, NULL);
	return lines;
}

static bool
refuse_unasked(const CommandRun *run, GError **error)
{
	g_set_error(error, SB_ERROR, SB_ERROR_REFUSED, "'%s' has to be confirmed and %s; --yes confirms it",
	    run->def->name,
	    run->within_script ? "nobody is asked while a script's transaction is open"
			       : "there is no terminal to ask on");
	return false;
}

static bool
refuse_stopped(const CommandRun *run, GError **error)
{
	g_set_error(
	    error, SB_ERROR, SB_ERROR_CANCELLED, "'%s' was stopped: nothing was done", run->def->name);
	return false;
}

static bool
ask(CommandRun *run, GError **error)
{
	g_autofree char *title = title_text(run);
	g_autofree char *typed = typed_text(run);
	g_autoptr(GPtrArray) lines = question_lines(run);
	const Question question = { title, (const char *const *)lines->pdata, typed };

	if (run_is_cancelled(run))
		return refuse_stopped(run, error);
	switch (run->frontend->ask(run->frontend, &question)) {
	case ANSWER_YES: run->confirmed = true; return true;
	case ANSWER_NO:
		/* Ctrl-C at the question. */
		if (run_is_cancelled(run))
			return refuse_stopped(run, error);
		g_set_error(error, SB_ERROR, SB_ERROR_REFUSED, "'%s' was not confirmed: nothing was done",
		    run->def->name);
		return false;
	case ANSWER_UNAVAILABLE: return refuse_unasked(run, error);
	}
	g_assert_not_reached();
}

bool
confirm_run(CommandRun *run, GError **error)
{
	if (confirmation_is_needed(run) && !run->arguments->common.yes)
		return run->within_script ? refuse_unasked(run, error) : ask(run, error);
	run->confirmed = true;
	return true;
}
