/* Asks at a URL with a scheme that is none of HTTP. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  return ask_url(TEXT("file:///etc/passwd"), previous, sink);
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
