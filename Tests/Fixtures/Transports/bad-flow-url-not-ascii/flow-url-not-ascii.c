/* Asks at a URL with a letter that must be percent-encoded. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  return ask_url(TEXT("https://127.0.0.1:1/t\xc3\xb6ken"), previous, sink);
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
