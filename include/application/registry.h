#ifndef SIGNALBOX_APPLICATION_REGISTRY_H
#define SIGNALBOX_APPLICATION_REGISTRY_H

#include "application/command.h"

#include <glib.h>

/* All commands that a console knows. The records are const and outlive it. */
typedef struct Registry Registry;

Registry *registry_new(void);
void registry_free(Registry *self);

/* Adds a NULL-terminated table of records. */
void registry_add(Registry *self, const CommandDef *const *defs);

/* The records of the application layer, NULL-terminated. */
extern const CommandDef *const application_commands[];

/*
 * Finds the command that the first words name; the longest name wins, so `context list` is found before
 * `context`. `*ret_used` is the number of words of the name. USAGE that names the nearest command or the
 * verbs of a known resource.
 */
bool registry_find(const Registry *self, const char *const *words, const CommandDef **ret_def,
    size_t *ret_used, GError **error);

/* In the order of registration, NULL-terminated; borrowed. */
const CommandDef *const *registry_commands(const Registry *self);

/* The closest of `names` to `word`, or NULL when none is near enough to be meant. Borrowed from `names`. */
const char *nearest_name(const char *word, const char *const *names);

/*
 * The registry's self-check: duplicate names, arguments without help, verbs without effect, required after
 * optional, repeating before others, both or neither of handle and bulk. Returns a sentence for each fault.
 */
GPtrArray *registry_faults(const Registry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Registry, registry_free)

#endif
