/* The id is no lower-case words joined by hyphens. */
#include "../fixture.h"

FIXTURE_TABLE()
FIXTURE_ENTRY(.id = "Malformed_ID")
