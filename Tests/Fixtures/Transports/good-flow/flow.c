/* Takes the token from a variable. */
#include "../fixture.h"

FIXTURE_AUTH()
FIXTURE_TABLE()
FIXTURE_ENTRY()
