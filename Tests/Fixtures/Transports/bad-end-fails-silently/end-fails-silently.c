/* Refuses the end of a body without a word. */
#include "../fixture.h"

static jf_status on_end(END_PARAMETERS) {
  return JF_FAILED;
}

FIXTURE_TABLE(.on_end = on_end)
FIXTURE_ENTRY()
