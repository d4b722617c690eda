#include "persistence/migrations/sql_parser_module.h"

#include <jansson.h>

#include <string.h>

/* How a node of the parse tree is called by people: the kind itself, or a verb before the object that `key`
 * names. */
typedef struct NodeKind {
	const char *node;
	const char *kind;
	const char *key;
} NodeKind;

static const NodeKind node_kinds[] = {
	{ "AlterDatabaseSetStmt", "ALTER DATABASE" },
	{ "AlterEnumStmt", "ALTER TYPE" },
	{ "AlterExtensionContentsStmt", "ALTER EXTENSION" },
	{ "AlterObjectDependsStmt", "ALTER", "objectType" },
	{ "AlterObjectSchemaStmt", "ALTER", "objectType" },
	{ "AlterOpFamilyStmt", "ALTER OPERATOR FAMILY" },
	{ "AlterOwnerStmt", "ALTER", "objectType" },
	{ "AlterRoleSetStmt", "ALTER ROLE" },
	{ "AlterSeqStmt", "ALTER SEQUENCE" },
	{ "AlterStatsStmt", "ALTER STATISTICS" },
	{ "AlterTableMoveAllStmt", "ALTER", "objtype" },
	{ "AlterTableSpaceOptionsStmt", "ALTER TABLESPACE" },
	{ "AlterTableStmt", "ALTER", "objtype" },
	{ "CheckPointStmt", "CHECKPOINT" },
	{ "ClosePortalStmt", "CLOSE" },
	{ "CompositeTypeStmt", "CREATE TYPE" },
	{ "ConstraintsSetStmt", "SET CONSTRAINTS" },
	{ "CreateAmStmt", "CREATE ACCESS METHOD" },
	{ "CreateConversionStmt", "CREATE CONVERSION" },
	{ "CreateEnumStmt", "CREATE TYPE" },
	{ "CreateEventTrigStmt", "CREATE EVENT TRIGGER" },
	{ "CreateFdwStmt", "CREATE FOREIGN DATA WRAPPER" },
	{ "CreateForeignServerStmt", "CREATE SERVER" },
	{ "CreateOpClassStmt", "CREATE OPERATOR CLASS" },
	{ "CreateOpFamilyStmt", "CREATE OPERATOR FAMILY" },
	{ "CreatePLangStmt", "CREATE LANGUAGE" },
	{ "CreateRangeStmt", "CREATE TYPE" },
	{ "CreateSeqStmt", "CREATE SEQUENCE" },
	{ "CreateStatsStmt", "CREATE STATISTICS" },
	{ "CreateStmt", "CREATE TABLE" },
	{ "CreateTableAsStmt", "CREATE", "objtype" },
	{ "CreateTableSpaceStmt", "CREATE TABLESPACE" },
	{ "CreateTrigStmt", "CREATE TRIGGER" },
	{ "CreatedbStmt", "CREATE DATABASE" },
	{ "DeclareCursorStmt", "DECLARE" },
	{ "DefineStmt", "CREATE", "kind" },
	{ "DropRoleStmt", "DROP ROLE" },
	{ "DropStmt", "DROP", "removeType" },
	{ "DropTableSpaceStmt", "DROP TABLESPACE" },
	{ "DropdbStmt", "DROP DATABASE" },
	{ "GrantRoleStmt", "GRANT ROLE" },
	{ "IndexStmt", "CREATE INDEX" },
	{ "RefreshMatViewStmt", "REFRESH MATERIALIZED VIEW" },
	{ "RenameStmt", "ALTER", "renameType" },
	{ "RuleStmt", "CREATE RULE" },
	{ "SecLabelStmt", "SECURITY LABEL" },
	{ "VariableSetStmt", "SET" },
	{ "VariableShowStmt", "SHOW" },
	{ "ViewStmt", "CREATE VIEW" },
};

