/* The entry names nothing. */
#include "../fixture.h"

FIXTURE_TABLE()
FIXTURE_ENTRY(.id = NULL)
