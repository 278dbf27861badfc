/* Its jf_probe is longer than that of ABI 1. */
#include "../fixture.h"

static void alternatives(const jf_probe *self, const jf_settings *settings,
                         const jf_probe_sink *sink) {}

FIXTURE_PROBE(alternatives, .struct_size = sizeof(jf_probe) + 8)
FIXTURE_TABLE()
FIXTURE_ENTRY()