/* Objects that are not called as the tree calls them. */
static const struct {
	const char *object;
	const char *words;
} object_words[] = {
	{ "OBJECT_ATTRIBUTE", "TYPE" },
	{ "OBJECT_COLUMN", "TABLE" },
	{ "OBJECT_DOMCONSTRAINT", "DOMAIN" },
	{ "OBJECT_FDW", "FOREIGN DATA WRAPPER" },
	{ "OBJECT_MATVIEW", "MATERIALIZED VIEW" },
	{ "OBJECT_OPCLASS", "OPERATOR CLASS" },
	{ "OBJECT_OPFAMILY", "OPERATOR FAMILY" },
	{ "OBJECT_STATISTIC_EXT", "STATISTICS" },
	{ "OBJECT_TABCONSTRAINT", "TABLE" },
	{ "OBJECT_TSCONFIGURATION", "TEXT SEARCH CONFIGURATION" },
	{ "OBJECT_TSDICTIONARY", "TEXT SEARCH DICTIONARY" },
	{ "OBJECT_TSPARSER", "TEXT SEARCH PARSER" },
	{ "OBJECT_TSTEMPLATE", "TEXT SEARCH TEMPLATE" },
};

static const char *
text_of(const json_t *node, const char *key)
{
	const char *text = json_string_value(json_object_get(node, key));

	return text != NULL ? text : "";
}

static bool
is_set(const json_t *node, const char *key)
{
	return json_is_true(json_object_get(node, key));
}

/* "OBJECT_FOREIGN_TABLE" is FOREIGN TABLE. */
static char *
words_of_object(const char *object)
{
	for (size_t i = 0; i < G_N_ELEMENTS(object_words); i++) {
		if (strcmp(object_words[i].object, object) == 0)
			return g_strdup(object_words[i].words);
	}
	if (!g_str_has_prefix(object, "OBJECT_"))
		return g_strdup("TABLE");
	return g_strdelimit(g_strdup(object + strlen("OBJECT_")), "_", ' ');
}

/* "CreateExtensionStmt" is CREATE EXTENSION. */
static char *
words_of_node(const char *node)
{
	GString *words = g_string_new(NULL);
	size_t length = strlen(node);

	if (g_str_has_suffix(node, "Stmt"))
		length -= strlen("Stmt");
	for (size_t i = 0; i < length; i++) {
		if (i > 0 && g_ascii_isupper(node[i]))
			g_string_append_c(words, ' ');
		g_string_append_c(words, g_ascii_toupper(node[i]));
	}
	return g_string_free(words, FALSE);
}

static char *
kind_of_node(const char *node, const json_t *body)
{
	for (size_t i = 0; i < G_N_ELEMENTS(node_kinds); i++) {
		const NodeKind *known = &node_kinds[i];

		if (strcmp(known->node, node) != 0)
			continue;
		if (known->key == NULL)
			return g_strdup(known->kind);
		g_autofree char *object = words_of_object(text_of(body, known->key));
		return g_strdup_printf("%s %s", known->kind, object);
	}
	if (strcmp(node, "TransactionStmt") == 0 && g_str_has_prefix(text_of(body, "kind"), "TRANS_STMT_"))
		return g_strdelimit(g_strdup(text_of(body, "kind") + strlen("TRANS_STMT_")), "_", ' ');
	if (strcmp(node, "VacuumStmt") == 0)
		return g_strdup(is_set(body, "is_vacuumcmd") ? "VACUUM" : "ANALYZE");
	if (strcmp(node, "CreateFunctionStmt") == 0 && is_set(body, "is_procedure"))
		return g_strdup("CREATE PROCEDURE");
	if (strcmp(node, "GrantStmt") == 0 && !is_set(body, "is_grant"))
		return g_strdup("REVOKE");
	return words_of_node(node);
}

/* An option of `params` or `options`; without a value it is on. */
static const json_t *
option(const json_t *body, const char *list, const char *name)
{
	const json_t *entry;
	size_t index;

	json_array_foreach(json_object_get(body, list), index, entry)
	{
		const json_t *element = json_object_get(entry, "DefElem");

		if (strcmp(text_of(element, "defname"), name) == 0)
			return element;
	}
	return NULL;
}

static bool
is_off(const json_t *element)
{
	static const char *const words[] = { "false", "off", "no", "0", NULL };
	const json_t *argument = json_object_get(element, "arg");
	const char *text = text_of(json_object_get(argument, "String"), "sval");
	g_autofree char *word = g_ascii_strdown(text, -1);
	const json_t *integer = json_object_get(argument, "Integer");

	if (integer != NULL)
		return json_integer_value(json_object_get(integer, "ival")) == 0;
	return g_strv_contains(words, word);
}

