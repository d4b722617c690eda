#ifndef SIGNALBOX_APPLICATION_COMMANDS_PASSWORD_H
#define SIGNALBOX_APPLICATION_COMMANDS_PASSWORD_H

#include "application/run.h"

/* The bounds of PasswordHasher, before a transaction is opened. Never shows the password. */
bool password_check(const char *password, GError **error);

/* Hashes the password and gives it to the user. */
bool user_take_password(CommandRun *run, User *user, const char *password, GError **error);

#endif
