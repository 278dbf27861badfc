/* Explains the same refusal twice. */
#include "../fixture.h"

static void classify(CLASSIFY_PARAMETERS) {
  jf_failure first = failure_of(JF_CODE_AUTH, TEXT("the key was refused."));
  jf_failure second = failure_of(JF_CODE_OVERLOADED, TEXT("too much to do."));
  sink->fail(sink->context, &first);
  sink->fail(sink->context, &second);
}

FIXTURE_TABLE(.classify = classify)
FIXTURE_ENTRY()
