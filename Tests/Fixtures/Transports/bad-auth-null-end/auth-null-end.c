/* Has no end in jf_auth. */
#include "../fixture.h"

FIXTURE_AUTH(.end = NULL)
FIXTURE_TABLE()
FIXTURE_ENTRY()
