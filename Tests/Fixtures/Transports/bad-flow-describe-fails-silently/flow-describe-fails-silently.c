/* Refuses a credential without a reason. */
#include "../fixture.h"

static jf_status describe(AUTH_DESCRIBE_PARAMETERS) { return JF_FAILED; }

FIXTURE_AUTH(.describe = describe)
FIXTURE_TABLE()
FIXTURE_ENTRY()
