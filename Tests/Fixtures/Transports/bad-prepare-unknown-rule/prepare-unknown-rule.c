/* Reports an edit by a rule that it does not have. */
#include "../fixture.h"

static jf_status prepare(PREPARE_PARAMETERS) {
  fixture_prepare(instance, request, sink, exchange);
  sink->edit(sink->context, 7, JF_EDIT_REMOVE, 0, NO_TEXT);
  return JF_OK;
}

FIXTURE_TABLE(.prepare = prepare)
FIXTURE_ENTRY()
