/* The entry is of something else. */
#include "../fixture.h"

FIXTURE_TABLE()
FIXTURE_ENTRY(.magic = 0x31474C50u)
