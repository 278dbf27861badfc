/* Says a code and a scope of a later minor version. */
#include "../fixture.h"

static void classify(CLASSIFY_PARAMETERS) {
  jf_failure failure = failure_of(4711, TEXT("something new happened."));
  failure.scope = 4712;
  sink->fail(sink->context, &failure);
}

FIXTURE_TABLE(.classify = classify)
FIXTURE_ENTRY()
