/* The file is called otherwise than the plugin in it. */
#include "../fixture.h"

FIXTURE_TABLE()
FIXTURE_ENTRY(.id = "somebody-else")
