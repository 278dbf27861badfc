/* Asks at a URL with no encryption on the way to another machine. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  return ask_url(TEXT("http://192.0.2.1/token"), previous, sink);
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
