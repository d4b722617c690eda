#include "persistence/error_constraint.h"

#include "persistence/server_text.h"

#include <glib.h>
#include <string.h>

/* `before` and `after` stand around the value that the server's DETAIL names. */
typedef struct ConstraintRule {
	const char *name;
	SbErrorCode code;
	const char *before;
	const char *after;
	const char *without_value;
} ConstraintRule;

static const ConstraintRule unique_rules[] = {
	{ "uq_users_email", SB_ERROR_CONFLICT, "email '", "' is taken", "the email is taken" },
	{ "uq_posts_slug", SB_ERROR_CONFLICT, "slug '", "' is taken", "the slug is taken" },
	{ "uq_tags_name", SB_ERROR_CONFLICT, "tag '", "' exists already", "the tag exists already" },
	{ "uq_products_sku", SB_ERROR_CONFLICT, "sku '", "' is taken", "the sku is taken" },
	{ "uq_payments_idempotency_key", SB_ERROR_CONFLICT, "payment '", "' exists already",
	    "the payment exists already" },
	{ "uq_idempotency_records_operator_key", SB_ERROR_CONCURRENCY,
	    "a run with the same idempotency key ('", "') came first",
	    "a run with the same idempotency key came first" },
	{ "uq_audit_entries_position", SB_ERROR_CONCURRENCY, "another command wrote audit entry '",
	    "' at the same moment", "another command wrote the audit entry at the same moment" },
	{ "uq_audit_entries_previous_hash", SB_ERROR_CONCURRENCY,
	    "another command continued the audit chain from '", "' at the same moment",
	    "another command continued the audit chain at the same moment" },
	{ "pk_signalbox_migrations", SB_ERROR_CONCURRENCY, "migration '", "' was applied by someone else",
	    "the migration was applied by someone else" },
	{ "pk_post_tags", SB_ERROR_CONFLICT, "the post has this tag already (", ")",
	    "the post has this tag already" },
	{ "pk_subscriptions", SB_ERROR_CONFLICT, "user '", "' is subscribed already",
	    "the user is subscribed already" },
	{ NULL, SB_ERROR_CONFLICT, NULL, NULL, NULL },
};

/* Of a foreign key: the row that is missing, or the rows that still point to the one that should go. */
typedef struct ReferenceRule {
	const char *name;
	const char *parent;
	const char *children;
} ReferenceRule;

static const ReferenceRule reference_rules[] = {
	{ "fk_posts_users_author_id", "user", "posts" },
	{ "fk_subscriptions_users_user_id", "user", "subscriptions" },
	{ "fk_post_tags_posts_post_id", "post", "tags" },
	{ "fk_post_tags_tags_tag_id", "tag", "posts" },
	{ "fk_orders_users_customer_id", "user", "orders" },
	{ "fk_order_lines_orders_order_id", "order", "lines" },
	{ "fk_order_lines_products_product_id", "product", "order lines" },
	{ "fk_payments_orders_order_id", "order", "payments" },
	{ "fk_audit_personal_values_audit_entries_entry_id", "audit entry", "personal values" },
	{ "fk_retry_plan_batches_retry_plans_plan_id", "retry plan", "batches" },
	{ NULL, NULL, NULL },
};

static const ConstraintRule check_rules[] = {
	{ "ck_posts_state", SB_ERROR_CONFLICT, NULL, NULL,
	    "the post's state does not go with its published and archived times" },
	{ "ck_users_state", SB_ERROR_CONFLICT, NULL, NULL,
	    "the user's state does not go with its deactivated and erased times" },
	{ "ck_idempotency_records_key", SB_ERROR_VALIDATION, NULL, NULL,
	    "an idempotency key has at least 16 characters" },
	{ "ck_order_lines_quantity", SB_ERROR_CONFLICT, NULL, NULL, "a quantity is at least 1" },
	{ NULL, SB_ERROR_CONFLICT, NULL, NULL, NULL },
};

