/* Refuses an entry and does not say why. */
#include "../fixture.h"

static jf_instance *create(CREATE_PARAMETERS) { return NULL; }

FIXTURE_TABLE(.create = create)
FIXTURE_ENTRY()
