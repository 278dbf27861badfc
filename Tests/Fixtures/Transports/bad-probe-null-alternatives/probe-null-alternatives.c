/* Has no alternatives in jf_probe. */
#include "../fixture.h"

FIXTURE_PROBE(NULL)
FIXTURE_TABLE()
FIXTURE_ENTRY()
