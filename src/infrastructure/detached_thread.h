#ifndef SIGNALBOX_INFRASTRUCTURE_DETACHED_THREAD_H
#define SIGNALBOX_INFRASTRUCTURE_DETACHED_THREAD_H

#include <stdbool.h>

/*
 * Runs `run(argument)` on a thread that nobody joins and that takes no signals: for calls that may hang (a
 * name lookup, PQcancel) or compute for long. It answers through a mailbox that the two sides share. False
 * when no thread can be had; `run` was not called then.
 */
bool detached_thread_start(void *(*run)(void *argument), void *argument);

#endif
