/* The smallest transport that works: what fixture.h has, and nothing else. */
#include "../fixture.h"

FIXTURE_TABLE()
FIXTURE_ENTRY()