/* "Key (a, b)=(1, 2) …" is the same in every language of the server but for its words. */
static bool
key_of_detail(const char *detail, char **ret_columns, char **ret_value)
{
	const char *open = detail != NULL ? strchr(detail, '(') : NULL;
	const char *middle = open != NULL ? strstr(open, ")=(") : NULL;
	const char *close = middle != NULL ? strrchr(middle + 3, ')') : NULL;

	if (close == NULL)
		return false;
	g_autofree char *value = g_strndup(middle + 3, (gsize)(close - middle - 3));
	*ret_columns = g_strndup(open + 1, (gsize)(middle - open - 1));
	*ret_value = server_text(value);
	return true;
}

static const ConstraintRule *
rule_of(const ConstraintRule *rules, const char *name)
{
	for (const ConstraintRule *rule = rules; rule->name != NULL; rule++) {
		if (strcmp(rule->name, name) == 0)
			return rule;
	}
	return NULL;
}

static char *
unique_sentence(const char *name, const char *value, SbErrorCode *ret_code)
{
	const ConstraintRule *rule = rule_of(unique_rules, name);

	if (rule == NULL && value == NULL)
		return g_strdup_printf("the value exists already (%s)", name);
	if (rule == NULL)
		return g_strdup_printf("'%s' exists already (%s)", value, name);
	*ret_code = rule->code;
	if (value == NULL)
		return g_strdup(rule->without_value);
	return g_strconcat(rule->before, value, rule->after, NULL);
}

/*
 * Both directions have the same SQLSTATE and constraint. The key in the DETAIL is the child's when the parent
 * is missing, and the parent's, by our naming rule `id`, when it should go.
 */
static char *
reference_sentence(const char *name, const char *columns, const char *value, SbErrorCode *ret_code)
{
	const ReferenceRule *rule = reference_rules;

	while (rule->name != NULL && strcmp(rule->name, name) != 0)
		rule++;
	if (value == NULL)
		return g_strdup_printf(
		    "a row that this one belongs to is missing, or others still need it (%s)", name);

	if (strcmp(columns, "id") == 0) {
		if (rule->name == NULL)
			return g_strdup_printf("'%s' is still in use (%s)", value, name);
		return g_strdup_printf("%s '%s' still has %s", rule->parent, value, rule->children);
	}
	*ret_code = SB_ERROR_NOT_FOUND;
	if (rule->name == NULL)
		return g_strdup_printf("'%s' does not exist (%s)", value, name);
	return g_strdup_printf("no %s '%s'", rule->parent, value);
}

static char *
null_sentence(const PGresult *result, SbErrorCode *ret_code)
{
	g_autofree char *column = server_text(PQresultErrorField(result, PG_DIAG_COLUMN_NAME));
	g_autofree char *table = server_text(PQresultErrorField(result, PG_DIAG_TABLE_NAME));

	*ret_code = SB_ERROR_VALIDATION;
	return g_strdup_printf("column '%s' of table '%s' must have a value", column, table);
}

static char *
check_sentence(const PGresult *result, const char *name, SbErrorCode *ret_code)
{
	const ConstraintRule *rule = rule_of(check_rules, name);

	if (rule != NULL) {
		*ret_code = rule->code;
		return g_strdup(rule->without_value);
	}
	/* The DETAIL holds the whole row, which may be personal: it is not for messages. */
	g_autofree char *table = server_text(PQresultErrorField(result, PG_DIAG_TABLE_NAME));
	return g_strdup_printf("a check of table '%s' says no (%s)", table, name);
}

char *
constraint_sentence(const PGresult *result, SbErrorCode *ret_code)
{
	const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	g_autofree char *name = server_text(PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME));
	g_autofree char *columns = NULL;
	g_autofree char *value = NULL;

	*ret_code = SB_ERROR_CONFLICT;
	key_of_detail(PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL), &columns, &value);
	if (strcmp(sqlstate, "23505") == 0)
		return unique_sentence(name, value, ret_code);
	if (strcmp(sqlstate, "23503") == 0)
		return reference_sentence(name, columns, value, ret_code);
	if (strcmp(sqlstate, "23502") == 0)
		return null_sentence(result, ret_code);
	if (strcmp(sqlstate, "23514") == 0)
		return check_sentence(result, name, ret_code);
	return server_text(PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
}
