/* Fails without a word. */
#include "../fixture.h"

static jf_status prepare(PREPARE_PARAMETERS) {
  return JF_FAILED;
}

FIXTURE_TABLE(.prepare = prepare)
FIXTURE_ENTRY()
