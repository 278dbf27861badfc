/* Hides the host behind a user name. */
#include "../fixture.h"

static jf_status prepare(PREPARE_PARAMETERS) {
  put_method(request, sink);
  sink->url(sink->context, TEXT("https://fixture.example:pass@elsewhere.example/v1/responses"));
  put_headers(request, sink);
  return JF_OK;
}

FIXTURE_TABLE(.prepare = prepare)
FIXTURE_ENTRY()
