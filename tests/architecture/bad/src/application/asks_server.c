#include <libpq-fe.h>
#include "../infrastructure/private.h"
