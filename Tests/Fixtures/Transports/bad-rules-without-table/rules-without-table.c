/* Counts rules that it does not have. */
#include "../fixture.h"

FIXTURE_TABLE(.rule_count = 3, .rules = NULL)
FIXTURE_ENTRY()
