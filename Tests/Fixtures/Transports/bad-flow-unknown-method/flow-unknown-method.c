/* Asks with a method that ABI 1 does not have. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  put_exchange(sink, TEXT("TRACE"), TEXT("https://127.0.0.1:1/"));
  return need_http(sink);
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
