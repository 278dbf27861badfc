/* Knows a flow when it judges it, and not when it begins it. */
#include "../fixture.h"

static jf_auth_flow *begin(BEGIN_PARAMETERS) { return NULL; }

FIXTURE_AUTH(.begin = begin)
FIXTURE_TABLE()
FIXTURE_ENTRY()
