/* The required function classify is missing. */
#include "../fixture.h"

FIXTURE_TABLE(.classify = NULL)
FIXTURE_ENTRY()
