#ifndef SIGNALBOX_APPLICATION_WORDS_H
#define SIGNALBOX_APPLICATION_WORDS_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* A word of a command line. */
typedef struct Word {
	char *text;   /* unquoted */
	size_t start; /* byte offset of its first character in the line; in a shell the argument's index, from
			 0 */
	size_t end;   /* one past its last byte; in a shell the same as start */
	bool literal; /* it was quoted from its first character on: always a value, never an option */
} Word;

/* How a line that ends in the middle of a word was left. */
typedef enum WordsEnd {
	WORDS_COMPLETE,
	WORDS_OPEN_SINGLE, /* a ' has no partner */
	WORDS_OPEN_DOUBLE, /* a " has no partner */
	WORDS_OPEN_ESCAPE, /* a trailing backslash: the line continues */
	WORDS_COMMENT,     /* complete, and the end lies in a comment */
} WordsEnd;

/*
 * Splits a line into words as a shell does: blanks separate; '…' is raw; in "…" a backslash quotes only
 * `$`, a backquote, `"`, itself and the newline; outside, it quotes the next character; `#` at the start of a
 * word begins a comment up to the end of the line. A newline outside quotes is a blank. Nothing is expanded.
 * Gives a GArray of Word that frees their texts, also for a line that is left open: the last word is then
 * what was begun.
 */
WordsEnd words_split(const char *line, GArray **ret_words);

/* Words of a shell's argv, none of them literal; ended by NULL. */
GArray *words_from_argv(const char *const *argv);

/* The texts alone, borrowed, NULL-terminated; the array is newly allocated. */
const char **words_texts(const GArray *words);

#endif
