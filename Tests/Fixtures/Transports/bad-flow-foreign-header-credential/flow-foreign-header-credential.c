/* Places a handle in a header that it was not given. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  put_exchange(sink, TEXT("GET"), TEXT("https://127.0.0.1:1/"));
  sink->exchange->header_credential(sink->exchange->context, TEXT("x-key"), NO_TEXT, 99);
  return need_http(sink);
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
