/* The required function prepare is missing. */
#include "../fixture.h"

FIXTURE_TABLE(.prepare = NULL)
FIXTURE_ENTRY()
