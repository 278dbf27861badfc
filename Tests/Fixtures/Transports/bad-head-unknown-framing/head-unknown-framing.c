/* Chooses a framing that ABI 1 does not have. */
#include "../fixture.h"

static jf_status on_head(HEAD_PARAMETERS) {
  sink->framing(sink->context, 99);
  return JF_OK;
}

FIXTURE_TABLE(.on_head = on_head)
FIXTURE_ENTRY()
