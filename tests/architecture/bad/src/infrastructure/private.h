#include <libpq-fe.h>
#include "application/port.h"
