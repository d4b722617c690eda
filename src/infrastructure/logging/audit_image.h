#ifndef SIGNALBOX_LOGGING_AUDIT_IMAGE_H
#define SIGNALBOX_LOGGING_AUDIT_IMAGE_H

#include "application/run.h"

#include <glib.h>

/* A value that stands beside the chain instead of in it. */
typedef struct PersonalValue {
	char *user_id;
	char *field; /* "email.after" */
	char *salt;
	char *value;
} PersonalValue;

/*
 * What a run changed, as the audit entry holds it: json objects from "TABLE KEY" to columns with their
 * values; nulls are left out, so that a row that stands only in `after` is new. A bulk verb has counts in
 * `after` instead.
 */
typedef struct AuditImage {
	char *targets;       /* json */
	char *before;        /* json, or NULL: nothing was there before */
	char *after;         /* json, or NULL: nothing is there after */
	GPtrArray *personal; /* of PersonalValue */
} AuditImage;

AuditImage *audit_image_new(const CommandRun *run);

/* Accepts NULL. */
void audit_image_free(AuditImage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(AuditImage, audit_image_free)

#endif
