/* Reports a failure and says that all is well. */
#include "../fixture.h"

static jf_status prepare(PREPARE_PARAMETERS) {
  jf_failure failure = failure_of(JF_CODE_REQUEST_INVALID, TEXT("the request is wrong."));
  fixture_prepare(instance, request, sink, exchange);
  sink->fail(sink->context, &failure);
  return JF_OK;
}

FIXTURE_TABLE(.prepare = prepare)
FIXTURE_ENTRY()
