/* Reports a failure and says that it is done. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  jf_failure failure = failure_of(JF_CODE_AUTH, TEXT("it failed."));
  sink->fail(sink->context, &failure);
  sink->token(sink->context, NO_TEXT, -1, -1);
  return JF_DONE;
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
