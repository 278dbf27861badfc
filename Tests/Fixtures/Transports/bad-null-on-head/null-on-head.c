/* The required function on_head is missing. */
#include "../fixture.h"

FIXTURE_TABLE(.on_head = NULL)
FIXTURE_ENTRY()
