#include "application/port.h"
#  include <application/port.h>
#include "nowhere.h"
