/* Places a range that starts at the end of the address space and wraps into the body. */
#include "../fixture.h"

static jf_status prepare(PREPARE_PARAMETERS) {
  fixture_prepare(instance, request, sink, exchange);
  sink->body_input(sink->context, (jf_range){SIZE_MAX, 2});
  return JF_OK;
}

FIXTURE_TABLE(.prepare = prepare)
FIXTURE_ENTRY()
