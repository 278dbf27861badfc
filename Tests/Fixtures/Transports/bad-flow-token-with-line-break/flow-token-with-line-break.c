/* Takes a token that has two lines. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  if (previous == NULL) {
    sink->effect(sink->context, JF_EFFECT_EXECUTE, TEXT("[\"printf\",\"one\\\\ntwo\"]"));
    return JF_NEED_EFFECT;
  }
  sink->token(sink->context, NO_TEXT, -1, -1);
  return JF_DONE;
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
