/* Smuggles a header into the request line. */
#include "../fixture.h"

static jf_status prepare(PREPARE_PARAMETERS) {
  put_method(request, sink);
  sink->url(sink->context, TEXT("https://fixture.example/v1/responses HTTP/1.1\r\nx-evil: 1"));
  put_headers(request, sink);
  return JF_OK;
}

FIXTURE_TABLE(.prepare = prepare)
FIXTURE_ENTRY()