static bool
detaches_concurrently(const json_t *body)
{
	const json_t *entry;
	size_t index;

	json_array_foreach(json_object_get(body, "cmds"), index, entry)
	{
		const json_t *command = json_object_get(entry, "AlterTableCmd");
		const json_t *partition = json_object_get(json_object_get(command, "def"), "PartitionCmd");

		if (strcmp(text_of(command, "subtype"), "AT_DetachPartition") == 0 &&
		    is_set(partition, "concurrent"))
			return true;
	}
	return false;
}

static bool
reindexes_concurrently(const json_t *body)
{
	const json_t *concurrently = option(body, "params", "concurrently");

	return concurrently != NULL && !is_off(concurrently);
}

static bool
reindexes_many(const json_t *body)
{
	const char *kind = text_of(body, "kind");

	return strcmp(kind, "REINDEX_OBJECT_SCHEMA") == 0 || strcmp(kind, "REINDEX_OBJECT_SYSTEM") == 0 ||
	    strcmp(kind, "REINDEX_OBJECT_DATABASE") == 0;
}

/* What a statement says after its kind; NULL when it takes its locks at once. */
static const char *
concurrently(const char *node, const json_t *body)
{
	bool is_index = strcmp(node, "IndexStmt") == 0 || strcmp(node, "DropStmt") == 0;

	if ((is_index && is_set(body, "concurrent")) ||
	    (strcmp(node, "ReindexStmt") == 0 && reindexes_concurrently(body)))
		return " CONCURRENTLY";
	if (strcmp(node, "AlterTableStmt") == 0 && detaches_concurrently(body))
		return " DETACH PARTITION CONCURRENTLY";
	return NULL;
}

/* PreventInTransactionBlock() in the sources of PostgreSQL 15, as far as a text alone tells. */
static bool
needs_no_transaction(const char *node, const json_t *body)
{
	static const char *const always[] = { "AlterSystemStmt", "CreatedbStmt", "DropdbStmt",
		"CreateTableSpaceStmt", "DropTableSpaceStmt", NULL };

	if (g_strv_contains(always, node))
		return true;
	if (strcmp(node, "VacuumStmt") == 0)
		return is_set(body, "is_vacuumcmd");
	if (strcmp(node, "ReindexStmt") == 0)
		return reindexes_many(body);
	if (strcmp(node, "ClusterStmt") == 0)
		return json_object_get(body, "relation") == NULL;
	if (strcmp(node, "DiscardStmt") == 0)
		return strcmp(text_of(body, "target"), "DISCARD_ALL") == 0;
	if (strcmp(node, "AlterDatabaseStmt") == 0)
		return option(body, "options", "tablespace") != NULL;
	if (strcmp(node, "CreateSubscriptionStmt") == 0) {
		const json_t *slot = option(body, "options", "create_slot");
		const json_t *connect = option(body, "options", "connect");

		return (slot == NULL || !is_off(slot)) && (connect == NULL || !is_off(connect));
	}
	return false;
}

static bool
ends_transaction(const char *node, const json_t *body)
{
	static const char *const savepoints[] = { "TRANS_STMT_SAVEPOINT", "TRANS_STMT_RELEASE",
		"TRANS_STMT_ROLLBACK_TO", NULL };

	return strcmp(node, "TransactionStmt") == 0 && !g_strv_contains(savepoints, text_of(body, "kind"));
}

static bool
copies_stdin(const char *node, const json_t *body)
{
	return strcmp(node, "CopyStmt") == 0 && is_set(body, "is_from") &&
	    text_of(body, "filename")[0] == '\0';
}

char *
sql_kind_of_tree(const char *parse_tree, SqlStatement *statement)
{
	json_t *root = json_loads(parse_tree, 0, NULL);
	const json_t *first = json_array_get(json_object_get(root, "stmts"), 0);
	void *entry = json_object_iter(json_object_get(first, "stmt"));
	char *kind = NULL;

	if (entry != NULL) {
		const char *node = json_object_iter_key(entry);
		const json_t *body = json_object_iter_value(entry);
		g_autofree char *plain = kind_of_node(node, body);
		const char *more = concurrently(node, body);

		kind = g_strconcat(plain, more, NULL);
		statement->ends_transaction = ends_transaction(node, body);
		statement->needs_no_transaction = more != NULL || needs_no_transaction(node, body);
		statement->copies_stdin = copies_stdin(node, body);
	}
	json_decref(root);
	return kind;
}
