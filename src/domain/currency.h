#ifndef SIGNALBOX_DOMAIN_CURRENCY_H
#define SIGNALBOX_DOMAIN_CURRENCY_H

/* Digits after the point of an ISO 4217 code (2026): 0, 2 or 3; -1 for what is no code of money in use. */
int currency_minor_digits(const char *code);

#endif
