/* Names a token where the variable holds no JSON. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  if (previous == NULL) return fixture_step(flow, previous, sink);
  sink->token(sink->context, TEXT("/~2/\xff/access_token"), -1, -1);
  return JF_DONE;
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
