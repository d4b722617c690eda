#ifndef SIGNALBOX_CONSOLE_CONSOLE_PRIVATE_H
#define SIGNALBOX_CONSOLE_CONSOLE_PRIVATE_H

#include "console/console.h"

/* Until told otherwise the runs of this console are parts of one transaction that the script ends. */
void console_share_transaction(Console *self, bool shared);

#endif
