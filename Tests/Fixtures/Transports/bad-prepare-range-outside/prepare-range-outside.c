/* Places a part of the body that does not exist. */
#include "../fixture.h"

static jf_status prepare(PREPARE_PARAMETERS) {
  fixture_prepare(instance, request, sink, exchange);
  sink->body_input(sink->context, (jf_range){0, request->body.len + 1});
  return JF_OK;
}

FIXTURE_TABLE(.prepare = prepare)
FIXTURE_ENTRY()
