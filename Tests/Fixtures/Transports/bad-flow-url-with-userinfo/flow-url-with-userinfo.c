/* Asks at a URL with user information. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  return ask_url(TEXT("https://user:word@127.0.0.1:1/"), previous, sink);
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
