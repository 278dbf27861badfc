/* Edits a body without a JSON library: the host lends one as "jackfield.json/1". */
#include "../fixture.h"

static const jf_rule rules[] = {
    {"model-name", "The target's model replaces the alias.", "https://fixture.example/models"},
};

/* Appends a JSON string. */
static void put_string(const jf_exchange_sink *sink, jf_borrowed_text text) {
  sink->body_literal(sink->context, bytes_of(TEXT("\"")));
  for (size_t index = 0; index < text.len; index++) {
    char escape[8];
    unsigned char byte = (unsigned char)text.ptr[index];
    int special = byte == '"' || byte == '\\' || byte < 0x20;
    snprintf(escape, sizeof escape, special ? "\\u%04x" : "%c", byte);
    sink->body_literal(sink->context, bytes_of(text_of(escape)));
  }
  sink->body_literal(sink->context, bytes_of(TEXT("\"")));
}

/* The alias that the caller used, decoded, as a header. */
static void put_alias(const jf_json *json, const jf_request *request, jf_range model,
                      const jf_exchange_sink *sink) {
  size_t length = json->unescape(request->body, model, NULL, 0);
  char *alias = malloc(length + 1);
  json->unescape(request->body, model, alias, length);
  sink->header(sink->context, TEXT("x-alias"), (jf_borrowed_text){alias, length});
  free(alias);
}

/* How many tools the caller offers, as a header. */
static void put_tool_count(const jf_json *json, const jf_request *request,
                           const jf_exchange_sink *sink) {
  jf_range tools;
  if (!json->find(request->body, TEXT("/tools"), &tools)) return;
  char count[24];
  size_t cursor = 0;
  unsigned tool_count = 0;
  jf_member tool;
  while (json->next(request->body, tools, &cursor, &tool)) tool_count++;
  snprintf(count, sizeof count, "%u", tool_count);
  sink->header(sink->context, TEXT("x-tools"), text_of(count));
}

static jf_status prepare(PREPARE_PARAMETERS) {
  const jf_json *json = instance->host->get_extension(instance->host->context, JF_JSON_1);
  jf_range model;
  if (json == NULL || !json->find(request->body, TEXT("/model"), &model)) {
    return fixture_prepare(instance, request, sink, exchange);
  }
  put_method(request, sink);
  put_url(instance, sink);
  put_headers(request, sink);
  put_alias(json, request, model, sink);
  put_tool_count(json, request, sink);
  put_input(sink, 0, model.offset);
  put_string(sink, request->model);
  put_input(sink, model.offset + model.length, request->body.len);
  sink->edit(sink->context, 0, JF_EDIT_REPLACE, model.offset, NO_TEXT);
  return JF_OK;
}

FIXTURE_TABLE(.prepare = prepare, .rule_count = 1, .rules = rules)
FIXTURE_ENTRY()
