/* Puts a line break into a header. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  put_exchange(sink, TEXT("GET"), TEXT("https://127.0.0.1:1/"));
  sink->exchange->header(sink->exchange->context, TEXT("x-name"), TEXT("a\r\nx-forged: 1"));
  return need_http(sink);
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
