/* Asks for an effect that no host has. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  if (previous != NULL) return fail_flow(previous, sink);
  sink->effect(sink->context, 99, NO_TEXT);
  return JF_NEED_EFFECT;
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
