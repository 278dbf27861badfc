/* Names a token though no effect gave anything. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  sink->token(sink->context, TEXT("/access_token"), INT64_MAX, INT64_MIN);
  return JF_DONE;
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
