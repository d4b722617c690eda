#include "persistence/migrations/sql_parser_module.h"

#include <pg_query.h>

#include <string.h>

/* These are what they begin with, and their trees may be as large as the data that they hold. */
static const char *const plain_words[] = { "SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "VALUES",
	"TABLE" };

static const char *
skip_block_comment(const char *text, const char *end)
{
	unsigned depth = 0;

	do {
		if (text + 1 < end && text[0] == '/' && text[1] == '*') {
			depth++;
			text += 2;
		} else if (text + 1 < end && text[0] == '*' && text[1] == '/') {
			depth--;
			text += 2;
		} else {
			text++;
		}
	} while (depth > 0 && text < end);
	return text;
}

/* The parser counts what stands before a statement to it. */
static const char *
skip_to_word(const char *text, const char *end)
{
	while (text < end) {
		if (g_ascii_isspace(*text) || *text == '\v' || *text == ';')
			text++;
		else if (text + 1 < end && text[0] == '-' && text[1] == '-')
			while (text < end && *text != '\n')
				text++;
		else if (text + 1 < end && text[0] == '/' && text[1] == '*')
			text = skip_block_comment(text, end);
		else
			break;
	}
	return text;
}

static char *
first_word(const char *sql)
{
	size_t length = 0;

	while (g_ascii_isalpha(sql[length]))
		length++;
	return g_ascii_strup(sql, (gssize)length);
}

static bool
is_plain(const char *word)
{
	for (size_t i = 0; i < G_N_ELEMENTS(plain_words); i++) {
		if (strcmp(plain_words[i], word) == 0)
			return true;
	}
	return false;
}

static void
describe(const char *sql, SqlStatement *statement)
{
	g_autofree char *word = first_word(sql);

	if (!is_plain(word)) {
		PgQueryParseResult parsed = pg_query_parse(sql);

		if (parsed.error == NULL)
			statement->kind = sql_kind_of_tree(parsed.parse_tree, statement);
		pg_query_free_parse_result(parsed);
	}
	if (statement->kind == NULL)
		statement->kind = g_steal_pointer(&word);
}

static void
clear_statement(gpointer data)
{
	SqlStatement *statement = data;

	g_free(statement->kind);
}

static void
add_statements(SqlParse *self, const char *text, const PgQuerySplitResult *split)
{
	const char *counted = text;
	unsigned line = 1;

	for (int i = 0; i < split->n_stmts; i++) {
		const char *begin = text + split->stmts[i]->stmt_location;
		const char *end = begin + split->stmts[i]->stmt_len;
		SqlStatement statement = { 0 };

		begin = skip_to_word(begin, end);
		while (end > begin && g_ascii_isspace(end[-1]))
			end--;
		for (; counted < begin; counted++)
			line += *counted == '\n';
		statement.start = (size_t)(begin - text);
		statement.length = (size_t)(end - begin);
		statement.line = line;
		g_autofree char *sql = g_strndup(begin, statement.length);
		describe(sql, &statement);
		g_array_append_val(self->statements, statement);
	}
}

/* The parser tells the place in characters, from 1; 0 when it knows none. */
static size_t
offset_of_error(const char *text, const PgQueryError *error)
{
	glong characters = g_utf8_strlen(text, -1);
	glong place = CLAMP(error->cursorpos - 1, 0, characters);

	return (size_t)(g_utf8_offset_to_pointer(text, place) - text);
}

static SqlParse *
parse(const char *text)
{
	SqlParse *self = g_new0(SqlParse, 1);
	PgQuerySplitResult split = pg_query_split_with_parser(text);

	self->statements = g_array_new(FALSE, FALSE, sizeof(SqlStatement));
	g_array_set_clear_func(self->statements, clear_statement);
	if (split.error == NULL) {
		add_statements(self, text, &split);
	} else {
		self->error = g_utf8_make_valid(split.error->message, -1);
		self->error_offset = offset_of_error(text, split.error);
	}
	pg_query_free_split_result(split);
	return self;
}

const SqlParserModule signalbox_sql_parser = { PG_VERSION, parse };
