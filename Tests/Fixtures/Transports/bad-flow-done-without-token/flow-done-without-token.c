/* Is done and names no token. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  return JF_DONE;
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
