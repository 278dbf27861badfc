/* Built with headers whose function table is smaller. */
#include "../fixture.h"

FIXTURE_TABLE(.struct_size = sizeof(jf_transport) - 8)
FIXTURE_ENTRY()
