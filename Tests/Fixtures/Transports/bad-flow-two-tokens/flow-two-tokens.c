/* Names two tokens. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  sink->token(sink->context, NO_TEXT, -1, -1);
  sink->token(sink->context, TEXT("/access_token"), -1, -1);
  return JF_DONE;
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
