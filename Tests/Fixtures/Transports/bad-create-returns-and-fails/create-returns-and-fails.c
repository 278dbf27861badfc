/* Reports a failure and makes the instance nevertheless. */
#include "../fixture.h"

static jf_instance *create(CREATE_PARAMETERS) {
  sink->fail(sink->context, TEXT("/base_url"), TEXT("base_url is wrong."), NO_TEXT);
  return fixture_create(self, host, settings, sink);
}

FIXTURE_TABLE(.create = create)
FIXTURE_ENTRY()
