/* Fails without saying why. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  return JF_FAILED;
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
