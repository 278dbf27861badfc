/* Places its secret in an encoding that ABI 1 does not have. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  put_exchange(sink, TEXT("POST"), TEXT("https://127.0.0.1:1/"));
  sink->body_credential(sink->context, 1, 77);
  return need_http(sink);
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
