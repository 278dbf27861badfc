/* Signs with a handle that it was not given. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  sink->effect(sink->context, JF_EFFECT_SIGN,
               TEXT("{\"algorithm\":\"PS256\",\"credential\":99,\"input\":\"x\"}"));
  return JF_NEED_EFFECT;
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
