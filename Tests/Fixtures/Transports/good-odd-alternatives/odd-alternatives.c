/* Names a thousand other settings, most of them none at all. */
#include "../fixture.h"

static void alternatives(const jf_probe *self, const jf_settings *settings,
                         const jf_probe_sink *sink) {
  sink->alternative(sink->context, TEXT("https://elsewhere.example/v1"), NO_TEXT, TEXT("it is"));
  sink->alternative(sink->context, (jf_borrowed_text){NULL, 9}, TEXT("{"), NO_TEXT);
  sink->alternative(sink->context, TEXT("\xff\n"), TEXT("[]"), TEXT("\x1b[31m"));
  for (int count = 0; count < 1000; count++) {
    sink->alternative(sink->context, TEXT("https://user:word@fixture.example"), TEXT("{}"), NO_TEXT);
  }
}

FIXTURE_PROBE(alternatives)
FIXTURE_TABLE()
FIXTURE_ENTRY()
