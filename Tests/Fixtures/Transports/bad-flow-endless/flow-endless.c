/* Never ends. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  sink->effect(sink->context, JF_EFFECT_SLEEP_MS, TEXT("0"));
  return JF_NEED_EFFECT;
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
