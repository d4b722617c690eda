#include "base/fine.h"
