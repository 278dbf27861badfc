/* Has no step in jf_auth. */
#include "../fixture.h"

FIXTURE_AUTH(.step = NULL)
FIXTURE_TABLE()
FIXTURE_ENTRY()
