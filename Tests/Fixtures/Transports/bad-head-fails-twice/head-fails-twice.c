/* Refuses the same head twice. */
#include "../fixture.h"

static jf_status on_head(HEAD_PARAMETERS) {
  jf_failure first = failure_of(JF_CODE_AUTH, TEXT("a login page came."));
  jf_failure second = failure_of(JF_CODE_OVERLOADED, TEXT("too much to do."));
  sink->fail(sink->context, &first);
  sink->fail(sink->context, &second);
  return JF_FAILED;
}

FIXTURE_TABLE(.on_head = on_head)
FIXTURE_ENTRY()
