#ifndef SIGNALBOX_APPLICATION_QUERIES_H
#define SIGNALBOX_APPLICATION_QUERIES_H

#include "application/command.h"
#include "application/completion.h"

/* The arguments of every `list` command, and of `tables browse` behind its table. */
typedef struct ListArgs {
	char **terms;
	char *order;
	int64_t limit;
	char *after;
	char *before;
	char *columns; /* a,b,c */
	bool count;
	bool all;
	bool last; /* --last: the last page */
} ListArgs;

extern const ArgDef list_args[];
bool list_validate(const void *args, GError **error);

/* Lists run->def->resource as the arguments ask. */
bool list_handle(CommandRun *run, const void *args, GError **error);

/* Lists any resource. */
bool list_resource(CommandRun *run, const ResourceDef *resource, const ListArgs *args, GError **error);

/* The arguments of every `show` command. */
typedef struct ShowArgs {
	char *key;
} ShowArgs;

extern const ArgDef show_args[];

/* Shows one record of run->def->resource. */
bool show_handle(CommandRun *run, const void *args, GError **error);

#endif
