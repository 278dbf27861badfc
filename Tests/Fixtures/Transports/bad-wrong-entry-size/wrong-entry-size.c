/* Built with headers whose descriptor is larger. */
#include "../fixture.h"

FIXTURE_TABLE()
FIXTURE_ENTRY(.struct_size = sizeof(jf_entry) + 8)
