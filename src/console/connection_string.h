#ifndef SIGNALBOX_CONSOLE_CONNECTION_STRING_H
#define SIGNALBOX_CONSOLE_CONNECTION_STRING_H

/*
 * An ADO.NET connection string (`Host=db;Port=5432;Database=shop;Username=app;Password=…`), as services keep
 * it in ConnectionStrings__Database, as libpq keywords and values. NULL or unknown keys give nothing. Newly
 * allocated.
 */
char **connection_string_read(const char *text);

#endif
