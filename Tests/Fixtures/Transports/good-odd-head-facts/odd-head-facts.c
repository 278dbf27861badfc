/* Tells facts of a head that no host may choke on. */
#include "../fixture.h"

static jf_status on_head(HEAD_PARAMETERS) {
  static char model[1 << 20];
  memset(model, 'm', sizeof model);
  sink->served_model(sink->context, (jf_borrowed_text){NULL, 7});
  sink->served_model(sink->context, TEXT("\xff\xfe\x1b[31m"));
  sink->served_model(sink->context, (jf_borrowed_text){model, sizeof model});
  sink->rate_limit(sink->context, (jf_borrowed_text){NULL, 7}, INT64_MIN, INT64_MAX, INT64_MAX);
  sink->rate_limit(sink->context, TEXT("\xc3(\x1b]0;"), INT64_MAX, INT64_MIN, INT64_MIN);
  for (int count = 0; count < 1000; count++) {
    sink->rate_limit(sink->context, TEXT("tokens"), count, count, count);
  }
  return fixture_on_head(instance, exchange, head, sink);
}

FIXTURE_TABLE(.on_head = on_head)
FIXTURE_ENTRY()
