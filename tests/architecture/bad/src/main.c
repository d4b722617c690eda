#include "tui/screen.h"
#include "application/port.h"
