/* Refuses a head without a word. */
#include "../fixture.h"

static jf_status on_head(HEAD_PARAMETERS) {
  return JF_FAILED;
}

FIXTURE_TABLE(.on_head = on_head)
FIXTURE_ENTRY()
