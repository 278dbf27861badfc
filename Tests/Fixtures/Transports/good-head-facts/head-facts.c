/* Reads in every head that another model answers, one limit with all its numbers and one with none. */
#include "../fixture.h"

static jf_status on_head(HEAD_PARAMETERS) {
  sink->served_model(sink->context, TEXT("the-one-that-serves"));
  sink->rate_limit(sink->context, TEXT("requests"), 60, 0, 1500);
  sink->rate_limit(sink->context, TEXT("tokens"), -1, -1, -1);
  return fixture_on_head(instance, exchange, head, sink);
}

FIXTURE_TABLE(.on_head = on_head)
FIXTURE_ENTRY()
