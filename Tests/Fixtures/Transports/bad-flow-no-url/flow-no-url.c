/* Describes no exchange. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  return need_http(sink);
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
