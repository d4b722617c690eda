#include "application/command.h"

const char *
effect_name(Effect effect)
{
	switch (effect) {
	case EFFECT_LOCAL: return "local";
	case EFFECT_READ: return "read";
	case EFFECT_READ_AUDITED: return "audited read";
	case EFFECT_WRITE: return "write";
	case EFFECT_DESTRUCTIVE: return "destructive";
	}
	g_assert_not_reached();
}

const char *
role_name(Role role)
{
	switch (role) {
	case ROLE_VIEWER: return "viewer";
	case ROLE_OPERATOR: return "operator";
	case ROLE_ADMIN: return "admin";
	}
	g_assert_not_reached();
}
