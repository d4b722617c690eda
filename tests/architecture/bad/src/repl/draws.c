#include "tui/screen.h"
#include <curses.h>
