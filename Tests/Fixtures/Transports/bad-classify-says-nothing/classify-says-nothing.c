/* Explains nothing. */
#include "../fixture.h"

static void classify(CLASSIFY_PARAMETERS) {
  (void)response;
}

FIXTURE_TABLE(.classify = classify)
FIXTURE_ENTRY()
