/* Has no describe in jf_auth. */
#include "../fixture.h"

FIXTURE_AUTH(.describe = NULL)
FIXTURE_TABLE()
FIXTURE_ENTRY()
