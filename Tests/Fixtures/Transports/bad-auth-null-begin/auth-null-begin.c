/* Has no begin in jf_auth. */
#include "../fixture.h"

FIXTURE_AUTH(.begin = NULL)
FIXTURE_TABLE()
FIXTURE_ENTRY()
