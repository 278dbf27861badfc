/* No defect: refuses an entry as it should, with place, reason and cure. */
#include "../fixture.h"

static jf_instance *create(CREATE_PARAMETERS) {
  sink->warn(sink->context, TEXT("/base_url"), TEXT("a slash was removed."), NO_TEXT);
  sink->fail(sink->context, TEXT("/options/api"), TEXT("api must be a date."),
             TEXT("2025-04-01-preview"));
  sink->fail(sink->context, TEXT("/auth"), TEXT("auth is needed."), NO_TEXT);
  return NULL;
}

FIXTURE_TABLE(.create = create)
FIXTURE_ENTRY()
