/* Asks for a signature in words that are no JSON. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  sink->effect(sink->context, JF_EFFECT_SIGN, TEXT("{\"credential\":-1"));
  return JF_NEED_EFFECT;
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
