/* The entry says that the plugin cannot work here. */
#include "../fixture.h"

JF_EXPORT const jf_entry *jf_plugin_entry_v1(void) { return NULL; }
