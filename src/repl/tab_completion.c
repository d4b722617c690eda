#include "tab_completion.h"
#include "prompt.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* More are cut off with a count. */
#define SHOWN_CANDIDATES 60

static const Candidate *
candidate(const Completion *completion, guint index)
{
	return completion->candidates->pdata[index];
}

/* What all candidates begin with. */
static char *
common_beginning(const Completion *completion)
{
	char *common = g_strdup(candidate(completion, 0)->text);

	for (guint i = 1; i < completion->candidates->len; i++) {
		const char *text = candidate(completion, i)->text;
		size_t same = 0;

		while (common[same] != '\0' && common[same] == text[same])
			same++;
		/* Never in the middle of a character. */
		while (same > 0 && ((unsigned char)common[same] & 0xc0) == 0x80)
			same--;
		common[same] = '\0';
	}
	return common;
}

static bool
replace_word(EditLine *edit, const char *word, const char *replacement)
{
	g_autofree wchar_t *wide = prompt_widen(replacement);

	if (wide == NULL || strcmp(word, replacement) == 0)
		return false;
	el_deletestr(edit, (int)g_utf8_strlen(word, -1));
	return el_winsertstr(edit, wide) == 0;
}

static int
screen_width(void)
{
	struct winsize size = { 0 };

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

static void
print_candidate(const Candidate *self, int name_width, int width)
{
	g_autoptr(GString) line = g_string_new("  ");
	g_autofree char *name = text_sanitised(self->text, TEXT_SINGLE_LINE);
	g_autofree char *help = text_sanitised(self->help != NULL ? self->help : "", TEXT_SINGLE_LINE);

	text_pad(line, name, name_width, false, false);
	g_string_append(line, "  ");
	text_cut(line, help, MAX(width - name_width - 5, 0), false);
	puts(g_strchomp(line->str));
}

static void
list_candidates(const Completion *completion)
{
	int width = screen_width();
	int name_width = 0;
	guint shown = MIN(completion->candidates->len, SHOWN_CANDIDATES);

	for (guint i = 0; i < shown; i++) {
		g_autofree char *name = text_sanitised(candidate(completion, i)->text, TEXT_SINGLE_LINE);

		name_width = MAX(name_width, text_width(name));
	}
	name_width = MIN(name_width, width / 2);
	putchar('\n');
	for (guint i = 0; i < shown; i++)
		print_candidate(candidate(completion, i), name_width, width);
	if (shown < completion->candidates->len)
		printf("  … and %u more\n", completion->candidates->len - shown);
}

unsigned char
tab_complete(EditLine *edit, Console *console, const char *before)
{
	const LineInfoW *info = el_wline(edit);
	g_autofree char *typed = prompt_narrow(info->buffer, (size_t)(info->cursor - info->buffer));
	g_autofree char *line = g_strconcat(before, *before != '\0' ? "\n" : "", typed, NULL);
	g_autoptr(Completion) completion = NULL;
	g_autofree char *common = NULL;
	g_autofree char *insert = NULL;

	if (typed == NULL)
		return CC_ERROR;
	completion = console_complete(console, line, strlen(line), true);
	if (completion->candidates->len == 0)
		return CC_REFRESH_BEEP;
	common = common_beginning(completion);
	if (completion->candidates->len == 1)
		insert = g_strconcat(common, candidate(completion, 0)->partial ? "" : " ", NULL);
	if (replace_word(edit, line + completion->word_start, insert != NULL ? insert : common))
		return CC_REFRESH;
	list_candidates(completion);
	return CC_REDISPLAY;
}
