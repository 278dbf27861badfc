/* Returns a status that ABI 1 does not have. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  return 42;
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
