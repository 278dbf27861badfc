/* States no URL. */
#include "../fixture.h"

static jf_status prepare(PREPARE_PARAMETERS) {
  put_method(request, sink);
  return JF_OK;
}

FIXTURE_TABLE(.prepare = prepare)
FIXTURE_ENTRY()
