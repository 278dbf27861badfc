/* Remembers an exchange and has no function that ends it. */
#include "../fixture.h"

static jf_status prepare(PREPARE_PARAMETERS) {
  fixture_prepare(instance, request, sink, exchange);
  static int remembered;
  *exchange = (jf_exchange *)&remembered;
  return JF_OK;
}

FIXTURE_TABLE(.prepare = prepare)
FIXTURE_ENTRY()
