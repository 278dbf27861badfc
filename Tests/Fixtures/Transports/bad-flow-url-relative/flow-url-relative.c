/* Asks at a URL with no scheme. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  return ask_url(TEXT("/token"), previous, sink);
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
