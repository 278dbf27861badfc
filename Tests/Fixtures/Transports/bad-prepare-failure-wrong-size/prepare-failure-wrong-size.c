/* Reports a failure whose struct is of other headers. */
#include "../fixture.h"

static jf_status prepare(PREPARE_PARAMETERS) {
  jf_failure failure = failure_of(JF_CODE_REQUEST_INVALID, TEXT("the request is wrong."));
  failure.struct_size = sizeof failure - 16;
  sink->fail(sink->context, &failure);
  return JF_FAILED;
}

FIXTURE_TABLE(.prepare = prepare)
FIXTURE_ENTRY()
