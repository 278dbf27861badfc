/* Asks for the certificate of a handle that it was not given. */
#include "../fixture.h"

static jf_status step(STEP_PARAMETERS) {
  sink->effect(sink->context, JF_EFFECT_CERTIFICATE, TEXT("18446744073709551615"));
  return JF_NEED_EFFECT;
}

FIXTURE_AUTH(.step = step)
FIXTURE_TABLE()
FIXTURE_ENTRY()
