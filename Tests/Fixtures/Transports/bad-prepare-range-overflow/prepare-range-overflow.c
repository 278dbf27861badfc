/* Places a range whose end wraps around to lie inside the body. */
#include "../fixture.h"

static jf_status prepare(PREPARE_PARAMETERS) {
  fixture_prepare(instance, request, sink, exchange);
  sink->body_input(sink->context, (jf_range){request->body.len, SIZE_MAX});
  return JF_OK;
}

FIXTURE_TABLE(.prepare = prepare)
FIXTURE_ENTRY()
