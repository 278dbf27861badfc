/* The required function create is missing. */
#include "../fixture.h"

FIXTURE_TABLE(.create = NULL)
FIXTURE_ENTRY()
