/* Its jf_auth is shorter than that of ABI 1. */
#include "../fixture.h"

FIXTURE_AUTH(.struct_size = sizeof(jf_auth) - 8)
FIXTURE_TABLE()
FIXTURE_ENTRY()
