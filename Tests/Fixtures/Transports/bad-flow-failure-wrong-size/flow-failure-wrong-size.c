/* Its jf_failure is shorter than that of ABI 1. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  jf_failure failure = failure_of(JF_CODE_AUTH, TEXT("it failed."));
  failure.struct_size -= 16;
  sink->fail(sink->context, &failure);
  return JF_FAILED;
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
