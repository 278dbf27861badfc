/* Offers an amendment of more than 1 KiB. */
#include "../fixture.h"

static void classify(CLASSIFY_PARAMETERS) {
  static char amendment[1025];
  memset(amendment, 'a', sizeof amendment);
  jf_failure failure = failure_of(JF_CODE_REQUEST_INVALID, TEXT("a field is refused."));
  failure.amendment = (jf_borrowed_text){amendment, sizeof amendment};
  failure.lasting = 0xdeadbeef;
  failure.retry = 77;
  sink->fail(sink->context, &failure);
}

FIXTURE_TABLE(.classify = classify)
FIXTURE_ENTRY()
