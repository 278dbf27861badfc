/* Refuses a credential and returns JF_OK. */
#include "../fixture.h"

static jf_status describe(AUTH_DESCRIBE_PARAMETERS) {
  sink->fail(sink->context, TEXT("/fixture"), TEXT("it is wrong."), NO_TEXT);
  return JF_OK;
}

FIXTURE_AUTH(.describe = describe)
FIXTURE_TABLE()
FIXTURE_ENTRY()
