/* Writes a header name as people do and HTTP/2 does not. */
#include "../fixture.h"

static jf_status prepare(PREPARE_PARAMETERS) {
  fixture_prepare(instance, request, sink, exchange);
  sink->header(sink->context, TEXT("X-Name"), TEXT("a"));
  return JF_OK;
}

FIXTURE_TABLE(.prepare = prepare)
FIXTURE_ENTRY()
