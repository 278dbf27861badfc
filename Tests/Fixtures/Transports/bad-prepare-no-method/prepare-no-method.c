/* States no method. */
#include "../fixture.h"

static jf_status prepare(PREPARE_PARAMETERS) {
  put_url(instance, sink);
  return JF_OK;
}

FIXTURE_TABLE(.prepare = prepare)
FIXTURE_ENTRY()
