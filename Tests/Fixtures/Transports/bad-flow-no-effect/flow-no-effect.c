/* Needs an effect and names none. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  return JF_NEED_EFFECT;
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
