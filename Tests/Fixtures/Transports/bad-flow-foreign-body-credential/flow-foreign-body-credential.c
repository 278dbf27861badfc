/* Places a handle in the body that it was not given. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  put_exchange(sink, TEXT("POST"), TEXT("https://127.0.0.1:1/"));
  sink->body_credential(sink->context, UINT64_MAX, JF_ENCODING_FORM);
  return need_http(sink);
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
