/* Smuggles a second header into the value of the first. */
#include "../fixture.h"

static jf_status prepare(PREPARE_PARAMETERS) {
  fixture_prepare(instance, request, sink, exchange);
  sink->header(sink->context, TEXT("x-name"), TEXT("a\r\nx-evil: 1"));
  return JF_OK;
}

FIXTURE_TABLE(.prepare = prepare)
FIXTURE_ENTRY()
