/* Answers with a status that ABI 1 does not have. */
#include "../fixture.h"

static jf_status prepare(PREPARE_PARAMETERS) {
  fixture_prepare(instance, request, sink, exchange);

  return 42;
}

FIXTURE_TABLE(.prepare = prepare)
FIXTURE_ENTRY()
