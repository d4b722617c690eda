#include "persistence/migrations/sql_parser.h"

#include "base/error.h"

#include <gmodule.h>
#include <string.h>

#define MODULE_FILE "signalbox-sqlparse.so"

static char *
program_folder(void)
{
	g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);

	return program != NULL ? g_path_get_dirname(program) : NULL;
}

/* The build's own module comes first: a program that runs from its build tree never takes an installed one.
 */
static char *
module_path(void)
{
	g_autofree char *folder = program_folder();
	g_autofree char *beside = folder != NULL ? g_build_filename(folder, MODULE_FILE, NULL) : NULL;

	if (beside != NULL && g_file_test(beside, G_FILE_TEST_IS_REGULAR))
		return g_steal_pointer(&beside);
	return g_build_filename(SIGNALBOX_MODULE_DIR, MODULE_FILE, NULL);
}

/* Under a once: any thread may be the first. The module stays, as its parser keeps memory per thread. */
static gpointer
load_module(gpointer data)
{
	g_autofree char *path = module_path();
	GModule *module = g_module_open(path, G_MODULE_BIND_LOCAL);
	gpointer symbol = NULL;

	if (module != NULL && g_module_symbol(module, SQL_PARSER_SYMBOL, &symbol))
		g_module_make_resident(module);
	else
		*(char **)data = g_strdup(g_module_error());
	return symbol;
}

static GOnce loaded = G_ONCE_INIT;
static char *load_error;

bool
sql_parse(const char *text, SqlParse **ret_parse, GError **error)
{
	const SqlParserModule *module = g_once(&loaded, load_module, &load_error);

	if (module == NULL) {
		g_set_error(error, SB_ERROR, SB_ERROR_UNAVAILABLE,
		    "the SQL parser cannot be loaded, and nothing is applied unread: %s",
		    load_error != NULL ? load_error : MODULE_FILE);
		return false;
	}
	*ret_parse = module->parse(text);
	return true;
}

const char *
sql_parser_version(void)
{
	const SqlParserModule *module = loaded.status == G_ONCE_STATUS_READY ? loaded.retval : NULL;

	return module != NULL ? module->version : NULL;
}

void
sql_parse_free(SqlParse *self)
{
	if (self == NULL)
		return;
	g_array_unref(self->statements);
	g_free(self->error);
	g_free(self);
}

unsigned
sql_line_of(const char *text, size_t offset)
{
	unsigned line = 1;

	for (const char *end = text + offset; text < end && (text = memchr(text, '\n', (size_t)(end - text)));
	     text++)
		line++;
	return line;
}
