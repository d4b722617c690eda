#ifndef SIGNALBOX_DOMAIN_TRANSLITERATION_H
#define SIGNALBOX_DOMAIN_TRANSLITERATION_H

/*
 * Valid UTF-8 as lower-case ASCII letters and digits; whatever has none is a blank, apostrophes and marks
 * vanish. The same on every machine and in every locale. Newly allocated.
 */
char *transliterate(const char *text);

#endif
