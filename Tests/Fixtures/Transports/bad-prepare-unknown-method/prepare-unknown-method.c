/* Uses a method that ABI 1 does not have. */
#include "../fixture.h"

static jf_status prepare(PREPARE_PARAMETERS) {
  sink->method(sink->context, TEXT("TRACE"));
  put_url(instance, sink);
  return JF_OK;
}

FIXTURE_TABLE(.prepare = prepare)
FIXTURE_ENTRY()
