/* The entry is right, and no transport stands behind it. */
#include "../fixture.h"

static const void *no_interface(const jf_entry *self, const char *id) { return NULL; }

FIXTURE_TABLE()
FIXTURE_ENTRY(.get_interface = no_interface)
