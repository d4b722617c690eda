#ifndef SIGNALBOX_BASE_EMBEDDED_H
#define SIGNALBOX_BASE_EMBEDDED_H

#include <stddef.h>

/*
 * A text file that was put into the program at build time (see src/embed.cmake). Tables of them end with
 * an entry whose name is NULL. `text` ends with a NUL that `size` does not count.
 */
typedef struct EmbeddedFile {
	const char *name;
	const char *text;
	size_t size;
} EmbeddedFile;

#endif
