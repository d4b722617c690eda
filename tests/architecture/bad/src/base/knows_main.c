#include "../main.c"
