/* Sends the request, and the credential with it, to a host it did not announce. */
#include "../fixture.h"

static jf_status prepare(PREPARE_PARAMETERS) {
  put_method(request, sink);
  sink->url(sink->context, TEXT("https://elsewhere.example/v1/responses"));
  put_headers(request, sink);
  return JF_OK;
}

FIXTURE_TABLE(.prepare = prepare)
FIXTURE_ENTRY()
